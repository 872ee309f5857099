"""Action items and topics: give, report on, close, carry over to the next meeting."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Case, Exists, F, OuterRef, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from meetings import moving, richtext, wording
from meetings.models import (
    ActionEvent,
    ActionItem,
    ActionStatus,
    AgendaItem,
    Meeting,
    OrganisationReport,
    Topic,
)
from meetings.states import State
from members import audit
from members.models import Organisation, Person

audit.register(
    {
        "action.given": "antecknade {what}",
        "action.changed": "ändrade {what}",
        "action.removed": "tog bort {what}",
        "action.restored": "tog tillbaka {what}",
        "action.followed_up": "ändrade läget för {what} till {status}",
        "topics.set": "ändrade listan med ämnen att ta upp i {what}",
        "next_meeting.set": "antecknade nästa möte",
    },
    words={"status": {status.value: f"”{status.label}”" for status in ActionStatus}},
)
audit.describe(
    ActionItem,
    named="uppdraget ”{text}”",
    unnamed="ett uppdrag",
    meeting=lambda action: action.item.meeting_id,
)

LONGEST = 2000


@transaction.atomic
def give_action(
    *,
    by: Person,
    item: AgendaItem,
    text: str,
    report: OrganisationReport | None = None,
    **fields: Any,
) -> ActionItem:
    """Note an action item that springs from an item. See change_action for the fields.

    With nobody to do it, it is a proposal (förslag) until somebody is named.
    """
    moving.lock_item(item, State.MINUTING)
    action = ActionItem(
        council=item.meeting.council,
        item=item,
        report=report,
        position=item.action_items.count() + 1,
    )
    write(action, text=text, **fields)
    ActionEvent.objects.create(action=action, status=action.status, by=by)
    audit.record(by=by, action="action.given", council=action.council, subject=action)
    return action


@transaction.atomic
def change_action(*, by: Person, action: ActionItem, **fields: Any) -> ActionItem:
    """Change text, persons, organisations, role_in_words, due_on, due_next_meeting, in_text."""
    moving.lock_item(action.item, State.MINUTING)
    action = (
        ActionItem.objects.select_for_update(of=("self",))
        .select_related("council")
        .get(pk=action.pk)
    )
    write(action, **fields)
    audit.record(by=by, action="action.changed", council=action.council, subject=action)
    return action


def write(
    action: ActionItem,
    *,
    persons: list[Person] | None = None,
    organisations: list[Organisation] | None = None,
    **fields: Any,
) -> None:
    """Set, validate and save; proposed without anyone, open with someone."""
    allowed = {"text", "role_in_words", "due_on", "due_next_meeting", "in_text"}
    if fields.keys() - allowed:
        raise TypeError(f"not of an action item: {sorted(fields.keys() - allowed)}")
    for name, value in fields.items():
        setattr(action, name, richtext.one_line(value) if isinstance(value, str) else value)
    if not action.text:
        raise ValidationError({"text": "Skriv vad uppdraget är."})
    if len(action.text) > LONGEST:
        raise ValidationError({"text": "Ett uppdrag får ha högst 2 000 tecken."})
    if action.due_on and action.due_next_meeting:
        raise ValidationError({"due_on": "Välj antingen ett datum eller nästa möte."})
    action.clean_fields(exclude=["council", "item", "report"])
    action.save()
    if persons is not None:
        action.persons.set(persons)
    if organisations is not None:
        action.organisations.set(organisations)
    if action.status in (ActionStatus.PROPOSED, ActionStatus.OPEN):
        given = assignee(action) != ""
        action.status = ActionStatus.OPEN if given else ActionStatus.PROPOSED
        action.save(update_fields=["status"])


@transaction.atomic
def remove_action(*, by: Person, action: ActionItem) -> None:
    """Take an action item away from minutes being written; restore_action brings it back."""
    moving.lock_item(action.item, State.MINUTING)
    ActionItem.objects.filter(pk=action.pk).update(removed_at=timezone.now())
    audit.record(by=by, action="action.removed", council=action.council, subject=action)


@transaction.atomic
def restore_action(*, by: Person, action: ActionItem) -> None:
    moving.lock_item(action.item, State.MINUTING)
    ActionItem.objects.filter(pk=action.pk).update(removed_at=None)
    audit.record(by=by, action="action.restored", council=action.council, subject=action)


@transaction.atomic
def follow_up(
    *,
    by: Person,
    action: ActionItem,
    status: ActionStatus | str,
    note: str = "",
    meeting: Meeting | None = None,
) -> ActionItem:
    """Report on an action item at any time, also after its minutes are sealed."""
    action = (
        ActionItem.objects.select_for_update(of=("self",))
        .select_related("council")
        .get(pk=action.pk)
    )
    action.status = ActionStatus(status)
    action.save(update_fields=["status"])
    ActionEvent.objects.create(
        action=action, status=action.status, note=richtext.one_line(note)[:500],
        meeting=meeting, by=by,
    )  # fmt: skip
    audit.record(
        by=by, action="action.followed_up", council=action.council, subject=action,
        status=action.status,
    )  # fmt: skip
    return action


def of_person(actions: QuerySet[Any], person: Person) -> QuerySet[Any]:
    """Those the person has, by name or through the organisation they stand for in that council."""
    by_name = ActionItem.persons.through.objects.filter(actionitem=OuterRef("pk"), person=person)
    by_seat = person.mandates.running(timezone.localdate()).filter(
        council=OuterRef("council"), organisation__action_items=OuterRef("pk")
    )
    return actions.filter(Exists(by_name) | Exists(by_seat))


def with_due(actions: QuerySet[Any]) -> QuerySet[Any]:
    """Annotated `falls_due`: the date, or for "nästa möte" that meeting's, also when it moves."""
    later = (
        Meeting.objects.filter(
            council=OuterRef("council"), date__gt=OuterRef("item__meeting__date")
        )
        .exclude(state=State.CANCELLED)
        .order_by("date")
    )
    following = Coalesce(Subquery(later.values("date")[:1]), F("item__meeting__next_date"))
    return actions.annotate(
        falls_due=Case(When(due_next_meeting=True, then=following), default=F("due_on"))
    )


