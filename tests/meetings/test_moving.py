"""The lock, the check and the write of every change of state."""

from __future__ import annotations

import itertools

import pytest
from django.db import transaction

from meetings import moving
from meetings.models import Meeting
from meetings.states import LIFE, State, may_move
from tests import builders
from tests.builders import Cast


def test_from_justerat_and_from_cancelled_there_is_no_way() -> None:
    moves = {(old, new) for old, new in itertools.product(State, State) if may_move(old, new)}
    assert {old for old, _ in moves} == set(State) - {State.APPROVED, State.CANCELLED}
    assert {old for old, new in moves if new == State.APPROVED} == {State.SIGNING}
    backwards = {move for move in moves if set(move) <= set(LIFE)
                 and LIFE.index(move[1]) < LIFE.index(move[0])}  # fmt: skip
    assert backwards == {(State.SIGNING, State.MINUTING)}


@pytest.mark.django_db(transaction=True)
def test_a_lock_outside_a_transaction_is_refused_as_the_fault_it_is(cast: Cast) -> None:
    meeting = builders.planned(cast)
    with pytest.raises(RuntimeError, match="outside a transaction"):
        moving.lock(meeting)
    with transaction.atomic():
        assert moving.lock(meeting, State.PLANNED) == meeting


@pytest.mark.usefixtures("quick_paper")
@pytest.mark.parametrize("state", State)
def test_in_the_wrong_state_one_is_told_where_the_meeting_is(cast: Cast, state: State) -> None:
    if state == State.APPROVED:  # which the database lets no meeting be by itself
        meeting = builders.sealed(cast)
    else:
        meeting = builders.planned(cast)
        # What the row says decides, whatever the page that asks has read.
        Meeting.objects.filter(pk=meeting.pk).update(state=state)
    others = [one for one in State if one != state]
    with pytest.raises(moving.WrongState) as refused:
        moving.lock(meeting, *others)
    assert refused.value.messages == [moving.CLOSED[state]]
    assert moving.lock(meeting, state).state == state
