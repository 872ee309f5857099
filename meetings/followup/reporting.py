"""Report on an action item, at a meeting or between meetings, and take a report back."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from meetings import moving, richtext, wording
from meetings.models import ActionEvent, ActionItem, ActionStatus, Meeting
from meetings.states import State
from members import audit
from members.models import Person

LONGEST_NOTE = 500


@transaction.atomic
def follow_up(
    *, by: Person, action: ActionItem, status: ActionStatus | str, note: str = "",
    due_on: datetime.date | None = None, due_next_meeting: bool = False,
    meeting: Meeting | None = None,
) -> ActionItem:  # fmt: skip
    """Report on an action item at any time, also after its minutes are sealed.

    With `meeting` it is said there: the meeting's table of earlier uppdrag shows it, and its
    minutes must be being written. The same report sent twice is one.
    """
    if meeting is not None:
        meeting = moving.lock(meeting, State.MINUTING)
        refuse_closed(meeting)
    action = locked(action)
    event = ActionEvent(
        action=action, status=ActionStatus(status), note=tidy(note), due_on=due_on,
        due_next_meeting=due_next_meeting, meeting=meeting, by=by,
    )  # fmt: skip
    refuse_past(event)
    if is_said(event):
        return action
    action.status = event.status
    action.save(update_fields=["status"])
    event.save()
    audit.record(
        by=by, action="action.followed_up", council=action.council, subject=action,
        status=action.status,
    )  # fmt: skip
    return action


def locked(action: ActionItem) -> ActionItem:
    return (
        ActionItem.objects.select_for_update(of=("self",))
        .select_related("council")
        .get(pk=action.pk)
    )


def tidy(note: str) -> str:
    note = richtext.one_line(note)
    if len(note) > LONGEST_NOTE:
        raise ValidationError({"note": "En anteckning får ha högst 500 tecken."})
    return note


def refuse_past(event: ActionEvent) -> None:
    if event.due_on and event.due_next_meeting:
        raise ValidationError({"due_on": "Välj antingen ett datum eller nästa möte."})
    first = event.meeting.date if event.meeting else timezone.localdate()
    if event.due_on and event.due_on < first:
        when = "mötet" if event.meeting else "i dag"
        raise ValidationError(
            {"due_on": f"{wording.plain_date(event.due_on)} är före {when}. Välj en senare dag."}
        )


def refuse_closed(meeting: Meeting) -> None:
    """The item with the table may be adjusted at once already: then it shows what was true."""
    for item in meeting.items.standing().filter(kind="follow_up")[:1]:
        moving.refuse_frozen(item)


def is_said(event: ActionEvent) -> bool:
    """Whether the latest report says just this already."""
    last = ActionEvent.objects.standing().filter(action=event.action).last()
    return last is not None and content(last) == content(event)


def content(event: ActionEvent) -> tuple[object, ...]:
    return (event.status, event.note, event.due_on, event.due_next_meeting, event.meeting_id)


@transaction.atomic
def take_report_back(*, by: Person, action: ActionItem, meeting: Meeting) -> ActionItem:
    """Undo the latest report that was made at the meeting; nothing when there is none."""
    meeting = moving.lock(meeting, State.MINUTING)
    refuse_closed(meeting)
    action = locked(action)
    event = ActionEvent.objects.standing().filter(action=action, meeting=meeting).last()
    if event is None:
        return action
    before = ActionEvent.objects.standing().filter(action=action, pk__lt=event.pk).last()
    action.status = before.status if before else ActionStatus.OPEN
    action.save(update_fields=["status"])
    ActionEvent.objects.create(
        action=action, status=action.status, meeting=meeting, takes_back=event, by=by
    )
    audit.record(by=by, action="action.report_taken_back", council=action.council, subject=action)
    return action
