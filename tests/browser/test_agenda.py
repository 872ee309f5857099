"""Making an agenda by hand: keys, buttons, dragging, undo, dropped files. And without scripts."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import FilePayload, Locator, Page, expect

from meetings.models import Meeting
from tests import builders
from tests.browser.conftest import DESK, PHONE, Watched
from tests.builders import Cast

SignIn = Callable[..., Watched]
STANDING = [
    "Inledning", "Val av justerare", "Fastställande av dagordningen",
    "Aktuellt från verksamheterna", "Nästa möte",
]  # fmt: skip


def opened(cast: Cast, sign_in: SignIn, width: int = DESK) -> tuple[Watched, Page, Meeting]:
    meeting = builders.planned(cast)
    watched = sign_in(cast.secretary, width=width)
    page = watched.go(reverse("agenda", args=[cast.council.slug, meeting.key]))
    return watched, page, meeting


def stored(meeting: Meeting) -> list[str]:
    return [item.heading for item in meeting.items.standing()]


def headings(page: Page) -> list[str]:
    return page.locator("#agenda-list .item-title").all_inner_texts()


def spoken(page: Page, words: str) -> None:
    expect(page.locator("#announcements")).to_have_text(words)


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_headings_are_typed_one_after_the_other(cast: Cast, sign_in: SignIn, width: int) -> None:
    watched, page, meeting = opened(cast, sign_in, width)
    field = page.get_by_label("Ny punkt")
    field.fill("Lägesbild")
    field.press("Enter")
    field.press_sequentially("Larmgatan")
    field.press("Enter")
    expect(page.locator("#agenda-list > li")).to_have_count(7)
    assert headings(page) == stored(meeting) == [*STANDING, "Lägesbild", "Larmgatan"]
    expect(field).to_be_focused()
    expect(field).to_have_value("")
    watched.look()


def test_a_row_moves_by_button_and_key_with_focus_kept_and_is_announced(
    cast: Cast, sign_in: SignIn
) -> None:
    watched, page, meeting = opened(cast, sign_in)
    down = page.get_by_role("button", name="Flytta ned Inledning")
    down.click()
    spoken(page, "Inledning är nu nummer 2 av 5.")
    expect(down).to_be_focused()
    page.keyboard.press("Alt+ArrowDown")
    page.keyboard.press("Alt+ArrowDown")
    spoken(page, "Inledning är nu nummer 4 av 5.")
    expect(down).to_be_focused()
    page.keyboard.press("Alt+ArrowUp")
    spoken(page, "Inledning är nu nummer 3 av 5.")
    assert headings(page) == stored(meeting)
    assert stored(meeting)[2] == "Inledning"
    labels = page.locator("#agenda-list [data-label]").all_inner_texts()
    assert labels == [f"§\u00a0{n}" for n in range(1, 6)]
    page.get_by_role("button", name="Flytta upp Val av justerare").press("Enter")
    spoken(page, "Punkten står redan först.")
    watched.look()


def drag_over(page: Page, row: Locator) -> None:
    """As a hand does: it goes on moving until the row under it has made way. While rows are on
    their way to new places, the list hears nothing."""
    for _ in range(100):
        box = row.bounding_box()
        assert box is not None
        page.mouse.move(box["x"] + 600, box["y"] + box["height"] / 2 + 4, steps=4)
        page.mouse.move(box["x"] + 600, box["y"] + 6, steps=4)
        if "Nästa möte" in row.inner_text():
            return
    pytest.fail("the row never made way")


def test_a_row_is_dragged_by_its_handle(cast: Cast, sign_in: SignIn) -> None:
    watched, page, meeting = opened(cast, sign_in)
    rows = page.locator("#agenda-list > li")
    rows.nth(4).locator(".agenda-grip").hover()
    page.mouse.down()
    for place in (3, 2, 1):
        drag_over(page, rows.nth(place))
    page.mouse.up()
    spoken(page, "Nästa möte är nu nummer 2 av 5.")
    assert headings(page) == stored(meeting)
    assert stored(meeting)[1] == "Nästa möte"
    assert watched.said == []


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_an_item_is_changed_in_its_row_and_a_fault_keeps_what_was_typed(
    cast: Cast, sign_in: SignIn, width: int
) -> None:
    watched, page, meeting = opened(cast, sign_in, width)
    row = page.locator("#agenda-list > li").nth(3)
    row.get_by_role("link", name="Ändra").click()
    expect(row.get_by_label("Rubrik")).to_be_focused()
    row.get_by_label("Rubrik").fill("Lägesbild")
    row.get_by_label("Klockslag").fill("kvart i tre")
    watched.look(where="changing")
    row.get_by_role("button", name="Spara").click()
    expect(row.get_by_text("Skriv klockslaget som 13.30.")).to_be_visible()
    expect(row.get_by_label("Klockslag")).to_be_focused()
    expect(row.get_by_label("Rubrik")).to_have_value("Lägesbild")
    row.get_by_label("Klockslag").fill("14.45")
    row.get_by_role("button", name="Spara").click()
    spoken(page, "Sparat.")
    expect(row.get_by_role("link", name="Ändra Lägesbild")).to_be_focused()
    assert stored(meeting)[3] == "Lägesbild"
    # the refused save is told in the console by the browser itself
    assert [line for line in watched.said if "400" not in line] == []


def test_a_removed_item_comes_back_by_undo(cast: Cast, sign_in: SignIn) -> None:
    watched, page, meeting = opened(cast, sign_in)
    page.get_by_role("button", name="Ta bort Val av justerare").click()
    spoken(page, "Val av justerare är borttagen.")
    undo = page.get_by_role("button", name="Ångra")
    expect(undo).to_be_focused()
    assert len(stored(meeting)) == 4
    watched.look(where="removed")
    undo.click()
    spoken(page, "Tillbaka igen.")
    page.get_by_role("button", name="Flytta upp Val av justerare").click()  # a row like any other
    spoken(page, "Val av justerare är nu nummer 1 av 5.")
    page.get_by_role("button", name="Flytta ned Val av justerare").click()
    spoken(page, "Val av justerare är nu nummer 2 av 5.")
    assert headings(page) == stored(meeting) == STANDING


def test_a_file_is_chosen_a_bad_one_refused_and_a_paper_removed_with_undo(
    cast: Cast, sign_in: SignIn
) -> None:
    _watched, page, meeting = opened(cast, sign_in)
    row = page.locator("#agenda-list > li").nth(3)
    with page.expect_file_chooser() as chosen:
        row.get_by_role("link", name="Lägg till handling").click()
    good = FilePayload(name="lägesbild.txt", mimeType="text/plain", buffer=b"Text.")
    bad = FilePayload(name="bild.pdf", mimeType="application/pdf", buffer=b"\x89PNG\r\n\x1a\n0")
    chosen.value.set_files([good, bad])
    expect(row.get_by_role("alert")).to_contain_text("bild.pdf är inte en fil av det slag")
    expect(row.get_by_role("link", name="lägesbild", exact=True)).to_be_visible()
    row.get_by_role("button", name="Ta bort lägesbild").click()
    spoken(page, "lägesbild är borttagen.")
    page.get_by_role("button", name="Ångra").click()
    expect(row.get_by_role("link", name="lägesbild", exact=True)).to_be_focused()
    assert [paper.title for paper in meeting.attachments.standing()] == ["lägesbild"]


DROP = """([place, name, text]) => {
  const data = new DataTransfer();
  data.items.add(new File([text], name, {type: "text/plain"}));
  for (const kind of ["dragover", "drop"]) {
    document.querySelector(place).dispatchEvent(
      new DragEvent(kind, {dataTransfer: data, bubbles: true, cancelable: true}));
  }
}"""


def test_a_file_is_dropped_on_the_item_it_belongs_to(cast: Cast, sign_in: SignIn) -> None:
    watched, page, meeting = opened(cast, sign_in)
    item = meeting.items.standing()[3]
    page.evaluate(DROP, [f"#punkt-{item.pk}", "rapport.txt", "Text."])
    page.evaluate(DROP, ["#handlingar", "hela.txt", "Text till alla."])
    expect(page.get_by_role("link", name="hela", exact=True)).to_be_visible()
    row = page.locator(f"#punkt-{item.pk}")
    expect(row.get_by_role("link", name="rapport", exact=True)).to_be_visible()
    papers = [(paper.title, paper.item) for paper in meeting.attachments.order_by("title")]
    assert papers == [("hela", None), ("rapport", item)]
    watched.look()


def test_when_the_server_is_gone_the_heading_stays_and_it_says_so(
    cast: Cast, sign_in: SignIn
) -> None:
    _watched, page, meeting = opened(cast, sign_in)
    page.context.set_offline(True)
    field = page.get_by_label("Ny punkt")
    field.fill("Lägesbild")
    field.press("Enter")
    gone = "Servern svarar inte. Inget är sparat. Försök igen om en stund."
    expect(page.get_by_text(gone)).to_be_visible()
    expect(field).to_have_value("Lägesbild")
    page.get_by_role("button", name="Flytta ned Inledning").click()
    expect(page.get_by_text(gone)).to_have_count(2)
    assert headings(page) == STANDING
    page.context.set_offline(False)
    field.press("Enter")
    expect(page.locator("#agenda-list > li")).to_have_count(6)
    assert stored(meeting)[-1] == "Lägesbild"


def test_standing_items_are_moved_dropped_and_added_before_they_are_saved(
    cast: Cast, sign_in: SignIn
) -> None:
    watched = sign_in(cast.secretary)
    page = watched.go(reverse("standing_items", args=[cast.council.slug]))
    page.get_by_role("button", name="Flytta ned Inledning").click()
    spoken(page, "Inledning är nu nummer 2 av 5.")
    page.get_by_role("button", name="Ta bort Nästa möte").click()
    page.get_by_role("button", name="Ta bort Val av justerare").click()
    page.get_by_role("button", name="Ångra").first.click()
    page.get_by_role("button", name="Lägg till punkt").click()
    page.keyboard.type("Övriga frågor")
    watched.look()
    page.get_by_role("button", name="Spara").click()
    expect(page.get_by_text("De stående punkterna är sparade.")).to_be_visible()
    found = list(cast.council.standing_items.values_list("heading", flat=True))
    assert sorted(found) == sorted([
        "Val av justerare", "Inledning", "Fastställande av dagordningen",
        "Aktuellt från verksamheterna", "Övriga frågor",
    ])  # fmt: skip
    assert found[-1] == "Övriga frågor"
