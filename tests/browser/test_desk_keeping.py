"""What the server has not got is kept in the browser, for the one who wrote it, until it has."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from meetings.models import AgendaItem, Meeting
from tests import builders
from tests.browser.conftest import Watched
from tests.browser.desk import (
    colleague,
    crash,
    desk_path,
    kept,
    open_desk,
    saved,
    sign_in_as,
    stored,
    text_of,
    with_server,
    without_server,
    write,
)
from tests.builders import Cast

SignIn = Callable[..., Watched]
SAID = "#desk-said"


def test_what_was_not_saved_when_the_window_closed_is_put_back_and_saved(
    cast: Cast, sign_in: SignIn, meeting: Meeting, first: AgendaItem
) -> None:
    builders.write(cast.secretary, first, "<p>Sparat.</p>")
    watched = sign_in(cast.secretary)
    page = open_desk(watched, meeting, at=first)
    without_server(page)
    write(page, first, " Osparat 😀 <i>")
    page.get_by_label("Beslut, § 1").fill("Informationen läggs till handlingarna.")
    page.get_by_role("textbox", name="Rubrik").fill("Mötet öppnas")
    page.locator("summary", has_text="Diarienummer").click()
    page.get_by_label("Diarienummer").fill("2026/14")
    rows = kept(page, 4)
    assert not any("Osparat" in str(row) or "handlingarna" in str(row) for row in rows)
    page = crash(page)
    page.goto(f"{watched.base}{desk_path(meeting)}#item-{meeting.items.standing()[2].pk}")
    said = page.locator(SAID)
    expect(said).to_contain_text("hann inte sparas förra gången. Nu står det där igen.")
    expect(said).to_contain_text("§ 1 (beslutet)")
    saved(page)
    assert stored(first) == "<p>Sparat. Osparat 😀 &lt;i&gt;</p>"
    assert (first.heading, first.registry_number) == ("Mötet öppnas", "2026/14")
    assert [one.text for one in first.decisions.all()] == ["Informationen läggs till handlingarna."]
    expect(text_of(page, first)).to_have_text("Sparat. Osparat 😀 <i>")
    kept(page, 0)
    page.reload()
    page.wait_for_selector("#desk[data-ready]")
    expect(said).to_be_hidden()


def test_what_somebody_else_has_changed_meanwhile_is_shown_beside_what_was_kept(
    cast: Cast, sign_in: SignIn, meeting: Meeting, first: AgendaItem
) -> None:
    watched = sign_in(cast.secretary)
    page = open_desk(watched, meeting, at=first)
    without_server(page)
    write(page, first, "Karins.")
    page.get_by_role("textbox", name="Rubrik").fill("Karins rubrik")
    kept(page, 2)
    bo = colleague(cast)
    builders.write(bo, first, "<p>Bos.</p>")
    AgendaItem.objects.filter(pk=first.pk).update(heading="Bos rubrik")
    page = crash(page)
    page.goto(f"{watched.base}{desk_path(meeting)}#item-{first.pk}")
    conflict = page.get_by_role("group", name="Två texter")
    expect(conflict).to_contain_text("Karins.")
    expect(conflict).to_contain_text("Bos.")
    expect(page.locator(SAID)).to_contain_text("Du hann skriva: Karins rubrik.")
    conflict.get_by_role("button", name="Spara så här").click()
    saved(page)
    assert stored(first) == "<p>Bos.</p><p>Karins.</p>"
    assert first.heading == "Bos rubrik"
    kept(page, 0)


def test_another_who_signs_in_in_the_same_browser_gets_and_saves_nothing_of_it(
    cast: Cast, sign_in: SignIn, meeting: Meeting, first: AgendaItem
) -> None:
    watched = sign_in(cast.secretary)
    page = open_desk(watched, meeting, at=first)
    bo = colleague(cast)
    sign_in_as(bo, page, watched.base)
    write(page, first, "Karins hemlighet.")
    strip = page.locator("#desk-alert")
    expect(strip).to_contain_text("Bo Ek är inloggad i den här webbläsaren nu.")
    expect(strip).to_contain_text("sparas inte i det namnet")
    kept(page, 1)
    assert stored(first) == ""
    page = crash(page)
    page.goto(f"{watched.base}{desk_path(meeting)}#item-{first.pk}")
    write(page, first, "Bos.")
    saved(page)
    assert stored(first) == "<p>Bos.</p>"
    assert "hemlighet" not in str(kept(page, 1))
    sign_in_as(cast.secretary, page, watched.base)
    page.reload()
    conflict = page.get_by_role("group", name="Två texter")
    expect(conflict).to_contain_text("Karins hemlighet.")


def test_signing_out_takes_what_is_kept_away(
    cast: Cast, sign_in: SignIn, meeting: Meeting, first: AgendaItem
) -> None:
    watched = sign_in(cast.secretary)
    page = open_desk(watched, meeting, at=first)
    without_server(page)
    write(page, first, "Osparat.")
    kept(page, 1)
    page = crash(page)
    page.goto(f"{watched.base}/")
    page.locator(".account summary").click()
    page.get_by_role("button", name="Logga ut").click()
    page.wait_for_url("**/login/**")
    kept(page, 0)


FULL = "IDBObjectStore.prototype.put = () => { throw new DOMException('', 'QuotaExceededError'); };"
FORBIDDEN = """IDBFactory.prototype.open = () => { throw new DOMException('', 'SecurityError'); };
Object.defineProperty(window, "localStorage", {get() { throw new Error("forbidden"); }});"""


@pytest.mark.parametrize("script", [FULL, FORBIDDEN], ids=["full", "forbidden"])
def test_without_a_store_everything_is_saved_all_the_same_and_the_strip_says_what_is_missing(
    cast: Cast, sign_in: SignIn, meeting: Meeting, first: AgendaItem, script: str
) -> None:
    watched = sign_in(cast.secretary)
    watched.page.add_init_script(script)
    page = open_desk(watched, meeting, at=first)
    without_server(page)
    write(page, first, "Utan lager.")
    expect(page.locator("#desk-alert")).to_contain_text("stäng inte fönstret")
    with_server(page)
    saved(page)
    assert stored(first) == "<p>Utan lager.</p>"
    assert [one for one in watched.said if "error:" in one] == []
