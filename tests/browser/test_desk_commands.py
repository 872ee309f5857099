"""Commands and the council's text blocks, by a slash at the start of a line."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from meetings.models import AgendaItem, Meeting
from members import setting_up
from tests import builders
from tests.browser.conftest import PHONE, Watched
from tests.browser.desk import come_to, open_desk, saved, stored, text_of
from tests.builders import Cast

SignIn = Callable[..., Watched]
BLOCKS = [
    {"name": "Hälsning", "text": "Alla hälsas välkomna."},
    {"name": "Kameror, stycken", "text": "Rådet ser på kameror.\nPolisen svarar."},
]


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    setting_up.change_council(by=cast.secretary, council=cast.council, text_blocks=BLOCKS)
    return builders.minuting_open(cast)


@pytest.fixture
def first(meeting: Meeting) -> AgendaItem:
    return meeting.items.standing()[0]


def begin(watched: Watched, meeting: Meeting, item: AgendaItem) -> Page:
    page = open_desk(watched, meeting, at=item)
    come_to(page, item)
    return page


def test_a_slash_first_on_a_line_puts_in_text_blocks_and_does_commands(
    cast: Cast, sign_in: SignIn, meeting: Meeting, first: AgendaItem
) -> None:
    watched = sign_in(cast.secretary)
    page = begin(watched, meeting, first)
    page.keyboard.type("/")
    box = page.get_by_role("combobox", name="Vad vill du infoga?")
    expect(box).to_be_focused()
    expect(page.get_by_role("option")).to_have_count(15)
    watched.look(where="the commands")
    page.keyboard.type("häl")
    expect(page.get_by_role("option", selected=True)).to_have_text("Hälsning Alla hälsas välkomna.")
    page.keyboard.press("Enter")
    expect(text_of(page, first)).to_be_focused()
    page.keyboard.press("Enter")
    page.keyboard.type("/kam")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.type("/")
    page.keyboard.type("punktl")
    page.keyboard.press("Enter")
    page.keyboard.type("och/eller")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.keyboard.type("/tab")
    page.keyboard.press("Enter")
    page.keyboard.type("cell")
    page.keyboard.press("Tab")
    page.keyboard.type("/rad u")
    page.keyboard.press("Enter")
    expect(text_of(page, first).locator("tr")).to_have_count(4)
    saved(page)
    assert stored(first).startswith(
        "<p>Alla hälsas välkomna.</p><p>Rådet ser på kameror.</p><p>Polisen svarar.</p>"
        "<ul><li><p>och/eller</p></li></ul><table>"
    )
    assert watched.said == []


def test_a_slash_that_is_meant_as_one_stands_in_the_text(
    cast: Cast, sign_in: SignIn, meeting: Meeting, first: AgendaItem
) -> None:
    page = begin(sign_in(cast.secretary), meeting, first)
    page.keyboard.type("/2026 och/eller")
    page.keyboard.press("Enter")
    page.keyboard.type("/ra")
    page.keyboard.press("Escape")
    page.keyboard.type("der")
    page.keyboard.press("Enter")
    page.keyboard.type("/ta")
    page.locator(f"#heading-{first.pk}").click()
    saved(page)
    assert stored(first) == "<p>/2026 och/eller</p><p>/rader</p><p>/ta</p>"


def test_the_commands_are_a_button_too_and_lead_to_decision_and_action(
    cast: Cast, sign_in: SignIn, meeting: Meeting, first: AgendaItem
) -> None:
    watched = sign_in(cast.secretary, width=PHONE)
    page = begin(watched, meeting, first)
    page.keyboard.type("ord")
    page.get_by_role("button", name="Kommandon").click()
    watched.look(where="the commands on a phone")
    page.get_by_role("option", name="Beslut").click()
    expect(page.locator(f"#decisions-{first.pk} textarea").first).to_be_focused()
    text_of(page, first).click()
    page.get_by_role("button", name="Kommandon").click()
    page.keyboard.type("uppdr")
    page.keyboard.press("Enter")
    expect(page.locator(".action-form textarea")).to_be_focused()
    text_of(page, first).click()
    page.get_by_role("button", name="Kommandon").click()
    page.keyboard.press("Escape")
    expect(text_of(page, first)).to_be_focused()
    expect(text_of(page, first)).to_have_text("ord")
