"""Parts of the desk that are fetched when first asked for, and a net that is away just then."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests import builders
from tests.browser.conftest import Watched
from tests.browser.desk import open_desk
from tests.builders import Cast

SignIn = Callable[..., Watched]
UNREACHED = "Det gick inte att hämta. Försök igen när nätet är tillbaka, eller ladda om sidan."

# How each is asked for, and what shows that it came.
PARTS: list[tuple[Callable[[Page], None], str]] = [
    (lambda page: page.locator("#tab-last").click(), "#last-time > *"),
    (lambda page: page.locator("#show-removed").click(), "#removed"),
    (lambda page: page.keyboard.press("Control+h"), "#find"),
    (lambda page: page.locator("#show-preview").click(), "#preview"),
]


def test_a_part_that_cannot_be_fetched_says_so_and_comes_when_asked_again(
    cast: Cast, sign_in: SignIn
) -> None:
    watched = sign_in(cast.secretary)
    meeting = builders.written(cast)
    page = open_desk(watched, meeting, at=meeting.items.standing()[1])
    watched.may_refuse = "/"
    said = page.locator("#desk-said")
    for ask, place in PARTS:
        page.context.set_offline(True)
        ask(page)
        expect(said).to_contain_text(UNREACHED)
        page.context.set_offline(False)
        ask(page)
        expect(page.locator(place).first).to_be_visible()
        expect(said).to_be_hidden()
        page.keyboard.press("Escape")
