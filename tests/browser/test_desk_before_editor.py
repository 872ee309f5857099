"""What is typed before the editor's bundle has come, or when it does not come, is saved."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Route, expect

from meetings.models import AgendaItem, Meeting
from tests import builders
from tests.browser.conftest import Watched
from tests.browser.desk import open_desk, saved, stored, text_of, the_held
from tests.builders import Cast

SignIn = Callable[..., Watched]
BUNDLE = "**/django_prose_editor/editor*.js*"


def test_what_is_typed_before_the_editor_has_come_is_saved_and_goes_on_in_the_editor(
    cast: Cast, sign_in: SignIn, meeting: Meeting, first: AgendaItem
) -> None:
    builders.write(cast.secretary, first, "<p>Början och slut.</p><ul><li><p>Ett</p></li></ul>")
    watched = sign_in(cast.secretary)
    held: list[Route] = []
    watched.page.route(BUNDLE, lambda route: held.append(route))
    page = open_desk(watched, meeting, at=meeting.items.standing()[1])
    text = text_of(page, first)
    text.scroll_into_view_if_needed()
    box = text.locator("p").first.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 1, box["y"] + box["height"] / 2)
    page.keyboard.type("Före. ")
    saved(page)
    assert stored(first) == "<p>Före. Början och slut.</p><ul><li><p>Ett</p></li></ul>"
    page.keyboard.press("End")
    page.keyboard.press("Enter")
    page.keyboard.type("Ny rad <&> utan editor")
    expect(text).not_to_have_class("tiptap ProseMirror")
    the_held(page, held).continue_()
    expect(page.locator(f"#text-{first.pk}.ProseMirror")).to_be_focused()
    page.keyboard.type(", och med.")
    saved(page)
    assert stored(first) == (
        "<p>Före. Början och slut.</p><p>Ny rad &lt;&amp;&gt; utan editor, och med.</p>"
        "<ul><li><p>Ett</p></li></ul>"
    )
    watched.look(where="the desk after the editor came late")


def test_a_bundle_that_cannot_be_fetched_is_fetched_again_while_one_writes(
    cast: Cast, sign_in: SignIn, meeting: Meeting, first: AgendaItem
) -> None:
    watched = sign_in(cast.secretary)
    broken = {"is": True}
    watched.page.route(BUNDLE, lambda route: route.abort() if broken["is"] else route.continue_())
    page = open_desk(watched, meeting, at=first)
    text_of(page, first).focus()
    page.keyboard.type("Ett. ")
    saved(page)
    assert stored(first) == "<p>Ett. </p>"
    expect(page.locator("#desk-said")).to_contain_text("Knapparna för fetstil, listor och tabeller")
    page.keyboard.type("Två. ")
    broken["is"] = False
    page.evaluate("window.dispatchEvent(new Event('online'))")
    expect(page.locator(f"#text-{first.pk}.ProseMirror")).to_be_focused()
    expect(page.locator("#desk-said")).to_be_hidden()
    page.keyboard.type("Tre.")
    saved(page)
    assert stored(first) == "<p>Ett. Två. Tre.</p>"


def test_words_that_are_being_composed_are_not_disturbed_when_the_editor_comes(
    cast: Cast, sign_in: SignIn, meeting: Meeting, first: AgendaItem
) -> None:
    watched = sign_in(cast.secretary)
    held: list[Route] = []
    watched.page.route(BUNDLE, lambda route: held.append(route))
    page = open_desk(watched, meeting, at=first)
    text_of(page, first).click()
    keyboard = page.context.new_cdp_session(page)
    page.keyboard.type("Sm")
    keyboard.send("Input.imeSetComposition", {"text": "o", "selectionStart": 1, "selectionEnd": 1})
    the_held(page, held).continue_()
    page.evaluate("import('django-prose-editor/editor').then(() => true)")
    keyboard.send("Input.imeSetComposition", {"text": "ör", "selectionStart": 2, "selectionEnd": 2})
    expect(page.locator(f"#text-{first.pk}.ProseMirror")).to_have_count(0)
    keyboard.send("Input.insertText", {"text": "ör"})
    expect(page.locator(f"#text-{first.pk}.ProseMirror")).to_be_focused()
    page.keyboard.type("gås")
    saved(page)
    assert stored(first) == "<p>Smörgås</p>"


def test_what_is_pasted_before_the_editor_has_come_comes_as_plain_paragraphs(
    cast: Cast, sign_in: SignIn, meeting: Meeting, first: AgendaItem
) -> None:
    watched = sign_in(cast.secretary)
    watched.page.route(BUNDLE, lambda route: None)
    page = open_desk(watched, meeting, at=first)
    text_of(page, first).click()
    page.evaluate(
        """() => {
          const clipboardData = new DataTransfer();
          const html = "<p style='color:red'>Ett <b onclick='x()'>två</b></p><p>Tre</p>";
          clipboardData.setData("text/html", html);
          clipboardData.setData("text/plain", "Ett två\\r\\nTre <&>");
          const paste = {clipboardData, bubbles: true, cancelable: true};
          document.activeElement.dispatchEvent(new ClipboardEvent("paste", paste));
        }"""
    )
    page.keyboard.type("!")
    saved(page)
    assert stored(first) == "<p>Ett två</p><p>Tre &lt;&amp;&gt;!</p>"
    assert watched.said == []
