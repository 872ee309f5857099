"""Everyone has approved: the round is closed with the last approval, and the seal follows.

Two transactions. The first keeps the approval; the second seals, at once if it can be done. What
is in its way (no key, a full disk, a crash) costs nobody an approval: the worker goes on trying
for as long as it takes, and the administrator sees the list of what waits.
"""

from __future__ import annotations

import logging
import time

from django.db import DatabaseError, transaction
from django.utils import timezone

from meetings import moving, sealing
from meetings.models import Meeting, RoundState, SealedFile, SealedMinutes, SigningRound
from meetings.signing import rounds

log = logging.getLogger(__name__)
PAUSE = 60.0  # seconds until the worker tries a round again that could not be sealed
_tried: dict[int, float] = {}


def close(round_: SigningRound) -> None:
    """The last approval is noted: nobody can return or open the text any more.

    Inside its transaction, with the meeting locked. Raises ValidationError, and thereby undoes
    that approval, if any of them does not fit the text.
    """
    sealing.check(round_, round_.version)
    round_.state, round_.closed_at = RoundState.COMPLETED, timezone.now()
    round_.save(update_fields=["state", "closed_at"])


def seal_at_once(round_: SigningRound) -> SealedMinutes | SealedFile | None:
    """Seal if everyone has approved; None if not yet, or if it could not be done now.

    After the transaction of the approval, and never a reason for it to fail.
    """
    if SigningRound.every.get(pk=round_.pk).state != RoundState.COMPLETED:
        return None
    try:
        return seal_and_tell(round_)
    except Exception as error:  # whatever it is, the approval stands and the worker tries again
        log.exception("approved and not sealed: %s", round_)
        note_not_sealed(round_, error)
        return None


def note_not_sealed(round_: SigningRound, error: Exception) -> None:
    """In the trail, if the database takes it."""
    try:
        with transaction.atomic():
            sealing.note_hindrance("minutes.not_sealed", round_.meeting, error, None)
    except DatabaseError:
        log.exception("not noted in the trail: %s", round_)


@transaction.atomic
def seal_and_tell(round_: SigningRound) -> SealedMinutes | SealedFile:
    """Seal, and write to everyone concerned, once. Raises what sealing.seal does."""
    meeting = moving.lock(round_.meeting)
    done = sealing.sealed_of(round_)
    if done is not None:
        return done
    sealed = sealing.seal(meeting=meeting, round_=round_)
    for person in rounds.concerned(round_):
        rounds.write_to(person, "signing_completed", round_)
    return sealed


def seal_next() -> SigningRound | None:
    """For the worker: seal one round that everyone has approved; None when none can be now."""
    now = time.monotonic()
    for round_ in sealing.pending().select_related("meeting__council", "version"):
        if _tried.get(round_.pk, now) > now:
            continue
        _tried[round_.pk] = now + PAUSE
        with transaction.atomic():
            meetings = Meeting.objects.select_for_update(skip_locked=True)
            free = meetings.filter(pk=round_.meeting_id).exists()
            if free and seal_at_once(round_) is not None:
                _tried.pop(round_.pk)
                return round_
    return None
