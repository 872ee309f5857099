"""A § under secrecy at the desk: marked by keyboard, told by a lock and words, opened with why."""

from __future__ import annotations

from collections.abc import Callable

from django.urls import reverse
from playwright.sync_api import expect

from meetings.models import AgendaItem, ItemKind
from members.models import AuditEntry
from tests import builders
from tests.browser.conftest import PHONE, Watched
from tests.browser.desk import open_desk
from tests.builders import Cast

SignIn = Callable[..., Watched]


def test_a_section_is_closed_by_keyboard_and_opened_with_a_reason(
    cast: Cast, sign_in: SignIn
) -> None:
    meeting = builders.written(cast)
    item = meeting.items.standing().get(kind=ItemKind.ROUND_TABLE)
    watched = sign_in(cast.secretary)
    watched.may_refuse = "/sekretess/"
    page = open_desk(watched, meeting, at=item)
    section = page.locator(f"#item-{item.pk}")
    section.locator(".secrecy-tools summary").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.type("OSL 26 kap. 1 §")
    page.keyboard.press("Enter")
    expect(section.locator("[data-closed-note]")).to_have_text("Sekretess, OSL 26 kap. 1 §")
    expect(page.locator(f"#outline [data-item='{item.pk}']")).to_contain_text("sekretess")
    assert AgendaItem.objects.get(pk=item.pk).secrecy == "OSL 26 kap. 1 §"
    watched.look(where="marked")
    expect(section.locator(".secrecy-tools summary")).to_be_focused()
    opening = section.locator(".secrecy-tools form").nth(1)
    opening.get_by_role("button").press("Enter")
    expect(opening.locator(".field-error")).to_have_text(
        "Skriv varför sekretessen inte längre gäller."
    )
    opening.get_by_role("textbox").fill("Uppgifterna är kända.")
    page.keyboard.press("Enter")
    expect(section.locator("[data-closed-note]")).to_be_hidden()
    assert AgendaItem.objects.get(pk=item.pk).secrecy == ""
    told = AuditEntry.objects.filter(action="item.opened").get()
    assert told.facts["reason"] == "Uppgifterna är kända."
    # What the public minutes need is always open, and has no such field.
    first = meeting.items.standing()[0]
    page.locator(f"#text-{first.pk}").click()
    expect(page.locator(f"#item-{first.pk} .fact-tools")).to_have_count(1)
    assert watched.said == []


def test_what_is_closed_is_told_on_a_phone_too(cast: Cast, sign_in: SignIn) -> None:
    meeting = builders.written(cast)
    item = builders.closed_item(cast, meeting)
    builders.write(cast.secretary, item, "<p>Läget är lugnt.</p>")
    watched = sign_in(cast.secretary, width=PHONE)
    page = open_desk(watched, meeting, at=item)
    expect(page.locator(f"#item-{item.pk} [data-closed-note]")).to_be_visible()
    watched.look(where="the desk on a phone")
    place = [cast.council.slug, meeting.key]
    for name, args in (
        ("agenda", place), ("close_item", [*place, item.pk]), ("closed_part", place),
        ("meeting", place), ("minutes", place),
    ):  # fmt: skip
        watched.go(reverse(name, args=args))
        watched.look(where=name)
    coming = builders.planned(cast, builders.DAY.replace(month=6))
    builders.closed_item(cast, coming)
    watched.go(reverse("closed_part", args=[cast.council.slug, coming.key]))
    watched.look(where="the closed part of a meeting to come")
