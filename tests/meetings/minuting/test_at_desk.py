"""Who else has the desk open, and what is new since a page last asked."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from meetings import followup, minuting, planning, secrecy, signing
from meetings.models import AgendaItem, AtDesk, ItemKind, Meeting
from members import joining
from members.models import Person
from members.roles import Role
from tests import builders
from tests.builders import Cast
from tests.meetings.minuting.desk import send

pytestmark = pytest.mark.django_db
As = Callable[[Person], Client]


@pytest.fixture
def bo(cast: Cast) -> Person:
    person = builders.person("Bo Ek", "bo")
    joining.give_mandate(
        by=cast.secretary, council=cast.council, person=person, role=Role.SECRETARY,
        starts_on=builders.BEGAN,
    )  # fmt: skip
    return person


def ask(client: Client, meeting: Meeting, **fields: Any) -> dict[str, Any]:
    status, answer = send(client, meeting, "at_desk", **fields)
    assert status == 200
    return answer


def test_one_sees_who_else_is_here_and_at_which_section(
    cast: Cast, as_: As, meeting: Meeting, first: AgendaItem, bo: Person
) -> None:
    assert ask(as_(bo), meeting, item=first.pk, writing="1")["others"] == []
    assert ask(as_(cast.secretary), meeting)["others"] == [
        {"name": "Bo Ek", "item": first.pk, "writing": True}
    ]


def test_nobody_lingers(cast: Cast, as_: As, meeting: Meeting, bo: Person) -> None:
    karins, bos = as_(cast.secretary), as_(bo)
    ask(bos, meeting)
    ask(bos, meeting, leaving="1")
    assert ask(karins, meeting)["others"] == []
    ask(bos, meeting)
    assert len(ask(karins, meeting)["others"]) == 1
    # The page died without a word: half a minute later it is as if it had said so.
    AtDesk.objects.update(seen_at=timezone.now() - datetime.timedelta(seconds=30))
    assert ask(karins, meeting)["others"] == []
    AtDesk.objects.filter(person=bo).update(seen_at=timezone.now() - datetime.timedelta(days=2))
    AtDesk.objects.filter(person=cast.secretary).delete()
    ask(karins, meeting)
    assert AtDesk.objects.count() == 1


@pytest.mark.parametrize("who", ["chair", "member", "reader", "administrator", "other_secretary"])
def test_nobody_is_named_to_who_may_not_write(
    cast: Cast, as_: As, meeting: Meeting, who: str
) -> None:
    ask(as_(cast.secretary), meeting)
    status = send_raw(as_(getattr(cast, who)), meeting)
    assert (status, AtDesk.objects.count()) == (404, 1)


def send_raw(client: Client, meeting: Meeting) -> int:
    address = reverse("at_desk", args=[meeting.council.slug, meeting.key])
    return int(client.post(address, headers={"X-Requested-With": "fetch"}).status_code)


def test_a_section_of_another_meeting_or_a_word_is_no_place(
    cast: Cast, as_: As, meeting: Meeting, bo: Person
) -> None:
    elsewhere = builders.minuting_open(cast, builders.DAY.replace(day=19)).items.standing()[0]
    gone = builders.removed_item(cast, meeting)
    for item in (elsewhere.pk, gone.pk, 10**18):
        ask(as_(bo), meeting, item=item)
        assert AtDesk.objects.get(person=bo).item_id is None
    assert send(as_(bo), meeting, "at_desk", item="x")[0] == 400


def test_the_answer_tells_the_version_of_every_text(
    cast: Cast, as_: As, meeting: Meeting, first: AgendaItem
) -> None:
    table = meeting.items.get(kind=ItemKind.ROUND_TABLE)
    report = minuting.add_report(by=cast.secretary, item=table, label="Polisen")
    builders.write(cast.secretary, first, "<p>Ord.</p>")
    versions = ask(as_(cast.secretary), meeting)["versions"]
    assert (versions["items"][str(first.pk)], versions["items"][str(table.pk)]) == (1, 0)
    assert versions["reports"] == {str(report.pk): 0}


def test_what_another_has_done_is_told_once_and_ones_own_never(
    cast: Cast, as_: As, meeting: Meeting, first: AgendaItem, bo: Person
) -> None:
    karins = as_(cast.secretary)
    cursor = ask(karins, meeting)["cursor"]
    minuting.set_decisions(by=cast.secretary, item=first, points=["Karins."])
    own = ask(karins, meeting, cursor=cursor)
    assert (own["sections"], own["lists"]) == ([], [])
    # Where nothing was done in this page, it was done in another tab.
    assert ask(karins, meeting, cursor=cursor, quiet="1")["sections"] == [first.pk]
    second = meeting.items.standing()[1]
    minuting.set_decisions(by=bo, item=first, points=["Bos."])
    followup.give_action(by=bo, item=second, text="Laga.")
    planning.change_item(by=bo, item=second, heading="Val")
    row = meeting.attendance.get(person=cast.member)
    minuting.mark(by=bo, row=row, mode="present")
    news = ask(karins, meeting, cursor=own["cursor"])
    assert (news["sections"], news["lists"]) == (
        sorted([first.pk, second.pk]), ["actions", "attendance", "outline"],
    )  # fmt: skip
    again = ask(karins, meeting, cursor=news["cursor"])
    assert (again["sections"], again["lists"]) == ([], [])


def test_minutes_sent_to_justering_say_so(cast: Cast, as_: As) -> None:
    meeting = builders.written(cast)
    signing.open_round(by=cast.secretary, meeting=meeting)
    status, answer = send(as_(cast.secretary), meeting, "at_desk")
    assert (status, answer["error"]) == (409, "closed")


def test_a_section_another_changed_is_fetched_alone_with_who_wrote(
    cast: Cast, as_: As, meeting: Meeting, first: AgendaItem, bo: Person
) -> None:
    builders.write(bo, first, "<p>Bos ord.</p>")
    address = reverse("desk", args=[meeting.council.slug, meeting.key])
    client, fetch = as_(cast.secretary), {"X-Requested-With": "fetch"}
    answer = client.get(f"{address}?del=paragraf&punkt={first.pk}", headers=fetch).json()
    assert (answer["item"], answer["by"]) == (first.pk, "Bo Ek")
    own = as_(bo).get(f"{address}?del=paragraf&punkt={first.pk}", headers=fetch).json()
    assert own["by"] == "Du själv i en annan flik"
    assert ("Bos ord." in answer["section"], answer["section"].count("<section")) == (True, 1)
    for nonsense in ("0", "x", "9" * 30):
        status = client.get(f"{address}?del=paragraf&punkt={nonsense}", headers=fetch).status_code
        assert status == 404


def test_asking_costs_the_same_however_many_sections_there_are(
    cast: Cast, as_: As, meeting: Meeting
) -> None:
    client = as_(cast.secretary)
    cursor = ask(client, meeting)["cursor"]
    with CaptureQueriesContext(connection) as few:
        ask(client, meeting, cursor=cursor)
    for n in range(20):
        planning.add_item(by=cast.secretary, meeting=meeting, heading=f"Ärende {n}")
    with CaptureQueriesContext(connection) as many:
        ask(client, meeting, cursor=cursor)
    # Session, person, meeting; versions of §§ and of reports; oneself, the trail, the others.
    assert (len(few), len(many)) == (8, 8)


def test_that_somebody_reads_what_is_closed_is_no_news(
    cast: Cast, as_: As, meeting: Meeting, bo: Person
) -> None:
    item = planning.add_item(by=cast.secretary, meeting=meeting, heading="Lägesbild")
    secrecy.close_item(by=cast.secretary, item=item, secrecy="OSL 35 kap. 1 §")
    client = as_(cast.secretary)
    cursor = ask(client, meeting)["cursor"]
    as_(bo).get(reverse("desk", args=[meeting.council.slug, meeting.key]))
    news = ask(client, meeting, cursor=cursor)
    assert (news["cursor"] > cursor, news["sections"], news["lists"]) == (True, [], [])
