"""The states of the desk that no other test looks at, gone through by keys: each is looked at, and
when what has the focus is taken away the focus still is somewhere.

Looked at elsewhere: attendance and its details, gaps of an adjuster (test_desk_attendance), table
tools, link, keys (test_desk_editor), commands, find, conflict, paste, gone §, orphan words
(test_desk_gone), § adjusted at once (test_desk_closed), under secrecy (test_desk_secrecy), uppdrag,
reports on earlier ones, last time (test_desk_text_to_act), others at the desk, newer text, what
was removed (test_desk_together), pages (test_previewing), remarks (test_reviewing).
"""

from __future__ import annotations

from collections.abc import Callable

from django.contrib.sessions.models import Session
from playwright.sync_api import Page, expect

from meetings import minuting, planning
from meetings.models import ItemKind, Meeting, Mode
from tests import builders
from tests.browser.conftest import Watched
from tests.browser.desk import open_desk, saved
from tests.browser.keyboard import Hands
from tests.builders import Cast

SignIn = Callable[..., Watched]


def undone(page: Page) -> None:
    expect(page.locator("#undo-place")).to_be_hidden()


def test_what_is_taken_away_under_the_focus_leaves_it_somewhere(
    cast: Cast, sign_in: SignIn, meeting: Meeting
) -> None:
    table = meeting.items.get(kind=ItemKind.ROUND_TABLE)
    minuting.add_report(by=cast.secretary, item=table, label="Polisen")
    hands = Hands(watched := sign_in(cast.secretary))
    page = open_desk(watched, meeting, at=table)

    page.get_by_role("button", name="Alla övriga här").focus()
    hands.press("Enter")
    expect(page.get_by_role("radio", name="Patrik Norrbäck: här")).to_be_checked()
    hands.knows_where()
    watched.look(where="the offer to undo")
    hands.press("Control+z")
    expect(page.get_by_role("radio", name="Patrik Norrbäck: här")).not_to_be_checked()
    undone(page)
    hands.knows_where()
    assert set(meeting.attendance.values_list("mode", flat=True)) == {Mode.EXPECTED}

    hands.press("Control+Enter", "Control+Enter")
    hands.lands(page.locator(".report .text"))
    hands.tab_to(page.get_by_role("button", name="Ta bort rapporten: Polisen"), back=True, most=4)
    hands.press("Enter")
    expect(page.locator(".report")).to_have_count(0)
    hands.knows_where()
    page.locator("#tab-attendance").focus()
    hands.press("Control+z")
    hands.lands(page.locator(".report .text"))

    first = page.locator("#outline .outline-row").first
    first.get_by_role("link").focus()
    hands.press("Control+Enter")  # from elsewhere: the § at hand
    page.locator("#outline .is-current .outline-more").focus()
    hands.press("Enter")
    watched.look(where="the menu of a §")
    hands.press("ArrowUp", "Enter")
    expect(page.locator("#outline .outline-row")).to_have_count(4)
    hands.lands(page.locator("#outline .is-current a"))
    hands.press("Control+z")
    expect(page.locator("#outline .outline-row")).to_have_count(5)
    hands.knows_where()
    assert watched.said == []


def test_forms_and_sheets_hold_the_focus_and_give_it_back(
    cast: Cast, sign_in: SignIn, meeting: Meeting
) -> None:
    item = planning.add_item(by=cast.secretary, meeting=meeting, heading="Lotsgatan")
    hands = Hands(watched := sign_in(cast.secretary))
    watched.may_refuse = "/"
    page = open_desk(watched, meeting, at=item)
    section = page.locator(f"#item-{item.pk}")
    text = page.locator(f"#text-{item.pk}")

    more = page.locator("#outline .is-current .outline-more")
    more.focus()
    hands.press("?")
    sheet = page.get_by_role("dialog", name="Tangenter")
    expect(sheet.get_by_role("heading")).to_be_in_viewport()  # it opens at its beginning
    hands.press("Tab", "Tab", "Tab")
    assert page.evaluate("document.activeElement.closest('#keys, body').id") in ("keys", "")
    hands.press("Escape")
    hands.lands(more)

    page.get_by_role("button", name="Lägg till paragraf").focus()
    hands.press("Enter")
    hands.lands(page.get_by_label("Ny paragraf"))
    hands.press("Enter")
    expect(page.locator("#add-section .field-error")).to_be_visible()
    watched.look(where="the form of a new §, with a fault")
    hands.press("Escape")
    hands.lands(page.get_by_role("button", name="Lägg till paragraf"))

    for summary in ("Föredragande", "Sekretess"):
        page.locator(f"#item-{item.pk} summary", has_text=summary).focus()
        hands.press("Enter")
    watched.look(where="the quiet facts and the form of secrecy")
    section.get_by_label("Omfattas av sekretess enligt").focus()
    hands.write("OSL 35 kap. 1 §")
    hands.press("Enter")
    hands.lands(section.locator("summary", has_text="Sekretess"))

    page.locator("#tab-attendance").focus()
    hands.press("ArrowRight")
    watched.look(where="the tab of uppdrag, empty")
    hands.press("ArrowRight")
    expect(page.locator("#last-time")).to_contain_text("Inget från förut")
    watched.look(where="the tab of last time, empty")

    text.focus()
    Session.objects.all().delete()
    hands.write("Ord.")
    strip = page.locator("#desk-alert")
    expect(strip).to_contain_text("du har blivit utloggad")
    watched.look(where="the strip of who is signed out")
    strip.get_by_role("button", name="Logga in").focus()
    hands.press("Enter")
    hands.lands(page.get_by_role("dialog").get_by_label("Lösenord"))
    watched.look(where="signing in anew")
    hands.write(builders.PASSWORD)
    page.keyboard.press("Enter")
    saved(page)
    expect(strip).to_be_hidden()
    hands.knows_where()
    assert watched.said == []
