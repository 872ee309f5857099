"""No word is lost: typed, saved, met by another's, typed while signed out or without a network."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Dialog, Route, expect

from meetings import signing
from meetings.models import AgendaItem, Meeting, TextRevision
from tests import builders
from tests.browser.conftest import DESK, PHONE, Watched, axe
from tests.browser.desk import (
    colleague,
    come_to,
    open_desk,
    saved,
    stored,
    text_of,
    the_held,
    write,
)
from tests.builders import PASSWORD, Cast

SignIn = Callable[..., Watched]


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_what_is_typed_is_saved_and_stands_after_a_reload(
    cast: Cast, sign_in: SignIn, meeting: Meeting, first: AgendaItem, width: int
) -> None:
    watched = sign_in(cast.secretary, width=width)
    page = open_desk(watched, meeting, at=first)
    held: list[Route] = []
    page.route("**/text/", lambda route: held.append(route), times=1)
    with page.expect_request("**/text/"):
        write(page, first, "Ordföranden öppnar mötet.")
    expect(page.locator("#save-words")).to_have_text("Sparar …")
    the_held(page, held).continue_()
    saved(page)
    assert stored(first) == "<p>Ordföranden öppnar mötet.</p>"
    page.reload()
    expect(text_of(page, first)).to_have_text("Ordföranden öppnar mötet.")
    watched.look()


def test_typing_goes_on_while_a_save_is_under_way(
    cast: Cast, sign_in: SignIn, meeting: Meeting, first: AgendaItem
) -> None:
    page = open_desk(sign_in(cast.secretary), meeting, at=first)
    text_of(page, first).click()
    page.keyboard.type("Ett två tre fyra fem sex sju åtta nio tio. " * 5, delay=15)
    saved(page)
    assert stored(first) == f"<p>{'Ett två tre fyra fem sex sju åtta nio tio. ' * 5}</p>"
    assert TextRevision.objects.filter(item=first, version__isnull=True).count() == 0


def test_the_cursor_lands_where_one_clicks_and_stays_while_saving(
    cast: Cast, sign_in: SignIn, meeting: Meeting, first: AgendaItem
) -> None:
    builders.write(cast.secretary, first, "<p>början</p><p>slutet</p>")
    second = meeting.items.standing()[1]
    page = open_desk(sign_in(cast.secretary), meeting, at=second)
    text_of(page, first).scroll_into_view_if_needed()
    box = text_of(page, first).locator("p").first.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 1, box["y"] + box["height"] / 2)
    page.keyboard.type("A")
    saved(page)
    page.keyboard.type("B")
    saved(page)
    assert stored(first) == "<p>ABbörjan</p><p>slutet</p>"


def test_two_people_on_one_text_lose_nothing(
    cast: Cast, sign_in: SignIn, meeting: Meeting, first: AgendaItem
) -> None:
    builders.write(cast.secretary, first, "<p>Gemensamt.</p>")
    bo = colleague(cast)
    karins, bos = sign_in(cast.secretary), sign_in(bo)
    karins.may_refuse = "/text/"
    open_desk(karins, meeting, at=first, hears=False)
    open_desk(bos, meeting, at=first)
    for watched in (karins, bos):  # not about what is typed before the editor is there
        come_to(watched.page, first)
    write(bos.page, first, " Bos tillägg.")
    saved(bos.page)
    write(karins.page, first, " Karins tillägg.")
    conflict = karins.page.get_by_role("group", name="Två texter")
    expect(conflict).to_contain_text("Bo Ek sparade en annan text")
    expect(conflict).to_contain_text("Gemensamt. Karins tillägg.")
    expect(conflict).to_contain_text("Gemensamt. Bos tillägg.")
    karins.look(where="the desk with two texts")
    conflict.get_by_role("button", name="Spara så här").click()
    saved(karins.page)
    assert stored(first) == "<p>Gemensamt. Bos tillägg.</p><p>Gemensamt. Karins tillägg.</p>"


@pytest.mark.parametrize(
    ("button", "expected"),
    [("Allt ur min", "<p>Karins.</p>"), ("Allt ur den andra", "<p>Bos.</p>")],
)
def test_one_text_is_chosen_and_the_other_is_kept_among_the_versions(
    cast: Cast, sign_in: SignIn, meeting: Meeting, first: AgendaItem, button: str, expected: str
) -> None:
    page = open_desk(sign_in(cast.secretary), meeting, at=first, hears=False)
    text_of(page, first).click()
    builders.write(colleague(cast), first, "<p>Bos.</p>")
    page.keyboard.type("Karins.")
    page.get_by_role("button", name=button).click()
    page.get_by_role("button", name="Spara så här").click()
    saved(page)
    assert stored(first) == expected
    versions = set(TextRevision.objects.filter(item=first).values_list("text", flat=True))
    assert versions == {"<p>Bos.</p>", "<p>Karins.</p>"}


def test_a_session_that_ends_keeps_the_words_until_one_has_signed_in_again(
    cast: Cast, sign_in: SignIn, meeting: Meeting, first: AgendaItem
) -> None:
    page = open_desk(sign_in(cast.secretary), meeting, at=first)
    write(page, first, "Före. ")
    saved(page)
    Session.objects.all().delete()
    page.keyboard.type("Efter.")
    expect(page.locator("#desk-alert")).to_contain_text("du har blivit utloggad")
    expect(page.locator("#save-words")).to_have_text("Inte sparat än")
    assert axe(page) == []
    page.locator("#desk-alert").get_by_role("button", name="Logga in").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Lösenord").fill("fel")
    dialog.get_by_role("button", name="Logga in").click()
    expect(dialog).to_contain_text("stämmer inte")
    dialog.get_by_label("Lösenord").fill(PASSWORD)
    dialog.get_by_role("button", name="Logga in").click()
    saved(page)
    expect(dialog).not_to_be_visible()
    expect(text_of(page, first)).to_have_text("Före. Efter.")
    assert stored(first) == "<p>Före. Efter.</p>"


def test_signing_in_in_another_tab_is_enough(
    cast: Cast, sign_in: SignIn, meeting: Meeting, first: AgendaItem
) -> None:
    watched = sign_in(cast.secretary)
    page = open_desk(watched, meeting, at=first)
    text_of(page, first).click()
    Session.objects.all().delete()
    page.keyboard.type("Ord.")
    expect(page.locator("#desk-alert")).to_contain_text("du har blivit utloggad")
    other = page.context.new_page()
    other.goto(f"{watched.base}/konto/login/")
    other.get_by_label("E-post").fill("karin@kommun.example")
    other.get_by_label("Lösenord", exact=True).fill(PASSWORD)
    other.get_by_role("button", name="Logga in", exact=True).click()
    other.wait_for_url(f"{watched.base}/")
    other.close()
    saved(page)
    assert stored(first) == "<p>Ord.</p>"


def test_without_a_network_what_is_typed_is_kept_and_saved_when_it_is_back(
    cast: Cast, sign_in: SignIn, meeting: Meeting, first: AgendaItem
) -> None:
    watched = sign_in(cast.secretary)
    page = open_desk(watched, meeting, at=first)
    text_of(page, first).click()
    page.context.set_offline(True)
    page.keyboard.type("Utan nät. ")
    expect(page.locator("#desk-alert")).to_contain_text("Inte sparat på servern än")
    page.keyboard.type("Och vidare.")
    assert stored(first) == ""
    page.context.set_offline(False)
    saved(page)
    expect(page.locator("#desk-alert")).not_to_be_visible()
    assert stored(first) == "<p>Utan nät. Och vidare.</p>"


def test_an_answer_lost_on_the_way_is_no_conflict_with_oneself(
    cast: Cast, sign_in: SignIn, meeting: Meeting, first: AgendaItem
) -> None:
    page = open_desk(sign_in(cast.secretary), meeting, at=first)
    lost: list[object] = []

    def swallow(route: Route) -> None:
        if lost:
            route.continue_()
            return
        lost.append(route.fetch())  # the server saves it; the page never hears of it
        route.abort()

    page.route("**/text/", swallow)
    text_of(page, first).click()
    page.keyboard.type("Ett.")
    expect(page.locator("#desk-alert")).to_contain_text("Inte sparat på servern än")
    page.keyboard.type(" Två.")
    saved(page)
    expect(page.get_by_role("group", name="Två texter")).to_have_count(0)
    assert stored(first) == "<p>Ett. Två.</p>"


def test_one_is_warned_before_leaving_what_is_not_saved(
    cast: Cast, sign_in: SignIn, meeting: Meeting, first: AgendaItem
) -> None:
    page = open_desk(sign_in(cast.secretary), meeting, at=first)
    asked: list[str] = []

    def accept(dialog: Dialog) -> None:
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", accept)
    write(page, first, "Sparat.")
    saved(page)
    page.reload()
    page.wait_for_selector("#desk[data-ready]")
    assert asked == []
    page.route("**/text/", lambda route: route.abort())
    write(page, first, " Osparat.")
    page.reload()
    assert asked == ["beforeunload"]


def test_minutes_sent_to_justering_by_another_say_so_and_keep_the_words(
    cast: Cast, sign_in: SignIn
) -> None:
    meeting = builders.written(cast)
    first = meeting.items.standing()[0]
    page = open_desk(sign_in(cast.secretary), meeting, at=first, hears=False)
    text_of(page, first).click()
    signing.open_round(by=cast.secretary, meeting=meeting)
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(" För sent.")
    expect(page.locator("#desk-alert")).to_contain_text("låst för justering")
    expect(text_of(page, first)).to_contain_text("För sent.")
    lost = TextRevision.objects.filter(item=first, version__isnull=True).latest("pk")
    assert "För sent." in lost.text


def test_ctrl_s_saves_at_once(
    cast: Cast, sign_in: SignIn, meeting: Meeting, first: AgendaItem
) -> None:
    page = open_desk(sign_in(cast.secretary), meeting, at=first)
    text_of(page, first).click()
    page.evaluate("window.setTimeout = () => 0")  # nothing is saved by waiting
    page.keyboard.type("Nu.")
    expect(page.locator("#save-state")).to_have_attribute("data-state", "dirty")
    page.keyboard.press("Control+s")
    saved(page)
    assert stored(first) == "<p>Nu.</p>"
