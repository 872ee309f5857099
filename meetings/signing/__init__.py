"""Rounds of justering. Everyone approves the same hash; the last approval seals at once."""

from meetings.signing.approving import approve, consent_for, start
from meetings.signing.opening import due_on, open_round
from meetings.signing.returning import Remark, remarks_of, return_minutes
from meetings.signing.rounds import concerned, has_been_replaced, waiting_for

__all__ = [
    "Remark",
    "approve",
    "concerned",
    "consent_for",
    "due_on",
    "has_been_replaced",
    "open_round",
    "remarks_of",
    "return_minutes",
    "start",
    "waiting_for",
]
