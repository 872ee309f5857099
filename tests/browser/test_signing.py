"""Justering on a phone, by somebody who does it once a year; and reading afterwards."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from meetings import signing
from meetings.models import Meeting, SigningRound
from meetings.states import State
from tests import builders
from tests.browser.conftest import DESK, PHONE, Watched
from tests.builders import PASSWORD, Cast

SignIn = Callable[..., Watched]


def url(meeting: Meeting, page: str = "justera/") -> str:
    return f"/{meeting.council.slug}/moten/{meeting.key}/{page}"


@pytest.fixture
def round_(cast: Cast) -> SigningRound:
    return builders.in_signing(cast)


def test_a_wrong_password_then_the_right_one(
    round_: SigningRound, cast: Cast, sign_in: SignIn
) -> None:
    watched = sign_in(cast.chair, width=PHONE)
    page = watched.go(url(round_.meeting))
    watched.look(where="sign")
    page.get_by_label("Ditt lösenord").fill("fel lösenord")
    page.get_by_role("button", name="Justera", exact=True).click()
    field = page.get_by_label("Ditt lösenord")
    expect(field).to_have_attribute("aria-invalid", "true")
    expect(page.locator(".error-summary")).to_be_focused()
    watched.look(where="sign, wrong password")
    field.fill(PASSWORD)
    field.press("Enter")
    page.get_by_role("heading", name="Du har justerat protokollet").wait_for()
    watched.look(where="receipt")
    watched.go(url(round_.meeting))
    expect(page.get_by_role("heading", name="Du har justerat protokollet")).to_have_count(1)


def test_returning_with_a_remark_on_the_whole(
    round_: SigningRound, cast: Cast, sign_in: SignIn
) -> None:
    watched = sign_in(cast.adjuster, width=PHONE)
    page = watched.go(url(round_.meeting))
    page.get_by_text("Lämna en synpunkt på helheten").click()
    page.get_by_role("button", name="Lämna tillbaka", exact=True).click()
    expect(page.get_by_text("Skriv vad som behöver ändras.")).to_have_count(2)  # summary and field
    watched.look(where="sign, nothing written")
    page.get_by_label("Vad behöver ändras?").fill("Fel dag.\nDet var torsdag.")
    page.get_by_role("button", name="Lämna tillbaka", exact=True).click()
    page.get_by_role("heading", name="Du har lämnat tillbaka protokollet").wait_for()
    watched.look(where="returned")
    (remark,) = signing.remarks_of(Meeting.objects.get())
    assert remark.text.splitlines() == ["Fel dag.", "Det var torsdag."]


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_the_list_before_justering_and_sending(cast: Cast, sign_in: SignIn, width: int) -> None:
    empty = builders.minuting_open(cast, builders.DAY.replace(month=2))
    ready = builders.written(cast)
    watched = sign_in(cast.secretary, width=width)
    watched.go(url(empty, "kontroll/"))
    watched.look(where="check, with faults")
    page = watched.go(url(ready, "kontroll/"))
    watched.look(where="check, without faults")
    page.get_by_role("button", name="Skicka till justering").click()
    page.get_by_text("Skickat till justering.").wait_for()
    assert Meeting.objects.get(pk=ready.pk).state == State.SIGNING


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_reading_browsing_and_searching(cast: Cast, sign_in: SignIn, width: int) -> None:
    meeting = builders.sealed(cast)
    builders.attach(cast, builders.written(cast, builders.DAY.replace(month=4)))
    watched = sign_in(cast.reader, width=width)
    page = watched.go("/arkiv/")
    watched.look(where="archive")
    if width == PHONE:
        page.goto(f"{watched.base}/sok/")
    watched.look(where="search, nothing sought")
    page.locator("#q").fill("dagordning")
    page.locator("#q").press("Enter")
    page.get_by_role("link", name="Fastställande av dagordningen").wait_for()
    watched.look(where="search")
    page.get_by_role("link", name="Fastställande av dagordningen").click()
    page.wait_for_url(f"**{url(meeting, 'protokoll/')}#paragraf-3")
    watched.look(where="minutes")
    page.get_by_text("Protokollsutdrag").click()
    watched.look(where="minutes, extracts open")


def test_the_side_list_tells_which_paragraph_one_reads(cast: Cast, sign_in: SignIn) -> None:
    meeting = builders.sealed(cast)
    watched = sign_in(cast.reader, height=500)
    page = watched.go(url(meeting, "protokoll/"))
    current = page.locator(".reading-sections [aria-current]")
    expect(current).to_have_attribute("href", "#paragraf-1")
    page.locator(".reading-sections a[href='#paragraf-2']").click()
    expect(current).to_have_attribute("href", "#paragraf-2")
