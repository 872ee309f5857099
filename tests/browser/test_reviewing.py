"""Justering § by §: propose on a phone, take over at the desk, read only what changed, approve."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from meetings import signing
from meetings.models import AgendaItem, ItemReview, Meeting, SigningRound
from meetings.states import State
from tests import builders
from tests.browser.conftest import DESK, PHONE, Watched
from tests.builders import PASSWORD, Cast

SignIn = Callable[..., Watched]


def url(meeting: Meeting, page: str = "justera/") -> str:
    return f"/{meeting.council.slug}/moten/{meeting.key}/{page}"


def approve(page: Page) -> None:
    page.get_by_label("Ditt lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Justera", exact=True).click()
    page.get_by_role("heading", name="Du har justerat protokollet").wait_for()


@pytest.fixture
def item(cast: Cast) -> AgendaItem:
    """§ 4 of minutes that are ready."""
    found = builders.written(cast).items.standing()[3]
    builders.write(
        cast.secretary, found,
        "<p>I snitt körde <strong>64 bilar</strong> per kväll in på Lotsgatan.</p>"
        "<ul><li>förbudet gäller alla kvällar</li><li>skyltningen blir tydligare</li></ul>"
        "<table><tbody><tr><th>Kväll</th><th>Bilar</th></tr><tr><td>Fredag</td><td>64</td></tr>"
        "</tbody></table>",
    )  # fmt: skip
    return found


@pytest.fixture
def round_(cast: Cast, item: AgendaItem) -> SigningRound:
    return signing.open_round(by=cast.secretary, meeting=Meeting.objects.get())


def test_from_a_proposal_on_a_phone_to_justerade_minutes(
    round_: SigningRound, item: AgendaItem, cast: Cast, sign_in: SignIn
) -> None:
    meeting = round_.meeting
    chair = sign_in(cast.chair, width=PHONE)
    chair.go(url(meeting))
    approve(chair.page)

    adjuster = sign_in(cast.adjuster, width=PHONE)
    page = adjuster.go(url(meeting))
    adjuster.look(where="sign, first time")
    marks = page.locator(f"#marks-{item.pk}")
    marks.get_by_role("link", name="Föreslå ändring").click()
    marks.get_by_label("Stycke 1").fill("I snitt körde 46 bilar per kväll in på Lotsgatan.")
    marks.get_by_label("Varför?").fill("Bilagan säger 46 bilar.")
    adjuster.look(where="sign, proposing")
    marks.get_by_role("button", name="Spara förslaget").click()
    expect(marks.locator("ins")).to_contain_text("46")
    expect(page.get_by_role("button", name="Justera", exact=True)).to_be_hidden()
    page.get_by_role("button", name="Inga synpunkter på resten").click()
    expect(page.locator("#slutet")).to_contain_text("Du har gått igenom alla paragrafer.")
    adjuster.look(where="sign, with a proposal")
    page.get_by_role("button", name="Lämna tillbaka med förslagen").click()
    page.get_by_role("heading", name="Du har lämnat tillbaka protokollet").wait_for()
    adjuster.look(where="returned")

    secretary = sign_in(cast.secretary)
    page = secretary.go(url(meeting, "skriv/"))
    page.wait_for_selector("#desk[data-ready]")
    panel = page.locator("#panel-remarks")
    expect(panel).to_be_visible()
    expect(page.get_by_role("tab", name="Synpunkter")).to_be_in_viewport(ratio=0.9)
    expect(panel.locator("del")).to_contain_text("64 bilar")
    secretary.look(where="desk, with a remark")
    panel.get_by_role("button", name="Ta över").click()
    page.get_by_text("Ändringen är införd.").wait_for()
    expect(page.locator(f"#text-{item.pk}")).to_contain_text("I snitt körde 46 bilar")
    expect(page.locator(f"#text-{item.pk} table")).to_contain_text("Fredag")
    page = secretary.go(url(meeting, "kontroll/"))
    secretary.look(where="check, after a return")
    page.get_by_role("button", name="Skicka till justering").click()
    page.get_by_text("Skickat till justering.").wait_for()

    for watched in (adjuster, chair):
        page = watched.go(url(meeting))
        expect(page.locator(".signing-asked")).to_contain_text("En paragraf är ändrad")
        expect(page.locator(".entry")).to_have_count(1)
        expect(page.locator(".entry .item ins")).to_contain_text("46 bilar")
        assert page.locator(".unchanged[open]").count() == 0
        watched.look(where="sign, second time")
        page.get_by_text("§§ 1–3, oförändrade sedan du läste").click()
        expect(page.get_by_text("Rådet talar om inledning.")).to_be_visible()
        approve(page)
    assert Meeting.objects.get().state == State.APPROVED


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_keys_alone_and_where_the_focus_goes(
    round_: SigningRound, item: AgendaItem, cast: Cast, sign_in: SignIn, width: int
) -> None:
    watched = sign_in(cast.adjuster, width=width)
    watched.may_refuse = "/andra/"
    page = watched.go(url(round_.meeting))
    page.locator(f"#propose-{item.pk}").focus()
    page.keyboard.press("Enter")
    field = page.locator(f"#marks-{item.pk} textarea").first
    expect(field).to_be_focused()
    page.locator(f"#marks-{item.pk}").get_by_text("Avbryt").press("Enter")
    expect(page.locator(f"#propose-{item.pk}")).to_be_focused()
    page.locator(f"#none-{item.pk}").press("Enter")
    pressed = page.locator(f"#none-{item.pk}")
    expect(pressed).to_have_attribute("aria-pressed", "true")
    expect(pressed).to_be_focused()
    expect(page.locator("#announcements")).to_contain_text("inga synpunkter. 4 kvar att markera.")
    # A proposal without anything in it is asked for, and the form stays.
    page.locator(f"#propose-{item.pk}").press("Enter")
    page.get_by_role("button", name="Spara förslaget").press("Enter")
    expect(page.locator(f"#marks-{item.pk} .error-summary")).to_be_focused()
    watched.look(where="sign, empty proposal")
    page.reload()
    expect(page.locator(f"#none-{item.pk}")).to_have_attribute("aria-pressed", "true")


def test_what_is_typed_while_somebody_else_returns_can_still_be_sent(
    round_: SigningRound, item: AgendaItem, cast: Cast, sign_in: SignIn
) -> None:
    watched = sign_in(cast.adjuster, width=PHONE)
    watched.may_refuse = "/andra/"
    page = watched.go(url(round_.meeting))
    marks = page.locator(f"#marks-{item.pk}")
    marks.get_by_role("link", name="Föreslå ändring").click()
    marks.get_by_label("Stycke 1").fill("I snitt 46 bilar.")
    chair = round_.signers.get(person=cast.chair)
    signing.return_minutes(by=cast.chair, signer=chair, comment="Fel dag.")
    marks.get_by_role("button", name="Spara förslaget").click()
    expect(marks.get_by_role("button", name="Skicka till sekreteraren ändå")).to_be_visible()
    expect(marks.get_by_label("Stycke 1")).to_have_value("I snitt 46 bilar.")
    assert ItemReview.objects.count() == 0
    watched.look(where="sign, closed while typing")
    marks.get_by_role("button", name="Skicka till sekreteraren ändå").click()
    page.get_by_role("heading", name="Protokollet är återlämnat").wait_for()
    remarks = signing.remarks_of(Meeting.objects.get())
    assert [remark.name for remark in remarks] == ["Gunilla Strömvik", "Jörgen Almhöjd"]
    assert remarks[1].wanted is not None
    assert remarks[1].wanted["text"].startswith("<p>I snitt 46 bilar.</p>")


def test_without_scripts_every_step_is_a_page(
    round_: SigningRound, item: AgendaItem, cast: Cast, sign_in: SignIn
) -> None:
    watched = sign_in(cast.adjuster, width=PHONE)
    # The page's own script is what it is about; the others stay.
    watched.page.route(
        "**/marking*.js", lambda route: route.fulfill(body="", content_type="text/javascript")
    )
    page = watched.go(url(round_.meeting))
    page.locator(f"#propose-{item.pk}").click()
    page.get_by_role("heading", name="Föreslå ändring i § 4").wait_for()
    watched.look(where="propose, a page of its own")
    page.get_by_label("Punkt 2").fill("skyltningen tas bort")
    page.get_by_role("button", name="Spara förslaget").click()
    page.wait_for_url(f"**#las-{item.pk}")
    expect(page.locator(f"#marks-{item.pk} ins")).to_have_count(1)
    page.get_by_role("button", name="Inga synpunkter på resten").click()
    page.wait_for_url("**#slutet")
    page.get_by_role("button", name="Lämna tillbaka med förslagen").click()
    page.get_by_role("heading", name="Du har lämnat tillbaka protokollet").wait_for()