def assignee(action: ActionItem) -> str:
    """Who has it, as printed: persons, organisations, a role in words; "" is nobody yet."""
    names = [person.name for person in action.persons.all()]
    names += [organisation.name for organisation in action.organisations.all()]
    if action.role_in_words:
        names.append(action.role_in_words)
    return wording.joined(names)


def due(action: ActionItem) -> str:
    """ "2026-03-31", "nästa möte" or ""."""
    if action.due_next_meeting:
        return "nästa möte"
    return action.due_on.isoformat() if action.due_on else ""


@transaction.atomic
def set_topics(*, by: Person, item: AgendaItem, topics: list[tuple[str, str]]) -> list[Topic]:
    """Replace the item's "ämnen att ta upp" by (text, who). Rows without text fall away."""
    moving.lock_item(item, State.MINUTING)
    rows = [
        Topic(
            council=item.meeting.council, item=item, position=i,
            text=richtext.one_line(text), who=richtext.one_line(who),
        )
        for i, (text, who) in enumerate(topics, start=1)
        if richtext.one_line(text)
    ]  # fmt: skip
    for row in rows:
        row.clean_fields(exclude=["council", "item"])
    item.topics.all().delete()
    made = Topic.objects.bulk_create(rows)
    audit.record(
        by=by, action="topics.set", council=item.meeting.council, subject=item, topics=len(made)
    )
    return made


@transaction.atomic
def set_next_meeting(
    *,
    by: Person,
    meeting: Meeting,
    date: datetime.date | None,
    starts_at: datetime.time | None = None,
    ends_at: datetime.time | None = None,
    place: str = "",
) -> Meeting:
    """Note when and where the next meeting is. ValidationError if it is not after this one."""
    meeting = moving.lock(meeting, State.MINUTING)
    if date is not None and date <= meeting.date:
        raise ValidationError({"date": "Nästa möte måste vara efter det här mötet."})
    if date is None and (starts_at or ends_at):
        raise ValidationError({"date": "Skriv också vilken dag nästa möte är."})
    meeting.next_date, meeting.next_starts_at, meeting.next_ends_at = date, starts_at, ends_at
    meeting.next_place = richtext.one_line(place)
    meeting.clean_fields()
    meeting.save(update_fields=["next_date", "next_starts_at", "next_ends_at", "next_place"])
    audit.record(by=by, action="next_meeting.set", council=meeting.council, subject=meeting)
    return meeting
