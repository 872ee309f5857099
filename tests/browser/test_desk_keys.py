"""Kalmar's minutes are entered by keyboard alone, with next to no key that is not the text's own.

What is written, and the line breaks in it, are the text's own characters. Every other press is
counted, each key of a combination by itself: Ctrl+Enter is two.
"""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from meetings import minuting, richtext
from meetings.models import ActionItem, AgendaItem, Meeting, Mode
from tests.browser.conftest import Watched
from tests.browser.desk import editor_at_hand, open_desk, saved
from tests.flows.real_minutes import reading
from tests.flows.real_minutes.entering import Entering, html_of
from tests.flows.real_minutes.reading import Item, Source
from tests.flows.test_real_minutes import KALMAR

SignIn = Callable[..., Watched]
MOST = 0.06  # of the text's own characters

pytestmark = pytest.mark.skipif(
    not KALMAR.exists(), reason="../shared/protocols finns inte här: de ingår inte i programmet"
)


class Keyboard:
    """Counts what is pressed. Words go in at once, as the same characters, to save time."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.own = 0
        self.beyond: list[str] = []

    def write(self, words: str) -> None:
        self.own += len(words)
        self.page.keyboard.insert_text(words)

    def mark(self, sign: str) -> None:
        """The sign a list begins with, which the editor must see key by key."""
        self.own += len(sign)
        self.page.keyboard.type(sign)

    def line(self) -> None:
        self.own += 1
        self.page.keyboard.press("Enter")

    def press(self, *combinations: str) -> None:
        for combination in combinations:
            self.beyond += combination.split("+")
            self.page.keyboard.press(combination)

    def tab_to(self, selector: str, most: int = 30) -> None:
        """Tab, and Tab again, until the focus is there."""
        wanted = self.page.locator(selector)
        for _ in range(most):
            self.press("Tab")
            if wanted.count() and wanted.evaluate("one => one === document.activeElement"):
                return
        raise AssertionError(f"{selector} is not within {most} tabs")


@pytest.mark.django_db(transaction=True)
def test_kalmars_minutes_are_entered_by_keyboard_alone(sign_in: SignIn) -> None:
    """All but the attached file, which is chosen in a window of the computer's own."""
    source = reading.read_paragraphs(KALMAR)
    entering = Entering(source)
    entering.plan()
    meeting = minuting.open_minutes(by=entering.secretary, meeting=entering.meeting)
    page = open_desk(sign_in(entering.secretary), meeting)
    keys = Keyboard(page)
    everybody_is_here(keys)
    guest(keys, *source.others[0])
    for row, item in zip(meeting.items.standing(), source.items, strict=True):
        enter(keys, row, item, source.signer("Justerare"))
    saved(page)
    whole_text_and_all_acts_are_there(meeting, source)
    told = {key: keys.beyond.count(key) for key in sorted(set(keys.beyond))}
    assert len(keys.beyond) <= MOST * keys.own, (told, keys.own)


def whole_text_and_all_acts_are_there(meeting: Meeting, source: Source) -> None:
    items = list(meeting.items.standing())
    wanted = [richtext.plain(html_of(words_of(item))) for item in source.items[:7]]
    assert [richtext.plain(item.text) for item in items[:7]] == wanted
    decided = [[point.text for point in item.decisions.all()] for item in items]
    assert decided == [item.decisions for item in source.items]
    made, proposals = reading.reports_of(source.items[7].blocks)
    reports = items[7].reports.standing()
    assert [(one.label, richtext.plain(one.text)) for one in reports] == [
        (report.label, richtext.plain(html_of(report.blocks))) for report in made
    ]
    assert [action.text for action in ActionItem.objects.all()] == proposals
    here = meeting.attendance.filter(mode=Mode.PRESENT).count()
    assert here == len(source.members) + len(source.others)
    assert meeting.adjuster_places.get().person.name == source.signer("Justerare")


def everybody_is_here(keys: Keyboard) -> None:
    keys.press("Control+F8")
    keys.tab_to("#rest-present")
    keys.press("Enter")
    expect(keys.page.locator("#rest-present")).to_have_count(0)


def guest(keys: Keyboard, name: str, organisation: str) -> None:
    keys.tab_to("#attendee-name")
    keys.write(name)
    keys.press("Tab")
    keys.write(organisation)
    keys.press("Enter")
    expect(keys.page.locator("#attendance-list")).to_contain_text(name)
    keys.press("Control+F8")


def enter(keys: Keyboard, row: AgendaItem, item: Item, adjuster: str) -> None:
    if item.number != 1:
        keys.press("Control+Enter")
    expect(keys.page.locator(f"#item-{row.pk} .text").first).to_be_focused()
    editor_at_hand(keys.page)
    if item.number == 2:
        keys.tab_to(f"#item-{row.pk} .election-tools .chip:text-is('{adjuster}')")
        keys.press("Enter")
        expect(keys.page.locator(f"#item-{row.pk}")).to_contain_text(item.decisions[0])
    elif item.number == 8:
        round_table(keys, item)
    else:
        text(keys, words_of(item))
        decisions(keys, item)


def words_of(item: Item) -> list[str]:
    """Who presents is written as the first line of the text, as in the original."""
    return [*([item.presenters] if item.presenters else []), *item.blocks]


def text(keys: Keyboard, blocks: list[str]) -> None:
    """Paragraphs and lists. The program numbers all points but the first."""
    inside = False
    for at, block in enumerate(blocks):
        if at:
            keys.line()
        mark = re.match(r"^(- |\d+\. )", block)
        if mark and not inside:
            keys.mark(mark[0])
        elif inside and not mark:
            keys.press("Enter")  # out of the list
        inside = bool(mark)
        keys.write(block[mark.end() :] if mark else block)


def decisions(keys: Keyboard, item: Item) -> None:
    for at, decision in enumerate(item.decisions):
        keys.press("Enter" if at else "F2")
        keys.write(decision)


def round_table(keys: Keyboard, item: Item) -> None:
    made, proposals = reading.reports_of(item.blocks)
    for report in made:
        keys.press("Control+Enter")
        expect(keys.page.get_by_label("Ny rapport från")).to_be_focused()
        keys.write(report.label)
        keys.press("Enter")
        expect(keys.page.locator(".report .text").last).to_be_focused()
        text(keys, report.blocks)
    for proposal in proposals:
        keys.press("F8")
        keys.write(proposal)
        keys.tab_to(".action-form button[type=submit]")
        keys.press("Enter")
        expect(keys.page.locator(".action")).to_contain_text(proposal)
