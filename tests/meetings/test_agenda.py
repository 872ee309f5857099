"""The agenda is made in place: with forms, and by the script that sends the same forms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings import attaching, planning, signing
from meetings.models import AgendaItem, Meeting
from members.models import Person
from tests import builders
from tests.builders import Cast

pytestmark = pytest.mark.django_db
As = Callable[[Person], Client]
FETCH = {"X-Requested-With": "fetch"}
SCRIPT = "<script>alert('hej')</script>"


def headings(meeting: Meeting) -> list[str]:
    return [item.heading for item in meeting.items.standing()]


def post(client: Client, name: str, target: Meeting | AgendaItem, **fields: Any) -> Any:
    """The form of an act on a meeting or an item; fetch=True as the script sends it."""
    headers = FETCH if fields.pop("fetch", False) else {}
    meeting = target.meeting if isinstance(target, AgendaItem) else target
    arguments: list[Any] = [meeting.council.slug, meeting.key]
    if isinstance(target, AgendaItem):
        arguments.append(target.pk)
    return client.post(reverse(name, args=arguments), fields, headers=headers)


def test_an_item_is_added_last_and_the_field_waits_for_the_next(cast: Cast, as_: As) -> None:
    meeting = builders.planned(cast)
    answer = post(as_(cast.secretary), "add_item", meeting, heading="Larmgatan")
    assert headings(meeting)[-1] == "Larmgatan"
    page = as_(cast.secretary).get(answer["Location"])
    assert page.context["adds"] is True


def test_the_script_gets_the_row_and_the_numbers_of_all(cast: Cast, as_: As) -> None:
    meeting = builders.planned(cast)
    first = meeting.items.standing()[0]
    answer = post(
        as_(cast.secretary), "add_item", meeting, heading="Larmgatan", after=first.pk, fetch=True
    )
    assert answer.status_code == 201
    data = answer.json()
    assert [line["label"] for line in data["order"]] == [f"§\u00a0{n}" for n in range(1, 7)]
    assert data["order"][1]["pk"] == data["pk"]
    assert f'id="punkt-{data["pk"]}"' in data["html"]


def test_a_form_sent_twice_adds_one_item(cast: Cast, as_: As) -> None:
    meeting = builders.planned(cast)
    client = as_(cast.secretary)
    for _ in range(2):
        post(client, "add_item", meeting, heading="Larmgatan", ticket="a1b2")
    assert headings(meeting).count("Larmgatan") == 1


@pytest.mark.parametrize("heading", ["", "   ", "\u200b", "å" * 100_000])
def test_a_heading_that_cannot_be_is_refused_with_a_sentence(
    cast: Cast, as_: As, heading: str
) -> None:
    meeting = builders.planned(cast)
    before = headings(meeting)
    client = as_(cast.secretary)
    page = post(client, "add_item", meeting, heading=heading)
    fetched = post(client, "add_item", meeting, heading=heading, fetch=True)
    assert (page.status_code, fetched.status_code) == (400, 400)
    assert len(page.context["form"].errors["heading"]) == 1
    assert fetched.json()["message"] != ""
    assert headings(meeting) == before


def test_what_was_typed_stays_when_a_heading_is_too_long(cast: Cast, as_: As) -> None:
    long = "Larmgatan " * 30
    page = post(as_(cast.secretary), "add_item", builders.planned(cast), heading=long)
    assert long.strip() in page.content.decode()


CHANGES = {
    "heading": "Lägesbild", "kind": "decision", "presenters": "Åsa Ek, kommunpolis",
    "planned_time": "13.50", "registry_number": "KS 2026/12",
    "proposed_decision": "Rådet bifaller.",
}  # fmt: skip


def test_an_item_gets_presenters_time_number_and_proposal(cast: Cast, as_: As) -> None:
    item = builders.planned(cast).items.standing()[0]
    post(as_(cast.secretary), "change_item", item, **CHANGES)
    item.refresh_from_db()
    assert {name: str(getattr(item, name)) for name in CHANGES} == {
        **CHANGES,
        "planned_time": "13:50:00",
    }


def test_the_form_of_an_item_comes_alone_to_the_script(cast: Cast, as_: As) -> None:
    item = builders.planned(cast).items.standing()[0]
    url = reverse("change_item", args=[cast.council.slug, item.meeting.key, item.pk])
    html = as_(cast.secretary).get(url, headers=FETCH).json()["html"]
    assert html.lstrip().startswith("<form")
    assert "<html" not in html


def test_a_fault_in_an_item_keeps_all_that_was_typed(cast: Cast, as_: As) -> None:
    item = builders.planned(cast).items.standing()[0]
    bad = {**CHANGES, "planned_time": "kvart i tre", "presenters": "Åsa & Bo"}
    fetched = post(as_(cast.secretary), "change_item", item, fetch=True, **bad)
    assert fetched.status_code == 400
    assert fetched.json()["errors"] == {"planned_time": ["Skriv klockslaget som 13.30."]}
    assert "kvart i tre" in fetched.json()["html"]
    assert "Åsa &amp; Bo" in fetched.json()["html"]
    item.refresh_from_db()
    assert item.heading == "Inledning"


def test_scripts_in_an_item_are_shown_as_text(cast: Cast, as_: As) -> None:
    item = builders.planned(cast).items.standing()[0]
    typed = dict.fromkeys(("heading", "presenters", "proposed_decision"), SCRIPT)
    client = as_(cast.secretary)
    post(client, "change_item", item, **{**CHANGES, **typed, "registry_number": "<i>"})
    for name in ("agenda", "meeting", "summon"):
        page = client.get(reverse(name, args=[cast.council.slug, item.meeting.key]))
        assert "<script>alert" not in page.content.decode(), name


@pytest.mark.parametrize(
    ("fields", "places"),
    [
        ({"to": "0"}, [1, 0, 2, 3, 4]),
        ({"to": "99"}, [0, 2, 3, 4, 1]),
        ({"by": "-1"}, [1, 0, 2, 3, 4]),
        ({"by": "1"}, [0, 2, 1, 3, 4]),
        ({}, [0, 1, 2, 3, 4]),
        ({"to": "-3"}, [0, 1, 2, 3, 4]),
        ({"by": "7"}, [0, 1, 2, 3, 4]),
    ],
)
def test_an_item_moves_by_place_or_by_step(
    cast: Cast, as_: As, fields: dict[str, str], places: list[int]
) -> None:
    meeting = builders.planned(cast)
    items = list(meeting.items.standing())
    post(as_(cast.secretary), "move_item", items[1], **fields)
    assert list(meeting.items.standing()) == [items[place] for place in places]


def test_the_first_item_cannot_go_higher(cast: Cast, as_: As) -> None:
    meeting = builders.planned(cast)
    before = headings(meeting)
    post(as_(cast.secretary), "move_item", meeting.items.standing()[0], by="-1")
    assert headings(meeting) == before


def test_a_removed_item_offers_undo_and_comes_back_where_it_was(cast: Cast, as_: As) -> None:
    meeting = builders.planned(cast)
    item, before, client = meeting.items.standing()[1], headings(meeting), as_(cast.secretary)
    answer = post(client, "remove_item", item)
    assert headings(meeting) == [one for one in before if one != "Val av justerare"]
    page = client.get(answer["Location"]).content.decode()
    assert "Val av justerare är borttagen." in page
    assert reverse("restore_item", args=[cast.council.slug, meeting.key, item.pk]) in page
    post(client, "restore_item", item)
    assert headings(meeting) == before


def test_the_script_is_told_where_to_undo(cast: Cast, as_: As) -> None:
    meeting = builders.planned(cast)
    item, client = meeting.items.standing()[1], as_(cast.secretary)
    data = post(client, "remove_item", item, fetch=True).json()
    assert data["message"] == "Val av justerare är borttagen."
    back = client.post(data["undo"], headers=FETCH).json()
    assert [line["pk"] for line in back["order"]] == [one.pk for one in meeting.items.standing()]


@pytest.mark.parametrize("odd", ["9" * 5000, "-1", "<script>", "²"])
def test_an_odd_number_in_the_address_offers_nothing(cast: Cast, as_: As, odd: str) -> None:
    url = reverse("agenda", args=[cast.council.slug, builders.planned(cast).key])
    page = as_(cast.secretary).get(url, {"borttagen": odd, "borttagen-bilaga": odd})
    assert "undo_url" not in page.context


def test_removing_and_restoring_twice_is_doing_it_once(cast: Cast, as_: As) -> None:
    meeting = builders.planned(cast)
    item, client = meeting.items.standing()[1], as_(cast.secretary)
    for name in ("remove_item", "remove_item", "restore_item", "restore_item"):
        assert post(client, name, item).status_code == 302
    assert len(headings(meeting)) == 5


def test_an_item_of_another_meeting_is_not_found_below_this_one(cast: Cast, as_: As) -> None:
    meeting, other = builders.planned(cast), builders.planned(cast, builders.DAY.replace(day=20))
    item, client = other.items.standing()[0], as_(cast.secretary)
    for name in ("change_item", "move_item", "remove_item", "restore_item"):
        url = reverse(name, args=[cast.council.slug, meeting.key, item.pk])
        assert client.post(url, {"to": "1"}).status_code == 404, name


def test_frozen_minutes_refuse_every_act_and_say_why(cast: Cast, as_: As) -> None:
    meeting = builders.in_signing(cast).meeting
    item, client = meeting.items.standing()[0], as_(cast.secretary)
    why = "Protokollet är låst för justering. Det kan ändras om det lämnas tillbaka."
    assert post(client, "add_item", meeting, heading="X", fetch=True).json() == {"message": why}
    for name in ("move_item", "remove_item"):
        answer = post(client, name, item, to="1", fetch=True)
        assert (answer.status_code, answer.json()) == (409, {"message": why}), name
    assert len(headings(meeting)) == 5


def test_numbering_by_year_goes_on_from_the_last_meeting(cast: Cast, as_: As) -> None:
    cast.council.numbering = "per_year"
    cast.council.save()
    signing.open_round(by=cast.secretary, meeting=builders.written(cast))
    later = builders.planned(cast, builders.DAY.replace(month=6))
    page = as_(cast.secretary).get(reverse("agenda", args=[cast.council.slug, later.key]))
    assert [line.label for line in page.context["lines"]] == [f"§\u00a0{n}" for n in range(6, 11)]


def test_the_agenda_is_a_pdf_for_all_who_may_read(cast: Cast, as_: As) -> None:
    meeting = builders.planned(cast)
    url = reverse("agenda_pdf", args=[cast.council.slug, meeting.key])
    answer = as_(cast.reader).get(url)
    assert answer.content.startswith(b"%PDF-")
    assert answer["Content-Disposition"].startswith("inline")
    assert as_(cast.other_member).get(url).status_code == 404


def test_the_printed_agenda_names_papers_and_who_to_ask(cast: Cast) -> None:
    meeting = builders.planned(cast)
    item = meeting.items.standing()[3]
    planning.change_item(by=cast.secretary, item=item, kind="decision")
    paper = builders.attach(cast, meeting)
    paper.item = item
    printed = planning.printed_agenda(meeting, [paper])
    assert printed["cover"]["document"] == "Dagordning"
    assert printed["contact"] == "Karin Tallhed, sekreterare, karin@kommun.example"
    assert printed["items"][3]["papers"] == [{"title": "uppföljning", "later": False}]
    assert [line["kind_label"] for line in printed["items"]] == ["", "", "", "Beslut", ""]


@pytest.mark.parametrize("name", ["agenda", "meeting", "summon"])
def test_thirty_items_with_papers_ask_no_more_than_five(cast: Cast, as_: As, name: str) -> None:
    meeting = builders.planned(cast)
    client = as_(cast.secretary)
    url = reverse(name, args=[cast.council.slug, meeting.key])
    builders.attach(cast, meeting)
    few = queries(client, url)
    for number in range(30):
        item = planning.add_item(by=cast.secretary, meeting=meeting, heading=f"Punkt {number}")
        paper = builders.attach(cast, meeting)
        attaching.change_attachment(by=cast.secretary, attachment=paper, title="Brev", item=item)
    assert queries(client, url) == few


def queries(client: Client, url: str) -> int:
    client.get(url)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)
