"""A corrected list into the register, in one transaction."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from members import joining, organising
from members.models import Council, Mandate, Person
from members.pasting.reading import Line


@dataclasses.dataclass(frozen=True)
class Saved:
    """The seats a list gave, and the lines whose people had theirs already."""

    given: list[Mandate]
    passed_over: list[Line]


@transaction.atomic
def save_list(
    *,
    by: Person,
    council: Council,
    lines: Sequence[tuple[Line, Person | None]],
    starts_on: datetime.date,
) -> Saved:
    """Give every line a seat: the person chosen beside it, known by e-mail, or new.

    Who already holds that role there is passed over, so a list may be pasted again. On any fault
    nothing is saved and ValidationError tells each, as "Rad 4: …".
    """
    Council.objects.select_for_update(no_key=True).only("pk").get(pk=council.pk)
    given: list[Mandate] = []
    passed_over: list[Line] = []
    faults: list[str] = []
    for line, person in lines:
        try:
            with transaction.atomic():
                mandate = save_line(
                    by=by, council=council, line=line, person=person, starts_on=starts_on
                )
        except ValidationError as error:
            faults.extend(f"Rad {line.number}: {message}" for message in error.messages)
        else:
            if mandate is None:
                passed_over.append(line)
            else:
                given.append(mandate)
    if faults:
        raise ValidationError(faults)
    return Saved(given, passed_over)


def save_line(
    *, by: Person, council: Council, line: Line, person: Person | None, starts_on: datetime.date
) -> Mandate | None:
    """The seat, or None when the person has it already."""
    seats = Mandate.objects.filter(council=council, role=line.role).not_ended(starts_on)
    person = person or joining.person_at(line.email)
    if person is not None:
        if seats.filter(person=person).exists():
            give_address(by=by, council=council, person=person, email=line.email)
            return None
    else:
        stands_for = organising.organisation_named(council.municipality, line.organisation)
        same = seats.filter(person__name__iexact=line.name, organisation=stands_for)
        # Of the same name, for the same organisation, in the same role: the same person.
        if same.exists() and (stands_for is not None or not line.organisation):
            return None
    return joining.add_member(
        by=by,
        council=council,
        person=person,
        name=line.name,
        email=line.email,
        organisation=line.organisation,
        role=line.role,
        title=line.title,
        starts_on=starts_on,
    )


def give_address(*, by: Person, council: Council, person: Person, email: str) -> None:
    """A list with addresses, pasted over one without, fills them in."""
    if email and not person.email:
        joining.change_person(by=by, council=council, person=person, name=person.name, email=email)
