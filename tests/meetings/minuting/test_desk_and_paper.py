"""What one writes on the desk is the protocol: it shows, § by §, what the paper prints."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5
from django.test import Client

from meetings import followup, minuting, planning
from meetings.models import ItemKind, Meeting
from members.models import Person
from tests import builders
from tests.builders import Cast
from tests.meetings.minuting.desk import url

pytestmark = pytest.mark.django_db

As = Callable[[Person], Client]
XHTML = "{http://www.w3.org/1999/xhtml}"
# What either says in a form of its own: who has an uppdrag, and what is pressed.
APART = {"action-tools", "action-facts", "permalink", "who"}


def sections(html: str) -> list[list[str]]:
    """The words of each §, block by block, without what is hidden."""
    page = tinyhtml5.parse(html)
    return [list(blocks(one)) for one in page.iter(f"{XHTML}section") if "item" in classes(one)]


def classes(element: Element) -> list[str]:
    return element.get("class", "").split()


def blocks(element: Element) -> Iterator[str]:
    """One string for each heading, paragraph or point, as it is read."""
    if "hidden" in element.attrib or APART & set(classes(element)):
        return
    name = str(element.tag).removeprefix(XHTML)
    if name in ("h2", "h3", "p", "li") and not any(child.tag == f"{XHTML}p" for child in element):
        said = " ".join(" ".join(words(element)).split())
        if said:
            yield said
        return
    for child in element:
        yield from blocks(child)


def words(element: Element) -> Iterator[str]:
    if not APART & set(classes(element)):
        yield element.text or ""
        for child in element:
            yield from words(child)
            yield child.tail or ""


def filled(cast: Cast) -> Meeting:
    """Minutes with everything that can stand in them."""
    by = cast.secretary
    meeting = builders.written(cast)
    item = planning.add_item(by=by, meeting=meeting, heading="Biltrafiken på Lotsgatan")
    planning.change_item(
        by=by, item=item, presenters="Patrik Norrbäck, kommunpolis", registry_number="KS 2026/14",
        dispatch="Samhällsbyggnadskontoret",
    )  # fmt: skip
    builders.write(by, item, "<p>Ett stycke.</p><ul><li><p>En punkt</p></li></ul><h3>Läget</h3>")
    minuting.set_decisions(by=by, item=item, points=["Polisen följer upp.", "Frågan tas upp igen."])
    followup.give_action(by=by, item=item, text="Mät trafiken.", persons=[cast.member])
    row = meeting.attendance.get(person=cast.chair)
    minuting.set_conflict(by=by, row=row, item=item)
    table = meeting.items.standing().get(kind=ItemKind.ROUND_TABLE)
    report = minuting.add_report(by=by, item=table, label="Hamnföreningen")
    minuting.save_text(by=by, target=report, html="<p>Bryggan är lagad.</p>", base_version=0)
    followup.set_next_meeting(
        by=by, meeting=meeting, date=datetime.date(2026, 6, 11),
        starts_at=datetime.time(13, 30), ends_at=None, place="Rådhuset",
    )  # fmt: skip
    following = meeting.items.standing().get(kind=ItemKind.NEXT_MEETING)
    followup.set_topics(by=by, item=following, topics=[("Cykelstölderna", "Patrik Norrbäck")])
    return meeting


def test_each_paragraph_says_on_the_desk_what_the_draft_prints(cast: Cast, as_: As) -> None:
    meeting = filled(cast)
    client = as_(cast.secretary)
    desk = sections(client.get(url(meeting, "desk")).content.decode())
    paper = sections(client.get(url(meeting, "minutes")).content.decode())
    assert desk == paper
    assert "Polisen följer upp." in desk[-1]
    assert "Gunilla Strömvik deltar inte i ärendet på grund av jäv." in desk[-1]


def test_without_a_text_both_say_the_sentence_of_the_next_meeting(cast: Cast, as_: As) -> None:
    meeting = filled(cast)
    following = meeting.items.standing().get(kind=ItemKind.NEXT_MEETING)
    builders.write(cast.secretary, following, "")
    client = as_(cast.secretary)
    sentence = "Torsdagen den 11 juni kl. 13.30 i Rådhuset."
    for page in ("desk", "minutes"):
        said = sections(client.get(url(meeting, page)).content.decode())
        assert [sentence in item for item in said] == [False] * 4 + [True, False], page
