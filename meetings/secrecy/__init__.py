"""Closed items (stängda ärenden): marked under secrecy, read by few, and every reading noted.

marking     an item is closed with its provision, and opened again with a reason
parting     the public minutes and their closed part: two papers of one frozen text
noting      who has read what, in the trail
Who may read them is Right.READ_CLOSED (members.roles) or being named in the round that signs
them; the rule stands in the querysets (`visible_to`, `open_to_everyone`).
"""

from meetings.secrecy.marking import PROVISIONS, close_item, open_item
from meetings.secrecy.noting import note_reading
from meetings.secrecy.parting import (
    check,
    closed_paper,
    committed,
    has_closed_part,
    items_of,
    joined,
    keep,
    parts_for,
    parts_of,
    public_of,
    text_for,
    whole,
)

__all__ = [
    "PROVISIONS",
    "check",
    "close_item",
    "closed_paper",
    "committed",
    "has_closed_part",
    "items_of",
    "joined",
    "keep",
    "note_reading",
    "open_item",
    "parts_for",
    "parts_of",
    "public_of",
    "text_for",
    "whole",
]
