"""The pages beside the text in a browser: by button and key, on a wide screen and on a phone."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from meetings.models import Meeting
from tests import builders
from tests.browser.conftest import DESK, PHONE, Watched
from tests.browser.desk import open_desk, saved, stored, write
from tests.builders import Cast

SignIn = Callable[..., Watched]
# How far down the pages one looks.
PLACE = (
    "document.getElementById('preview').scrollTop"
    " - document.getElementById('preview-pages').offsetTop"
)
SLOW = 60_000  # the first paper of a process on a busy machine


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return builders.written(cast)


def pages_shown(page: Page, count: int) -> None:
    expect(page.locator("#preview-state")).to_contain_text(f"{count} sidor", timeout=SLOW)
    expect(page.locator("#preview-pages img")).to_have_count(count)


def test_the_key_shows_what_is_written_tells_when_it_is_old_and_goes_back_to_the_text(
    cast: Cast, sign_in: SignIn, meeting: Meeting
) -> None:
    first, last = meeting.items.standing()[0], meeting.items.standing().last()
    assert last is not None
    watched = sign_in(cast.secretary, width=DESK)
    page = open_desk(watched, meeting, at=last)
    write(page, last, " Nyss skrivet.")
    page.keyboard.press("Control+F2")
    pages_shown(page, 3)
    assert "Nyss skrivet." in stored(last)  # saved first
    expect(page.locator("#preview-pages img").nth(1)).to_be_in_viewport()  # where one writes
    expect(page.locator("#preview-pages img").nth(1)).to_have_attribute(
        "src", re.compile("^data:image/png")
    )
    watched.look(where="the desk with its pages")

    page.keyboard.type(" Och mer.")
    expect(page.locator("#preview-state")).to_have_text("Texten har ändrats sedan sidorna gjordes.")
    before = page.evaluate(PLACE)
    page.keyboard.press("Control+F2")
    pages_shown(page, 3)
    assert page.evaluate(PLACE) == before
    saved(page)
    assert "Och mer." in stored(last)
    assert first.pk != last.pk

    page.keyboard.press("Control+F2")
    expect(page.locator("#preview")).to_be_hidden()
    page.keyboard.type(" Slut.")  # the cursor never left the text
    saved(page)
    assert "Och mer. Slut." in stored(last)


def test_on_a_phone_the_pages_are_a_zone_of_their_own(
    cast: Cast, sign_in: SignIn, meeting: Meeting
) -> None:
    watched = sign_in(cast.secretary, width=PHONE)
    page = open_desk(watched, meeting)
    switch = page.get_by_role("navigation", name="Delar av skrivbordet")
    switch.get_by_role("button", name="Sidor").click()
    pages_shown(page, 3)
    expect(page.get_by_role("link", name="Öppna som PDF")).to_be_visible()
    watched.look(where="the pages on a phone")
    switch.get_by_role("button", name="Närvaro").click()
    expect(page.locator("#preview")).to_be_hidden()
    expect(page.locator("#panel-attendance")).to_be_visible()
