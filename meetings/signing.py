"""Rounds of justering. Everyone approves the same hash; the last approval seals at once."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from meetings import minuting, moving, proving, richtext, sealing, wording
from meetings.minuting import printing
from meetings.models import (
    AgendaItem,
    Approval,
    Meeting,
    ReviewComment,
    RoundState,
    Signer,
    SigningRound,
)
from meetings.states import State
from members import audit, mail
from members.models import Person

audit.register(
    {
        "signing.opened": "skickade protokollet till justering",
        "signing.approved": "justerade protokollet",
        "signing.returned": "lämnade tillbaka protokollet",
    }
)

CONSENT = (
    "Jag har läst protokollet och intygar att det stämmer med vad som sades och beslutades "
    "vid mötet."
)


@transaction.atomic
def open_round(*, by: Person, meeting: Meeting) -> SigningRound:
    """Freeze the minutes, lock them and ask the signers by mail.

    Raises ValidationError with the blocking faults of minuting.problems; nothing is changed then.
    """
    meeting = moving.lock(meeting, State.MINUTING)
    faults = [problem for problem in minuting.problems(meeting) if problem.blocking]
    if faults:
        raise ValidationError([fault.message for fault in faults])
    version = minuting.freeze(by=by, meeting=meeting)
    opened = SigningRound.objects.create(
        meeting=meeting, version=version, number=version.number, due_on=due_on(meeting)
    )
    for position, (role, person) in enumerate(printing.signers_of(meeting), start=1):
        if person is None:
            raise ValidationError("En underskrift saknar person.")
        Signer.objects.create(
            round=opened, person=person, role=role, position=position, name=person.name
        )
    moving.move(meeting, State.SIGNING)
    audit.record(
        by=by, action="signing.opened", council=meeting.council, subject=meeting,
        sha256=version.sha256, round=opened.number,
    )  # fmt: skip
    for signer in opened.signers.select_related("person"):
        write_to(signer.person, "signing_asked", opened, signer=signer)
    return opened


def due_on(meeting: Meeting) -> datetime.date:
    """The council's days from the meeting; minutes that come late still get a week."""
    week = timezone.localdate() + datetime.timedelta(days=7)
    return max(meeting.signing_due_on, week)


def start(*, signer: Signer) -> proving.Challenge:
    """The challenge for the page that shows the frozen text to this signer."""
    provider = proving.provider_for(signer.round.meeting.council.approval_level)
    return provider.start(signer=signer, snapshot_sha256=signer.round.version.sha256)


@transaction.atomic
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
    meeting = moving.lock(signer.round.meeting)
    signer = Signer.objects.select_related("round__version", "round__meeting__council", "person").get(
        pk=signer.pk
    )
    if by.pk != signer.person_id:
        raise ValidationError("Bara den som står som underskrivare kan justera.")
    given = Approval.objects.filter(signer=signer).first()
    if given is not None:
        return given
    require_open(signer.round)
    version = signer.round.version
    if shown_sha256 != version.sha256:
        raise ValidationError(
            "Texten du läste är inte längre den som ska justeras. Läs in sidan igen."
        )
    provider = proving.provider_for(meeting.council.approval_level)
    challenge, evidence = provider.complete(signer=signer, answer=answer)
    if challenge.snapshot_sha256 != version.sha256:
        raise proving.Refused("Sidan gäller en äldre text. Läs in den igen och justera på nytt.")
    if Approval.objects.filter(nonce=challenge.nonce).exists():
        raise proving.Refused("Sidan är redan använd. Läs in den igen och justera på nytt.")
    approval = Approval.objects.create(
        round=signer.round, signer=signer, snapshot_sha256=version.sha256, method=provider.name,
        evidence=evidence, consent_text=CONSENT, nonce=challenge.nonce, address=address,
        user_agent=user_agent[:300],
    )  # fmt: skip
    audit.record(
        by=by, action="signing.approved", council=meeting.council, subject=meeting,
        sha256=version.sha256, role=signer.role,
    )  # fmt: skip
    if not waiting_for(signer.round).exists():
        complete(meeting, signer.round)
    return approval


