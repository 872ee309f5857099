"""A town of the cast becomes rows: municipality, council, organisations, people and their seats."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from meetings import planning
from meetings.demo import cast
from meetings.demo.calendar import Calendar
from members import joining, organising, setting_up
from members.models import (
    Administrator,
    ApprovalLevel,
    Council,
    MinutesStyle,
    Municipality,
    Numbering,
    Organisation,
    Person,
)
from members.roles import Role, SignerRole

ARMS = Path(__file__).parent / "arms"


@dataclass(frozen=True)
class Settled:
    """A town that is there: its council, and everybody in it by name."""

    town: cast.Town
    council: Council
    people: dict[str, Person]
    administrator: Person

    @property
    def secretary(self) -> Person:
        return next(
            self.people[seat.name] for seat in self.town.seats if seat.role == Role.SECRETARY
        )

    def person(self, name: str) -> Person | None:
        known = {**self.people, self.administrator.name: self.administrator}
        return known.get(name)

    def organisation(self, name: str) -> Organisation | None:
        return organising.organisation_named(self.council.municipality, name)


def settle(town: cast.Town, calendar: Calendar) -> Settled:
    """Everything that is there before the first meeting."""
    municipality = Municipality.objects.create(name=town.name)
    administrator = administrator_of(town, municipality, calendar)
    drawing = (ARMS / town.arms).read_bytes()
    municipality = setting_up.set_arms(by=administrator, municipality=municipality, drawing=drawing)
    for name, (kind, aliases) in town.organisations.items():
        organising.add_organisation(
            by=administrator, municipality=municipality, name=name, kind=kind, aliases=aliases
        )
    council = council_of(town, municipality)
    people = {seat.name: person_of(town, seat) for seat in town.seats}
    settled = Settled(town, council, people, administrator)
    for seat in town.seats:
        give_seat(settled, seat, calendar)
    planning.set_standing_items(by=settled.secretary, council=council, items=list(town.standing))
    return settled


# Also the weakest: the demo's accounts have a password and nothing more at first.
LEVELS = [ApprovalLevel.PASSKEY, ApprovalLevel.PASSWORD_CODE, ApprovalLevel.PASSWORD]


def administrator_of(town: cast.Town, municipality: Municipality, calendar: Calendar) -> Person:
    """Who runs the registers; of one town also the installation, as manage.py install does it."""
    name, login = town.administrator
    person = with_account(joining.add_person(name=name, email=f"{login}@{town.host}"))
    if town.runs_the_installation:
        person.is_staff = person.is_superuser = True
        person.save(update_fields=["is_staff", "is_superuser"])
    Administrator.objects.create(
        municipality=municipality, person=person, starts_on=calendar.day(cast.FIRST_DAY)
    )
    return person


def council_of(town: cast.Town, municipality: Municipality) -> Council:
    signers = [SignerRole.CHAIR, SignerRole.ADJUSTER if town.paragraphs else SignerRole.SECRETARY]
    council = Council(
        municipality=municipality,
        name=town.council,
        short_name=town.short_name,
        slug=town.slug,
        minutes_style=MinutesStyle.PARAGRAPHS if town.paragraphs else MinutesStyle.HEADINGS,
        numbering=Numbering.PER_MEETING if town.paragraphs else Numbering.NONE,
        signers=signers,
        approval_levels=LEVELS,
    )
    council.full_clean()
    council.save()
    return council


def person_of(town: cast.Town, seat: cast.Seat) -> Person:
    """The person, with an account if the cast gives one. Who lives in both towns is one person."""
    login = seat.login or (simple(seat.name) if seat.address_only else "")
    address = login if "@" in login or not login else f"{login}@{town.host}"
    person = joining.add_person(name=seat.name, email=address)
    return with_account(person) if seat.login else person


def with_account(person: Person) -> Person:
    if not person.has_usable_password():
        joining.accept_invitation(person=person, password=cast.PASSWORD)
        person.refresh_from_db()
    return person


def simple(name: str) -> str:
    """ "Birgitta Norén-Öhman" as the part of an address before @."""
    plain = name.lower().translate(str.maketrans("åäöéæø ", "aaoeao."))
    return plain.encode("ascii", "ignore").decode()


def give_seat(settled: Settled, seat: cast.Seat, calendar: Calendar) -> None:
    joining.give_mandate(
        by=settled.administrator,
        council=settled.council,
        person=settled.people[seat.name],
        role=seat.role,
        organisation=settled.organisation(seat.organisation) if seat.organisation else None,
        title=seat.title,
        starts_on=calendar.day(seat.starts_on),
        ends_on=calendar.day(seat.ends_on) if seat.ends_on else None,
        personal_substitute=settled.people.get(seat.substitute),
    )
