"""From text to act: uppdrag of words, decisions that give them, what was said before."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from meetings import followup, minuting, planning
from meetings.models import ActionItem, AgendaItem, ItemKind, Meeting
from tests import builders
from tests.browser.conftest import DESK, PHONE, Watched
from tests.browser.desk import open_desk, saved, write, zone
from tests.builders import Cast

SignIn = Callable[..., Watched]
BEFORE = builders.DAY - datetime.timedelta(days=90)


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """With a meeting before, that said and gave something, and a § that follows it up."""
    by = cast.secretary
    earlier = builders.minuting_open(cast, BEFORE)
    street = planning.add_item(by=by, meeting=earlier, heading="Biltrafiken på Lotsgatan")
    builders.write(by, street, "<p>I snitt körde 64 bilar per kväll.</p>")
    minuting.set_decisions(by=by, item=street, points=["Frågan tas upp igen."])
    followup.give_action(
        by=by, item=street, text="Laga pollarna.", persons=[cast.member], due_next_meeting=True
    )
    meeting = builders.minuting_open(cast)
    planning.add_item(by=by, meeting=meeting, heading="Uppföljning", kind=ItemKind.FOLLOW_UP)
    planning.add_item(by=by, meeting=meeting, heading="Lotsgatan, biltrafiken")
    return meeting


def item(meeting: Meeting, heading: str) -> AgendaItem:
    return meeting.items.get(heading=heading)


def points(of: AgendaItem) -> list[str]:
    return [point.text for point in of.decisions.all()]


def test_words_and_decisions_become_uppdrag_by_keys_alone(
    cast: Cast, sign_in: SignIn, meeting: Meeting
) -> None:
    street = item(meeting, "Lotsgatan, biltrafiken")
    watched = sign_in(cast.secretary)
    page = open_desk(watched, meeting, at=street)
    form = page.get_by_role("form", name="Uppdrag")
    # Selected words: who and when come out of them.
    write(page, street, "Kommunpolisen mäter farten senast 15 maj")
    page.keyboard.press("Control+a")
    page.keyboard.press("F8")
    expect(form.get_by_role("button", name="Polisen")).to_be_visible()
    expect(form.get_by_label("Datum", exact=True)).to_have_value("2026-05-15")
    watched.look(where="the form with a guess")
    form.get_by_label("Uppdrag").press("Escape")
    expect(form).to_have_count(0)
    page.keyboard.press("F8")
    expect(form.get_by_role("button", name="Polisen")).to_be_visible()
    form.get_by_role("button", name="Spara uppdraget").dblclick()
    expect(page.locator(f"#actions-{street.pk} .action")).to_have_count(1)
    # A decision written by hand becomes the decision that gives it.
    page.keyboard.press("F2")
    page.keyboard.type("Rådet ger Patrik Norrbäck i uppdrag att laga lampan till nästa möte.")
    page.keyboard.press("F8")
    sentence = page.locator(".sentence")
    said = "Rådet ger Patrik Norrbäck i uppdrag att laga lampan till nästa möte."
    expect(sentence).to_have_text(said)
    expect(form.get_by_label("Uppdrag")).to_have_value("Laga lampan")
    watched.look(where="the form that writes a decision")
    page.keyboard.press("Tab")  # to who
    page.keyboard.type("Polisen")
    page.keyboard.press("Enter")
    expect(sentence).to_have_text(said.replace("Norrbäck i", "Norrbäck och polisen i"))
    page.keyboard.press("Control+Enter")  # saves it, and does not go on and leave it open
    expect(page.locator(f"#actions-{street.pk} .action")).to_have_count(2)
    expect(form).to_have_count(0)
    assert points(street) == [said.replace("Norrbäck i", "Norrbäck och polisen i")]
    area = page.locator(f"#decisions-{street.pk} .point-field textarea")
    expect(area).to_have_value(points(street)[0])
    # Changed: the sentence follows. Rewritten by hand: it says that it does not.
    second = page.locator(f"#actions-{street.pk} .action").nth(1)
    second.get_by_role("button", name="Ändra").click()
    form.get_by_label("Klart senast").select_option("")
    form.get_by_role("button", name="Spara uppdraget").click()
    expect(area).to_have_value("Rådet ger Patrik Norrbäck och polisen i uppdrag att laga lampan.")
    expect(second).to_contain_text("som följer med")
    area.fill("Polisen lagar lampan.")
    expect(second).to_contain_text("följer inte längre med")
    saved(page)
    assert points(street) == ["Polisen lagar lampan."]
    watched.look(where="an uppdrag whose decision was rewritten")
    assert ActionItem.objects.filter(item=street).count() == 2


def test_a_chip_opens_the_decision_and_removal_is_undone(
    cast: Cast, sign_in: SignIn, meeting: Meeting
) -> None:
    street = item(meeting, "Lotsgatan, biltrafiken")
    page = open_desk(sign_in(cast.secretary), meeting, at=street)
    section = page.locator(f"#item-{street.pk}")
    section.get_by_role("button", name="Ge i uppdrag att").click()
    form = page.get_by_role("form", name="Uppdrag")
    page.keyboard.type("Räddningstjänsten")
    page.keyboard.press("Enter")
    form.get_by_label("Uppdrag").fill("öva")
    expect(page.locator(".sentence")).to_have_text("Rådet ger räddningstjänsten i uppdrag att öva.")
    form.get_by_role("button", name="Spara uppdraget").click()
    said = "Rådet ger räddningstjänsten i uppdrag att öva."
    area = section.locator(".point-field textarea")
    expect(area).to_have_value(said)
    section.get_by_role("button", name="Ta bort uppdraget").click()
    expect(area).to_have_value("")
    page.get_by_role("button", name="Ångra", exact=True).click()
    expect(area).to_have_value(said)
    assert points(street) == [said]


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_earlier_uppdrag_are_reported_on_where_they_stand(
    cast: Cast, sign_in: SignIn, meeting: Meeting, width: int
) -> None:
    watched = sign_in(cast.secretary, width=width)
    watched.may_refuse = "/uppfoljning/"
    page = open_desk(watched, meeting, at=item(meeting, "Uppföljning"))
    row = page.get_by_role("row").filter(has_text="Laga pollarna")
    expect(row).to_contain_text("Pågår")
    row.get_by_role("button", name="Rapportera").press("Enter")
    page.keyboard.type("Väntar på delar")
    form = page.get_by_role("form", name="Rapportera")
    form.get_by_label("Klart senast").select_option("on")
    form.get_by_label("Datum", exact=True).fill("2020-01-01")
    watched.look(where=f"a report at {width}")
    form.get_by_role("button", name="Pågår").click()
    expect(form).to_contain_text("är före mötet")
    form.get_by_label("Datum", exact=True).fill("2026-06-01")
    form.get_by_role("button", name="Pågår").dblclick()
    expect(row).to_contain_text("Ny tid 2026-06-01. Väntar på delar.")
    watched.look(where=f"the table of earlier uppdrag at {width}")
    if width == DESK:
        # What only a screen reader meets in a zone doesn't make the page behind the zones longer.
        page.set_viewport_size({"width": DESK, "height": 300})
        page.locator(".zone-text").evaluate("zone => { zone.scrollTop = 0; }")
        assert page.evaluate("document.documentElement.scrollHeight") == 300
        page.set_viewport_size({"width": DESK, "height": 900})
    page.get_by_role("button", name="Ångra", exact=True).click()
    expect(row).not_to_contain_text("Ny tid")
    assert ActionItem.objects.get(text="Laga pollarna.").events.standing().count() == 1


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_what_was_said_before_stands_beside(
    cast: Cast, sign_in: SignIn, meeting: Meeting, width: int
) -> None:
    watched = sign_in(cast.secretary, width=width)
    page = open_desk(watched, meeting, at=item(meeting, "Lotsgatan, biltrafiken"))
    zone(page, width, "Förra gången")
    if width == DESK:
        page.get_by_role("tab", name="Förra gången").click()
    panel = page.get_by_role("tabpanel", name="Förra gången")
    expect(panel).to_contain_text("I snitt körde 64 bilar per kväll.")
    expect(panel).to_contain_text("Frågan tas upp igen.")
    expect(panel).to_contain_text("Patrik Norrbäck, senast nästa möte · pågår")
    expect(panel.get_by_role("link", name="Hela protokollet")).to_be_visible()
    panel.get_by_role("button", name="Kopiera orden").click()
    watched.look(where=f"what was said before at {width}")
    if width == DESK:  # another § is chosen: the panel follows
        page.locator("#outline a").first.click()
        expect(panel).to_contain_text("Inledning")
        expect(panel).not_to_contain_text("64 bilar")
