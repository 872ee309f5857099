"""Approving: the frozen text, its hash, and proof of who approves. The last approval seals."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from meetings import moving, proving, sealing, secrecy, wording
from meetings.models import Approval, Meeting, Signer, SigningRound, TextKind
from meetings.proving import Why
from meetings.signing import completing, reviewing, rounds
from members import audit, securing
from members.models import ApprovalLevel, AuditEntry, MinutesStyle, Person
from members.roles import SignerRole
from members.securing import Site

audit.register(
    {
        "signing.approved": "justerade {document} {role}",
        "signing.refused": "försökte justera {why}",
    },
    words={
        **wording.IN_THE_TRAIL,
        "role": {role.value: f"som {role.label.lower()}" for role in SignerRole},
        "why": {
            "": "men nekades",
            Why.PASSWORD: "med fel lösenord",
            Why.CODE: "med fel engångskod",
            Why.SPENT_CODE: "med en engångskod som redan var använd",
            Why.PAGE: "från en sida som inte gällde",
            Why.USED: "från en sida som redan var använd",
            Why.PASSKEY: "med ett svar från en passkey som inte stämde",
            Why.UNKNOWN_PASSKEY: "med en passkey som inte hör till kontot",
            Why.COPIED_PASSKEY: "med en passkey som kan vara kopierad",
            Why.ELSEWHERE: "med en inloggning hos kommunen som inte stämde",
            Why.LEVEL: "på ett sätt som rådet inte godtar",
            Why.WAITING: "inom ett dygn efter att någon annan ändrat inloggningen",
            Why.TEXT: "en annan text än den som var låst för justering",
            Why.NAME: "i någon annans namn",
            Why.GUESSES: "igen efter för många fel",
            sealing.NOT_READY: "när kommunens stämpel inte kunde prövas",
        },
    },
)

GUESSED = (Why.PASSWORD, Why.CODE)  # refusals that count as guesses
GUESSES = 5  # so many a signer may make …
PAUSE = datetime.timedelta(minutes=5)  # … in this time


def start(*, signer: Signer, session: str = "") -> proving.Challenge:
    """The challenge for the page that shows the frozen text to this signer, in this session."""
    return proving.challenge(signer, signer.round.version.sha256, session)


def consent_for(round_: SigningRound) -> str:
    """What one says by approving: shown above the button and stored with the approval."""
    meeting = round_.meeting
    if round_.kind == TextKind.CORRECTION:
        return "Jag har läst rättelsen och intygar att den stämmer."
    if round_.kind == TextKind.EXTRACT:
        return (
            f"Jag har läst {rounds.what_of(round_)} och intygar att texten stämmer med vad som "
            "sades och beslutades vid mötet."
        )
    if meeting.minutes_style == MinutesStyle.HEADINGS:
        return (
            "Jag har läst minnesanteckningarna och intygar att de stämmer med vad som sades och "
            "bestämdes vid mötet. Jag har inga synpunkter på de punkter som jag inte har markerat."
        )
    return (
        "Jag har läst protokollet och intygar att det stämmer med vad som sades och beslutades "
        "vid mötet. Jag har inga synpunkter på de paragrafer som jag inte har markerat."
    )


def approve(
    *,
    by: Person,
    signer: Signer,
    shown_sha256: str,
    answer: Mapping[str, str],
    session: str = "",
    site: Site | None = None,
    address: str | None = None,
    user_agent: str = "",
) -> Approval:
    """Approve the frozen text whose hash was shown. The last required approval seals.

    `answer` is what the page sent: its challenge, the method, and what that method asks for.
    A second click returns the approval already given. Raises proving.Refused when the proof
    fails, ValidationError when the round is closed or the text is not the one shown; each is
    noted in the trail.
    """
    given = try_to_approve(
        by, signer, shown_sha256, answer, session, site or securing.home(), address, user_agent
    )
    if isinstance(given, ValidationError):
        raise given  # only now, or the note of the refusal would be rolled back with it
    completing.seal_at_once(signer.round)
    return given


@transaction.atomic
def try_to_approve(
    by: Person,
    signer: Signer,
    shown_sha256: str,
    answer: Mapping[str, str],
    session: str,
    site: Site,
    address: str | None,
    user_agent: str,
) -> Approval | ValidationError:
    """The approval, or its refusal with nothing of it done, noted in the trail."""
    meeting = moving.lock(signer.round.meeting)
    signer = Signer.objects.select_related(
        "round__version", "round__meeting__council", "person"
    ).get(pk=signer.pk)
    try:
        with transaction.atomic():
            given = already(by, signer)
            if given is not None:
                return given
            require_shown(signer.round, shown_sha256)
            secrecy.check(signer.round.version)
            reviewing.require_not_replaced(signer)
            reviewing.require_no_proposals(signer)
            refuse_early(signer.person)
            refuse_guessing(by, meeting)
            preflight = sealing.require_preflight(signer.round)
            provider = proving.provider_in(
                meeting.council, answer.get("method") or ApprovalLevel.PASSWORD
            )
            challenge = proving.read_challenge(signer, answer.get("challenge", ""), session)
            refuse_replay(signer.round, challenge)
            evidence = provider.complete(
                signer=signer, challenge=challenge, answer=answer, site=site
            )
            approval = Approval.objects.create(
                round=signer.round, signer=signer, snapshot_sha256=challenge.snapshot_sha256,
                preview_sha256=preflight.preview_sha256,
                method=provider.name, evidence=evidence, consent_text=consent_for(signer.round),
                nonce=challenge.nonce, address=address, user_agent=user_agent[:300],
            )  # fmt: skip
            note_and_complete(by, meeting, approval)
    except ValidationError as refusal:
        note_refusal(by, meeting, signer, refusal, address)
        return refusal
    return approval


def note_and_complete(by: Person, meeting: Meeting, approval: Approval) -> None:
    signer = approval.signer
    audit.record(
        by=by, action="signing.approved", council=meeting.council, subject=meeting,
        sha256=approval.snapshot_sha256, role=signer.role,
    )  # fmt: skip
    if not rounds.waiting_for(signer.round).exists():
        completing.close(signer.round)


def note_refusal(
    by: Person, meeting: Meeting, signer: Signer, refusal: ValidationError, address: str | None
) -> None:
    """In the trail; of presses during a pause only the first, or they would fill it."""
    why = str(getattr(refusal, "code", None) or "")
    if why == Why.GUESSES and refusals(by, meeting).filter(facts__why=why).exists():
        return
    audit.record(
        by=by, action="signing.refused", council=meeting.council, subject=meeting,
        round=signer.round.number, address=address or "", why=why,
    )  # fmt: skip


def already(by: Person, signer: Signer) -> Approval | None:
    """The approval this signer has given. Refused for anybody else."""
    if by.pk != signer.person_id:
        raise proving.Refused("Bara den som står som underskrivare kan justera.", code=Why.NAME)
    return Approval.objects.filter(signer=signer).first()


def require_shown(round_: SigningRound, shown_sha256: str) -> None:
    """The round is open, and its text the one that was read."""
    rounds.require_open(round_)
    if shown_sha256 != round_.version.sha256:
        raise ValidationError(
            "Texten du läste är inte längre den som ska justeras. Läs in sidan igen.",
            code=Why.TEXT,
        )


def refuse_early(person: Person) -> None:
    """Let the day pass that follows when somebody else changed the way in (members.securing)."""
    opens = securing.approvals_open_at(person)
    if opens is not None:
        raise proving.Refused(waiting_words(opens), code=Why.WAITING)


def waiting_words(opens: datetime.datetime) -> str:
    return (
        "Någon annan än du ändrade nyss din inloggning. Därför kan du justera först från och med "
        f"{wording.moment(opens)}. Har du inte bett om ändringen? Säg genast till sekreteraren."
    )


def refusals(by: Person, meeting: Meeting) -> QuerySet[AuditEntry]:
    """The person's refused tries in the last few minutes, read under the meeting's lock."""
    return audit.history_of(meeting).filter(
        action="signing.refused", person=by, at__gt=timezone.now() - PAUSE
    )


def refuse_guessing(by: Person, meeting: Meeting) -> None:
    """Stop after some wrong passwords or codes."""
    if refusals(by, meeting).filter(facts__why__in=GUESSED).count() >= GUESSES:
        raise proving.Refused(
            "För många försök med fel lösenord eller kod. Vänta fem minuter och försök igen. Har "
            "du glömt lösenordet kan du välja ett nytt från inloggningssidan.",
            code=Why.GUESSES,
        )


def refuse_replay(round_: SigningRound, challenge: proving.Challenge) -> None:
    if challenge.snapshot_sha256 != round_.version.sha256:
        raise proving.Refused(
            "Sidan gäller en äldre text. Läs in den igen och justera på nytt.", code=Why.PAGE
        )
    if Approval.objects.filter(nonce=challenge.nonce).exists():
        raise proving.Refused(
            "Sidan är redan använd. Läs in den igen och justera på nytt.", code=Why.USED
        )
