"""The figures of "never lose a word": typed through every disturbance, nothing lost, none twice."""

from __future__ import annotations

import random

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, Page, expect

from meetings import planning
from meetings.models import AgendaItem, Meeting
from tests import builders
from tests.browser.desk import desk_path, saved, sign_in_as, stored, text_of
from tests.browser.serving import Server
from tests.builders import PASSWORD, Cast

SECTIONS = 20
WORDS = [
    "rådet",
    "går",
    "igenom",
    "läget",
    "på",
    "torget",
    "och",
    "hör",
    "hur",
    "kvällarna",
    "har",
    "varit",
    "sedan",
    "sist",
]


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    meeting = builders.minuting_open(cast)
    for number in range(SECTIONS - meeting.items.standing().count()):
        planning.add_item(by=cast.secretary, meeting=meeting, heading=f"Ärende {number}")
    return meeting


def desk(page: Page, server: Server, cast: Cast, meeting: Meeting, at: AgendaItem) -> None:
    sign_in_as(cast.secretary, page, server.url)
    page.goto(f"{server.url}{desk_path(meeting)}#item-{at.pk}")
    page.wait_for_selector("#desk[data-ready]")


def sentence(chance: random.Random, length: int) -> str:
    text = ""
    while len(text) < length:
        text += chance.choice(WORDS) + " "
    return text[: length - 1] + "."


def sign_in_again(page: Page) -> None:
    page.locator("#desk-alert").get_by_role("button", name="Logga in").click()
    page.get_by_role("dialog").get_by_label("Lösenord").fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).not_to_be_visible()


@pytest.mark.parametrize(
    ("characters", "delay"),
    [(600, 5), pytest.param(10_000, 1000 / 15, marks=pytest.mark.slow)],
)
def test_typed_over_20_paragraphs_through_every_disturbance_nothing_is_lost_or_doubled(
    browser: Browser,
    server: Server,
    cast: Cast,
    meeting: Meeting,
    characters: int,
    delay: float,
) -> None:
    items = list(meeting.items.standing())
    chance = random.Random(4)
    texts = [sentence(chance, characters // SECTIONS) for _ in items]
    page = browser.new_context(locale="sv-SE").new_page()
    desk(page, server, cast, meeting, items[0])
    strip = page.locator("#desk-alert")
    disturbances = {
        3: lambda: page.context.set_offline(True),
        5: lambda: page.context.set_offline(False),
        7: lambda: Session.objects.all().delete(),
        9: lambda: sign_in_again(page),
        11: server.kill,
        13: server.start,
        15: server.kill,
        17: server.start,
    }
    for number, (item, text) in enumerate(zip(items, texts, strict=True)):
        text_of(page, item).click()
        half = len(text) // 2
        page.keyboard.type(text[:half], delay=delay)
        if number in disturbances:
            disturbances[number]()
            if number == 9:
                text_of(page, item).click()
                page.keyboard.press("Control+End")
        page.keyboard.type(text[half:], delay=delay)
        if number in (4, 8, 12, 16):
            expect(strip).to_be_visible()
    expect(strip).to_be_hidden(timeout=30_000)
    saved(page)
    assert [stored(item) for item in items] == [f"<p>{text}</p>" for text in texts]
    page.context.close()
