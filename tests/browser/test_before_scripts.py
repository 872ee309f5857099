"""What is pressed or chosen while a page's scripts are on their way is done when they come."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, Route, expect

from meetings.models import Meeting
from tests.browser.conftest import PHONE, Watched
from tests.browser.desk import desk_path, saved, the_held
from tests.builders import Cast

SignIn = Callable[..., Watched]


def hold(page: Page, script: str) -> list[Route]:
    """Keep back one script of the next page: a slow network, at its slowest."""
    held: list[Route] = []
    page.route(f"**/js/{script}*.js", lambda route: held.append(route))
    return held


def begin(watched: Watched, path: str) -> Page:
    """The page is there to be seen; its scripts need not be."""
    watched.page.goto(f"{watched.base}{path}", wait_until="commit")
    return watched.page


def test_a_press_on_a_button_before_its_script_is_done_once_when_it_comes(
    cast: Cast, sign_in: SignIn
) -> None:
    watched = sign_in(cast.member, width=PHONE)
    held = hold(watched.page, "menu")
    page = begin(watched, "/")
    button = page.get_by_role("button", name="Meny")
    for _ in range(3):
        button.click(no_wait_after=True)
    expect(button).to_have_attribute("aria-expanded", "false")
    the_held(page, held).continue_()
    expect(button).to_have_attribute("aria-expanded", "true")
    button.click()
    expect(button).to_have_attribute("aria-expanded", "false")
    watched.look(where="start, the menu pressed early")


def test_what_is_pressed_and_chosen_at_the_desk_before_its_scripts_is_done_in_order(
    cast: Cast, meeting: Meeting, sign_in: SignIn
) -> None:
    watched = sign_in(cast.secretary)
    held = hold(watched.page, "desk/main")
    page = begin(watched, desk_path(meeting))
    for mark in ("förhinder", "här"):
        page.get_by_role("radio", name=re.compile(f"^Patrik .*: {mark}$")).check()
    page.get_by_label("Namn", exact=True).press_sequentially("Ester Ek")
    page.keyboard.press("Enter")
    page.get_by_role("tab", name="Uppdrag").click(no_wait_after=True)
    expect(page.get_by_role("tab", name="Uppdrag")).to_have_attribute("aria-selected", "false")
    the_held(page, held).continue_()
    expect(page.get_by_role("tab", name="Uppdrag")).to_have_attribute("aria-selected", "true")
    saved(page)
    assert "Ester" not in page.url
    page.unroute_all()
    page.reload()
    expect(page.get_by_role("radio", name="Ester Ek: här")).to_be_checked()
    expect(page.get_by_role("radio", name=re.compile("^Patrik .*: här$"))).to_be_checked()
    watched.look(where="the desk, pressed early")
