"""What the steps of a round share: is it open, who is left, whom to tell."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.urls import reverse

from meetings import wording
from meetings.models import RoundState, Signer, SigningRound
from members import mail
from members.models import Person


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
    return round_.signers.required().filter(approval__isnull=True)


def has_been_replaced(signer: Signer) -> bool:
    """The minutes went out again after a return, and somebody else signs in this one's place."""
    return SigningRound.objects.filter(
        meeting=signer.round.meeting_id, number__gt=signer.round.number
    ).exists()


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
