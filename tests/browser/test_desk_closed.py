"""A § that is adjusted at once, at the desk: it is read there and cannot be written in."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from tests import builders
from tests.browser.conftest import PHONE, Watched
from tests.browser.desk import open_desk
from tests.builders import Cast

SignIn = Callable[..., Watched]


def test_a_section_adjusted_at_once_is_read_and_the_others_are_written(
    cast: Cast, sign_in: SignIn
) -> None:
    meeting = builders.written(cast)
    closed = builders.adjusted_at_once(cast, meeting).version.frozen_items.get().item
    free = meeting.items.standing()[0]
    watched = sign_in(cast.secretary)
    page = open_desk(watched, meeting, at=free)
    section = page.locator(f"#item-{closed.pk}")
    expect(section.get_by_text("Omedelbart justerad")).to_be_visible()
    section.locator(".text").click()
    page.keyboard.type("Smuget.")
    expect(section.locator(".text")).not_to_contain_text("Smuget.")
    expect(section.locator("[contenteditable=true]")).to_have_count(0)
    watched.look(where="closed")
    page.locator(f"#text-{free.pk}").click()
    page.keyboard.press("End")
    page.keyboard.type(" Tillagt.")
    expect(page.locator(f"#text-{free.pk}")).to_contain_text("Tillagt.")
    assert watched.said == []


def test_a_closed_section_on_a_phone(cast: Cast, sign_in: SignIn) -> None:
    meeting = builders.written(cast)
    closed = builders.adjusted_at_once(cast, meeting).version.frozen_items.get().item
    watched = sign_in(cast.secretary, width=PHONE)
    page = open_desk(watched, meeting, at=closed)
    expect(page.get_by_text("Går inte att ändra.")).to_be_visible()
    watched.look(where="closed on a phone")
