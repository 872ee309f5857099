"""Sealing: the final PDF from the approved snapshot, stored once with its hash.

drawing (the paper of a frozen version), signatures (who approved, inside the file), finishing
(the municipality's stamp, checked), locking (the one transaction that seals), preflight (the
trial before the first approval), exporting and augmenting (what comes after). Import from here.
"""

from meetings.sealing.augmenting import augment, without_timestamp
from meetings.sealing.drawing import (
    arms_of,
    printed_trail,
    read,
    rendered,
    rendered_closed,
    standing_before,
    standing_of,
)
from meetings.sealing.finishing import (
    NotSealed,
    Stamped,
    certificates_of,
    page_count,
    stamped,
)
from meetings.sealing.locking import check, pending, seal, sealed_of
from meetings.sealing.noting import note_hindrance
from meetings.sealing.overview import KeyState, pending_in, state_of_key
from meetings.sealing.preflight import (
    NOT_READY,
    preflight,
    problems,
    require_preflight,
    require_ready,
    try_preflight,
)

__all__ = [
    "NOT_READY",
    "KeyState",
    "NotSealed",
    "Stamped",
    "arms_of",
    "augment",
    "certificates_of",
    "check",
    "note_hindrance",
    "page_count",
    "pending",
    "pending_in",
    "preflight",
    "printed_trail",
    "problems",
    "read",
    "rendered",
    "rendered_closed",
    "require_preflight",
    "require_ready",
    "seal",
    "sealed_of",
    "stamped",
    "standing_before",
    "standing_of",
    "state_of_key",
    "try_preflight",
    "without_timestamp",
]
