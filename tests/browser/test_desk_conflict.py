"""Two people in one text: one chooses paragraph by paragraph, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from meetings import minuting
from meetings.models import AgendaItem, Meeting, TextRevision
from tests import builders
from tests.browser.conftest import DESK, PHONE, Watched
from tests.browser.desk import open_desk, saved, stored, text_of, write
from tests.builders import Cast

SignIn = Callable[..., Watched]
BEFORE = "<p>Rådet träffas i hamnen.</p><p>Kaffe serveras.</p><p>Mötet är öppet.</p>"
# Bo puts the first otherwise, takes the second away and adds one last.
BOS = "<p>Rådet träffas i parken.</p><p>Mötet är öppet.</p><p>Bos sista.</p>"


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_each_paragraph_is_chosen_by_itself_with_the_keyboard(
    cast: Cast, sign_in: SignIn, meeting: Meeting, first: AgendaItem, width: int
) -> None:
    builders.write(cast.secretary, first, BEFORE)
    watched = sign_in(cast.secretary, width=width)
    watched.may_refuse = "/text/"
    page = open_desk(watched, meeting, at=first, hears=False)
    text_of(page, first).focus()
    page.keyboard.press("Control+Home")
    page.keyboard.press("End")
    minuting.save_text(by=cast.chair, target=first, html=BOS, base_version=1)
    page.keyboard.type(" Välkomna.")
    conflict = page.get_by_role("group", name="Två texter")
    expect(conflict).to_contain_text("Gunilla Strömvik sparade en annan text")
    # What only one has changed is chosen beforehand; what both have, both.
    expect(preview(page)).to_have_text(
        [
            "Rådet träffas i parken.",
            "Rådet träffas i hamnen. Välkomna.",
            "Mötet är öppet.",
            "Bos sista.",
        ]
    )
    expect(conflict.locator("mark.differs")).to_have_text(["hamnen. Välkomna.", "parken."])
    watched.look(where="two texts, paragraph by paragraph")
    conflict.get_by_role("radio", name="Båda").focus()
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    expect(preview(page).first).to_have_text("Rådet träffas i hamnen. Välkomna.")
    conflict.locator("fieldset").last.get_by_role("radio", name="Ta inte med").check()
    page.keyboard.press("Enter")
    saved(page)
    assert stored(first) == "<p>Rådet träffas i hamnen. Välkomna.</p><p>Mötet är öppet.</p>"
    assert TextRevision.objects.filter(item=first, text=BOS).count() == 1


def test_two_windows_of_one_person_meet_as_two_people_do_and_it_says_who_it_was(
    watched: Watched, meeting: Meeting, first: AgendaItem
) -> None:
    page = open_desk(watched, meeting, at=first, hears=False)
    other = page.context.new_page()
    other.goto(page.url)
    other.wait_for_selector("#desk[data-ready]")
    write(other, first, "Från den andra.")
    saved(other)
    page.bring_to_front()
    write(page, first, "Från den första.")
    conflict = page.get_by_role("group", name="Två texter")
    expect(conflict).to_contain_text("Du själv i en annan flik sparade en annan text")
    expect(conflict).to_contain_text("Sparat av dig i en annan flik")
    expect(preview(page)).to_have_text(["Från den andra.", "Från den första."])
    page.get_by_role("button", name="Spara så här").click()
    saved(page)
    assert stored(first) == "<p>Från den andra.</p><p>Från den första.</p>"


def preview(page: Page) -> Locator:
    return page.locator(".conflict-preview > *")


def test_what_is_written_while_the_choice_waits_is_in_it(
    cast: Cast, sign_in: SignIn, meeting: Meeting, first: AgendaItem
) -> None:
    page = open_desk(sign_in(cast.secretary), meeting, at=first, hears=False)
    text_of(page, first).click()
    minuting.save_text(by=cast.chair, target=first, html="<p>Bos.</p>", base_version=0)
    page.keyboard.type("Karins.")
    expect(page.get_by_role("group", name="Två texter")).to_be_visible()
    page.keyboard.type(" Och mer.")
    expect(preview(page)).to_have_text(["Bos.", "Karins. Och mer."])
    page.get_by_role("button", name="Spara så här").click()
    saved(page)
    assert stored(first) == "<p>Bos.</p><p>Karins. Och mer.</p>"


def test_decisions_that_meet_are_chosen_and_others_are_put_together(
    cast: Cast, sign_in: SignIn, meeting: Meeting, first: AgendaItem
) -> None:
    by = cast.secretary
    minuting.set_decisions(by=by, item=first, points=["Förslaget antas."])
    page = open_desk(sign_in(by), meeting, at=first, hears=False)
    fields = page.locator(f"#decisions-{first.pk} textarea")
    minuting.set_decisions(by=cast.chair, item=first, points=["Förslaget antas.", "Bos punkt."])
    fields.first.fill("Förslaget antas i dag.")
    saved(page)
    assert points_of(first) == ["Förslaget antas i dag.", "Bos punkt."]
    minuting.set_decisions(by=cast.chair, item=first, points=["Förslaget avslås.", "Bos punkt."])
    fields.first.fill("Förslaget bordläggs.")
    conflict = page.get_by_role("group", name="Två texter")
    conflict.get_by_role("radio", name="Min").check()
    conflict.get_by_role("button", name="Spara så här").click()
    saved(page)
    assert points_of(first) == ["Förslaget bordläggs.", "Bos punkt."]


def points_of(item: AgendaItem) -> list[str]:
    return [point.text for point in item.decisions.all()]
