"""What the steps of a round share: is it open, who is left, whom to tell."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse

from meetings import sealing, secrecy, wording
from meetings.minuting import printing
from meetings.models import Meeting, RoundState, Signer, SigningRound, TextKind
from members import mail
from members.models import ApprovalLevel, Council, Person

AT_ONCE = "Omedelbar justering av "
# Where a letter leads; the others to the page of justering.
PAGES = {
    "signing_completed": "minutes",
    "signing_returned": "meeting",
    "signing_unlock_asked": "unlock",
}


def require_open(round_: SigningRound) -> None:
    """Raise ValidationError that tells what became of a round that is closed."""
    if round_.state == RoundState.UNLOCKED:
        raise ValidationError(
            "Texten är öppnad igen och skrivs om. Du får ett nytt mejl när den är klar."
        )
    if round_.state == RoundState.HANDED_ON:
        raise ValidationError(
            "Justeringen är överlämnad till nästa möte. Du behöver inte göra något nu."
        )
    if round_.state == RoundState.RETURNED:
        raise ValidationError(
            "Texten är återlämnad och skrivs om. Du får ett nytt mejl när den är klar."
        )
    if round_.state == RoundState.COMPLETED:
        raise ValidationError("Texten är redan justerad av alla.")


def refuse_two_at_once(meeting: Meeting) -> None:
    """A meeting has one text out for justering at a time. Raises ValidationError."""
    if SigningRound.every.filter(meeting=meeting, state=RoundState.OPEN).exists():
        raise ValidationError(
            "En text från mötet är redan ute på justering. Vänta tills den är klar, eller be någon "
            "lämna tillbaka den."
        )


@contextmanager
def noting_unready(by: Person, meeting: Meeting) -> Iterator[None]:
    """Around the transaction that opens a round: in the trail, if it was refused and the
    municipality's key was in the way."""
    try:
        yield
    except ValidationError:
        try:
            sealing.require_ready(meeting)
        except ValidationError as fault:
            sealing.note_hindrance("signing.not_opened", meeting, fault, by)
        raise


def waiting_for(round_: SigningRound) -> QuerySet[Signer]:
    """Signers who have not approved yet."""
    return round_.signers.required().filter(approval__isnull=True)


def has_been_replaced(signer: Signer) -> bool:
    """The minutes went out again after a return, and somebody else signs in this one's place."""
    return SigningRound.every.filter(
        meeting=signer.round.meeting_id,
        kind=signer.round.kind,
        number__gt=signer.round.number,
    ).exists()


def concerned(round_: SigningRound) -> list[Person]:
    """Everyone to tell what became of the round: the signers and the secretary, each once."""
    people = [signer.person for signer in round_.signers.select_related("person")]
    secretary = round_.meeting.secretary
    return list(dict.fromkeys([*people, *([secretary] if secretary else [])]))


def write_to(person: Person, letter: str, round_: SigningRound, **context: object) -> None:
    meeting = round_.meeting
    path = reverse(PAGES.get(letter, "sign"), args=[meeting.council.slug, meeting.key])
    mail.queue_letter(
        to=person,
        letter=letter,
        context={
            "meeting": meeting,
            "round": round_,
            "what": what_of(round_),
            "small": round_.kind != TextKind.MINUTES,
            "closed_paper": is_closed_paper(round_),
            "date": wording.long_date(meeting.date),
            "due": wording.weekday_date(round_.due_on),
            "ways": ways_said(meeting.council),
            "link": settings.BASE_URL + path,
            **context,
        },
        council=meeting.council,
    )


def ways_said(council: Council) -> str:
    """ "med passkey eller med lösenord och engångskod": the ways to approve that it accepts."""
    levels = [one for one in ApprovalLevel if one in council.approval_levels]
    return " eller ".join(f"med {wording.lower_first(level.label)}" for level in levels)


def is_closed_paper(round_: SigningRound) -> bool:
    """A correction of a closed item, about which no word is said in mails, trail or lists."""
    return round_.kind == TextKind.CORRECTION and secrecy.has_closed_part(round_.version)


def what_of(round_: SigningRound) -> str:
    """What is justerat, inside a sentence: "protokollet", "§ 3", "rättelsen av § 4 Lägesbild"."""
    if round_.kind == TextKind.MINUTES:
        return wording.lower_first(printing.the_document(round_.meeting))
    content = json.loads(bytes(round_.version.canonical))
    if round_.kind == TextKind.CORRECTION:
        return f"rättelsen av {content['corrects']['about']}"
    return str(content["cover"]["part"]).removeprefix(AT_ONCE)
