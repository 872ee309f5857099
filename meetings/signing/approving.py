"""Approving: the frozen text, its hash, and proof of who approves. The last approval seals."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from meetings import moving, proving, sealing, wording
from meetings.models import Approval, Meeting, RoundState, Signer, SigningRound
from meetings.signing import rounds
from members import audit
from members.models import MinutesStyle, Person
from members.roles import SignerRole

audit.register(
    {
        "signing.approved": "justerade {document} {role}",
        "signing.refused": "försökte justera med fel lösenord",
    },
    words={
        **wording.IN_THE_TRAIL,
        "role": {role.value: f"som {role.label.lower()}" for role in SignerRole},
    },
)

GUESSES = 5  # wrong passwords a signer may give …
PAUSE = datetime.timedelta(minutes=5)  # … in this time


def start(*, signer: Signer) -> proving.Challenge:
    """The challenge for the page that shows the frozen text to this signer."""
    provider = proving.provider_for(signer.round.meeting.council.approval_level)
    return provider.start(signer=signer, snapshot_sha256=signer.round.version.sha256)


def consent_for(meeting: Meeting) -> str:
    """What one says by approving: shown above the button and stored with the approval."""
    if meeting.minutes_style == MinutesStyle.HEADINGS:
        return (
            "Jag har läst minnesanteckningarna och intygar att de stämmer med vad som sades och "
            "bestämdes vid mötet."
        )
    return (
        "Jag har läst protokollet och intygar att det stämmer med vad som sades och beslutades "
        "vid mötet."
    )


def approve(
    *,
    by: Person,
    signer: Signer,
    shown_sha256: str,
    answer: Mapping[str, str],
    address: str | None = None,
    user_agent: str = "",
) -> Approval:
    """Approve the frozen text whose hash was shown. The last required approval seals.

    A second click returns the approval already given. Raises proving.Refused when the proof
    fails, ValidationError when the round is closed or the text is not the one shown.
    """
    given = try_to_approve(by, signer, shown_sha256, answer, address, user_agent)
    if isinstance(given, proving.Refused):
        raise given  # only now, or the note of the wrong password would be rolled back with it
    return given


@transaction.atomic
def try_to_approve(
    by: Person,
    signer: Signer,
    shown_sha256: str,
    answer: Mapping[str, str],
    address: str | None,
    user_agent: str,
) -> Approval | proving.Refused:
    """The approval, or the refusal of a wrong password, which is noted in the trail and counts."""
    meeting = moving.lock(signer.round.meeting)
    signer = Signer.objects.select_related(
        "round__version", "round__meeting__council", "person"
    ).get(pk=signer.pk)
    given = already(by, signer)
    if given is not None:
        return given
    require_shown(signer.round, shown_sha256)
    refuse_guessing(by, meeting)
    provider = proving.provider_for(meeting.council.approval_level)
    try:
        challenge, evidence = provider.complete(signer=signer, answer=answer)
    except proving.Refused as refusal:
        if refusal.code != proving.WRONG:
            raise
        audit.record(
            by=by, action="signing.refused", council=meeting.council, subject=meeting,
            round=signer.round.number, address=address or "",
        )  # fmt: skip
        return refusal
    refuse_replay(signer.round, challenge)
    approval = Approval.objects.create(
        round=signer.round, signer=signer, snapshot_sha256=challenge.snapshot_sha256,
        method=provider.name, evidence=evidence, consent_text=consent_for(meeting),
        nonce=challenge.nonce, address=address, user_agent=user_agent[:300],
    )  # fmt: skip
    audit.record(
        by=by, action="signing.approved", council=meeting.council, subject=meeting,
        sha256=approval.snapshot_sha256, role=signer.role,
    )  # fmt: skip
    if not rounds.waiting_for(signer.round).exists():
        complete(meeting, signer.round)
    return approval


def already(by: Person, signer: Signer) -> Approval | None:
    """The approval this signer has given. ValidationError for anybody else."""
    if by.pk != signer.person_id:
        raise ValidationError("Bara den som står som underskrivare kan justera.")
    return Approval.objects.filter(signer=signer).first()


def require_shown(round_: SigningRound, shown_sha256: str) -> None:
    """The round is open, and its text the one that was read."""
    rounds.require_open(round_)
    if shown_sha256 != round_.version.sha256:
        raise ValidationError(
            "Texten du läste är inte längre den som ska justeras. Läs in sidan igen."
        )


def refuse_guessing(by: Person, meeting: Meeting) -> None:
    """Stop after some wrong passwords. Counted in the trail, under the meeting's lock."""
    wrong = audit.history_of(meeting).filter(
        action="signing.refused", person=by, at__gt=timezone.now() - PAUSE
    )
    if wrong.count() >= GUESSES:
        raise proving.Refused(
            "För många försök med fel lösenord. Vänta fem minuter och försök igen. Har du glömt "
            "lösenordet kan du välja ett nytt från inloggningssidan."
        )


def refuse_replay(round_: SigningRound, challenge: proving.Challenge) -> None:
    if challenge.snapshot_sha256 != round_.version.sha256:
        raise proving.Refused("Sidan gäller en äldre text. Läs in den igen och justera på nytt.")
    if Approval.objects.filter(nonce=challenge.nonce).exists():
        raise proving.Refused("Sidan är redan använd. Läs in den igen och justera på nytt.")


def complete(meeting: Meeting, round_: SigningRound) -> None:
    """Everyone has approved: seal in this same transaction and tell the signers."""
    round_.state, round_.closed_at = RoundState.COMPLETED, timezone.now()
    round_.save(update_fields=["state", "closed_at"])
    sealing.seal(meeting=meeting, round_=round_)
    for person in rounds.concerned(round_):
        rounds.write_to(person, "signing_completed", round_)
