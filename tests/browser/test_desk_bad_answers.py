"""Saved within two seconds of a key; kept through every bad answer, whatever the clock says."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Request, Route, expect

from meetings import richtext
from meetings.models import AgendaItem, Meeting
from tests.browser.conftest import Watched
from tests.browser.desk import open_desk, saved, stored, text_of, write
from tests.builders import Cast

SignIn = Callable[..., Watched]
SAVES = "**/text/"


def sent(request: Request) -> bool:
    return request.method == "POST" and request.url.endswith("/text/")


def test_a_save_leaves_within_two_seconds_of_the_last_key_and_while_one_types_on(
    cast: Cast, sign_in: SignIn, meeting: Meeting, first: AgendaItem
) -> None:
    watched = sign_in(cast.secretary)
    page = open_desk(watched, meeting, at=first)
    page.wait_for_selector("#desk[data-brought-back]")
    text_of(page, first).click()
    page.clock.install()
    page.clock.pause_at(page.evaluate("Date.now() + 1000"))
    # The hour is put back, as by somebody who sets the clock: no save may wait for it.
    page.keyboard.type("a")
    page.evaluate("() => { const now = Date.now; Date.now = () => now() - 3_600_000; }")
    with page.expect_request(sent):
        for letter in "bcde":
            page.clock.run_for(390)  # a key each time, and never a pause
            page.keyboard.type(letter)
        page.clock.run_for(390)
    page.keyboard.type("f")
    # The answer comes in its own time: only then is there something to wait for.
    expect(page.locator("#save-state")).to_have_attribute("data-state", "dirty")
    with page.expect_request(sent):
        page.clock.run_for(2000)
    page.clock.resume()
    saved(page)
    assert stored(first) == "<p>abcdef</p>"


def test_no_bad_answer_costs_a_word(
    cast: Cast, sign_in: SignIn, meeting: Meeting, first: AgendaItem
) -> None:
    page = open_desk(sign_in(cast.secretary), meeting, at=first)
    answers = [
        {"status": 500, "content_type": "text/html", "body": "<h1>Fel</h1>"},
        {"status": 502, "content_type": "text/html", "body": "Bad gateway"},
        {"status": 200, "content_type": "text/html", "body": "Logga in på hotellets nät"},
        {"status": 200, "content_type": "application/json", "body": "{"},
        {"status": 302, "headers": {"Location": "/konto/login/"}},
        {"status": 504, "body": ""},
    ]
    given: list[Request] = []

    def answer(route: Route) -> None:
        if len(given) == len(answers):
            route.continue_()
            return
        given.append(route.request)
        route.fulfill(**answers[len(given) - 1])  # type: ignore[arg-type]

    page.route(SAVES, answer)
    write(page, first, "Ord")
    strip = page.locator("#desk-alert")
    expect(strip).to_contain_text("Inte sparat")
    for number in range(len(answers)):
        page.keyboard.type(f" {number}")
        # As when the network comes back: what waits is sent at once.
        while len(given) < min(number + 2, len(answers)):
            page.evaluate("window.dispatchEvent(new Event('online'))")
            page.wait_for_timeout(20)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    saved(page)
    expect(strip).to_be_hidden()
    assert len(given) == len(answers)
    assert stored(first) == "<p>Ord 0 1 2 3 4 5</p>"


def test_strange_characters_are_saved_or_fall_away_and_stop_nothing(
    cast: Cast, sign_in: SignIn, meeting: Meeting, first: AgendaItem
) -> None:
    watched = sign_in(cast.secretary)
    page = open_desk(watched, meeting, at=first)
    text_of(page, first).click()
    strange = "å\u0000b\u202ec\u2066d\u200be👩‍👩‍👧 שלום Łukasz\u00a0Østergård"
    page.keyboard.insert_text(strange)
    saved(page)
    assert richtext.plain(stored(first)) == "åbcde👩‍👩‍👧 שלום Łukasz Østergård"
