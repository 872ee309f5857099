"""The uppdrag of earlier meetings as they stood at a meeting, with what was new since the last.

What was reported at the meeting counts, and what was reported up to that day. What happened
later does not: the minutes say what the meeting knew, whenever they are written and frozen.
What sprang from closed items is never there: the table is printed for everybody.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Prefetch, Q

from meetings import snapshot, wording
from meetings.followup.holding import assignee
from meetings.models import (
    ActionEvent,
    ActionItem,
    ActionStatus,
    AgendaItem,
    ItemKind,
    Meeting,
)
from meetings.states import State

CLOSED = (ActionStatus.DONE, ActionStatus.DROPPED)


@dataclass(frozen=True)
class Row:
    """One action item as the meeting knew it. `news` are sentences, `reported` of this meeting."""

    action: ActionItem
    assignee: str
    status: str
    due: str
    is_late: bool
    news: list[str] = field(default_factory=list)
    reported: bool = False
    given: str = ""


@dataclass(frozen=True)
class Calendar:
    """The council's meetings around one: its own day, the one before, and all days in order."""

    meeting: Meeting
    days: list[datetime.date]

    @property
    def before(self) -> datetime.date:
        """The day of the meeting before; long ago when there is none."""
        return max((day for day in self.days if day < self.meeting.date), default=datetime.date.min)

    def after(self, day: datetime.date) -> datetime.date | None:
        return min((one for one in self.days if one > day), default=None)


def place_of(items: Iterable[AgendaItem]) -> int | None:
    """The item that shows the table: the first of its kind."""
    return next((item.pk for item in items if item.kind == ItemKind.FOLLOW_UP), None)


def table_of(meeting: Meeting) -> list[Row]:
    """Oldest first; in a fixed number of queries."""
    held = Meeting.objects.filter(council=meeting.council_id).exclude(state=State.CANCELLED)
    calendar = Calendar(meeting, list(held.order_by("date").values_list("date", flat=True)))
    lines = [row_of(action, calendar) for action in actions_before(meeting, calendar)]
    return [line for line in lines if line is not None]


def actions_before(meeting: Meeting, calendar: Calendar) -> Iterable[ActionItem]:
    """Given at earlier meetings, and open or reported on since the last."""
    reported = ActionEvent.objects.filter(action=OuterRef("pk"), at__date__gte=calendar.before)
    events = ActionEvent.objects.standing().select_related("meeting")
    return (
        ActionItem.objects.standing()
        .open_to_everyone()
        .filter(council=meeting.council_id, item__meeting__date__lt=meeting.date)
        .exclude(item__meeting__state=State.CANCELLED)
        .filter(~Q(status__in=CLOSED) | Exists(reported))
        .select_related("item__meeting")
        .prefetch_related("persons", "organisations", Prefetch("events", events))
        .order_by("item__meeting__date", "item__position", "position", "pk")
    )


def row_of(action: ActionItem, calendar: Calendar) -> Row | None:
    """None for one that was closed before the meeting before."""
    meeting = calendar.meeting
    who = assignee(action)
    # The first tells that it was given; its words are the action item's own.
    known = [event for event in list(action.events.all())[1:] if day_of(event) <= meeting.date]
    status = known[-1].status if known else (ActionStatus.OPEN if who else ActionStatus.PROPOSED)
    fresh = [event for event in known if is_fresh(event, calendar)]
    if status in CLOSED and not fresh:
        return None
    due, falls_due = due_at(action, known, calendar)
    late = status == ActionStatus.OPEN and falls_due is not None and falls_due < meeting.date
    return Row(
        action=action,
        assignee=who,
        status=ActionStatus(status).label,
        due=due,
        is_late=late,
        news=[words for event in fresh if (words := told(event, calendar))],
        reported=any(event.meeting_id == meeting.pk for event in known),
        given=given_at(action),
    )


def day_of(event: ActionEvent) -> datetime.date:
    return event.meeting.date if event.meeting else wording.local_date(event.at)


def is_fresh(event: ActionEvent, calendar: Calendar) -> bool:
    """Since the meeting before: what was reported there stands in its minutes."""
    if event.meeting_id:
        return event.meeting_id == calendar.meeting.pk or day_of(event) > calendar.before
    return day_of(event) >= calendar.before


def due_at(
    action: ActionItem, known: list[ActionEvent], calendar: Calendar
) -> tuple[str, datetime.date | None]:
    """As printed, and the day. "nästa möte" is a day once that meeting has come."""
    sets = [event for event in known if event.due_on or event.due_next_meeting]
    last = sets[-1] if sets else None
    if last is None:
        day, to_next, since = action.due_on, action.due_next_meeting, action.item.meeting.date
    else:
        day, to_next, since = last.due_on, last.due_next_meeting, day_of(last)
    if not to_next:
        return (day.isoformat() if day else ""), day
    day = calendar.after(since)
    come = day is not None and day <= calendar.meeting.date
    return (day.isoformat() if day and come else "nästa möte"), day


def told(event: ActionEvent, calendar: Calendar) -> str:
    """ "Ny tid 2026-06-01. Väntar på leverans." with its day when it was not at the meeting."""
    parts = []
    if event.due_on:
        parts.append(f"Ny tid {event.due_on.isoformat()}.")
    elif event.due_next_meeting:
        parts.append("Ny tid till nästa möte.")
    if event.note:
        parts.append(event.note if event.note[-1] in ".!?" else f"{event.note}.")
    if not parts and event.meeting_id != calendar.meeting.pk:
        parts.append(f"{ActionStatus(event.status).label}.")
    at_meeting = event.meeting_id == calendar.meeting.pk
    begins = "" if at_meeting or not parts else f"{day_of(event).isoformat()}: "
    return begins + " ".join(parts)


def given_at(action: ActionItem) -> str:
    """ "2026-03-12 § 4", or the day alone while it has no number."""
    item = action.item
    number = item.number
    where = f" {wording.section(number, item.meeting.number_prefix)}" if number else ""
    return f"{item.meeting.date.isoformat()}{where}"


def lines_of(rows: list[Row]) -> list[snapshot.FollowUpLine]:
    """As the snapshot holds them."""
    return [
        {
            "text": row.action.text,
            "assignee": row.assignee,
            "due": row.due,
            "status": f"{row.status}, försenat" if row.is_late else row.status,
            "news": " ".join(row.news),
            "given": row.given,
        }
        for row in rows
    ]
