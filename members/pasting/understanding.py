"""Lines to proposals: which organisation and which person each means, and what is doubtful."""

from __future__ import annotations

import dataclasses
import datetime
import enum
from collections.abc import Iterable, Set

from django.core.exceptions import ValidationError
from django.core.validators import validate_email

from members import organising
from members.models import Council, Mandate, Organisation, Person
from members.pasting.reading import Line

NAME_MAX = 200


class OrganisationIs(enum.Enum):
    KNOWN = "finns"
    ALIAS = "finns under annat namn"
    NEW = "ny"
    NONE = "saknas"


@dataclasses.dataclass(frozen=True)
class Understood:
    """What a line is taken to mean. `problems` are sentences for the person who corrects it."""

    line: Line
    organisation_is: OrganisationIs
    organisation: Organisation | None
    candidates: tuple[Person, ...]
    seated: bool
    problems: tuple[str, ...]

    @property
    def person(self) -> Person | None:
        """Who it most likely is; None for somebody new."""
        return self.candidates[0] if self.candidates else None


def understand(council: Council, lines: Iterable[Line], *, day: datetime.date) -> list[Understood]:
    """Match every line against the council's register and the municipality's organisations."""
    lines = list(lines)
    known = organising.known_names(council.municipality)
    seats = (
        Mandate.objects.filter(council=council)
        .not_ended(day)
        .select_related("person", "organisation")
    )
    register = list(seats)
    named = known.keys() | {organising.key(line.organisation) for line in lines}
    understood: list[Understood] = []
    for line in lines:
        line = with_organisation_split_off(line, named)
        line = title_and_organisation_in_place(line, known.keys())
        understood.append(understand_line(line, known, register, understood))
    return understood


def understand_line(
    line: Line,
    known: dict[str, Organisation],
    register: list[Mandate],
    before: list[Understood],
) -> Understood:
    organisation = known.get(organising.key(line.organisation))
    candidates = candidates_for(line, register)
    return Understood(
        line=line,
        organisation_is=how_known(line.organisation, organisation),
        organisation=organisation,
        candidates=candidates,
        seated=has_seat(line, [seat for seat in register if seat.person in candidates[:1]]),
        problems=tuple(problems_of(line, before)),
    )


def has_seat(line: Line, seats: list[Mandate]) -> bool:
    """Whether the person needs no new seat. A line that says no role means the one they have:
    a pasted list of those present must not seat the chair once more as a member."""
    return any(not line.role_said or seat.role == line.role for seat in seats)


def with_organisation_split_off(line: Line, named: Set[str]) -> Line:
    """ "Melker Labory Länsstyrelsen": a known organisation at the end of a line without marks."""
    if line.organisation:
        return line
    words = line.name.split()
    for at in range(2, len(words)):
        end = " ".join(words[at:])
        if organising.key(end) in named:
            return dataclasses.replace(line, name=" ".join(words[:at]), organisation=end)
    return line


def title_and_organisation_in_place(line: Line, known: Set[str]) -> Line:
    """ "Anna Ek, kommunpolis, Polisen": title first, when only the second is an organisation."""
    first, second = organising.key(line.organisation), organising.key(line.title)
    if second and second in known and first not in known:
        return dataclasses.replace(line, organisation=line.title, title=line.organisation)
    return line


def how_known(text: str, organisation: Organisation | None) -> OrganisationIs:
    if not text.strip():
        return OrganisationIs.NONE
    if organisation is None:
        return OrganisationIs.NEW
    if organising.key(text) == organising.key(organisation.name):
        return OrganisationIs.KNOWN
    return OrganisationIs.ALIAS


def candidates_for(line: Line, register: list[Mandate]) -> tuple[Person, ...]:
    """People of the council by that address, or of that name: those of the organisation first."""
    if line.email:
        at_address = {seat.person for seat in register if seat.person.email == line.email}
        if at_address:
            return tuple(at_address)
    wanted = organising.key(line.name)
    alike = [seat for seat in register if organising.key(seat.person.name) == wanted]
    alike.sort(
        key=lambda seat: (
            organising.key(str(seat.organisation or "")) != organising.key(line.organisation)
        )
    )
    return tuple(dict.fromkeys(seat.person for seat in alike))


def problems_of(line: Line, before: list[Understood]) -> list[str]:
    """What a person should look at, in words."""
    problems = []
    if not line.name:
        problems.append("Ser inget namn.")
    elif len(line.name.split()) == 1:
        problems.append("Bara ett ord i namnet. Saknas efternamnet?")
    elif len(line.name) > NAME_MAX:
        problems.append(f"Namnet är längre än {NAME_MAX} tecken.")
    elif len(line.name.split()) > 4 and not line.organisation:
        problems.append("Ser inte var namnet slutar och organisationen börjar.")
    if not line.organisation:
        problems.append("Ser ingen organisation.")
    if (line.email and not is_email(line.email)) or "@" in line.organisation + line.title:
        problems.append("E-postadressen ser inte rätt ut.")
    twice = [
        other.line.number
        for other in before
        if organising.key(other.line.name) == organising.key(line.name) and line.name
    ]
    if twice:
        problems.append(f"Samma namn som på rad {twice[0]}.")
    return problems


def is_email(text: str) -> bool:
    try:
        validate_email(text)
    except ValidationError:
        return False
    return True
