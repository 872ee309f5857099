"""A stand-in justerare: appointed by the secretary while the round is open, with the reason.

The text stays the same, so approvals given stay valid. The stand-in was at the meeting, for only
who was there can attest it (domain.md b2.5). So it is with a correction too, which may come when
the justerare is long gone; not with one under secrecy, which nobody new shall read.
"""

from __future__ import annotations

import dataclasses

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, QuerySet

from meetings import moving, pdf, richtext, sealing
from meetings.models import Approval, Meeting, Part, RoundState, Signer, SigningRound
from meetings.signing import rounds
from members import audit
from members.models import Person
from members.roles import SignerRole

audit.register({"signing.stand_in": "utsåg {what}"})

LONGEST = 120  # it is printed beside the name


def replaceable(meeting: Meeting) -> list[Signer]:
    """The adjusters of the open round, of whatever kind, who have not approved."""
    places = Signer.objects.required().filter(
        round__in=open_rounds(meeting), role=SignerRole.ADJUSTER, approval__isnull=True
    )
    found = places.select_related("round__meeting", "round__version", "person")
    return [place for place in found if not rounds.is_closed_paper(place.round)]


def open_rounds(meeting: Meeting) -> QuerySet[SigningRound]:
    """One at most."""
    return SigningRound.every.filter(meeting=meeting, state=RoundState.OPEN)


def candidates(meeting: Meeting) -> list[Person]:
    """Members who were there, are not chair or a signer of the round, and can sign in."""
    rows = meeting.attendance.filter(part=Part.MEMBER, person__isnull=False)
    signers = Signer.objects.filter(round__in=open_rounds(meeting))
    taken = set(signers.values_list("person", flat=True))
    return [
        row.person
        for row in rows.select_related("person")
        if row.is_here and row.person and row.person.can_sign_in
        and row.person_id not in taken and row.person_id != meeting.chair_id
    ]  # fmt: skip


def appoint_stand_in(*, by: Person, signer: Signer, person: Person, reason: str) -> Signer:
    """Have `person` justera in the signer's place. Both are told, the stand-in is asked by mail.

    Raises ValidationError without a reason, for anyone who was not there, for the chair, for
    somebody who already signs, and when the signer has approved or is replaced already.
    """
    reason = richtext.one_line(reason)
    if not reason:
        raise ValidationError({"reason": "Skriv varför någon annan justerar. Det står i PDF:en."})
    if len(reason) > LONGEST:
        raise ValidationError({"reason": f"Skälet får ha högst {LONGEST} tecken."})
    refuse_longer_paper(signer, person, reason)
    return appoint(by, signer, person, reason)


@transaction.atomic
def appoint(by: Person, signer: Signer, person: Person, reason: str) -> Signer:
    meeting = moving.lock(signer.round.meeting)
    place = Signer.objects.select_related("round__meeting__council", "round__version").get(
        pk=signer.pk
    )
    rounds.require_open(place.round)
    refuse_place(place)
    if person not in candidates(meeting):
        raise ValidationError(
            {"person": f"{person.name} kan inte justera. Välj någon som var med på mötet, som kan "
             "logga in och som inte redan justerar."}
        )  # fmt: skip
    last = place.round.signers.aggregate(last=Max("position"))["last"]
    stand_in = Signer.objects.create(
        round=place.round, person=person, role=place.role, position=last + 1, name=person.name,
        stands_in_for=place, reason=reason, appointed_by=by,
    )  # fmt: skip
    audit.record(
        by=by, action="signing.stand_in", council=meeting.council, subject=meeting,
        text=f"{person.name} att justera i stället för {place.name}",
        person=person.pk, replaced=place.person_id, reason=reason, round=place.round.number,
    )  # fmt: skip
    rounds.write_to(person, "signing_asked", place.round, signer=stand_in)
    rounds.write_to(place.person, "signing_replaced", place.round, stand_in=stand_in, reason=reason)
    return stand_in


def refuse_place(signer: Signer) -> None:
    """Only an adjuster who has not approved, and in whose place nobody stands."""
    if rounds.is_closed_paper(signer.round):
        raise ValidationError("Rättelsen omfattas av sekretess och justeras av dem som läst den.")
    if signer.role != SignerRole.ADJUSTER:
        raise ValidationError("Bara en justerare kan ersättas.")
    if Approval.objects.filter(signer=signer).exists():
        raise ValidationError(f"{signer.name} har redan justerat och kan inte ersättas.")
    stand_in = Signer.objects.filter(stands_in_for=signer).first()
    if stand_in is not None:
        raise ValidationError(f"{stand_in.name} justerar redan i stället för {signer.name}.")


def refuse_longer_paper(signer: Signer, person: Person, reason: str) -> None:
    """The words on the page Underskrifter may not move the pages that others have approved.

    Drawn before anything is locked, because drawing is slow.
    """
    round_ = signer.round
    now = sealing.standing_of(round_)
    line = pdf.StandIn(
        name=person.name, role_label=signer.get_role_display(), replaces=signer.name,
        why=f"{signer.name} ({reason})",
    )  # fmt: skip
    then = dataclasses.replace(now, stand_ins=(*now.stand_ins, line))
    before, after = (sealing.page_count(sealing.rendered(round_, one)) for one in (now, then))
    if before != after:
        raise ValidationError(
            {"reason": "Med det skälet får sidan Underskrifter inte plats som förut. Skriv det "
             "kortare."}
        )  # fmt: skip
