"""Whoever signs the minutes attests what happened at every item, so they should have been there.

Never a hindrance: the law asks for a signature, not for unbroken presence. But found out after
justering it costs a new round, so it is said before, with who could sign instead.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from meetings import moving
from meetings.minuting import decisions, printing, sentences
from meetings.minuting.presence import Line, Roll
from meetings.models import ItemKind, Meeting, Part
from meetings.states import State
from members.models import Mandate, Person
from members.roles import Role, SignerRole


@dataclass(frozen=True)
class Gap:
    """A signer who missed something, and who was there throughout and could sign instead."""

    role: SignerRole
    person: Person
    missed: str  # "§§ 7–9"
    instead: tuple[Person, ...]

    @property
    def message(self) -> str:
        name = f"{self.role.label} {self.person.name}"
        if self.role == SignerRole.CHAIR:
            return (
                f"{name} var inte med vid {self.missed}. Skriv i texten vem som ledde mötet då, "
                "eller ange en annan ordförande för mötet."
            )
        return (
            f"{name} var inte med vid {self.missed} och kan inte intyga vad som hände då. "
            + ("Välj hellre någon som var med hela mötet." if self.instead
               else "Ingen annan som kan justera var med hela mötet.")
        )  # fmt: skip


def gaps(meeting: Meeting, roll: Roll, numbers: dict[int, int]) -> Iterator[Gap]:
    """The signers who were there but not for every item. The secretary need not have been."""
    names = sentences.Names.of(roll.items, numbers, meeting.number_prefix)
    signers = printing.signers_of(meeting)
    taken = {person.pk for _, person in signers if person}
    for role, person in signers:
        line = roll.of(person.pk) if person else None
        if person is None or line is None or not line.row.is_here or line.throughout:
            continue
        if role == SignerRole.SECRETARY:
            continue
        others = [one for one in roll.lines if attests(one) and one.row.person_id not in taken]
        if role == SignerRole.CHAIR:
            deputies = vice_chairs(meeting)
            others = [one for one in others if one.row.person_id in deputies]
        instead = tuple(one.row.person for one in others if one.row.person)
        yield Gap(role, person, names.several(line.missed), instead)


def attests(line: Line) -> bool:
    """A member, or a substitute, who was there throughout and can sign in."""
    row = line.row
    takes_part = row.part == Part.MEMBER and not row.co_opted and row.person is not None
    return bool(takes_part and line.throughout and row.person and row.person.can_sign_in)


def vice_chairs(meeting: Meeting) -> set[int]:
    running = Mandate.objects.running(meeting.date).filter(council=meeting.council_id)
    deputies = running.filter(role__in=(Role.VICE_CHAIR, Role.CHAIR))
    return set(deputies.values_list("person", flat=True))


@transaction.atomic
def replace_adjuster(*, by: Person, meeting: Meeting, person: Person, instead: Person) -> None:
    """Elect `instead` in the place of `person`; the sentence of the decision follows."""
    meeting = moving.lock(meeting, State.MINUTING)
    elected = [place.person for place in meeting.adjuster_places.select_related("person")]
    if person not in elected:
        raise ValidationError(f"{person.name} är inte längre vald till justerare.")
    item = meeting.items.standing().filter(kind=ItemKind.ADJUSTER).first()
    if item is None:
        raise ValidationError("Dagordningen har ingen punkt för val av justerare.")
    persons = [instead if one == person else one for one in elected]
    decisions.elect_adjusters(by=by, item=item, persons=persons)
