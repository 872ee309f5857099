"""What tests of the desk do again and again."""

from __future__ import annotations

import re
from typing import TypeVar

from django.conf import settings
from django.test import Client
from django.urls import reverse
from playwright.sync_api import Locator, Page, expect

from meetings.models import AgendaItem, Meeting
from members import joining
from members.models import Person
from members.roles import Role
from tests import builders
from tests.browser.conftest import PHONE, Watched
from tests.builders import Cast

Held = TypeVar("Held")


def desk_path(meeting: Meeting) -> str:
    return reverse("desk", args=[meeting.council.slug, meeting.key])


def open_desk(
    watched: Watched, meeting: Meeting, *, at: AgendaItem | None = None, hears: bool = True
) -> Page:
    """The desk with its scripts and fonts. Without hears it does not learn by asking, every tenth
    second and when it likes, what others have saved: it meets that when it saves itself."""
    if not hears:
        watched.page.route("**/har/", lambda route: route.fulfill(status=204))
    page = watched.go(desk_path(meeting) + (f"#item-{at.pk}" if at else ""))
    page.wait_for_selector("#desk[data-ready]")
    page.evaluate("document.fonts.ready.then(() => true)")  # nothing moves under the pointer
    return page


def saved(page: Page) -> None:
    """The bar says that everything is on the server."""
    expect(page.locator("#save-state")).to_have_attribute("data-state", "saved")


def text_of(page: Page, item: AgendaItem) -> Locator:
    return page.locator(f"#text-{item.pk}")


def write(page: Page, item: AgendaItem, words: str) -> None:
    """Click in the text of a § and type at its end."""
    come_to(page, item)
    page.keyboard.press("Control+End")
    page.keyboard.type(words)


def come_to(page: Page, item: AgendaItem) -> Locator:
    """Click in the text of a § and wait for the editor, for what the browser's own cannot do."""
    text = text_of(page, item)
    text.click()
    editor_at_hand(page)
    return text


def editor_at_hand(page: Page) -> None:
    """The editor has come to the text with the focus.

    Not `wait_for_function`: what it has to ask a second time it evaluates within the page, where
    our CSP says no.
    """
    page.evaluate(
        """() => new Promise((there, late) => {
          setTimeout(late, 20000, new Error("no editor in 20 s"));
          const look = () => document.activeElement.editor ? there() : setTimeout(look, 20);
          look();
        })"""
    )


def the_held(page: Page, held: list[Held]) -> Held:
    """What a route has taken and holds, when it has come."""
    for _ in range(1000):
        if held:
            break
        page.wait_for_timeout(20)
    [one] = held
    return one


def zone(page: Page, width: int, name: str) -> None:
    """On a phone the zones are tabs."""
    if width == PHONE:
        switch = page.get_by_role("navigation", name="Delar av skrivbordet")
        switch.get_by_role("button", name=name).click()


def stored(item: AgendaItem) -> str:
    item.refresh_from_db()
    return item.text


def words(html: str) -> str:
    return re.sub(r"<[^>]+>", " ", html)


def colleague(cast: Cast) -> Person:
    person = builders.person("Bo Ek", "bo")
    joining.give_mandate(
        by=cast.secretary, council=cast.council, person=person, role=Role.SECRETARY,
        starts_on=builders.BEGAN,
    )  # fmt: skip
    return person


def sign_in_as(person: Person, page: Page, base: str) -> None:
    client = Client()
    client.force_login(person)
    value = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": value, "url": base}])


KEPT = """async () => {
  const open = indexedDB.open("bra", 1);
  const database = await new Promise((done) => { open.onsuccess = () => done(open.result); });
  const asked = database.transaction("kept").objectStore("kept").getAll();
  const rows = await new Promise((done) => { asked.onsuccess = () => done(asked.result); });
  const text = new TextDecoder("latin1");
  return rows.map((row) => ({...row, iv: 0, kept: text.decode(row.kept)}));
}"""


def kept(page: Page, rows: int) -> list[dict[str, object]]:
    """The rows of the browser's store, as many as there should be."""
    found: list[dict[str, object]] = []
    for _ in range(80):
        found = page.evaluate(KEPT)
        if len(found) == rows:
            break
        page.wait_for_timeout(100)
    assert len(found) == rows
    return found


def without_server(page: Page) -> None:
    """Not by a route: what a page sends as its last word passes Playwright's routes by."""
    page.evaluate("[window.fetch, window.kept] = [async () => { throw new TypeError(); }, fetch]")


def with_server(page: Page) -> None:
    page.evaluate("window.fetch = window.kept")


def crash(page: Page) -> Page:
    """The window is gone without a word; another one in the same browser."""
    context = page.context
    page.close(run_before_unload=False)
    return context.new_page()
