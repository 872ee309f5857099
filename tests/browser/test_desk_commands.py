"""Commands and the council's text blocks, by a slash at the start of a line."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from meetings import planning
from meetings.models import AgendaItem, ItemKind, Meeting
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

# What Alt and Shift do with a key in a table of four rows and three columns.
TABLE_KEYS = [
    ("ArrowDown", 5, 3), ("ArrowUp", 6, 3), ("ArrowLeft", 6, 4), ("ArrowRight", 6, 5),
    ("Delete", 5, 5), ("Backspace", 5, 4),
]  # fmt: skip


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    setting_up.change_council(by=cast.secretary, council=cast.council, text_blocks=BLOCKS)
    return builders.minuting_open(cast)


def begin(watched: Watched, meeting: Meeting, item: AgendaItem) -> Page:
    page = open_desk(watched, meeting, at=item)
    come_to(page, item)
    return page


def test_a_slash_first_on_a_line_puts_in_text_blocks_and_does_commands(
    cast: Cast, sign_in: SignIn, meeting: Meeting, first: AgendaItem
) -> None:
    planning.remove_item(by=cast.secretary, item=meeting.items.get(kind=ItemKind.NEXT_MEETING))
    watched = sign_in(cast.secretary)
    page = begin(watched, meeting, first)
    page.keyboard.type("/")
    box = page.get_by_role("combobox", name="Vad vill du infoga?")
    expect(box).to_be_focused()
    expect(page.get_by_role("option")).to_have_count(17)
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
    for keys, rows, columns in TABLE_KEYS:
        page.keyboard.press(f"Alt+Shift+{keys}")
        expect(text_of(page, first).locator("tr")).to_have_count(rows)
        expect(text_of(page, first).locator("tr").first.locator("th, td")).to_have_count(columns)
    saved(page)
    assert stored(first).startswith(
        "<p>Alla hälsas välkomna.</p><p>Rådet ser på kameror.</p><p>Polisen svarar.</p>"
        "<ul><li><p>och/eller</p></li></ul><table>"
    )
    assert watched.said == []


def test_a_standing_item_of_the_council_is_a_command(
    cast: Cast, sign_in: SignIn, meeting: Meeting, first: AgendaItem
) -> None:
    """Only those that the meeting has not; right after the § at hand, of its own kind."""
    planning.remove_item(by=cast.secretary, item=meeting.items.get(kind=ItemKind.ROUND_TABLE))
    page = begin(sign_in(cast.secretary), meeting, first)
    page.keyboard.type("/inled")  # stands, so nothing is called so
    expect(page.locator("#insert")).to_be_hidden()
    page.keyboard.press("Enter")
    page.keyboard.type("/aktuellt")
    page.keyboard.press("Enter")
    expect(page.locator(".is-current .heading")).to_have_text("Aktuellt från verksamheterna")
    expect(page.locator(".is-current > .text")).to_be_focused()
    expect(page.locator(".is-current").get_by_label("Ny rapport från")).to_be_visible()
    kinds = [item.kind for item in meeting.items.standing()]
    assert kinds[:3] == [ItemKind.OPENING, ItemKind.ROUND_TABLE, ItemKind.ADJUSTER]


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