def complete(meeting: Meeting, round_: SigningRound) -> None:
    """Everyone has approved: seal in this same transaction and tell the signers."""
    round_.state, round_.closed_at = RoundState.COMPLETED, timezone.now()
    round_.save(update_fields=["state", "closed_at"])
    sealing.seal(meeting=meeting, round_=round_)
    for person in concerned(round_):
        write_to(person, "signing_completed", round_)


@transaction.atomic
def return_minutes(
    *, by: Person, signer: Signer, comment: str, item: AgendaItem | None = None
) -> SigningRound:
    """Return the minutes to writing with a remark. Approvals given become void and stay in the log.

    Raises ValidationError without a remark, when the round is closed, or when the signer has
    already approved: what is approved cannot be taken back by the same person.
    """
    meeting = moving.lock(signer.round.meeting)
    round_ = SigningRound.objects.select_related("meeting__council", "version").get(pk=signer.round_id)
    require_open(round_)
    if by.pk != signer.person_id:
        raise ValidationError("Bara den som står som underskrivare kan lämna tillbaka protokollet.")
    if Approval.objects.filter(signer=signer).exists():
        raise ValidationError("Du har redan justerat protokollet. Kontakta sekreteraren.")
    comment = richtext.without_invisible(comment).strip()
    if not comment:
        raise ValidationError({"comment": "Skriv vad som behöver ändras."})
    if len(comment) > 10_000:
        raise ValidationError({"comment": "Synpunkten får ha högst 10 000 tecken."})
    ReviewComment.objects.create(round=round_, item=item, person=by, text=comment)
    round_.state, round_.closed_at, round_.returned_by = RoundState.RETURNED, timezone.now(), by
    round_.save(update_fields=["state", "closed_at", "returned_by"])
    moving.move(meeting, State.MINUTING)
    audit.record(
        by=by, action="signing.returned", council=meeting.council, subject=meeting,
        round=round_.number, sha256=round_.version.sha256,
    )  # fmt: skip
    for person in concerned(round_):
        if person.pk != by.pk:
            write_to(person, "signing_returned", round_, comment=comment, returned_by=by)
    return round_


def require_open(round_: SigningRound) -> None:
    """Raise ValidationError that tells what became of a round that is closed."""
    if round_.state == RoundState.RETURNED:
        raise ValidationError(
            "Protokollet är återlämnat och skrivs om. Du får ett nytt mejl när det är klart."
        )
    if round_.state == RoundState.COMPLETED:
        raise ValidationError("Protokollet är redan justerat av alla.")


def waiting_for(round_: SigningRound) -> QuerySet[Signer]:
    """Signers who have not approved yet."""
    return round_.signers.filter(approval__isnull=True)


def concerned(round_: SigningRound) -> list[Person]:
    """Everyone to tell what became of the round: the signers and the secretary, each once."""
    people = [signer.person for signer in round_.signers.select_related("person")]
    secretary = round_.meeting.secretary
    return list(dict.fromkeys([*people, *([secretary] if secretary else [])]))


def write_to(person: Person, letter: str, round_: SigningRound, **context: object) -> None:
    meeting = round_.meeting
    name = "minutes" if letter == "signing_completed" else "sign"
    if letter == "signing_returned":
        name = "meeting"
    path = reverse(name, args=[meeting.council.slug, meeting.key])
    mail.queue_letter(
        to=person,
        letter=letter,
        context={
            "meeting": meeting,
            "round": round_,
            "date": wording.long_date(meeting.date),
            "due": wording.weekday_date(round_.due_on),
            "link": settings.BASE_URL + path,
            **context,
        },
        council=meeting.council,
    )
