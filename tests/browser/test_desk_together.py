"""Several people at one desk, and the wall screen that follows: who is where, what is new, what was
taken away."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import APIResponse, Page, Route, expect

from meetings import minuting, planning
from meetings.models import AgendaItem, AtDesk, Meeting
from members.models import Person
from tests import builders
from tests.browser.conftest import DESK, PHONE, Watched
from tests.browser.desk import colleague, open_desk, saved, text_of, the_held, write, zone
from tests.builders import Cast

SignIn = Callable[..., Watched]


@pytest.fixture
def items(meeting: Meeting) -> list[AgendaItem]:
    return list(meeting.items.standing())


@pytest.fixture
def bo(cast: Cast) -> Person:
    return colleague(cast)


def look_up(page: Page) -> None:
    """The page asks as it does when one comes back to its window, not ten seconds later."""
    page.evaluate("window.dispatchEvent(new Event('focus'))")


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_one_sees_who_writes_where_and_what_they_wrote_without_a_jump(
    cast: Cast, sign_in: SignIn, meeting: Meeting, items: list[AgendaItem], bo: Person, width: int
) -> None:
    karins, bos = sign_in(cast.secretary, width=width), sign_in(bo)
    page = open_desk(karins, meeting, at=items[0])
    write(page, items[0], "Karins egna ord.")
    saved(page)
    open_desk(bos, meeting, at=items[2])
    write(bos.page, items[2], "Bos ord.")
    saved(bos.page)
    minuting.set_decisions(by=bo, item=items[2], points=["Bos beslut."])
    planning.change_item(by=bo, item=items[3], heading="Läget just nu")
    minuting.mark(by=bo, row=meeting.attendance.get(person=cast.member), mode="present")
    look_up(page)
    expect(page.locator("#here-line")).to_contain_text("Bo Ek skriver i §\N{NO-BREAK SPACE}3")
    expect(page.locator(f"#item-{items[2].pk} .text")).to_have_text("Bos ord.")
    expect(page.locator(f"#item-{items[2].pk} .points")).to_have_text("Bos beslut.")
    expect(page.locator(f"#item-{items[3].pk} .heading")).to_have_text("Läget just nu")
    expect(
        page.locator(f"#present-{meeting.attendance.get(person=cast.member).pk}")
    ).to_be_checked()
    # What one writes in is where it was, with the cursor in it.
    expect(text_of(page, items[0])).to_be_focused()
    expect(text_of(page, items[0])).to_have_text("Karins egna ord.")
    row = page.locator(f'.outline-row[data-item="{items[2].pk}"]')
    expect(row.locator(".outline-here")).to_have_text("Bo Ek skriver")
    expect(row.locator(".outline-news")).to_have_text("ändrad av Bo Ek")
    zone(page, width, "Paragrafer")
    karins.look(where="the desk with somebody else at it")
    with bos.page.expect_response("**/har/"):  # none is on its way when the page is gone
        look_up(bos.page)
    bos.page.close(run_before_unload=True)
    AtDesk.objects.filter(person=bo).delete()
    look_up(page)
    expect(page.locator("#here-line")).to_be_hidden()
    expect(page.locator(".outline-here")).to_have_count(0)


def test_a_text_one_has_the_cursor_in_is_left_alone_until_one_asks(
    cast: Cast, sign_in: SignIn, meeting: Meeting, items: list[AgendaItem], bo: Person
) -> None:
    first = items[0]
    watched = sign_in(cast.secretary)
    page = open_desk(watched, meeting, at=first)
    write(page, first, "Mitt.")
    saved(page)
    builders.write(bo, first, "<p>Mitt. Och Bos.</p>")
    look_up(page)
    note = page.locator(".newer-text")
    expect(note).to_contain_text("Bo Ek har sparat en nyare text här.")
    expect(text_of(page, first)).to_have_text("Mitt.")
    watched.look(where="the desk with a newer text")
    note.get_by_role("button", name="Visa den nya").click()
    expect(text_of(page, first)).to_have_text("Mitt. Och Bos.")
    page.keyboard.press("Control+End")
    page.keyboard.type(" Mer.")
    saved(page)
    first.refresh_from_db()
    assert first.text == "<p>Mitt. Och Bos. Mer.</p>"


def test_what_was_saved_here_meanwhile_is_not_overtaken_by_a_late_answer(
    cast: Cast, sign_in: SignIn, meeting: Meeting, items: list[AgendaItem], bo: Person
) -> None:
    watched = sign_in(cast.secretary)
    page = open_desk(watched, meeting, at=items[0])
    held: list[tuple[Route, APIResponse]] = []
    page.route("**/?del=paragraf*", lambda route: held.append((route, route.fetch())), times=1)
    minuting.set_decisions(by=bo, item=items[2], points=["Bos beslut."])
    look_up(page)
    route, answer = the_held(page, held)
    write(page, items[2], "Karins ord.")
    saved(page)
    text_of(page, items[0]).click()
    route.fulfill(response=answer)
    expect(page.locator(f"#item-{items[2].pk} .points")).to_have_text("Bos beslut.")
    assert text_of(page, items[2]).inner_text() == "Karins ord."  # at once: it would come back
    assert watched.said == []


def test_a_tab_learns_what_the_same_person_does_in_another(
    cast: Cast, sign_in: SignIn, meeting: Meeting, items: list[AgendaItem]
) -> None:
    watched = sign_in(cast.secretary)
    page = open_desk(watched, meeting, at=items[0])
    text_of(page, items[0]).click()
    other = page.context.new_page()
    other.goto(page.url)
    other.wait_for_selector("#desk[data-ready]")
    write(other, items[2], "Ord ur en annan flik.")
    saved(other)
    other.keyboard.press("F2")
    other.keyboard.type("Dagordningen fastställs.")
    other.get_by_role("radio", name="Patrik Norrbäck: på distans").check()
    saved(other)
    look_up(page)
    section = page.locator(f"#item-{items[2].pk}")
    expect(section.locator(".text")).to_have_text("Ord ur en annan flik.")
    expect(section.locator(".points")).to_have_text("Dagordningen fastställs.")
    expect(page.get_by_role("radio", name="Patrik Norrbäck: på distans")).to_be_checked()
    expect(page.locator(f'.outline-row[data-item="{items[2].pk}"] .outline-news')).to_have_text(
        "ändrad av dig själv i en annan flik"
    )
    expect(text_of(page, items[0])).to_be_focused()


def test_sections_added_moved_and_removed_by_another_follow(
    cast: Cast, sign_in: SignIn, meeting: Meeting, items: list[AgendaItem], bo: Person
) -> None:
    page = open_desk(sign_in(cast.secretary), meeting, at=items[0])
    text_of(page, items[0]).click()
    planning.remove_item(by=bo, item=items[1])
    made = planning.add_item(by=bo, meeting=meeting, heading="Nytt ärende", after=items[0])
    look_up(page)
    expect(page.locator(f"#item-{items[1].pk}")).to_have_count(0)
    expect(page.locator("#sections > .item .heading")).to_have_text(
        [
            "Inledning",
            "Nytt ärende",
            "Fastställande av dagordningen",
            *[one.heading for one in items[3:]],
        ]
    )
    expect(page.locator(f"#number-{made.pk}")).to_have_text("§\N{NO-BREAK SPACE}2")
    page.keyboard.type("Skriver vidare.")
    saved(page)
    # The one that is at hand stays until one has left it, and says what has happened.
    planning.remove_item(by=bo, item=items[0])
    look_up(page)
    expect(page.locator("#desk-said")).to_contain_text("som du skriver i, är borttagen.")
    expect(text_of(page, items[0])).to_have_text("Skriver vidare.")


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_what_was_taken_away_comes_back_from_the_list(
    cast: Cast, sign_in: SignIn, meeting: Meeting, items: list[AgendaItem], width: int
) -> None:
    first = items[0]
    for points in (["Förslaget antas.", "Kommunen lagar lyktorna."], ["Förslaget antas."]):
        minuting.set_decisions(by=cast.secretary, item=first, points=points)
    gone = builders.removed_item(cast, meeting)
    watched = sign_in(cast.secretary, width=width)
    page = open_desk(watched, meeting, at=first)
    zone(page, width, "Paragrafer")
    page.get_by_role("button", name="Borttaget").click()
    dialog = page.get_by_role("dialog", name="Borttaget")
    expect(dialog.locator("li")).to_have_count(2)
    watched.look(where="the list of what was taken away")
    dialog.get_by_role("button", name="Ta tillbaka beslut").click()
    expect(dialog.locator("li")).to_have_count(1)
    dialog.get_by_role("button", name="Ta tillbaka paragraf").click()
    expect(dialog).to_contain_text("Inget är borttaget")
    page.keyboard.press("Escape")
    expect(page.locator(f"#item-{gone.pk} .heading")).to_have_text("Struken punkt")
    assert [point.text for point in first.decisions.all()] == [
        "Förslaget antas.", "Kommunen lagar lyktorna.",
    ]  # fmt: skip
    fields = page.locator(f"#decisions-{first.pk} textarea")
    for n, words in enumerate(["Förslaget antas.", "Kommunen lagar lyktorna."]):
        expect(fields.nth(n)).to_have_value(words)


def test_former_wordings_and_what_was_taken_away_are_a_key_and_a_command_away(
    cast: Cast, sign_in: SignIn, meeting: Meeting, items: list[AgendaItem]
) -> None:
    builders.removed_item(cast, meeting)
    page = open_desk(sign_in(cast.secretary), meeting, at=items[0])
    write(page, items[0], "Ord.")
    saved(page)
    page.keyboard.press("Enter")
    page.keyboard.type("/borttaget")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Borttaget").locator("li")).to_have_count(1)
    page.keyboard.press("Escape")
    text_of(page, items[0]).focus()
    page.keyboard.press("F4")
    expect(page.get_by_role("heading", name="Versioner av")).to_be_visible()


def test_the_wall_screen_follows_the_secretary_and_comes_back_by_itself(
    cast: Cast, sign_in: SignIn, meeting: Meeting, items: list[AgendaItem]
) -> None:
    builders.write(cast.secretary, items[1], "<p>Inte den här.</p>")
    wall = sign_in(cast.chair)
    screen = wall.go(f"/{meeting.council.slug}/moten/{meeting.key}/vaggskarm/").locator("#screen")
    expect(screen).to_contain_text("Sekreteraren har inte öppnat någon paragraf")
    page = open_desk(sign_in(cast.secretary), meeting, at=items[0])
    expect(screen).to_contain_text("Inledning")
    write(page, items[0], "Ordföranden öppnar mötet.")
    expect(screen).to_contain_text("Ordföranden öppnar mötet.")
    minuting.set_decisions(by=cast.secretary, item=items[0], points=["Mötet öppnas."])
    expect(screen).to_contain_text("Mötet öppnas.")
    assert "Inte den här." not in screen.inner_text()
    wall.look(where="the wall screen")
    wall.page.context.set_offline(True)
    expect(wall.page.locator("#wall-state")).to_contain_text("Ingen kontakt")
    wall.page.context.set_offline(False)
    text_of(page, items[1]).click()
    expect(screen).to_contain_text("Inte den här.")
    expect(wall.page.locator("#wall-state")).to_have_text("")
    wall.page.keyboard.press("m")  # it was looked at in the dark last
    expect(wall.page.locator("html")).to_have_attribute("data-bs-theme", "light")
