"""Words land where the caret stands, however quick the hands and however slow the machine.

What happens between two keys is said by the scripts of the page itself, in one breath: a test's
own keys come too slowly, or at a moment nobody knows.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from meetings.models import AgendaItem, Meeting
from tests import builders
from tests.browser.conftest import Watched
from tests.browser.desk import come_to, open_desk, saved, stored, text_of
from tests.builders import Cast

SignIn = Callable[..., Watched]

WORDS = "<p>Ett två tre.</p>"
TO_START = "getSelection().modify('move', 'backward', 'documentboundary');"
TO_END = "getSelection().modify('move', 'forward', 'documentboundary');"


@pytest.fixture
def first(cast: Cast, meeting: Meeting) -> AgendaItem:
    item = meeting.items.standing()[0]
    builders.write(cast.secretary, item, WORDS)
    return item


@pytest.fixture
def page(cast: Cast, sign_in: SignIn, meeting: Meeting, first: AgendaItem) -> Page:
    """At another §, with the editor of the first one open and its caret between the words."""
    page = open_desk(sign_in(cast.secretary), meeting, at=first)
    come_to(page, first)
    page.keyboard.press("Control+Home")
    page.keyboard.press("Control+ArrowRight")
    return page


def press(key: str) -> str:
    return (
        "document.activeElement.dispatchEvent(new KeyboardEvent('keydown', "
        f"{{ key: '{key}', code: '{key}', "
        "bubbles: true, cancelable: true }));"
    )


def in_one_breath(page: Page, item: AgendaItem, *doings: str) -> None:
    page.evaluate(f"const text = document.getElementById('text-{item.pk}'); {' '.join(doings)}")


def test_a_text_come_to_anew_has_its_caret_where_it_was(page: Page, first: AgendaItem) -> None:
    page.keyboard.press("F2")
    expect(text_of(page, first)).not_to_be_focused()
    in_one_breath(
        page, first, "text.focus();", "document.execCommand('insertText', false, ' och');"
    )
    saved(page)
    assert stored(first) == "<p>Ett och två tre.</p>"


def test_a_key_that_comes_while_a_text_is_opened_is_not_undone(
    cast: Cast, sign_in: SignIn, meeting: Meeting, first: AgendaItem
) -> None:
    page = open_desk(sign_in(cast.secretary), meeting, at=meeting.items.standing()[1])
    page.evaluate("import('django-prose-editor/editor').then(() => true)")
    page.evaluate("() => { window.requestAnimationFrame = (next) => queueMicrotask(next); }")
    in_one_breath(page, first, "text.focus();", TO_START)
    page.keyboard.type("Noll. ")
    saved(page)
    assert stored(first) == "<p>Noll. Ett två tre.</p>"


def test_a_key_that_comes_before_the_browser_has_told_where_the_caret_is_acts_where_it_is(
    page: Page, first: AgendaItem
) -> None:
    in_one_breath(page, first, TO_END, press("Enter"))
    page.keyboard.type("Fyra.")
    saved(page)
    assert stored(first) == "<p>Ett två tre.</p><p>Fyra.</p>"


def test_a_text_that_is_left_by_a_key_at_once_remembers_where_the_caret_was(
    page: Page, first: AgendaItem
) -> None:
    insert = "document.execCommand('insertText', false, ' Fyra.');"
    in_one_breath(page, first, TO_END, press("F2"), "text.focus();", insert)
    saved(page)
    assert stored(first) == "<p>Ett två tre. Fyra.</p>"


def test_the_words_are_still_selected_when_a_form_is_put_away(
    page: Page, first: AgendaItem
) -> None:
    page.keyboard.press("Control+a")
    page.keyboard.press("F8")
    words = page.get_by_role("form", name="Uppdrag").get_by_label("Uppdrag", exact=True)
    expect(words).to_have_value("Ett två tre.")
    expect(words).to_be_focused()
    in_one_breath(page, first, press("Escape"), press("F8"))
    expect(words).to_have_value("Ett två tre.")
    expect(text_of(page, first)).to_have_text("Ett två tre.")
