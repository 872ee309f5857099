"""What is typed or pressed at the desk without network is there again, or sent, after a crash."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from meetings import followup, minuting, planning
from meetings.models import AgendaItem, ItemKind, Meeting, Mode
from tests import builders
from tests.browser.conftest import Watched
from tests.browser.desk import (
    crash,
    desk_path,
    kept,
    open_desk,
    saved,
    sign_in_as,
    without_server,
)
from tests.builders import Cast

SignIn = Callable[..., Watched]
BEFORE = builders.DAY - datetime.timedelta(days=90)
WAITING = "#attendance-waiting"
PLACES = """() => [...document.querySelectorAll(".attendee, .outline-row, .item")]
  .map((one) => one.getBoundingClientRect().top)"""


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """With a § of every kind, all but one here, and an uppdrag of an earlier meeting."""
    by = cast.secretary
    earlier = builders.minuting_open(cast, BEFORE)
    street = planning.add_item(by=by, meeting=earlier, heading="Biltrafiken")
    followup.give_action(by=by, item=street, text="Laga pollarna.", due_next_meeting=True)
    meeting = builders.minuting_open(cast)
    planning.add_item(by=by, meeting=meeting, heading="Uppföljning", kind=ItemKind.FOLLOW_UP)
    minuting.mark_rest_present(by=by, meeting=meeting)
    return meeting


def of(meeting: Meeting, kind: ItemKind) -> AgendaItem:
    return meeting.items.standing().get(kind=kind)


def section(page: Page, item: AgendaItem) -> Locator:
    return page.locator(f"#item-{item.pk}")


def go_to(page: Page, item: AgendaItem) -> Locator:
    page.locator(f"#outline a[href='#item-{item.pk}']").click()
    expect(section(page, item)).to_contain_class("is-current")
    return section(page, item)


def again(page: Page, watched: Watched, meeting: Meeting) -> Page:
    page = crash(page)
    page.goto(f"{watched.base}{desk_path(meeting)}")
    page.wait_for_selector("#desk[data-brought-back]")
    return page


def test_forms_that_were_not_sent_stand_as_they_were_filled_in(
    cast: Cast, sign_in: SignIn, meeting: Meeting
) -> None:
    opening, table = of(meeting, ItemKind.OPENING), of(meeting, ItemKind.ROUND_TABLE)
    follow_up = of(meeting, ItemKind.FOLLOW_UP)
    watched = sign_in(cast.secretary)
    page = open_desk(watched, meeting, at=opening)
    without_server(page)
    go_to(page, opening)
    page.keyboard.press("F8")
    uppdrag = page.get_by_role("form", name="Uppdrag")
    uppdrag.get_by_label("Uppdrag").fill("Ringa skolan")
    uppdrag.get_by_label("Ansvarig").fill("Polisen")
    uppdrag.get_by_label("Ansvarig").press("Enter")
    uppdrag.get_by_label("Klart senast").select_option("next")
    go_to(page, table).locator(".secrecy-tools summary").click()
    section(page, table).get_by_label("Omfattas av sekretess enligt").fill("OSL 35 kap. 1 §")
    section(page, table).get_by_placeholder("Välj eller skriv organisation").fill("Fritidsgården")
    go_to(page, follow_up).get_by_role("button", name="Rapportera").click()
    page.get_by_role("form", name="Rapportera").get_by_label("Vad som sades").fill("Beställt")
    page.get_by_role("button", name="Lägg till paragraf").click()
    page.get_by_label("Ny paragraf").fill("Trygghetsvandring")
    page.get_by_label("Namn", exact=True).fill("Nina Gäst")
    page.get_by_label("Organisation", exact=True).fill("Bygdegården")
    page.get_by_role("tab", name="Bilagor").click()
    page.locator("#attachment-title").fill("Kartan")
    kept(page, 7)

    page = again(page, watched, meeting)
    said = page.locator("#desk-said")
    for place in ("§ 1 (uppdraget)", "§ 4 (sekretessen)", "§ 4 (ny rapport)", "Ny paragraf"):
        expect(said).to_contain_text(place.replace("§ ", "§\N{NO-BREAK SPACE}"))
    go_to(page, opening)
    uppdrag = page.get_by_role("form", name="Uppdrag")
    expect(uppdrag.get_by_label("Uppdrag")).to_have_value("Ringa skolan")
    expect(uppdrag.get_by_role("button", name="Polisen")).to_be_visible()
    expect(uppdrag.get_by_label("Klart senast")).to_have_value("next")
    closing = go_to(page, table).get_by_label("Omfattas av sekretess enligt")
    expect(closing).to_have_value("OSL 35 kap. 1 §")
    expect(section(page, table).get_by_placeholder("Välj eller skriv organisation")).to_have_value(
        "Fritidsgården"
    )
    go_to(page, follow_up)
    report = page.get_by_role("form", name="Rapportera")
    expect(report.get_by_label("Vad som sades")).to_have_value("Beställt")
    expect(page.get_by_label("Ny paragraf")).to_have_value("Trygghetsvandring")
    expect(page.get_by_label("Organisation", exact=True)).to_have_value("Bygdegården")
    expect(page.locator("#attachment-title")).to_have_value("Kartan")

    # Sent, or thrown away, they are kept no more.
    report.get_by_role("button", name="Avbryt").click()
    page.get_by_label("Ny paragraf").press("Enter")
    expect(page.locator("#outline")).to_contain_text("Trygghetsvandring")
    go_to(page, opening)
    uppdrag.get_by_role("button", name="Spara").click()
    expect(section(page, opening).locator(".action")).to_contain_text("Ringa skolan")
    page.get_by_role("button", name="Lägg till", exact=True).first.click()
    expect(page.locator("#attendance-list")).to_contain_text("Nina Gäst")
    kept(page, 3)


def test_presses_wait_in_their_order_and_are_sent_after_a_crash_and_a_new_sign_in(
    cast: Cast, sign_in: SignIn, meeting: Meeting
) -> None:
    opening, election = of(meeting, ItemKind.OPENING), of(meeting, ItemKind.ADJUSTER)
    after = of(meeting, ItemKind.NEXT_MEETING)
    watched = sign_in(cast.secretary)
    page = open_desk(watched, meeting, at=opening)
    without_server(page)
    before = page.evaluate(PLACES)
    page.get_by_role("button", name="Gunilla Strömvik gick efter §\xa01").click()
    expect(page.locator("#desk-alert")).to_be_visible()
    expect(page.locator(WAITING)).to_be_visible()
    assert page.evaluate(PLACES) == before  # the next press meets the one it was meant for
    page.get_by_role("radio", name="Leif Kvarnbo: förhinder").check()
    page.get_by_role("radio", name="Leif Kvarnbo: på distans").check()
    page.get_by_label("Namn", exact=True).fill("Nina Gäst")
    page.get_by_label("Namn", exact=True).press("Enter")
    page.get_by_role("button", name="Jörgen Almhöjd", exact=True).click()
    page.get_by_role("form", name="Jörgen Almhöjd").get_by_label("Titel").fill("förvaltare")
    go_to(page, election).get_by_role("button", name="Patrik Norrbäck").click()
    go_to(page, election).get_by_role("button", name="Leif Kvarnbo").click()
    waiting = page.locator(f"{WAITING} li")
    expect(waiting).to_have_text(
        [
            "Gunilla Strömvik gick efter §\xa01",
            "Leif Kvarnbo: på distans",
            "Nina Gäst på listan",
            "Justerare: Patrik Norrbäck och Leif Kvarnbo",
        ]
    )
    expect(page.locator("#save-words")).to_have_text("Inte sparat än")
    watched.look(where="presses that wait")
    go_to(page, after).get_by_label("Plats").fill("Hamnkontoret")
    kept(page, 3)

    page = again(page, watched, meeting)
    saved(page)
    expect(page.locator("#desk-said")).to_contain_text("sparas nu: Gunilla Strömvik gick efter")
    rows = {row.name: row for row in meeting.attendance.all()}
    assert rows["Leif Kvarnbo"].mode == Mode.REMOTE
    assert rows["Nina Gäst"].mode == Mode.PRESENT
    assert rows["Jörgen Almhöjd"].title == "förvaltare"
    assert [stay.last_item for stay in rows["Gunilla Strömvik"].stays.all()] == [opening]
    expect(section(page, election)).to_contain_text("Patrik Norrbäck och Leif Kvarnbo")
    kept(page, 0)

    # Signed out: the same, until one has signed in again.
    page.context.clear_cookies()
    page.get_by_role("radio", name="Leif Kvarnbo: här").check()
    page.get_by_role("button", name="Mirjam Osterhed gick").click()
    expect(page.locator(f"{WAITING} li")).to_have_count(2)
    expect(page.locator("#desk-alert")).to_contain_text("du har blivit utloggad")
    sign_in_as(cast.secretary, page, watched.base)
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator(WAITING)).to_be_hidden()
    saved(page)
    assert meeting.attendance.get(name="Leif Kvarnbo").mode == Mode.PRESENT
    assert meeting.attendance.get(name="Mirjam Osterhed").stays.count() == 1
