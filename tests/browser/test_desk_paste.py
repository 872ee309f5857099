"""Pasting on the desk: what other programs put on the clipboard, and what no text can hold."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, expect

from meetings import richtext
from meetings.models import AgendaItem, Meeting
from tests.browser.conftest import Watched
from tests.browser.desk import come_to, open_desk, saved, stored, text_of

SignIn = Callable[..., Watched]
PASTED = Path(__file__).parent / "pasted"
PASTE = """({html, text, files, times}) => {
    const data = new DataTransfer();
    if (html) data.setData("text/html", html.repeat(times ?? 1));
    if (text) data.setData("text/plain", text.repeat(times ?? 1));
    for (const [name, type] of files ?? []) data.items.add(new File(["x"], name, { type }));
    const paste = { clipboardData: data, bubbles: true, cancelable: true };
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", paste));
}"""
DROP = """text => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(["x"], "rapport.pdf", { type: "application/pdf" }));
    const { left, top } = text.getBoundingClientRect();
    const at = { clientX: left + 5, clientY: top + 5, bubbles: true, cancelable: true };
    text.dispatchEvent(new DragEvent("drop", { dataTransfer, ...at }));
}"""
PASTE_EACH = """samples => samples.map((html) => {
    const { editor } = document.activeElement;
    editor.commands.clearContent();
    const data = new DataTransfer();
    data.setData("text/html", html);
    const paste = { clipboardData: data, bubbles: true, cancelable: true };
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", paste));
    return editor.getHTML();
})"""


def samples() -> list[tuple[str, str, str]]:
    """Name, what is on the clipboard, what is to stand in the minutes: a file a program."""
    found = []
    for path in sorted(PASTED.glob("*.txt")):
        for part in path.read_text().split("=== ")[1:]:
            name, _, rest = part.partition("\n")
            source, _, expected = rest.partition("\n---\n")
            lines = (line.strip() for line in expected.splitlines())
            found.append((f"{path.stem}: {name}", source, "".join(lines)))
    return found


def test_what_comes_from_other_programs_is_clean(
    watched: Watched, meeting: Meeting, first: AgendaItem
) -> None:
    page = open_desk(watched, meeting, at=first)
    come_to(page, first)
    names, sources, expected = zip(*samples(), strict=True)
    became = page.evaluate(PASTE_EACH, sources)
    clean = [richtext.clean(html) for html in became]
    assert dict(zip(names, clean, strict=True)) == dict(zip(names, expected, strict=True))
    assert [richtext.clean(html) for html in expected] == list(expected)
    assert watched.said == []


def paste(page: Page, **what: object) -> None:
    page.evaluate(PASTE, what)


def test_what_is_pasted_into_a_list_or_a_cell_fits_there(
    watched: Watched, meeting: Meeting, first: AgendaItem
) -> None:
    page = open_desk(watched, meeting, at=first)
    come_to(page, first)
    page.keyboard.type("- ett")
    page.keyboard.press("Enter")
    paste(page, html="<p>två</p><p>tre</p>")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Tabell", exact=True).click()
    paste(page, html="<h2>A</h2><table><tr><td>1<td>2<tr><td>3<td>4</table>")
    page.keyboard.press("Tab")
    paste(page, html="<table><tr><td>B<td>C</table>")
    saved(page)
    assert stored(first) == (
        "<ul><li><p>ett</p></li><li><p>två</p></li><li><p>tre</p></li></ul><table><tbody><tr>"
        "<th><p><strong>A</strong></p><p>1 2</p><p>3 4</p></th><th><p>B</p></th><th><p>C</p></th>"
        "</tr><tr><td></td><td></td><td></td></tr><tr><td></td><td></td><td></td></tr></tbody>"
        "</table>"
    )


def test_words_without_format_are_pasted_as_they_are(
    watched: Watched, meeting: Meeting, first: AgendaItem
) -> None:
    page = open_desk(watched, meeting, at=first)
    come_to(page, first)
    paste(page, text="<b>§ 4</b>\u202e \u0000och “så” – nu\n\n1. ett")
    saved(page)
    assert stored(first) == "<p>&lt;b&gt;§ 4&lt;/b&gt; och “så” – nu</p><p>1. ett</p>"


def test_too_much_is_refused_before_it_is_read_and_the_text_stays(
    watched: Watched, meeting: Meeting, first: AgendaItem
) -> None:
    page = open_desk(watched, meeting, at=first)
    come_to(page, first)
    page.keyboard.type("Det som stod")
    dialog = page.get_by_role("dialog", name="Det är för mycket att klistra in")
    paste(page, html="<p>0123456789</p>", text="0123456789", times=300_000)
    expect(dialog).to_contain_text("Texten är som förut.")
    expect(dialog.get_by_role("button", name="Klistra in bara orden")).to_be_hidden()
    watched.look(where="the dialog of a paste")
    page.keyboard.press("Escape")
    paste(page, html="<p><span class=a></span></p>" * 80_000, text=" ord")
    dialog.get_by_role("button", name="Klistra in bara orden").click()
    expect(text_of(page, first)).to_have_text("Det som stod ord")
    saved(page)
    assert stored(first) == "<p>Det som stod ord</p>"


def test_a_picture_or_a_file_is_offered_as_an_attachment_to_the_section(
    watched: Watched, meeting: Meeting, first: AgendaItem
) -> None:
    page = open_desk(watched, meeting, at=first)
    come_to(page, first)
    page.keyboard.type("ord")
    paste(page, html='<img src="https://bra.example/x.png">', files=[["image.png", "image/png"]])
    dialog = page.get_by_role("dialog", name="Bilden kan bli bilaga")
    dialog.get_by_role("button", name="Lägg till som bilaga").click()
    expect(page.get_by_label("Hör till")).to_have_value(str(first.pk))
    file_name = "document.getElementById('attachment-file').files[0].name"
    assert page.evaluate(file_name) == "image.png"
    expect(page.locator("#attachment-title")).to_be_focused()
    text_of(page, first).click()
    paste(page, text="rapport.pdf", files=[["rapport.pdf", "application/pdf"]])
    expect(page.get_by_role("dialog", name="Filen kan bli bilaga")).to_be_visible()
    page.keyboard.press("Escape")
    expect(text_of(page, first)).to_be_focused()
    text_of(page, first).evaluate(DROP)
    expect(page.get_by_role("dialog", name="Filen kan bli bilaga")).to_be_visible()
    page.keyboard.press("Escape")
    paste(page, html='<p>Med <img src="x.png"> bild</p>', files=[["image.png", "image/png"]])
    expect(page.locator("#desk-said")).to_contain_text("En bild följde inte med")
    expect(text_of(page, first)).to_have_text("ordMed bild")
