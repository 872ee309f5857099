"""The desk's other acts in a browser: decisions, outline, uppdrag, reports."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import APIResponse, Page, Route, expect

from meetings import minuting
from meetings.models import ActionItem, ItemKind, Meeting
from tests.browser.conftest import DESK, PHONE, Watched
from tests.browser.desk import (
    desk_path,
    open_desk,
    saved,
    stored,
    text_of,
    the_held,
    write,
    zone,
)
from tests.builders import Cast

SignIn = Callable[..., Watched]
BOTH = pytest.mark.parametrize("width", [DESK, PHONE])


def headings(meeting: Meeting) -> list[str]:
    return [one.heading for one in meeting.items.standing()]


def outline(page: Page) -> list[str]:
    return page.locator("#outline .outline-heading").all_inner_texts()


@BOTH
def test_a_phrase_becomes_a_decision_and_goes_again(
    cast: Cast, sign_in: SignIn, meeting: Meeting, width: int
) -> None:
    agenda = meeting.items.get(kind=ItemKind.AGENDA)
    page = open_desk(sign_in(cast.secretary, width=width), meeting, at=agenda)
    chip = page.locator(f"#item-{agenda.pk}").get_by_role("button", name="Dagordningen fastställs")
    chip.click()
    expect(chip).to_have_attribute("aria-pressed", "true")
    saved(page)
    assert [point.text for point in agenda.decisions.all()] == ["Dagordningen fastställs."]
    chip.click()
    expect(chip).to_have_attribute("aria-pressed", "false")
    saved(page)
    assert agenda.decisions.count() == 0


def test_decisions_are_typed_as_points_ordered_and_removed(
    cast: Cast, sign_in: SignIn, meeting: Meeting
) -> None:
    agenda = meeting.items.get(kind=ItemKind.AGENDA)
    watched = sign_in(cast.secretary)
    page = open_desk(watched, meeting, at=agenda)
    text_of(page, agenda).click()
    page.keyboard.press("F2")
    page.keyboard.type("Första.")
    page.keyboard.press("Enter")
    page.keyboard.type("Andra.")
    page.keyboard.press("Enter")
    page.keyboard.type("Tredje.")
    fields = page.locator(f"#decisions-{agenda.pk} .point-field")
    fields.nth(2).get_by_role("button", name="Flytta upp").click()
    fields.nth(0).get_by_role("button", name="Ta bort punkten").click()
    saved(page)
    assert [point.text for point in agenda.decisions.all()] == ["Tredje.", "Andra."]
    watched.look(where="the desk with decisions")
    page.keyboard.press("Control+Enter")
    expect(page.locator(f"#decisions-{agenda.pk} .points li")).to_have_text(["Tredje.", "Andra."])


def test_a_press_on_a_decision_puts_the_cursor_in_it_where_it_stands(
    cast: Cast, sign_in: SignIn, meeting: Meeting
) -> None:
    agenda = meeting.items.get(kind=ItemKind.AGENDA)
    minuting.set_decisions(by=cast.secretary, item=agenda, points=["Första.", "Andra."])
    page = open_desk(sign_in(cast.secretary), meeting, at=meeting.items.standing()[0])
    section = page.locator(f"#item-{agenda.pk}")
    before = section.bounding_box()
    section.locator(".points li").nth(1).click()
    page.keyboard.press("End")
    page.keyboard.type(" Tillagt.")
    saved(page)
    assert [point.text for point in agenda.decisions.all()] == ["Första.", "Andra. Tillagt."]
    after = section.bounding_box()
    assert before is not None
    assert after is not None
    assert abs(before["y"] - after["y"]) < 2


def test_decisions_of_two_people_are_all_kept(
    cast: Cast, sign_in: SignIn, meeting: Meeting
) -> None:
    agenda = meeting.items.get(kind=ItemKind.AGENDA)
    page = open_desk(sign_in(cast.secretary), meeting, at=agenda, hears=False)
    minuting.set_decisions(by=cast.secretary, item=agenda, points=["Bos beslut."])
    page.locator(f"#decisions-{agenda.pk} textarea").fill("Karins beslut.")
    page.get_by_role("group", name="Två texter").get_by_role("button", name="Spara så här").click()
    saved(page)
    assert [p.text for p in agenda.decisions.all()] == ["Bos beslut.", "Karins beslut."]


def test_a_section_is_moved_by_keys_and_the_cursor_stays_in_its_text(
    cast: Cast, sign_in: SignIn, meeting: Meeting
) -> None:
    first = meeting.items.standing()[0]
    page = open_desk(sign_in(cast.secretary), meeting, at=first)
    write(page, first, "Före")
    page.keyboard.press("Alt+ArrowDown")
    expect(page.locator(f"#number-{first.pk}")).to_have_text("§\xa02")
    page.keyboard.type(" och efter.")
    saved(page)
    assert headings(meeting)[:2] == ["Val av justerare", "Inledning"]
    assert outline(page) == headings(meeting)
    assert stored(first) == "<p>Före och efter.</p>"


@BOTH
def test_a_section_is_added_renamed_removed_and_taken_back(
    cast: Cast, sign_in: SignIn, meeting: Meeting, width: int
) -> None:
    page = open_desk(sign_in(cast.secretary, width=width), meeting)
    zone(page, width, "Paragrafer")
    page.get_by_role("button", name="Lägg till paragraf").click()
    page.get_by_label("Ny paragraf").fill("Lotsgatan")
    page.keyboard.press("Enter")
    expect(page.locator("#number-0, .section-number").nth(5)).to_have_text("§\xa06")
    zone(page, width, "Text")
    added = meeting.items.get(heading="Lotsgatan")
    write(page, added, "Bilar kör.")
    heading = page.locator(f"#heading-{added.pk}")
    heading.click()
    page.keyboard.press("End")
    page.keyboard.type(" i mars")
    saved(page)
    zone(page, width, "Paragrafer")
    row = page.locator(f'#outline [data-item="{added.pk}"]')
    row.hover()
    row.locator(".outline-more").click()
    page.get_by_role("button", name="Ta bort", exact=True).click()
    expect(page.locator(f"#item-{added.pk}")).to_have_count(0)
    page.get_by_role("button", name="Ångra", exact=True).click()
    zone(page, width, "Text")
    expect(text_of(page, added)).to_have_text("Bilar kör.")
    added.refresh_from_db()
    assert (added.heading, added.removed_at) == ("Lotsgatan i mars", None)


def test_a_section_is_moved_by_dragging(cast: Cast, sign_in: SignIn, meeting: Meeting) -> None:
    page = open_desk(sign_in(cast.secretary), meeting)
    rows = page.locator("#outline .outline-row")
    rows.nth(4).drag_to(rows.nth(1))
    expect(page.locator("#outline .outline-heading").nth(1)).to_have_text("Nästa möte")
    expect(page.locator("#sections .heading").nth(1)).to_have_text("Nästa möte")
    assert headings(meeting)[1] == "Nästa möte"


def test_an_uppdrag_is_made_of_selected_words(
    cast: Cast, sign_in: SignIn, meeting: Meeting
) -> None:
    first = meeting.items.standing()[0]
    watched = sign_in(cast.secretary)
    page = open_desk(watched, meeting, at=first)
    write(page, first, "Laga lampan")
    page.keyboard.press("Control+a")
    page.keyboard.press("F8")
    form = page.get_by_role("form", name="Uppdrag")
    expect(form.get_by_label("Uppdrag")).to_have_value("Laga lampan")
    form.get_by_label("Ansvarig").fill("Patrik Norrbäck")
    page.keyboard.press("Enter")
    form.get_by_label("Klart senast").select_option("next")
    watched.look(where="the form of an uppdrag")
    form.get_by_role("button", name="Spara uppdraget").dblclick()
    expect(page.locator(f"#actions-{first.pk}")).to_contain_text("Patrik Norrbäck")
    action = ActionItem.objects.get()
    assert (action.text, action.in_text, action.due_next_meeting) == ("Laga lampan", True, True)
    assert list(action.persons.all()) == [cast.member]
    page.get_by_role("button", name=re.compile("^nästa möte.*, byt tid$")).press("Enter")
    expect(form.get_by_label("Klart senast")).to_be_focused()
    form.get_by_label("Klart senast").select_option("")
    form.get_by_role("button", name="Spara uppdraget").press("Enter")
    expect(page.get_by_role("button", name="inget datum, byt tid")).to_be_focused()
    page.get_by_role("button", name="Patrik Norrbäck, byt ansvarig").press("Enter")
    expect(form.get_by_label("Ansvarig")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Patrik Norrbäck, byt ansvarig")).to_be_focused()
    page.get_by_role("button", name="Ta bort uppdraget").click()
    page.get_by_role("button", name="Ångra", exact=True).click()
    expect(page.locator(f"#actions-{first.pk}")).to_contain_text("Laga lampan")


def test_reports_are_added_for_all_who_are_here_and_one_says_nothing(
    cast: Cast, sign_in: SignIn, meeting: Meeting
) -> None:
    minuting.mark_rest_present(by=cast.secretary, meeting=meeting)
    table = meeting.items.get(kind=ItemKind.ROUND_TABLE)
    watched = sign_in(cast.secretary)
    page = open_desk(watched, meeting, at=table)
    page.get_by_role("button", name="Alla organisationer som är här").click()
    blocks = page.locator(f"#reports-{table.pk} .report")
    expect(blocks).to_have_count(4)
    police = blocks.filter(has_text="Polisen")
    police.locator(".text").click()
    page.keyboard.type("Cykelstölderna ökar.")
    other = blocks.filter(has_text="Servicenämnden")
    nothing = "Inget särskilt att rapportera"
    other.get_by_role("button", name=nothing).click()
    expect(other.locator(".text")).to_have_text(f"{nothing}.")
    # Of a report that has words it would say what is not so.
    expect(police.get_by_role("button", name=nothing)).to_be_hidden()
    expect(other.get_by_role("button", name=nothing, pressed=True)).to_be_visible()
    saved(page)
    texts = {report.label: report.text for report in table.reports.all()}
    assert texts["Polisen"] == "<p>Cykelstölderna ökar.</p>"
    assert texts["Servicenämnden"] == "<p>Inget särskilt att rapportera.</p>"
    watched.look(where="the round table")


def test_the_next_meeting_is_noted_with_what_it_shall_take_up(
    cast: Cast, sign_in: SignIn, meeting: Meeting
) -> None:
    last = meeting.items.get(kind=ItemKind.NEXT_MEETING)
    watched = sign_in(cast.secretary)
    page = open_desk(watched, meeting, at=last)
    page.get_by_label("Datum").fill("2026-06-11")
    page.get_by_label("Börjar").fill("13:30")
    page.get_by_label("Plats").fill("Sessionssalen")
    page.get_by_role("button", name="Nytt ämne").click()
    page.keyboard.type("Larmvägar")
    saved(page)
    said = page.locator("[data-next-sentence]")
    expect(said).to_have_text("Torsdagen den 11\xa0juni kl.\xa013.30 i Sessionssalen.")
    assert [topic.text for topic in last.topics.all()] == ["Larmvägar"]
    watched.look(where="the next meeting")
    page.get_by_label("Datum").fill("2025-06-11")
    fault = page.locator(f"#item-{last.pk} .field-error").filter(has_text="Nästa möte måste vara")
    expect(fault).to_have_text("Nästa möte måste vara efter det här mötet.")


def test_a_paper_is_added_to_the_section_at_hand(
    cast: Cast, sign_in: SignIn, meeting: Meeting, tmp_path: Path
) -> None:
    first = meeting.items.standing()[0]
    paper = tmp_path / "karta.txt"
    paper.write_text("En karta.")
    watched = sign_in(cast.secretary)
    page = open_desk(watched, meeting, at=first)
    text_of(page, first).click()
    page.get_by_role("button", name="Bilaga", exact=True).click()
    expect(page.get_by_label("Hör till")).to_have_value(str(first.pk))
    page.get_by_label("Fil", exact=True).set_input_files(paper)
    page.get_by_role("button", name="Lägg till bilagan").dblclick()
    expect(page.locator("#attachment-list")).to_contain_text("Bilaga 1: karta")
    watched.look(where="the papers")
    assert [(one.title, one.item) for one in meeting.attachments.all()] == [("karta", first)]
    fake = tmp_path / "bild.pdf"
    fake.write_text("Ingen PDF.")
    page.get_by_label("Fil", exact=True).set_input_files(fake)
    page.get_by_role("button", name="Lägg till bilagan").click()
    expect(page.locator("#desk-said")).to_contain_text("bild.pdf")


@BOTH
def test_the_link_from_the_check_leads_to_the_attendance(
    cast: Cast, sign_in: SignIn, meeting: Meeting, width: int
) -> None:
    page = sign_in(cast.secretary, width=width).go(desk_path(meeting) + "#attendance")
    expect(page.get_by_role("button", name="Alla övriga här")).to_be_visible()


def test_a_second_press_does_nothing_more(cast: Cast, sign_in: SignIn, meeting: Meeting) -> None:
    page = open_desk(sign_in(cast.secretary), meeting)
    page.get_by_role("button", name="Lägg till paragraf").click()
    page.get_by_label("Ny paragraf").fill("En gång")
    page.keyboard.press("Enter")
    page.keyboard.press("Enter")
    expect(page.locator("#outline .outline-row")).to_have_count(6)
    page.get_by_label("Namn", exact=True).fill("Ida Gäst")
    page.locator("#add-attendee").get_by_role("button", name="Lägg till").dblclick()
    expect(page.locator("#attendance-list")).to_contain_text("Ida Gäst")
    saved(page)
    assert headings(meeting).count("En gång") == 1
    assert meeting.attendance.filter(name="Ida Gäst").count() == 1
    expect(page.locator("#desk-said")).not_to_be_visible()


def test_a_link_away_is_followed_when_all_is_saved(
    cast: Cast, sign_in: SignIn, meeting: Meeting
) -> None:
    first = meeting.items.standing()[0]
    page = open_desk(sign_in(cast.secretary), meeting, at=first)
    write(page, first, "I sista stund.")
    page.get_by_role("link", name="Till justering").first.click()
    page.wait_for_url("**/kontroll/")
    assert stored(first) == "<p>I sista stund.</p>"


def test_an_answer_that_is_late_fetches_nobody_from_where_they_write(
    watched: Watched, meeting: Meeting, cast: Cast
) -> None:
    minuting.mark_rest_present(by=cast.secretary, meeting=meeting)
    table = meeting.items.get(kind=ItemKind.ROUND_TABLE)
    first = meeting.items.standing()[0]
    page = open_desk(watched, meeting, at=table)
    held: list[tuple[Route, APIResponse]] = []
    for path in ("**/rapporter/", "**/punkter/ny/"):
        page.route(path, lambda route: held.append((route, route.fetch())), times=1)
    page.get_by_role("button", name="Alla organisationer som är här").click()
    route, answer = the_held(page, held)
    write(page, first, "Ord ")
    route.fulfill(response=answer)
    expect(page.locator(f"#reports-{table.pk} .report")).to_have_count(4)
    page.keyboard.type("för ")
    held.clear()
    page.get_by_role("button", name="Lägg till paragraf").click()
    page.keyboard.type("Ny fråga")
    page.keyboard.press("Enter")
    route, answer = the_held(page, held)
    write(page, first, "ord")
    route.fulfill(response=answer)
    expect(page.get_by_role("heading", name="Ny fråga")).to_be_attached()
    page.keyboard.type(".")
    saved(page)
    assert stored(first) == "<p>Ord för ord.</p>"
    assert watched.said == []
