"""Rounds of justering. Everyone approves the same hash; the last approval seals at once."""

from meetings.signing.answering import ChangedSince, Difference, answer, take_over
from meetings.signing.approving import approve, consent_for, start
from meetings.signing.at_once import open_at_once, rounds_at_once, sealed_at_once
from meetings.signing.by_pen import keep_scan, paper_to_sign, refuse_closed_part
from meetings.signing.completing import seal_at_once, seal_next
from meetings.signing.corrected import (
    Correction,
    closed_corrections_of,
    corrected_items,
    corrections_of,
    unfinished_corrections,
)
from meetings.signing.correcting import open_correction
from meetings.signing.dissenting import note_dissent, remove_dissent, those_who_sign
from meetings.signing.handing_on import hand_on, later_meetings
from meetings.signing.opening import due_on, open_round
from meetings.signing.proposals import Field, fields_of
from meetings.signing.remarks import Remark, remark_of, remarks_by, remarks_of, unanswered
from meetings.signing.rereading import Entry, Reading, reading_of
from meetings.signing.returning import can_send_late, return_minutes, send_late
from meetings.signing.reviewing import line_for, mark_item, mark_rest, proposals_of
from meetings.signing.rounds import (
    concerned,
    has_been_replaced,
    is_closed_paper,
    waiting_for,
    what_of,
)
from meetings.signing.substituting import appoint_stand_in, candidates, replaceable
from meetings.signing.unlocking import agree, may_agree, request_of, unlock

__all__ = [
    "ChangedSince",
    "Correction",
    "Difference",
    "Entry",
    "Field",
    "Reading",
    "Remark",
    "agree",
    "answer",
    "appoint_stand_in",
    "approve",
    "can_send_late",
    "candidates",
    "closed_corrections_of",
    "concerned",
    "consent_for",
    "corrected_items",
    "corrections_of",
    "due_on",
    "fields_of",
    "hand_on",
    "has_been_replaced",
    "is_closed_paper",
    "keep_scan",
    "later_meetings",
    "line_for",
    "mark_item",
    "mark_rest",
    "may_agree",
    "note_dissent",
    "open_at_once",
    "open_correction",
    "open_round",
    "paper_to_sign",
    "proposals_of",
    "reading_of",
    "refuse_closed_part",
    "remark_of",
    "remarks_by",
    "remarks_of",
    "remove_dissent",
    "replaceable",
    "request_of",
    "return_minutes",
    "rounds_at_once",
    "seal_at_once",
    "seal_next",
    "sealed_at_once",
    "send_late",
    "start",
    "take_over",
    "those_who_sign",
    "unanswered",
    "unfinished_corrections",
    "unlock",
    "waiting_for",
    "what_of",
]
