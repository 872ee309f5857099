"""Whether enough members took part: more than half of them (KL 6:27).

The law binds a nämnd and what stands like it. For a råd the number is told and nothing is warned
of, unless its own rules say so, which the program does not know.
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from meetings.minuting.presence import Roll, There
from meetings.minuting.sentences import Names
from meetings.models import Decision, Meeting
from members import prepared
from members.models import LegalForm, Mandate
from members.roles import Role

DECIDING = (Role.CHAIR, Role.VICE_CHAIR, Role.MEMBER)


@dataclass(frozen=True)
class Seats:
    """The members of the council that day, and who may step in for them."""

    people: frozenset[int]
    substitutes: dict[int, str]  # person: name
    personal: dict[int, int]  # member: their personal substitute

    @property
    def needed(self) -> int:
        """More than half."""
        return len(self.people) // 2 + 1


def seats_of(meeting: Meeting) -> Seats:
    """Read with one query, from the mandates of the day."""
    return seats_among(seated(meeting.council_id, meeting.date))


def seats_among(running: list[Any]) -> Seats:
    """`running` as from seated."""
    people = frozenset(person for role, person, *_ in running if role in DECIDING)
    called = {pk: name for role, pk, name, *_ in running if role == Role.SUBSTITUTE}
    called |= {pk: name for *_, pk, name in running if pk is not None}
    personal = {person: pk for role, person, _, pk, _ in running if pk and role in DECIDING}
    return Seats(
        people,
        {pk: name for pk, name in called.items() if pk not in people},
        personal,
    )


@prepared.question
def seated(council: int, day: datetime.date) -> QuerySet[Mandate, Any]:
    return (
        Mandate.objects.running(day)
        .filter(council=council, role__in=(*DECIDING, Role.SUBSTITUTE))
        .order_by("person__name")
        .values_list(
            "role", "person", "person__name",
            "personal_substitute", "personal_substitute__name",
        )
    )  # fmt: skip


def deciding(roll: Roll, seats: Seats) -> list[int]:
    """How many took part in each item: members, and substitutes who served for one."""
    counts = [0] * len(roll.items)
    for line in roll.lines:
        if line.row.person_id in seats.people:
            places = {i for i, there in enumerate(line.there) if there is not There.AWAY}
        else:
            places = {i for person, at in line.serves if person.pk in seats.people for i in at}
        for place in places:
            counts[place] += 1
    return counts


def binds(meeting: Meeting) -> bool:
    return meeting.council.legal_form == LegalForm.BOARD


def decided(meeting: Meeting) -> frozenset[int]:
    """Items with a decision that a quorum is needed for: none where the law asks for no quorum."""
    if not binds(meeting):
        return frozenset()
    decisions = Decision.objects.filter(item__meeting=meeting, item__removed_at=None)
    return frozenset(decisions.values_list("item", flat=True))


def lost(decided: frozenset[int], roll: Roll, seats: Seats, names: Names) -> str:
    """ "Inte beslutsfört vid § 5, där det finns beslut: 8 av 16 ledamöter deltog. …", or ""."""
    if not decided or not seats.people:
        return ""
    counts = deciding(roll, seats)
    places = [
        i for i, item in enumerate(roll.items) if item.pk in decided and counts[i] < seats.needed
    ]
    if not places:
        return ""
    fewest = min(counts[i] for i in places)
    return (
        f"Inte beslutsfört vid {names.several(places)}, där det finns beslut: "
        f"{fewest} av {len(seats.people)} ledamöter deltog, minst {seats.needed} krävs."
    )
