"""The wall screen: the § that the secretary has at hand, and nothing else of the draft.

What may be shown to the room is one queryset, AgendaItemQuerySet.open_to_everyone; the screen
never reads a § by another way.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Sum
from django.db.models.functions import Coalesce

from meetings.minuting import at_desk
from meetings.models import Meeting
from meetings.states import BEFORE, State

SOON = "Mötet börjar strax"
NOWHERE = "Sekreteraren har inte öppnat någon paragraf"
NOT_SHOWN = "Den här punkten visas inte på skärmen"
OVER = "Mötet är slut"
CANCELLED = "Mötet är inställt"
WORDS = (SOON, NOWHERE, NOT_SHOWN, OVER, CANCELLED)


@dataclass(frozen=True)
class Screen:
    """What the screen shows: an item, or words instead. `version` differs when anything does."""

    item: int | None
    words: str
    version: str


def screen_of(meeting: Meeting) -> Screen:
    """Three cheap questions: the screen asks every other second, and mostly nothing is new."""
    if meeting.state != State.MINUTING:
        words = {State.CANCELLED: CANCELLED}.get(State(meeting.state), OVER)
        return without_item(meeting, SOON if meeting.state in BEFORE else words)
    pk = at_desk.item_at_hand(meeting)
    if pk is None:
        return without_item(meeting, NOWHERE)
    item = (
        meeting.items.standing()
        .open_to_everyone()
        .filter(pk=pk)
        .values("text_version", reports_at=Coalesce(Sum("reports__text_version"), 0))
        .first()
    )
    if item is None:
        return without_item(meeting, NOT_SHOWN)
    trail = at_desk.cursor_of(meeting)  # headings, decisions, action items, numbers
    version = f"{pk}-{item['text_version']}-{item['reports_at']}-{trail}"
    return Screen(pk, "", f"{meeting.pk}-{version}")


def without_item(meeting: Meeting, words: str) -> Screen:
    return Screen(None, words, f"{meeting.pk}-{meeting.state}-{WORDS.index(words)}")
