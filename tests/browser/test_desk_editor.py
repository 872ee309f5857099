"""The editor: toolbar, keys, tables, links, paste; and the whole desk by keyboard."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from meetings import planning
from meetings.models import AgendaItem, Meeting
from tests import builders
from tests.browser.conftest import DESK, PHONE, Watched
from tests.browser.desk import come_to, open_desk, saved, stored, text_of, write
from tests.builders import Cast

SignIn = Callable[..., Watched]


def focused(page: Page) -> str:
    name = "(one => one.getAttribute('data-do') ?? one.id)(document.activeElement)"
    return str(page.evaluate(name))


def test_the_toolbar_formats_by_mouse_and_tells_what_is_on(
    watched: Watched, meeting: Meeting, first: AgendaItem
) -> None:
    page = open_desk(watched, meeting, at=first)
    come_to(page, first)
    bold = page.get_by_role("button", name="Fetstil")
    bold.click()
    expect(bold).to_have_attribute("aria-pressed", "true")
    page.keyboard.type("fet")
    page.keyboard.press("Enter")
    bold.click()
    page.get_by_role("button", name="Punktlista").click()
    page.keyboard.type("en punkt")
    watched.look(where="the editor in focus")
    saved(page)
    assert stored(first) == "<p><strong>fet</strong></p><ul><li><p>en punkt</p></li></ul>"


def test_the_toolbar_is_one_tab_stop_with_arrows_inside(
    watched: Watched, meeting: Meeting, first: AgendaItem
) -> None:
    page = open_desk(watched, meeting, at=first)
    write(page, first, "ord")
    page.keyboard.press("Alt+F10")
    assert focused(page) == "bold"
    page.keyboard.press("ArrowRight")
    assert focused(page) == "italic"
    page.keyboard.press("End")
    assert focused(page) == "commands"
    page.keyboard.press("ArrowRight")
    assert focused(page) == "bold"
    page.keyboard.press("Escape")
    assert focused(page) == f"text-{first.pk}"
    page.keyboard.press("Shift+Tab")
    assert focused(page) == "bold"
    page.keyboard.press("Shift+Tab")
    assert focused(page) == f"heading-{first.pk}"


def test_the_outline_is_one_tab_stop_with_arrows_inside(
    watched: Watched, meeting: Meeting, first: AgendaItem
) -> None:
    items = list(meeting.items.standing())
    page = open_desk(watched, meeting, at=first)
    stops = '#outline a[tabindex="0"]'
    assert page.locator(stops).count() == 1
    page.locator(stops).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert focused(page) == f"text-{items[2].pk}"
    page.locator(stops).focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Flytta upp").first.press("Enter")
    expect(page.locator("#outline .outline-heading").nth(1)).to_have_text(items[2].heading)


def test_a_table_gets_rows_and_columns_by_buttons_and_is_no_trap(
    watched: Watched, meeting: Meeting, first: AgendaItem
) -> None:
    page = open_desk(watched, meeting, at=first)
    text = come_to(page, first)
    page.get_by_role("button", name="Tabell", exact=True).click()
    for word in ("Brott", "2024", "2025"):
        page.keyboard.type(word)
        page.keyboard.press("Tab")
    for name in ("Rad under", "Rad över", "Kolumn till höger", "Kolumn till vänster"):
        page.get_by_role("button", name=name).click()
    expect(text.locator("tr").first.locator("th")).to_have_count(5)
    page.keyboard.press("Shift+Tab")
    page.get_by_role("button", name="Ta bort kolumn").click()
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Ta bort kolumn").click()
    expect(text.locator("tr")).to_have_count(5)
    expect(text.locator("tr").first.locator("th")).to_have_count(3)
    header = page.get_by_role("button", name="Rubrikrad")
    expect(header).to_have_attribute("aria-pressed", "true")
    header.click()
    expect(text.locator("th")).to_have_count(0)
    expect(header).to_have_attribute("aria-pressed", "false")
    header.click()
    watched.look(where="a table")
    for name in ("Ta bort rad", "Ta bort kolumn", "Ta bort kolumn", "Ta bort kolumn"):
        page.get_by_role("button", name=name).click()
    expect(text.locator("table")).to_have_count(0)


def test_in_a_table_tab_goes_from_cell_to_cell_and_makes_a_row_at_the_end(
    watched: Watched, meeting: Meeting, first: AgendaItem
) -> None:
    page = open_desk(watched, meeting, at=first)
    come_to(page, first)
    page.get_by_role("button", name="Tabell", exact=True).click()
    for word in "abcdefghij":
        page.keyboard.type(word)
        page.keyboard.press("Tab")
    page.keyboard.press("Shift+Tab")
    page.keyboard.type("z")
    expect(text_of(page, first).locator("tr").last).to_have_text("z")
    expect(page.locator("#toolbar [data-do=deleteTable]")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    assert focused(page) != f"text-{first.pk}"


def test_lists_begin_as_one_types_nest_by_tab_and_end_at_an_empty_point(
    watched: Watched, meeting: Meeting, first: AgendaItem
) -> None:
    page = open_desk(watched, meeting, at=first)
    come_to(page, first)
    for words, key in [
        ("- ett", "Enter"), ("under", "Tab"), ("", "Enter"), ("till", "Shift+Tab"), ("", "Enter"),
        ("", "Enter"), ("4. fyra", "Enter"), ("fem", "Tab"), ("", "Enter"), ("", "Enter"),
        ("", "Enter"), ("b) be", "Enter"), ("", "Enter"),
        ('"rakt" ”runt” – — ... 1/2 §', "Control+Shift+Space"), ("4 -- (c)", "Enter"),
    ]:  # fmt: skip
        page.keyboard.type(words)
        page.keyboard.press(key)
    page.keyboard.type("- nej")
    to_start = "({editor}) => editor.commands.setTextSelection(editor.state.selection.from - 3)"
    text_of(page, first).evaluate(to_start)
    page.keyboard.press("Backspace")
    saved(page)
    assert stored(first) == (
        "<ul><li><p>ett</p><ul><li><p>under</p></li></ul></li><li><p>till</p></li></ul>"
        '<ol start="4"><li><p>fyra</p><ol><li><p>fem</p></li></ol></li></ol>'
        '<ol start="2" type="a"><li><p>be</p></li></ol>'
        '<p>"rakt" ”runt” – — ... 1/2 §&nbsp;4 -- (c)</p><p>nej</p>'
    )


def test_the_number_or_bullet_a_point_has_already_is_not_written_twice(
    watched: Watched, meeting: Meeting, first: AgendaItem
) -> None:
    page = open_desk(watched, meeting, at=first)
    come_to(page, first)
    for line in ("1. ett", "2. två", "9. nio", "", "- a", "- b"):
        page.keyboard.type(line)
        page.keyboard.press("Enter")
    saved(page)
    assert stored(first) == (
        "<ol><li><p>ett</p></li><li><p>två</p></li><li><p>9. nio</p></li></ol>"
        "<ul><li><p>a</p></li><li><p>b</p></li></ul>"
    )


def test_ctrl_s_says_that_all_is_saved_already(
    watched: Watched, meeting: Meeting, first: AgendaItem
) -> None:
    page = open_desk(watched, meeting, at=first)
    page.keyboard.press("Control+s")
    expect(page.locator("#save-words")).to_have_text("Allt är redan sparat")
    come_to(page, first)
    page.evaluate("window.setTimeout = () => 0")  # nothing is saved by waiting
    page.keyboard.type("ord")
    page.keyboard.press("Control+s")
    expect(page.locator("#announcements")).to_have_text("Allt är sparat.")
    assert stored(first) == "<p>ord</p>"
    fields = "#sections :is(textarea, input, [role=textbox], [contenteditable])"
    other = "all => all.filter((one) => !one.spellcheck || one.closest('[lang]').lang != 'sv')"
    assert page.locator(fields).evaluate_all(f"all => ({other})(all).length") == 0


def test_a_wide_table_scrolls_in_itself_on_a_phone(
    cast: Cast, sign_in: SignIn, meeting: Meeting, first: AgendaItem
) -> None:
    cells = "".join(f"<td><p>Kolumn {n}</p></td>" for n in range(12))
    builders.write(cast.secretary, first, f"<table><tr>{cells}</tr><tr>{cells}</tr></table>")
    watched = sign_in(cast.secretary, width=PHONE)
    page = open_desk(watched, meeting, at=first)
    watched.look(where="a wide table to read")
    text_of(page, first).click()
    expect(page.locator("#table-tools")).to_be_visible()
    watched.look(where="a wide table to write in")
    low = "all => all.filter((one) => one.offsetHeight < 44 || one.offsetWidth < 44).length"
    assert page.locator("#toolbar button").evaluate_all(low) == 0


def test_a_link_is_set_in_a_dialog_of_its_own(
    watched: Watched, meeting: Meeting, first: AgendaItem
) -> None:
    page = open_desk(watched, meeting, at=first)
    write(page, first, "Brå")
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+k")
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Adress").fill("javascript:alert(1)")
    page.keyboard.press("Enter")
    expect(dialog).to_contain_text("Skriv en webbadress")
    watched.look(where="the dialog of a link")
    dialog.get_by_label("Adress").fill("bra.se/rapport")
    page.keyboard.press("Enter")
    expect(text_of(page, first).get_by_role("link")).to_have_count(1)
    saved(page)
    assert '<a href="https://bra.se/rapport"' in stored(first)


def test_an_address_becomes_a_link_and_a_name_with_a_dot_stays_a_name(
    watched: Watched, meeting: Meeting, first: AgendaItem
) -> None:
    page = open_desk(watched, meeting, at=first)
    write(page, first, "Se trygghamn.se eller https://hamn.example/plan nu.")
    saved(page)
    link = '<a href="https://hamn.example/plan" rel="noopener noreferrer">'
    address = f"{link}https://hamn.example/plan</a>"
    assert stored(first) == f"<p>Se trygghamn.se eller {address} nu.</p>"


def test_undo_and_redo_go_back_and_forth_also_after_having_been_elsewhere(
    watched: Watched, meeting: Meeting, first: AgendaItem
) -> None:
    second = meeting.items.standing()[1]
    page = open_desk(watched, meeting, at=first)
    write(page, first, "ett ord")
    write(page, second, "annat")
    text_of(page, first).click()
    page.keyboard.press("Control+z")
    expect(text_of(page, first)).to_have_text("")
    page.keyboard.press("Control+y")
    expect(text_of(page, first)).to_have_text("ett ord")


def test_the_keys_are_told_on_a_sheet_that_does_not_come_while_one_writes(
    watched: Watched, meeting: Meeting, first: AgendaItem
) -> None:
    page = open_desk(watched, meeting, at=first)
    write(page, first, "Varför?")
    expect(page.get_by_role("dialog")).to_have_count(0)
    page.locator("#show-keys").focus()
    page.keyboard.press("?")
    expect(page.get_by_role("dialog", name="Tangenter")).to_be_visible()
    watched.look(where="the sheet of keys")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)


def test_ctrl_enter_goes_from_section_to_section(
    watched: Watched, meeting: Meeting, first: AgendaItem
) -> None:
    items = list(meeting.items.standing())
    page = open_desk(watched, meeting, at=first)
    write(page, first, "ett")
    page.keyboard.press("Control+Enter")
    page.keyboard.type("två")
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Control+Shift+Enter")
    assert focused(page) == f"text-{items[1].pk}"
    saved(page)
    assert (stored(items[0]), stored(items[1])) == ("<p>ett</p>", "<p>två</p>")


@pytest.mark.parametrize("width", [DESK, 640, PHONE])
def test_a_long_meeting_fits_at_every_width_and_at_200_percent(
    cast: Cast, sign_in: SignIn, meeting: Meeting, width: int
) -> None:
    """640 CSS pixels is a window of 1280 at 200 % zoom (WCAG 1.4.10)."""
    for n in range(25):
        heading = f"Kommunövergripande trygghetsvandringar {n}"
        planning.add_item(by=cast.secretary, meeting=meeting, heading=heading)
    watched = sign_in(cast.secretary, width=width)
    page = open_desk(watched, meeting)
    watched.look(where="thirty sections")
    assert page.locator("#sections .item").count() == 30
    assert page.locator(".ProseMirror").count() == 0


def test_the_versions_of_a_text_are_a_page_to_take_one_back_from(
    watched: Watched, meeting: Meeting, cast: Cast, first: AgendaItem
) -> None:
    builders.write(cast.secretary, first, "<p>Den gamla.</p>")
    builders.write(cast.secretary, first, "<p>Den nya.</p>")
    page = open_desk(watched, meeting, at=first)
    page.get_by_text("Föredragande, diarienummer, expediering").first.click()
    page.get_by_role("link", name="Tidigare versioner av texten").click()
    page.wait_for_url("**/versioner/")
    page.get_by_role("link", name="Visa varje sparning").click()
    expect(page.get_by_role("link", name="Visa färre versioner")).to_be_visible()
    watched.look(where="the versions")
    page.get_by_role("button", name="Ta tillbaka").click()
    expect(page.locator("#messages")).to_contain_text("Texten är tillbaka")
    assert stored(first) == "<p>Den gamla.</p>"
