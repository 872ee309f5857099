"""The page: who may open it, when, and what it costs."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meetings import followup, minuting, planning
from meetings.models import ItemKind, Meeting, Mode
from meetings.states import State
from members.models import Person
from tests import builders
from tests.builders import Cast
from tests.meetings.minuting.desk import url

pytestmark = pytest.mark.django_db
As = Callable[[Person], Client]


def test_opening_the_minutes_leads_to_the_desk(cast: Cast, as_: As) -> None:
    meeting = builders.planned(cast)
    answer = as_(cast.secretary).post(url(meeting, "open_minutes"))
    assert (answer.status_code, answer.headers["Location"]) == (302, url(meeting, "desk"))
    meeting.refresh_from_db()
    assert meeting.state == State.MINUTING


def test_opening_twice_leads_to_the_desk_both_times(cast: Cast, as_: As) -> None:
    meeting = builders.planned(cast)
    for _ in range(2):
        answer = as_(cast.secretary).post(url(meeting, "open_minutes"))
        assert answer.headers["Location"] == url(meeting, "desk")


@pytest.mark.parametrize("who", ["chair", "member", "reader", "administrator", "other_secretary"])
def test_only_who_may_write_sees_the_desk(cast: Cast, as_: As, who: str) -> None:
    meeting = builders.minuting_open(cast)
    client = as_(getattr(cast, who))
    assert client.get(url(meeting, "desk")).status_code == 404
    assert client.post(url(meeting, "open_minutes")).status_code == 404


def test_a_meeting_whose_minutes_are_not_open_says_so(cast: Cast, as_: As) -> None:
    client = as_(cast.secretary)
    for meeting, words in (
        (builders.planned(cast), "Protokollet är inte öppnat än"),
        (builders.in_signing(cast, builders.DAY.replace(day=19)).meeting, "låst för justering"),
    ):
        answer = client.get(url(meeting, "desk"), follow=True)
        assert answer.redirect_chain == [(url(meeting, "meeting"), 302)]
        assert words in answer.content.decode()


def test_the_page_shows_every_section_in_order_with_its_number(cast: Cast, as_: As) -> None:
    meeting = builders.minuting_open(cast)
    page = as_(cast.secretary).get(url(meeting, "desk")).content.decode()
    places = [page.index(f'id="item-{one.pk}"') for one in meeting.items.standing()]
    assert places == sorted(places)
    assert [f"§\N{NO-BREAK SPACE}{n}<" in page for n in (1, 5, 6)] == [True, True, False]


def test_what_is_written_is_shown_and_nothing_in_it_runs(cast: Cast, as_: As) -> None:
    meeting = builders.minuting_open(cast)
    attack = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    first = meeting.items.standing()[0]
    builders.write(cast.secretary, first, f"<p>Mötet öppnas.</p>{attack}")
    planning.change_item(by=cast.secretary, item=first, heading=f"Rubrik {attack}")
    minuting.set_decisions(by=cast.secretary, item=first, points=[f"Beslut {attack}"])
    followup.give_action(by=cast.secretary, item=first, text=f"Uppdrag {attack}")
    minuting.add_guest(by=cast.secretary, meeting=meeting, name=f"Gäst {attack}")
    round_table = meeting.items.get(kind=ItemKind.ROUND_TABLE)
    minuting.add_report(by=cast.secretary, item=round_table, label=f"Org {attack}")
    page = as_(cast.secretary).get(url(meeting, "desk")).content.decode()
    assert "<p>Mötet öppnas.</p>" in page
    assert page.count("<script>alert") == page.count("<img src=x") == 0


def test_the_number_of_queries_is_the_same_for_few_and_many_sections(cast: Cast, as_: As) -> None:
    meeting = builders.minuting_open(cast)
    client = as_(cast.secretary)
    fill(cast, meeting, 1)
    few = queries(client, url(meeting, "desk"))
    fill(cast, meeting, 30)
    assert queries(client, url(meeting, "desk")) == few


def test_beside_who_asks_and_the_meeting_everything_is_fetched_in_one_trip(
    cast: Cast, as_: As
) -> None:
    meeting = builders.written(cast)
    client = as_(cast.secretary)
    client.get(url(meeting, "desk"))
    assert queries(client, url(meeting, "desk")) == len(["session", "person", "meeting", "rest"])


def fill(cast: Cast, meeting: Meeting, count: int) -> None:
    """§§ with all that can stand in them, and as many on the list."""
    for n in range(count):
        one = planning.add_item(
            by=cast.secretary, meeting=meeting, heading=f"Ärende {n}", kind=ItemKind.ROUND_TABLE
        )
        builders.write(cast.secretary, one, "<p>Text.</p>")
        minuting.set_decisions(by=cast.secretary, item=one, points=["Ja.", "Nej."])
        minuting.add_report(by=cast.secretary, item=one, label=f"Förening {n}")
        followup.give_action(by=cast.secretary, item=one, text="Gör.", persons=[cast.member])
        followup.set_topics(by=cast.secretary, item=one, topics=[("Ämne", "")])
        builders.attach(cast, meeting, f"fil{n}.txt", f"{n}".encode())
        name = f"Gäst {meeting.attendance.count()}"
        minuting.add_guest(by=cast.secretary, meeting=meeting, name=name)


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_the_panel_of_earlier_uppdrag_holds_those_that_are_open(cast: Cast, as_: As) -> None:
    before = builders.minuting_open(cast, builders.DAY.replace(month=1))
    first = before.items.standing()[0]
    followup.give_action(by=cast.secretary, item=first, text="Laga lampan.")
    done = followup.give_action(by=cast.secretary, item=first, text="Måla bänken.")
    followup.follow_up(by=cast.secretary, action=done, status="done")
    meeting = builders.minuting_open(cast)
    answer = as_(cast.secretary).get(
        url(meeting, "desk") + "?del=uppdrag", headers={"X-Requested-With": "fetch"}
    )
    html = answer.json()["parts"]["open-actions"]
    assert ("Laga lampan." in html, "Måla bänken." in html) == (True, False)


def test_a_plain_form_is_answered_with_the_way_back_to_the_desk(cast: Cast, as_: As) -> None:
    meeting = builders.minuting_open(cast)
    row = meeting.attendance.get(person=cast.member)
    client = as_(cast.secretary)
    answer = client.post(url(meeting, "mark", row.pk), {"mode": "present"})
    assert (answer.status_code, answer.headers["Location"]) == (302, url(meeting, "desk"))
    row.refresh_from_db()
    assert row.mode == Mode.PRESENT
    answer = client.post(url(meeting, "mark", row.pk), {"mode": "sovande"}, follow=True)
    assert "sovande" in answer.content.decode()


def test_the_other_style_has_headings_and_no_numbers(cast: Cast, as_: As) -> None:
    meeting = planning.plan_meeting(
        by=cast.other_secretary, council=cast.other_council, date=builders.DAY
    )
    planning.add_item(by=cast.other_secretary, meeting=meeting, heading="Lägesbild")
    minuting.open_minutes(by=cast.other_secretary, meeting=meeting)
    page = as_(cast.other_secretary).get(url(meeting, "desk")).content.decode()
    assert ("minutes-headings" in page, "Lägesbild" in page, "§\N{NO-BREAK SPACE}" in page) == (
        True, True, False,
    )  # fmt: skip


def test_the_other_style_is_spoken_of_in_its_own_words(cast: Cast, as_: As) -> None:
    page = as_(cast.other_secretary).get(url(builders.notes_written(cast), "desk")).text
    assert re.findall(r"\w*paragraf\w*|protokollet\w*", page, re.I) == []
    words = ["Minnesanteckningarna, ", ">Punkter<", "Ny punkt efter", 'data-item-word="punkt"']
    assert [one for one in words if one not in page] == []
