"""What the secretary does in one go: a person with organisation, seat and perhaps an invitation."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from members import organising
from members.joining.invitations import invite
from members.joining.mandates import change_mandate, give_mandate, locked
from members.joining.people import add_person, change_person, tidy_name
from members.models import Council, Mandate, Organisation, Person
from members.roles import Role


@transaction.atomic
def add_member(
    *,
    by: Person,
    council: Council,
    name: str,
    email: str = "",
    person: Person | None = None,
    organisation: str = "",
    role: Role | str = Role.MEMBER,
    title: str = "",
    starts_on: datetime.date | None = None,
    ends_on: datetime.date | None = None,
    personal_substitute: Person | None = None,
    invited: bool = False,
) -> Mandate:
    """Give a seat to a person by name: known by e-mail, chosen as `person`, or new.

    The organisation is found by any of its names, or added. Somebody known without an address
    gets the one given. `invited` mails an invitation.
    ValidationError, and nothing saved, if somebody of that name already holds that role there
    for that organisation: the second press on the button adds nobody.
    """
    Council.objects.select_for_update(no_key=True).only("pk").get(pk=council.pk)
    starts_on = starts_on or timezone.localdate()
    stands_for = organising.organisation_or_new(
        by=by, municipality=council.municipality, text=organisation
    )
    seats = Mandate.objects.filter(council=council, role=role, organisation=stands_for)
    if already_there(seats, name, starts_on, ends_on):
        raise ValidationError(
            {"name": f"{tidy_name(name)} finns redan i registret med samma roll. Inget lades till."}
        )
    if person is None:
        person = add_person(name=name, email=email)
    elif email and not person.email:
        person = change_person(by=by, council=council, person=person, name=person.name, email=email)
    mandate = give_mandate(
        by=by,
        council=council,
        person=person,
        role=role,
        organisation=stands_for,
        title=title,
        starts_on=starts_on,
        ends_on=ends_on,
        personal_substitute=personal_substitute,
    )
    if invited:
        invite(by=by, council=council, person=mandate.person)
    return mandate


def already_there(
    seats: Any, name: str, starts_on: datetime.date, ends_on: datetime.date | None
) -> bool:
    """Whether one of the seats is held, some day of the period, by somebody of that name."""
    overlapping = seats.not_ended(starts_on).filter(person__name__iexact=tidy_name(name))
    if ends_on is not None:
        overlapping = overlapping.filter(starts_on__lte=ends_on)
    return overlapping.exists()


@transaction.atomic
def change_member(
    *, by: Person, mandate: Mandate, name: str, email: str, organisation: str, **fields: Any
) -> Mandate:
    """Correct a person's details and seat together: all of it or, with ValidationError, nothing."""
    mandate = locked(mandate)
    change_person(by=by, council=mandate.council, person=mandate.person, name=name, email=email)
    stands_for: Organisation | None = organising.organisation_or_new(
        by=by, municipality=mandate.council.municipality, text=organisation
    )
    return change_mandate(by=by, mandate=mandate, organisation=stands_for, **fields)
