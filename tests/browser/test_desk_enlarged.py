"""The desk at 200 %, where 1280×800 is 640×400, by somebody who uses no pointer."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests import builders
from tests.browser.conftest import Watched
from tests.browser.desk import editor_at_hand, open_desk
from tests.browser.enlarged import faults_enlarged
from tests.browser.keyboard import Hands
from tests.builders import Cast

SignIn = Callable[..., Watched]
SIZE = (640, 400)


def test_the_zones_are_reached_by_keys_and_nothing_lies_over_them(
    cast: Cast, sign_in: SignIn
) -> None:
    meeting = builders.written(cast)
    item = meeting.items.standing()[2]
    watched = sign_in(cast.secretary, width=SIZE[0], height=SIZE[1])
    hands = Hands(watched)
    page = open_desk(watched, meeting, at=item)
    text = page.locator(f"#text-{item.pk}")
    zones = page.get_by_role("navigation", name="Delar av skrivbordet")
    hands.press("Control+F8")
    hands.lands(zones.get_by_role("button", name="Närvaro"))
    assert faults_enlarged(watched, SIZE) == []
    zones.get_by_role("button", name="Närvaro").focus()
    hands.tab_to(zones.get_by_role("button", name="Uppdrag"))
    hands.press("Enter")
    expect(page.locator("#panel-actions")).to_be_visible()
    hands.press("Control+F8")
    hands.lands(text)

    editor_at_hand(page)
    hands.press("Control+End", "Enter")
    page.keyboard.type("/tab")
    hands.press("Enter")
    expect(page.locator("#table-tools")).to_be_visible()
    assert faults_enlarged(watched, SIZE) == []

    text.focus()
    hands.press("F8")
    hands.lands(page.get_by_role("form", name="Uppdrag").get_by_label("Uppdrag"))
    assert faults_enlarged(watched, SIZE) == []
    page.get_by_role("form", name="Uppdrag").get_by_label("Uppdrag").focus()
    hands.press("Escape")

    hands.press("Control+h")
    hands.lands(page.get_by_label("Sök", exact=True))
    hands.write("dagordning")
    hands.press("Enter")
    expect(page.locator("#find-count")).to_contain_text("1 av")
    assert faults_enlarged(watched, SIZE) == []
    page.get_by_label("Sök", exact=True).focus()
    hands.press("Escape", "Control+F8")
    hands.press("F2")
    hands.lands(page.locator(f"#decisions-{item.pk} textarea"))
    assert watched.said == []
