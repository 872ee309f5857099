"""Who was there at which item, and who served for whom.

Computed anew from the rows each time: a § that is moved, added or removed changes the answer, and
nothing has to be kept in step. Objects in, plain values out; the words are printing's.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import IntEnum

from django.db.models import QuerySet

from meetings.models import AgendaItem, Attendance, Meeting, Stay
from members.models import Person


class There(IntEnum):
    AWAY = 0
    PARTLY = 1
    WHOLE = 2


@dataclass
class Line:
    """One person through the meeting, item by item."""

    row: Attendance
    stays: list[There]  # jäv left out of account
    conflicts: list[int]  # places of items they left for jäv
    serves: list[tuple[Person, list[int]]] = field(default_factory=list)  # for whom, at which

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
    places = {item.pk: place for place, item in enumerate(items)}
    lines = [
        Line(
            row,
            stayed(items, list(row.stays.all())) if row.is_here else [There.AWAY] * len(items),
            sorted(places[one.item_id] for one in row.conflicts.all() if one.item_id in places),
        )
        for row in rows
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
        for service in line.row.services.all()
    }
    given: dict[tuple[int, int], list[int]] = {key: [] for key in wanted}
    for place in range(length):
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
