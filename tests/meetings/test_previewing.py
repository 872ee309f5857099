"""The draft's pages beside its text: the paper itself, made once for each text, for its writer."""

from __future__ import annotations

import base64
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from PIL import Image

from meetings import archiving, pdf, previewing
from meetings.models import Meeting
from members.models import Person
from tests import builders, standing
from tests.builders import Cast
from tests.meetings import paper

pytestmark = pytest.mark.django_db
As = Callable[[Person], Client]


@standing.fixture
def meeting(cast: Cast) -> Meeting:
    return builders.written(cast)


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """Every paper that is made from now on, and no paper kept from before."""
    cache.clear()
    papers: list[bytes] = []
    render = pdf.render_minutes

    def noted(**of: Any) -> bytes:
        papers.append(render(**of))
        return papers[-1]

    monkeypatch.setattr(pdf, "render_minutes", noted)
    return papers


def url(meeting: Meeting, more: str = "") -> str:
    return f"/{meeting.council.slug}/moten/{meeting.key}/skriv/sidor/{more}"


def ask(client: Client, meeting: Meeting, more: str = "") -> Any:
    return client.get(url(meeting, more), headers={"X-Requested-With": "fetch"})


def test_the_pages_are_those_of_the_file_and_say_what_begins_on_each(
    cast: Cast, meeting: Meeting, as_: As, made: list[bytes]
) -> None:
    shown = ask(as_(cast.secretary), meeting).json()
    texts = paper.page_texts(made[0])
    assert len(shown["pages"]) == len(texts) == 3
    described = [page["alt"] for page in shown["pages"]]
    council, first = meeting.council, meeting.items.standing()[0]
    assert described[0].startswith(f"Sida 1 av 3: {council.name}, §\xa01 {first.heading}, §\xa02 ")
    assert described[1:] == ["Sida 2 av 3: §\xa05 Nästa möte", "Sida 3 av 3: Underskrifter"]
    assert all("Utkast – ej justerat" in text for text in texts)


def test_the_page_of_the_item_at_hand_comes_in_the_answer_and_the_others_by_address(
    cast: Cast, meeting: Meeting, as_: As, made: list[bytes]
) -> None:
    client = as_(cast.secretary)
    item = meeting.items.standing()[4]
    shown = ask(client, meeting, f"?punkt={item.pk}").json()
    assert shown["first"] == 2
    picture = base64.b64decode(shown["pages"][1]["src"].removeprefix("data:image/png;base64,"))
    assert Image.open(io.BytesIO(picture)).size == (1191, 1684)
    assert shown["pages"][0]["src"] == url(meeting, f"1.png?text={shown['text']}")
    answer = client.get(shown["pages"][0]["src"])
    assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    assert answer["Cache-Control"] == "private, no-store"
    assert len(made) == 1


def test_a_text_is_printed_once_however_often_it_is_asked_for(
    cast: Cast, meeting: Meeting, as_: As, made: list[bytes]
) -> None:
    client = as_(cast.secretary)
    shown = ask(client, meeting).json()
    assert ask(client, meeting, f"?text={shown['text']}").json() == {"text": shown["text"]}
    assert ask(client, meeting).json() == shown
    assert len(made) == 1
    builders.write(cast.secretary, meeting.items.standing()[0], "<p>Något annat.</p>")
    after = ask(client, meeting, f"?text={shown['text']}").json()
    assert after["text"] != shown["text"]
    assert "Något annat." in paper.words(made[1])
    assert client.get(shown["pages"][2]["src"]).status_code == 404


def test_what_is_shown_is_the_file_that_the_draft_is_read_as(
    cast: Cast, meeting: Meeting, made: list[bytes]
) -> None:
    """One template: no second rendering. Only the clock may differ."""
    shown = previewing.preview_of(meeting)
    read = archiving.file_of(archiving.minutes_of(meeting))
    assert paper.page_texts(shown.pdf)[1] == paper.page_texts(read)[1]


def test_one_who_asks_while_two_wait_is_told_so_and_nobody_else_waits(
    cast: Cast, meeting: Meeting, as_: As, made: list[bytes]
) -> None:
    with previewing.room_to_ask(), previewing.room_to_ask():
        answer = ask(as_(cast.secretary), meeting)
    assert answer.status_code == 503
    assert answer.json()["message"].startswith("Flera papper görs just nu.")
    assert ask(as_(cast.secretary), meeting).status_code == 200


def test_a_paper_that_cannot_be_made_says_that_nothing_is_lost(
    cast: Cast, meeting: Meeting, as_: As, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache.clear()

    def fails(**of: Any) -> bytes:
        raise pdf.RenderingError("no")

    monkeypatch.setattr(pdf, "render_minutes", fails)
    answer = ask(as_(cast.secretary), meeting)
    assert answer.status_code == 500
    assert "är sparat" in answer.json()["message"]


def test_pages_that_are_not_there_and_minutes_not_being_written_answer_alike(
    cast: Cast, meeting: Meeting, as_: As, made: list[bytes]
) -> None:
    client = as_(cast.secretary)
    for page in (0, 9):
        assert client.get(url(meeting, f"{page}.png")).status_code == 404
    planned = builders.planned(cast, builders.DAY.replace(month=11))
    assert ask(client, planned).status_code == 404
    assert ask(as_(cast.chair), meeting).status_code == 404


def test_without_scripts_the_file_opens(cast: Cast, meeting: Meeting, as_: As) -> None:
    answer = as_(cast.secretary).get(url(meeting))
    assert (answer.status_code, answer["Location"]) == (
        302, f"/{meeting.council.slug}/moten/{meeting.key}/protokoll.pdf",
    )  # fmt: skip
