"""Moving a meeting between its states: the lock, the check and the write, in one place."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from meetings.models import AgendaItem, FrozenItem, Meeting, RoundState
from meetings.states import WRITABLE, State, may_move

TIME_FIELDS = {
    State.SUMMONED: "summoned_at",
    State.MINUTING: "minuting_at",
    State.SIGNING: "frozen_at",
    State.APPROVED: "approved_at",
    State.CANCELLED: "cancelled_at",
}

# Why a meeting in a state cannot be worked on, and what to do.
CLOSED = {
    State.PLANNED: "Protokollet är inte öppnat än. Öppna det från mötets sida.",
    State.SUMMONED: "Protokollet är inte öppnat än. Öppna det från mötets sida.",
    State.MINUTING: "Protokollet skrivs och är inte ute på justering.",
    State.SIGNING: "Protokollet är låst för justering. Det kan ändras om det lämnas tillbaka.",
    State.APPROVED: "Protokollet är justerat och kan inte ändras.",
    State.CANCELLED: "Mötet är inställt.",
}
FROZEN = "Paragrafen är omedelbart justerad, eller ute på omedelbar justering, och kan inte ändras."


class WrongState(ValidationError):
    """The meeting has moved on; the message says where it is and what can be done."""


def lock(meeting: Meeting, *states: str) -> Meeting:
    """The meeting's row, locked until the transaction ends, and in one of the states.

    Raises WrongState otherwise. Call inside transaction.atomic.
    """
    if not transaction.get_connection().in_atomic_block:
        raise RuntimeError("a lock outside a transaction is gone at once")
    locked = (
        Meeting.objects.select_for_update(of=("self",)).select_related("council").get(pk=meeting.pk)
    )
    require(locked, *states)
    return locked


def lock_writable(meeting: Meeting) -> Meeting:
    """Locked, and its agenda and minutes may be changed."""
    return lock(meeting, *WRITABLE)


def lock_item(item: AgendaItem, *states: str) -> Meeting:
    """Its meeting, locked as by lock, and the item not adjusted at once (omedelbar justering).

    Raises WrongState otherwise.
    """
    meeting = lock(item.meeting, *states)
    refuse_frozen(item)
    return meeting


def refuse_frozen(item: AgendaItem) -> None:
    """Raise WrongState if the item is in an extract that is out for justering or sealed."""
    if frozen_items().filter(item=item).exists():
        raise WrongState(FROZEN, code="wrong_state")


def frozen_items() -> QuerySet[FrozenItem]:
    """Items of extracts that stand: out for justering, or sealed."""
    return FrozenItem.objects.filter(
        version__round__state__in=(RoundState.OPEN, RoundState.COMPLETED)
    )


def require(meeting: Meeting, *states: str) -> None:
    """Raise WrongState unless the meeting is in one of the states."""
    if states and meeting.state not in states:
        raise WrongState(CLOSED[State(meeting.state)], code="wrong_state")


def move(meeting: Meeting, new: State, *, at: datetime.datetime | None = None) -> None:
    """Write the new state and its time. The caller holds the lock."""
    if not may_move(meeting.state, new):
        raise WrongState(CLOSED[State(meeting.state)], code="wrong_state")
    meeting.state = new
    fields = ["state", TIME_FIELDS[new]]
    setattr(meeting, TIME_FIELDS[new], at or timezone.now())
    meeting.save(update_fields=fields)
