"""What is taken away while somebody writes in it: the words stay, and it can be taken back."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from meetings import planning
from meetings.models import AgendaItem, Meeting
from tests.browser.conftest import Watched, axe
from tests.browser.desk import colleague, desk_path, open_desk, saved, stored, text_of, write
from tests.builders import Cast

SignIn = Callable[..., Watched]


def test_a_paragraph_taken_away_by_another_is_taken_back_with_what_was_written(
    cast: Cast, sign_in: SignIn, meeting: Meeting, first: AgendaItem
) -> None:
    watched = sign_in(cast.secretary)
    watched.may_refuse = "/text/"
    page = open_desk(watched, meeting, at=first)
    write(page, first, "Före.")
    saved(page)
    bo = colleague(cast)
    planning.remove_item(by=bo, item=AgendaItem.objects.get(pk=first.pk))
    page.keyboard.type(" Efter.")
    gone = page.get_by_role("group", name="Den här paragrafen är borttagen.")
    expect(gone).to_be_visible()
    watched.look(where="a § that somebody has taken away")
    gone.get_by_role("button", name="Ta tillbaka paragrafen").click()
    saved(page)
    expect(gone).to_have_count(0)
    expect(page.locator("#outline .outline-row").first).to_contain_text(first.heading)
    assert stored(first) == "<p>Före. Efter.</p>"
    assert first.removed_at is None
    text_of(page, first).click()
    page.keyboard.type(" Och mer.")
    saved(page)
    # Whoever took it away brings it back: what was written meanwhile is saved by itself.
    planning.remove_item(by=bo, item=AgendaItem.objects.get(pk=first.pk))
    page.keyboard.type(" Under tiden.")
    expect(gone).to_be_visible()
    planning.restore_item(by=bo, item=AgendaItem.objects.get(pk=first.pk))
    page.evaluate("window.dispatchEvent(new Event('focus'))")
    expect(gone).to_have_count(0)
    saved(page)
    assert stored(first) == "<p>Före. Efter. Och mer. Under tiden.</p>"
    page.evaluate("() => { window.fetch = async () => { throw new TypeError(); }; }")
    page.keyboard.type(" Sist.")
    expect(page.locator("#desk-alert")).to_contain_text("Inte sparat på servern än")
    planning.remove_item(by=bo, item=AgendaItem.objects.get(pk=first.pk))
    context = page.context
    page.close(run_before_unload=False)
    page = context.new_page()
    page.goto(f"{watched.base}{desk_path(meeting)}")
    left = page.get_by_role("group", name="§ 1 är borttagen.")
    expect(left).to_contain_text("Sist.")
    assert axe(page) == []
    left.get_by_role("button", name="Ta tillbaka paragrafen").click()
    expect(text_of(page, first)).to_contain_text("Sist.")
    expect(left).to_have_count(0)
    saved(page)
    assert stored(first).endswith("Sist.</p>")
    assert first.removed_at is None
