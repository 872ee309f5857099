"""Who has an action item and when it falls due: for lists, and as printed."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.db.models.functions import Coalesce
from django.utils import timezone

from meetings import wording
from meetings.models import ActionEvent, ActionItem, Meeting
from meetings.states import State
from members.models import Person


def of_person(actions: QuerySet[Any], person: Person) -> QuerySet[Any]:
    """Those the person has, by name or through the organisation they stand for in that council."""
    by_name = ActionItem.persons.through.objects.filter(actionitem=OuterRef("pk"), person=person)
    by_seat = person.mandates.running(timezone.localdate()).filter(
        council=OuterRef("council"), organisation__action_items=OuterRef("pk")
    )
    return actions.filter(Exists(by_name) | Exists(by_seat))


def with_due(actions: QuerySet[Any]) -> QuerySet[Any]:
    """Annotated `falls_due`: the day last set, at the meeting that gave it or in a report since;
    for "nästa möte" that meeting's, also when it moves. `waits_for_next`: it is such a meeting."""
    moved = (
        ActionEvent.objects.standing()
        .filter(Q(due_on__isnull=False) | Q(due_next_meeting=True), action=OuterRef("pk"))
        .order_by("-pk")
    )
    actions = actions.annotate(
        moved_to=Subquery(moved.values("due_on")[:1]),
        moved_on=Subquery(moved.values("at__date")[:1]),
        counted_from=Coalesce(
            Subquery(moved.values("meeting__date")[:1]), F("moved_on"), F("item__meeting__date")
        ),
        waits_for_next=Case(
            When(moved_to__isnull=False, then=False),
            When(moved_on__isnull=False, then=True),
            default=F("due_next_meeting"),
        ),
    )
    later = (
        Meeting.objects.filter(council=OuterRef("council"), date__gt=OuterRef("counted_from"))
        .exclude(state=State.CANCELLED)
        .order_by("date")
    )
    following = Coalesce(Subquery(later.values("date")[:1]), F("item__meeting__next_date"))
    return actions.annotate(
        falls_due=Case(
            When(waits_for_next=True, then=following),
            default=Coalesce(F("moved_to"), F("due_on")),
        )
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


def due_now(action: Any) -> str:
    """As due(), of a row from with_due: with what reports have set since, and "nästa möte" as its
    day when that is known."""
    if action.falls_due:
        return str(action.falls_due.isoformat())
    return "nästa möte" if action.waits_for_next else ""
