"""Find and replace in the whole meeting."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from meetings import minuting, planning
from meetings.models import AgendaItem, ItemKind, Meeting
from tests import builders
from tests.browser.conftest import PHONE, Watched
from tests.browser.desk import open_desk, saved, stored, text_of, zone
from tests.builders import Cast

SignIn = Callable[..., Watched]


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """The word in a heading, in texts, in a decision, and in a § that is closed for writing."""
    meeting = builders.written(cast)
    closed = meeting.items.standing().get(kind=ItemKind.AGENDA)
    builders.write(cast.secretary, closed, "<p>Punkten om torget utgår.</p>")
    builders.adjusted_at_once(cast, meeting)
    first, second, third = items_of(meeting)
    planning.change_item(by=cast.secretary, item=second, heading="Vägen till torget")
    builders.write(cast.secretary, first, "<p>Vid <b>tor</b>get, Torget och torgets kiosk.</p>")
    builders.write(cast.secretary, second, "<ul><li><p>Ett torg.</p></li></ul>")
    minuting.set_decisions(by=cast.secretary, item=third, points=["Torget stängs.", "Torg öppnas."])
    return meeting


def items_of(meeting: Meeting) -> list[AgendaItem]:
    """Three §§ that are open for writing."""
    return [one for one in meeting.items.standing() if one.kind != ItemKind.AGENDA][:3]


def find(page: Page, words: str) -> None:
    page.keyboard.press("Control+h")
    page.get_by_label("Sök", exact=True).fill(words)


def told(page: Page, words: str) -> None:
    expect(page.locator("#find-count")).to_have_text(words)


def test_what_is_found_is_counted_and_gone_through_in_the_order_it_is_read(
    cast: Cast, sign_in: SignIn, meeting: Meeting
) -> None:
    watched = sign_in(cast.secretary)
    page = open_desk(watched, meeting)
    find(page, "torget")
    told(page, "6 ställen")
    page.keyboard.press("Enter")
    told(page, "1 av 6")
    page.keyboard.press("Shift+Enter")
    told(page, "6 av 6")
    page.keyboard.press("Shift+Enter")
    told(page, "5 av 6, i § 3 som inte går att ändra")
    watched.look(where="what is found")
    page.get_by_label("Skilj på stora och små bokstäver").check()
    told(page, "4 ställen")
    page.get_by_label("Bara hela ord").check()
    told(page, "3 ställen")
    page.get_by_label("Sök", exact=True).fill("t(")
    told(page, "Finns inte")
    page.keyboard.press("Escape")
    expect(page.locator("#find")).to_be_hidden()
    assert watched.said == []


def test_all_are_replaced_in_the_whole_meeting_and_taken_back_at_once(
    cast: Cast, sign_in: SignIn, meeting: Meeting
) -> None:
    first, second, third = items_of(meeting)
    before = stored(first)
    page = open_desk(sign_in(cast.secretary), meeting, at=second)
    find(page, "torget")
    page.get_by_label("Ersätt med").fill("parken")
    page.get_by_role("button", name="Ersätt alla").click()
    told(page, "5 ställen är ersatta i 3 paragrafer. § 3 går inte att ändra och är som förut.")
    saved(page)
    assert stored(first) == "<p>Vid <strong>parken</strong>, parken och parkens kiosk.</p>"
    second.refresh_from_db()
    assert second.heading == "Vägen till parken"
    assert [one.text for one in third.decisions.all()] == ["parken stängs.", "Torg öppnas."]
    page.get_by_role("button", name="Ångra", exact=True).click()
    told(page, "Allt är tillbaka.")
    saved(page)
    assert stored(first) == before
    second.refresh_from_db()
    assert second.heading == "Vägen till torget"
    assert [one.text for one in third.decisions.all()] == ["Torget stängs.", "Torg öppnas."]


def test_one_at_a_time_is_replaced_and_undone_in_its_own_text(
    cast: Cast, sign_in: SignIn, meeting: Meeting
) -> None:
    first = items_of(meeting)[0]
    page = open_desk(sign_in(cast.secretary), meeting, at=first)
    find(page, "torget")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.get_by_label("Ersätt med").fill("Nya torget")
    page.keyboard.press("Enter")
    told(page, "3 av 6")
    expect(text_of(page, first)).to_have_text("Vid torget, Nya torget och torgets kiosk.")
    page.keyboard.press("Escape")
    expect(text_of(page, first)).to_be_focused()
    page.keyboard.press("Control+z")
    expect(text_of(page, first)).to_have_text("Vid torget, Torget och torgets kiosk.")


def test_on_a_phone_it_is_found_by_the_outline(
    cast: Cast, sign_in: SignIn, meeting: Meeting
) -> None:
    watched = sign_in(cast.secretary, width=PHONE)
    page = open_desk(watched, meeting)
    zone(page, PHONE, "Paragrafer")
    page.get_by_role("button", name="Sök och ersätt i hela mötet").click()
    page.get_by_label("Sök", exact=True).fill("stängs")
    page.get_by_role("button", name="Nästa stället").click()
    told(page, "1 av 1")
    watched.look(where="find on a phone")
