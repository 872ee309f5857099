"""Who was there at which item, and who served for whom.

Computed anew from the rows each time: a § that is moved, added or removed changes the answer, and
nothing has to be kept in step. Objects in, plain values out; the words are printing's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import Any

from django.db.models import QuerySet

from meetings.models import (
    AgendaItem,
    Attendance,
    ConflictOfInterest,
    Meeting,
    Service,
    Stay,
)
from members import prepared
from members.models import Person


class There(IntEnum):
    AWAY = 0
    PARTLY = 1
    WHOLE = 2


@dataclass
class Held:
    """What is noted of one person's presence, in the order it was noted."""

    stays: list[Stay] = field(default_factory=list)
    services: list[Service] = field(default_factory=list)
    conflicts: list[ConflictOfInterest] = field(default_factory=list)


@dataclass
class Line:
    """One person through the meeting, item by item."""

    row: Attendance
    stays: list[There]  # jäv left out of account
    conflicts: list[int]  # places of items they left for jäv
    serves: list[tuple[Person, list[int]]] = field(default_factory=list)  # for whom, at which
    held: Held = field(default_factory=Held)

    @property
    def there(self) -> list[There]:
        """What they took part in: nobody takes part where they have jäv."""
        return [
            There.AWAY if place in self.conflicts else there
            for place, there in enumerate(self.stays)
        ]

    @property
    def throughout(self) -> bool:
        return self.row.is_here and all(there is There.WHOLE for there in self.there)

    @property
    def missed(self) -> list[int]:
        """Places of the items they were not there for, or not for all of."""
        return [i for i, there in enumerate(self.there) if there is not There.WHOLE]


@dataclass
class Roll:
    """The whole list, against the items that stand."""

    items: list[AgendaItem]
    lines: list[Line]

    def of(self, person_id: int) -> Line | None:
        return next((line for line in self.lines if line.row.person_id == person_id), None)


def with_presence(meeting: Meeting) -> QuerySet[Attendance]:
    """The list with everything a Roll is made of, in a fixed number of queries."""
    return meeting.attendance.prefetch_related(
        "stays__first_item", "stays__last_item", "services__member", "conflicts"
    )


def roll_of(items: Sequence[AgendaItem], rows: Iterable[Attendance]) -> Roll:
    """`items` standing and in order; `rows` from with_presence."""
    return called(items, [(row, held_by(row)) for row in rows])


def held_by(row: Attendance) -> Held:
    return Held(list(row.stays.all()), list(row.services.all()), list(row.conflicts.all()))


def roll(meeting: Meeting, items: Sequence[AgendaItem]) -> Roll:
    """As roll_of with_presence, at a tenth of the cost: for the pages that are shown often."""
    return heard(items, *prepared.together(*asked(meeting.pk)))


def asked(meeting: int) -> list[prepared.Asked[Any]]:
    """What a Roll is made of beside the items: `heard` takes the answers."""
    return [one.of(meeting) for one in (people_at, stays_at, services_at, conflicts_at)]


def heard(
    items: Sequence[AgendaItem],
    people: prepared.Answer[Attendance],
    stays: prepared.Answer[Stay],
    services: prepared.Answer[Service],
    conflicts: prepared.Answer[ConflictOfInterest],
) -> Roll:
    noted: dict[int, Held] = {}
    for stay in stays.rows():
        noted.setdefault(stay.attendance_id, Held()).stays.append(stay)
    for service in services.rows():
        noted.setdefault(service.attendance_id, Held()).services.append(service)
    for conflict in conflicts.rows():
        noted.setdefault(conflict.attendance_id, Held()).conflicts.append(conflict)
    return called(items, [(row, noted.get(row.pk) or Held()) for row in people.rows()])


@prepared.question
def people_at(meeting: int) -> QuerySet[Attendance]:
    return Attendance.objects.filter(meeting=meeting)


@prepared.question
def stays_at(meeting: int) -> QuerySet[Stay]:
    stays = Stay.objects.filter(attendance__meeting=meeting)
    return stays.select_related("first_item", "last_item")


@prepared.question
def services_at(meeting: int) -> QuerySet[Service]:
    return Service.objects.filter(attendance__meeting=meeting).select_related("member")


@prepared.question
def conflicts_at(meeting: int) -> QuerySet[ConflictOfInterest]:
    return ConflictOfInterest.objects.filter(attendance__meeting=meeting)


def called(items: Sequence[AgendaItem], rows: Iterable[tuple[Attendance, Held]]) -> Roll:
    """The roll, called over the items: `items` standing and in order."""
    places = {item.pk: place for place, item in enumerate(items)}
    lines = [
        Line(
            row,
            stayed(items, held.stays) if row.is_here else [There.AWAY] * len(items),
            sorted(places[one.item_id] for one in held.conflicts if one.item_id in places),
            held=held,
        )
        for row, held in rows
    ]
    give_services(lines, len(items))
    return Roll(list(items), lines)


def stayed(items: Sequence[AgendaItem], stays: Sequence[Stay]) -> list[There]:
    """Item by item; without any stay one was there all along."""
    if not stays:
        return [There.WHOLE] * len(items)
    found = [There.AWAY] * len(items)
    for stay in stays:
        first, last = first_place(items, stay), last_place(items, stay)
        for place in range(first, last + 1):
            found[place] = max(found[place], partly(items, stay, place))
    return found


def partly(items: Sequence[AgendaItem], stay: Stay, place: int) -> There:
    pk = items[place].pk
    came = stay.first_partly and pk == stay.first_item_id
    went = stay.last_partly and pk == stay.last_item_id
    return There.PARTLY if came or went else There.WHOLE


def first_place(items: Sequence[AgendaItem], stay: Stay) -> int:
    """Where the stay begins; at what came after, when that item has been removed."""
    if stay.first_item is None:
        return 0
    return place_from(items, stay.first_item)


def last_place(items: Sequence[AgendaItem], stay: Stay) -> int:
    """Where the stay ends; at what came before, when that item has been removed."""
    if stay.last_item is None:
        return len(items) - 1
    place = place_from(items, stay.last_item)
    stands = place < len(items) and items[place].pk == stay.last_item_id
    return place if stands else place - 1


def place_from(items: Sequence[AgendaItem], item: AgendaItem) -> int:
    """The item's place, or where it would be if it still stood."""
    for place, one in enumerate(items):
        if one.pk == item.pk:
            return place
    return sum(one.position < item.position for one in items)


def give_services(lines: list[Line], length: int) -> None:
    """Item by item, each member who is away is served for by one substitute who is there."""
    by_person = {line.row.person_id: line for line in lines if line.row.person_id}
    wanted = {
        (line.row.pk, service.member_id): service.member
        for line in lines
        for service in line.held.services
    }
    given: dict[tuple[int, int], list[int]] = {key: [] for key in wanted}
    for place in range(length if wanted else 0):
        served: set[int] = set()
        busy: set[int] = set()
        for row, member in wanted:
            line = next(line for line in lines if line.row.pk == row)
            there = line.there[place] is not There.AWAY
            other = by_person.get(member)
            away = other is None or other.there[place] is There.AWAY
            if there and away and row not in busy and member not in served:
                busy.add(row)
                served.add(member)
                given[row, member].append(place)
    for line in lines:
        line.serves = [
            (person, given[row, member])
            for (row, member), person in wanted.items()
            if row == line.row.pk and given[row, member]
        ]
