"""Where a meeting is in its life: the five steps of the strip (_parts/life_strip.html)."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from meetings import wording
from meetings.models import Meeting, SigningRound
from meetings.states import LIFE, WRITABLE, State
from members.models import MinutesStyle


@dataclass(frozen=True)
class Step:
    label: str
    date: str  # as words, "" where there is none
    state: Literal["done", "now", "coming"]


def life_of(meeting: Meeting) -> list[Step]:
    """The five steps with their dates, coming ones as "senast 26 mars".

    A cancelled meeting stays where it was when cancelled, with nothing to come.
    """
    state = State(meeting.state)
    cancelled = state == State.CANCELLED
    if cancelled:
        state = State.SUMMONED if meeting.summoned_at else State.PLANNED
    now, dates = LIFE.index(state), dates_of(meeting, state)
    finished = state == State.APPROVED
    return [
        Step(
            label=word_of(step, meeting),
            date="" if cancelled and i > now else dates[step],
            state="done" if i < now or finished else "now" if i == now else "coming",
        )
        for i, step in enumerate(LIFE)
    ]


def word_of(step: State, meeting: Meeting) -> str:
    """A council with minnesanteckningar has no protokoll to write."""
    notes = step == State.MINUTING and meeting.minutes_style == MinutesStyle.HEADINGS
    return "Anteckningar" if notes else str(step.label)


def dates_of(meeting: Meeting, state: State) -> dict[State, str]:
    planned = wording.local_date(meeting.planned_at)
    return {
        # Minutes typed in afterwards were "planned" after the meeting, which would only confuse.
        State.PLANNED: wording.day(planned) if planned <= meeting.date else "",
        State.SUMMONED: summons_date(meeting, state),
        State.MINUTING: wording.day(meeting.date),
        State.SIGNING: signing_dates(meeting, state),
        State.APPROVED: said(meeting.approved_at),
    }


def summons_date(meeting: Meeting, state: State) -> str:
    if state == State.PLANNED:
        return f"senast {wording.day(meeting.summons_due_on)}"
    return said(meeting.summoned_at) or "ingen kallelse"


def signing_dates(meeting: Meeting, state: State) -> str:
    """ "senast 26 mars" before and while it goes on, "13–19 mars" afterwards."""
    if state in WRITABLE:
        return f"senast {wording.day(meeting.signing_due_on)}"
    if state == State.SIGNING:
        due = SigningRound.objects.filter(meeting=meeting).order_by("-number").first()
        return f"senast {wording.day(due.due_on)}" if due else ""
    if state == State.APPROVED and meeting.frozen_at and meeting.approved_at:
        first = wording.local_date(meeting.frozen_at)
        last = wording.local_date(meeting.approved_at)
        if first == last:
            return wording.day(last)
        if (first.year, first.month) == (last.year, last.month):
            return f"{first.day}{wording.DASH}{wording.day(last)}"
        return f"{wording.day(first)}{wording.DASH}{wording.day(last)}"
    return ""


def said(when: datetime.datetime | None) -> str:
    return wording.day(wording.local_date(when)) if when else ""
