"""The states of a meeting and the moves between them, on one screen. A leaf.

planerat → kallat → protokoll skrivs → justering → justerat. A meeting can be cancelled until
its minutes are begun; minutes in justering can be returned to writing, never from justerat.
"""

from __future__ import annotations

from django.db.models import TextChoices


class State(TextChoices):
    PLANNED = "planned", "Planerat"
    SUMMONED = "summoned", "Kallat"
    MINUTING = "minuting", "Protokoll"
    SIGNING = "signing", "Justering"
    APPROVED = "approved", "Justerat"  # sealed: nothing of it can change, see migration 0002
    CANCELLED = "cancelled", "Inställt"


MOVES: dict[State, frozenset[State]] = {
    # Straight to minuting: a council that sends no call through the program still takes minutes.
    State.PLANNED: frozenset({State.SUMMONED, State.MINUTING, State.CANCELLED}),
    State.SUMMONED: frozenset({State.MINUTING, State.CANCELLED}),
    State.MINUTING: frozenset({State.SIGNING}),
    State.SIGNING: frozenset({State.MINUTING, State.APPROVED}),
    State.APPROVED: frozenset(),
    State.CANCELLED: frozenset(),
}

LIFE = (State.PLANNED, State.SUMMONED, State.MINUTING, State.SIGNING, State.APPROVED)
BEFORE = (State.PLANNED, State.SUMMONED)
WRITABLE = (State.PLANNED, State.SUMMONED, State.MINUTING)


def may_move(old: str, new: State) -> bool:
    return new in MOVES[State(old)]
