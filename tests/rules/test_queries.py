"""Every list asks the database as often for 30 rows as for 1 (style.md, habit 13)."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings import followup, minuting, planning, signing
from meetings.models import ItemKind, Meeting
from members import joining
from members.models import OrganisationKind, Person
from members.roles import Role
from tests import builders
from tests.builders import Cast

pytestmark = pytest.mark.django_db
MANY = 30


def queries(client: Client, url: str) -> int:
    client.get(url)  # fills what is cached between requests: content types, sessions
    with CaptureQueriesContext(
        connection,
    ) as captured:
        answer = client.get(url)
    assert answer.status_code == 200, url
    return len(captured)


Grow = Callable[[Cast, int], None]


def people(cast: Cast, count: int) -> None:
    for n in range(count):
        organisation = builders.organisation(
            cast.council.municipality, f"Förening {n}", OrganisationKind.ASSOCIATION, [f"F{n}"]
        )
        builders.seat(f"Person {n}", "", cast.council, Role.MEMBER, organisation)


def planned_meetings(cast: Cast, count: int) -> None:
    today = datetime.datetime.now(datetime.UTC).date()
    for n in range(count):
        builders.planned(cast, today + datetime.timedelta(days=n + 1))


def sealed_meetings(cast: Cast, count: int) -> None:
    for n in range(count):
        builders.sealed(cast, builders.DAY + datetime.timedelta(days=n))


def actions(cast: Cast, count: int) -> None:
    meeting = builders.written(cast)
    item = meeting.items.standing()[0]
    for n in range(count):
        followup.give_action(
            by=cast.secretary, item=item, text=f"Uppdrag {n}", persons=[cast.member],
            due_next_meeting=True,
        )  # fmt: skip
    builders.approve_all(signing.open_round(by=cast.secretary, meeting=meeting))


# How the rows come to be, and the lists that show them.
LISTS: dict[str, tuple[Grow, dict[str, str]]] = {
    "people": (
        people,
        {
            "council": "/rad/strandkopings-bra/",
            "register": "/rad/strandkopings-bra/register/",
            "organisations": "/rad/strandkopings-bra/organisationer/",
        },
    ),
    "coming meetings": (planned_meetings, {"meeting_list": "/moten/", "start": "/"}),
    "past meetings": (
        sealed_meetings,
        {
            "meeting_list": "/moten/",
            "start": "/",
            "archive": "/arkiv/",
            "search": "/sok/?q=dagordning",
        },
    ),
    "actions": (actions, {"action_list": "/uppdrag/"}),
}


@pytest.mark.parametrize("name", sorted(LISTS))
@pytest.mark.usefixtures("quick_paper")
def test_a_list_asks_as_often_for_many_rows_as_for_one(
    cast: Cast, as_: Callable[[Person], Client], name: str
) -> None:
    grow, urls = LISTS[name]
    client = as_(cast.secretary)
    # Two and not one: some pages show one thing alone differently from a list.
    grow_from_scratch(cast, grow, 2)
    few = {page: queries(client, url) for page, url in urls.items()}
    grow_more(cast, grow)
    assert {page: queries(client, url) for page, url in urls.items()} == few


def grow_from_scratch(cast: Cast, grow: Grow, count: int) -> None:
    grow(cast, count)


def grow_more(cast: Cast, grow: Grow) -> None:
    shifted: dict[Grow, Grow] = {
        planned_meetings: later_planned,
        sealed_meetings: later_sealed,
        actions: later_actions,
        people: later_people,
    }
    shifted.get(grow, grow)(cast, MANY)


def later_planned(cast: Cast, count: int) -> None:
    today = datetime.datetime.now(datetime.UTC).date()
    for n in range(count):
        builders.planned(cast, today + datetime.timedelta(days=100 + n))


def later_sealed(cast: Cast, count: int) -> None:
    for n in range(count):
        builders.sealed(cast, builders.DAY + datetime.timedelta(days=100 + n))


def later_actions(cast: Cast, count: int) -> None:
    meeting = builders.written(cast, builders.DAY + datetime.timedelta(days=50))
    item = meeting.items.standing()[0]
    for n in range(count):
        followup.give_action(
            by=cast.secretary, item=item, text=f"Mer {n}", persons=[cast.member],
            due_next_meeting=True,
        )  # fmt: skip
    builders.approve_all(signing.open_round(by=cast.secretary, meeting=meeting))


def later_people(cast: Cast, count: int) -> None:
    for n in range(count):
        organisation = builders.organisation(
            cast.council.municipality, f"Bolag {n}", OrganisationKind.COMPANY, [f"B{n}"]
        )
        made = joining.add_person(name=f"Någon {n}", email="")
        joining.give_mandate(
            by=cast.secretary, council=cast.council, person=made, role=Role.MEMBER,
            organisation=organisation,
        )  # fmt: skip


PAGES = ("meeting", "agenda", "desk", "check", "minutes", "history")


def test_a_meeting_with_many_items_asks_as_often_as_one_with_few(
    cast: Cast, as_: Callable[[Person], Client]
) -> None:
    meeting = builders.written(cast)
    urls = {name: reverse(name, args=[cast.council.slug, meeting.key]) for name in PAGES}
    client = as_(cast.secretary)
    fill(cast, meeting, 2)
    few = {page: queries(client, url) for page, url in urls.items()}
    fill(cast, meeting, MANY)
    assert {page: queries(client, url) for page, url in urls.items()} == few


def fill(cast: Cast, meeting: Meeting, count: int) -> None:
    """Items with text, decisions, actions and papers; guests; reports in the round table."""
    round_table = meeting.items.standing().get(kind=ItemKind.ROUND_TABLE)
    for n in range(count):
        item = planning.add_item(by=cast.secretary, meeting=meeting, heading=f"Ärende {n}")
        builders.write(cast.secretary, item, f"<p>Text {n}.</p>")
        minuting.set_decisions(by=cast.secretary, item=item, points=["Ett.", "Två."])
        followup.give_action(
            by=cast.secretary, item=item, text=f"Gör {n}", persons=[cast.member], due_on=None
        )
        minuting.add_report(by=cast.secretary, item=round_table, label=f"Organisation {n} {count}")
        minuting.add_guest(by=cast.secretary, meeting=meeting, name=f"Gäst {n} {count}")
    builders.attach(cast, meeting)
