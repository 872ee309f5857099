"""The attendance of the desk in a browser: one tap, coming and going, substitutes, who attests."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from meetings import minuting
from meetings.models import AgendaItem, Attendance, ItemKind, Meeting, Mode
from members.models import Mandate, Person
from members.roles import Role
from tests import builders
from tests.browser.conftest import DESK, PHONE, Watched
from tests.browser.desk import open_desk, saved, text_of, zone
from tests.builders import Cast

SignIn = Callable[..., Watched]
BOTH = pytest.mark.parametrize("width", [DESK, PHONE])


def items(meeting: Meeting) -> list[AgendaItem]:
    return list(meeting.items.standing())


def row_of(meeting: Meeting, person: Person) -> Attendance:
    return meeting.attendance.get(person=person)


def line(page: Page, name: str) -> Locator:
    return page.locator(f'.attendee[data-name="{name}"]')


def heard(page: Page, words: str) -> None:
    """What a screen reader is told."""
    expect(page.locator("#announcements")).to_contain_text(words.replace("_", "\N{NO-BREAK SPACE}"))


def undo(page: Page) -> None:
    page.get_by_role("button", name="Ångra", exact=True).click()


@BOTH
def test_one_tap_a_person_is_told_aloud_and_can_be_taken_back(
    cast: Cast, sign_in: SignIn, meeting: Meeting, width: int
) -> None:
    watched = sign_in(cast.secretary, width=width)
    page = open_desk(watched, meeting)
    zone(page, width, "Närvaro")
    page.get_by_role("radio", name="Patrik Norrbäck: på distans").check()
    heard(page, "Patrik Norrbäck: på distans. 1_på distans, 5_inte avprickade.")
    page.get_by_role("radio", name="Leif Kvarnbo: förhinder").check()
    heard(page, "Leif Kvarnbo: förhinder. 1_på distans, 1_förhinder, 4_inte avprickade.")
    page.get_by_role("button", name="Alla övriga här").click()
    expect(page.get_by_role("radio", name="Mirjam Osterhed: här")).to_be_checked()
    page.get_by_role("radio", name="Mirjam Osterhed: förhinder").check()
    heard(page, "Mirjam Osterhed: förhinder.")
    undo(page)
    expect(page.get_by_role("radio", name="Mirjam Osterhed: här")).to_be_checked()
    saved(page)
    modes = {row.name: row.mode for row in meeting.attendance.all()}
    assert (modes["Patrik Norrbäck"], modes["Leif Kvarnbo"], modes["Mirjam Osterhed"]) == (
        Mode.REMOTE, Mode.APOLOGY, Mode.PRESENT,
    )  # fmt: skip
    watched.look(where="the attendance after a tap")


@BOTH
def test_coming_and_going_is_one_tap_at_the_section_at_hand(
    cast: Cast, sign_in: SignIn, meeting: Meeting, width: int
) -> None:
    minuting.mark_rest_present(by=cast.secretary, meeting=meeting)
    builders.mark(cast.secretary, meeting, cast.member, Mode.APOLOGY)
    order = items(meeting)
    watched = sign_in(cast.secretary, width=width)
    page = open_desk(watched, meeting, at=order[2])
    zone(page, width, "Närvaro")
    expect(page.locator("#quorum")).to_have_text("§\xa03: 3 av 4 ledamöter")

    # Late: asked, never taken for granted.
    page.get_by_role("radio", name="Patrik Norrbäck: här").check()
    page.get_by_role("button", name="Kom till §\xa03?").click()
    expect(line(page, "Patrik Norrbäck")).to_contain_text("kom till §\xa03")
    heard(page, "Patrik Norrbäck kom till §_3. 6_här.")

    # Gone, taken back, gone and back again.
    page.get_by_role("button", name="Gunilla Strömvik gick efter §\xa03").click()
    expect(line(page, "Gunilla Strömvik")).to_contain_text("gick efter §\xa03")
    undo(page)
    expect(line(page, "Gunilla Strömvik")).not_to_contain_text("gick")
    page.get_by_role("button", name="Gunilla Strömvik gick efter §\xa03").click()
    page.evaluate(f"location.hash = 'item-{order[4].pk}'")
    expect(page.locator("#quorum")).to_have_text("§\xa05: 3 av 4 ledamöter")
    page.get_by_role("button", name="Gunilla Strömvik kom tillbaka till §\xa05").click()
    expect(line(page, "Gunilla Strömvik")).to_contain_text("§§\xa01–3 och 5")

    # The rest is under the name.
    page.get_by_role("button", name="Jörgen Almhöjd", exact=True).click()
    details = page.get_by_role("form", name="Jörgen Almhöjd")
    details.get_by_role("button", name="Jäv i §\xa05").click()
    expect(line(page, "Jörgen Almhöjd")).to_contain_text("ej §\xa05 (jäv)")
    expect(details.get_by_role("button", name="Jäv i §\xa05")).to_have_attribute(
        "aria-pressed", "true"
    )
    details.get_by_label("Gick efter").select_option(f"{order[3].pk}p")
    expect(line(page, "Jörgen Almhöjd")).to_contain_text("gick under §\xa04")
    watched.look(where="the details of one who attends")
    details.get_by_label("Kom till").select_option(str(order[4].pk))
    expect(details).to_contain_text("kan inte gå före det att den kom")
    stays = [(s.last_item, s.last_partly) for s in row_of(meeting, cast.adjuster).stays.all()]
    assert stays == [(order[3], True)]


def test_a_substitute_is_called_in_and_serves_until_the_member_comes(
    cast: Cast, sign_in: SignIn, meeting: Meeting
) -> None:
    Mandate.objects.filter(person=cast.member).update(personal_substitute=cast.substitute)
    builders.seat("Ulla Brännfors", "ulla", cast.council, Role.SUBSTITUTE, None)
    minuting.mark_rest_present(by=cast.secretary, meeting=meeting)
    watched = sign_in(cast.secretary)
    page = open_desk(watched, meeting, at=items(meeting)[2])
    page.get_by_role("radio", name="Patrik Norrbäck: förhinder").check()
    page.get_by_role("button", name="Åsa Vinterlund ersätter?").click()
    heard(page, "Åsa Vinterlund ersätter Patrik Norrbäck.")
    served = "tjänstgörande för Patrik Norrbäck"
    expect(line(page, "Åsa Vinterlund").locator("b")).to_have_text(served)
    page.get_by_role("radio", name="Patrik Norrbäck: här").check()
    page.get_by_role("button", name="Kom till §\xa03?").click()
    expect(line(page, "Åsa Vinterlund").locator("b")).to_have_text(f"{served} §§\xa01–2")
    watched.look(where="a substitute who serves")
    page.get_by_role("button", name="Gunilla Strömvik", exact=True).click()
    group = page.get_by_role("group", name="Ersätts av")
    expect(group.get_by_role("button")).to_have_text(["Ulla Brännfors", "Åsa Vinterlund"])
    group.get_by_role("button", name="Ulla Brännfors").click()
    expect(line(page, "Ulla Brännfors")).to_be_visible()
    assert [one.member for one in meeting.attendance.get(name="Ulla Brännfors").services.all()] == [
        cast.chair
    ]


def test_a_guest_is_added_by_typing_and_a_substitute_by_choosing(
    cast: Cast, sign_in: SignIn, meeting: Meeting
) -> None:
    page = open_desk(sign_in(cast.secretary), meeting)
    name = page.get_by_label("Namn", exact=True)
    name.fill("Ida Gäst")
    page.get_by_label("Organisation", exact=True).fill("Hamnen")
    page.keyboard.press("Enter")
    expect(page.locator("#attendance-list")).to_contain_text("Ida Gäst")
    name.fill("Åsa Vinterlund")
    page.keyboard.press("Enter")
    expect(page.locator("#attendance-list")).to_contain_text("Åsa Vinterlund")
    assert meeting.attendance.get(guest__isnull=False).organisation_name == "Hamnen"
    assert meeting.attendance.get(person=cast.substitute).mode == Mode.PRESENT


def test_sixty_people_are_marked_by_keys_alone(
    cast: Cast, sign_in: SignIn, meeting: Meeting
) -> None:
    for number in range(60):
        minuting.add_guest(
            by=cast.secretary, meeting=meeting, name=f"Gäst {number:02}", mode=Mode.EXPECTED
        )
    watched = sign_in(cast.secretary)
    page = open_desk(watched, meeting, at=items(meeting)[1])
    page.get_by_label("Sök på namn eller organisation").fill("gäst 4")
    heard(page, "10 av 66 visas.")
    page.keyboard.press("Enter")
    heard(page, "Gäst 40: här.")
    expect(page.locator(".attendee:visible")).to_have_count(66)
    page.keyboard.type("gäst 41")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("button", name="Gäst 41", exact=True)).to_be_focused()
    page.keyboard.press("d")
    heard(page, "Gäst 41: på distans.")
    expect(page.get_by_role("button", name="Gäst 41", exact=True)).to_be_focused()
    page.keyboard.press("g")
    expect(line(page, "Gäst 41")).to_contain_text("gick efter §\xa02")
    page.keyboard.press("j")
    expect(line(page, "Gäst 41")).to_contain_text("ej §\xa02 (jäv)")
    page.get_by_label("Sök på namn eller organisation").fill("")
    page.get_by_role("button", name="Gäst 41", exact=True).focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("f")
    heard(page, "Gäst 42: förhinder.")
    tab_stops = page.locator("#attendance-list .attendee").locator(
        "button:not([tabindex='-1']), input:not([tabindex='-1'])"
    )
    assert tab_stops.count() <= 5
    saved(page)
    watched.look(where="the attendance of many")


def test_two_secretaries_tap_at_once_and_see_what_both_did(
    cast: Cast, sign_in: SignIn, meeting: Meeting
) -> None:
    minuting.mark_rest_present(by=cast.secretary, meeting=meeting)
    third = items(meeting)[2]
    pages = [open_desk(sign_in(cast.secretary), meeting, at=third, hears=False) for _ in "12"]
    pages[0].get_by_role("button", name="Patrik Norrbäck gick efter").click()
    expect(line(pages[0], "Patrik Norrbäck")).to_contain_text("gick efter §\xa03")
    # The other page does not know it yet.
    pages[1].get_by_role("button", name="Patrik Norrbäck gick efter").click()
    expect(pages[1].locator("#desk-said")).to_contain_text("redan antecknad som att ha gått")
    pages[1].get_by_role("radio", name="Gunilla Strömvik: på distans").check()
    expect(line(pages[1], "Patrik Norrbäck")).to_contain_text("gick efter §\xa03")
    saved(pages[1])
    undo(pages[0])
    expect(line(pages[0], "Gunilla Strömvik").locator("[value=remote]")).to_be_checked()
    expect(line(pages[0], "Patrik Norrbäck")).not_to_contain_text("gick")


@BOTH
def test_the_adjuster_is_elected_among_those_present(
    cast: Cast, sign_in: SignIn, meeting: Meeting, width: int
) -> None:
    election = meeting.items.get(kind=ItemKind.ADJUSTER)
    watched = sign_in(cast.secretary, width=width)
    page = open_desk(watched, meeting, at=election)
    expect(page.get_by_text("Pricka först av vilka som är här")).to_be_visible()
    zone(page, width, "Närvaro")
    page.get_by_role("radio", name="Jörgen Almhöjd: här").check()
    expect(page.locator("#attendance-counts")).to_contain_text("1 här".replace(" ", "\xa0"))
    page.get_by_role("radio", name="Leif Kvarnbo: här").check()
    expect(page.locator("#attendance-counts")).to_contain_text("2 här".replace(" ", "\xa0"))
    zone(page, width, "Text")
    group = page.get_by_role("group", name="Justerare")
    group.get_by_role("button", name="Jörgen Almhöjd").dblclick()  # chosen, and taken back
    expect(page.locator(f"#decisions-{election.pk} textarea")).to_have_value("")
    group.get_by_role("button", name="Jörgen Almhöjd").click()
    sentence = "Jörgen Almhöjd utses att justera dagens protokoll."
    expect(page.locator(f"#decisions-{election.pk} textarea")).to_have_value(sentence)

    # Gone before the end: said at once, with who was there throughout, and nothing is hindered.
    zone(page, width, "Närvaro")
    page.get_by_role("button", name="Jörgen Almhöjd gick efter §\xa02").click()
    zone(page, width, "Text")
    gap = page.get_by_role("group", name="Jörgen Almhöjd var inte med vid §§\xa03–5.")
    expect(gap).to_be_visible()
    watched.look(where="an adjuster who left")
    gap.get_by_role("button", name="Leif Kvarnbo").click()
    expect(page.locator(f"#decisions-{election.pk} textarea")).to_have_value(
        "Leif Kvarnbo utses att justera dagens protokoll."
    )
    expect(gap).to_have_count(0)
    saved(page)
    assert [place.person for place in meeting.adjuster_places.all()] == [cast.without_login]


def test_a_tap_does_not_take_the_cursor_from_the_text(
    cast: Cast, sign_in: SignIn, meeting: Meeting
) -> None:
    first = items(meeting)[0]
    page = open_desk(sign_in(cast.secretary), meeting, at=first)
    text_of(page, first).click()
    page.keyboard.type("Före")
    minuting.mark_rest_present(by=cast.secretary, meeting=meeting)
    page.keyboard.press("Alt+ArrowDown")  # renumbers, and the list with it
    page.keyboard.type(" och efter")
    saved(page)
    expect(text_of(page, first)).to_have_text("Före och efter")
