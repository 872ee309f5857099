"""Opening a text that is out for justering again, by the secretary, with a reason.

Nobody has approved: the secretary opens it alone. Somebody has: one more of those concerned must
agree, so that no single person can undo what another has put their name to. Everyone is told.
"""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from meetings import moving, richtext, wording
from meetings.models import (
    Approval,
    Meeting,
    RoundState,
    SigningRound,
    TextKind,
    UnlockRequest,
)
from meetings.signing import rounds
from meetings.states import State
from members import audit
from members.models import Person

audit.register(
    {
        "signing.unlock_asked": "bad att få öppna {document} igen",
        "signing.unlocked": "öppnade {document} igen",
    },
    words=wording.IN_THE_TRAIL,
)

LONGEST = 2_000


@transaction.atomic
def unlock(*, by: Person, round_: SigningRound, reason: str) -> UnlockRequest | None:
    """Open the round's text for writing again, or ask another to agree.

    Returns the request that waits for a second person, or None when the text is open. The caller
    has checked that `by` writes the minutes. Raises ValidationError without a reason, when the
    round is closed, or when it is asked for already.
    """
    meeting = moving.lock(round_.meeting)
    round_ = fresh(round_)
    rounds.require_open(round_)
    reason = richtext.without_invisible(reason).strip()
    if not reason:
        raise ValidationError({"reason": "Skriv varför texten behöver öppnas."})
    if len(reason) > LONGEST:
        raise ValidationError({"reason": f"Skriv högst {LONGEST} tecken."})
    if request_of(round_) is not None:
        raise ValidationError("Någon har redan bett att få öppna texten. Den väntar på svar.")
    request = UnlockRequest.objects.create(round=round_, by=by, reason=reason)
    if not Approval.objects.filter(round=round_).exists():
        open_again(by, meeting, round_, reason)
        return None
    audit.record(
        by=by, action="signing.unlock_asked", council=meeting.council, subject=meeting,
        round=round_.number, reason=told(round_, reason),
    )  # fmt: skip
    for person in rounds.concerned(round_):
        if person.pk != by.pk:
            rounds.write_to(
                person, "signing_unlock_asked", round_, asked_by=by, reason=told(round_, reason)
            )
    return request


@transaction.atomic
def agree(*, by: Person, round_: SigningRound) -> SigningRound:
    """A second person agrees: the text is opened. Raises ValidationError for the one who asked,
    for anybody who does not sign, and when nothing is asked for or the round is closed."""
    meeting = moving.lock(round_.meeting)
    round_ = fresh(round_)
    rounds.require_open(round_)
    request = request_of(round_)
    if request is None:
        raise ValidationError("Ingen har bett att få öppna texten.")
    if by.pk == request.by_id:
        raise ValidationError("Någon annan än du måste hålla med om att texten öppnas.")
    if not may_agree(by, round_):
        raise ValidationError("Bara de som justerar kan hålla med om att texten öppnas.")
    open_again(by, meeting, round_, request.reason)
    return round_


def may_agree(person: Person, round_: SigningRound) -> bool:
    return round_.signers.required().filter(person=person).exists()


def request_of(round_: SigningRound) -> UnlockRequest | None:
    return UnlockRequest.objects.select_related("by").filter(round=round_).first()


def open_again(by: Person, meeting: Meeting, round_: SigningRound, reason: str) -> None:
    """Close the round; approvals given stay in the log, void. Whole minutes are written again."""
    round_.state, round_.closed_at = RoundState.UNLOCKED, timezone.now()
    round_.returned_by, round_.unlock_reason = by, reason
    round_.save(update_fields=["state", "closed_at", "returned_by", "unlock_reason"])
    if round_.kind == TextKind.MINUTES:
        moving.move(meeting, State.MINUTING)
    approved = set(round_.approvals.values_list("signer__person", flat=True))
    audit.record(
        by=by, action="signing.unlocked", council=meeting.council, subject=meeting,
        round=round_.number, sha256=round_.version.sha256, reason=told(round_, reason),
        approvals_void=len(approved),
    )  # fmt: skip
    for person in rounds.concerned(round_):
        if person.pk != by.pk:
            rounds.write_to(
                person, "signing_unlocked", round_,
                opened_by=by, reason=told(round_, reason), void=person.pk in approved,
            )  # fmt: skip


def told(round_: SigningRound, reason: str) -> str:
    """The reason as mail and trail tell it: not that of a closed paper, which may quote it."""
    return "" if rounds.is_closed_paper(round_) else reason


def fresh(round_: SigningRound) -> SigningRound:
    return SigningRound.every.select_related("meeting__council", "version").get(pk=round_.pk)
