"""Förra gången shows what earlier meetings said of the matter, to those who may read it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from meetings import followup, minuting, planning, recalling
from meetings.models import AgendaItem, ItemKind, Meeting
from members.models import Person
from tests import builders
from tests.builders import Cast

pytestmark = pytest.mark.django_db
As = Callable[[Person], Client]


def day(n: int) -> datetime.date:
    return builders.DAY + datetime.timedelta(days=n)


def at(cast: Cast, n: int, *headings: str, **facts: Any) -> Meeting:
    """A meeting being written, with a § of each heading."""
    meeting = builders.minuting_open(cast, day(n))
    for heading in headings:
        item = planning.add_item(by=cast.secretary, meeting=meeting, heading=heading, **facts)
        builders.write(cast.secretary, item, f"<p>{heading} dag {n}.</p>")
    return meeting


def item(meeting: Meeting, heading: str) -> AgendaItem:
    return meeting.items.standing().get(heading=heading)


def found(user: Person, of: AgendaItem) -> list[tuple[str, str]]:
    return [(one.date, one.name) for one in recalling.earlier(user=user, item=of)]


def test_a_heading_like_its_own_is_found_newest_first(cast: Cast) -> None:
    at(cast, 0, "Biltrafiken på Lotsgatan", "Trygghetsmätning")
    at(cast, 30, "Lotsgatans biltrafik", "Belysning i parken")
    now = at(cast, 60, "Biltrafik på Lotsgatan")
    assert found(cast.secretary, item(now, "Biltrafik på Lotsgatan")) == [
        ("2026-04-11", "Lotsgatans biltrafik"),
        ("2026-03-12", "Biltrafiken på Lotsgatan"),
    ]


def test_what_a_meeting_has_one_of_is_found_by_its_kind(cast: Cast) -> None:
    before = at(cast, 0)
    table = before.items.get(kind=ItemKind.ROUND_TABLE)
    planning.change_item(by=cast.secretary, item=table, heading="Laget runt")
    now = at(cast, 30).items.get(kind=ItemKind.ROUND_TABLE)
    assert found(cast.secretary, now) == [("2026-03-12", "Laget runt")]


def test_a_matter_is_found_by_its_diary_number_under_another_heading(cast: Cast) -> None:
    at(cast, 0, "Skrivelse från skolan", registry_number="BRÅ 2026-14")
    now = at(cast, 30, "Öppna förskolans gård", registry_number="BRÅ 2026-14")
    assert found(cast.secretary, item(now, "Öppna förskolans gård")) == [
        ("2026-03-12", "Skrivelse från skolan")
    ]


def test_what_was_said_decided_and_given_is_told_with_how_it_goes(cast: Cast) -> None:
    before = at(cast, 0, "Lotsgatan")
    then = item(before, "Lotsgatan")
    minuting.set_decisions(by=cast.secretary, item=then, points=["Frågan bordläggs."])
    action = followup.give_action(
        by=cast.secretary, item=then, text="Mät farten.", persons=[cast.member]
    )
    now = at(cast, 30, "Lotsgatan")
    followup.follow_up(by=cast.secretary, action=action, status="done")
    (one,) = recalling.earlier(user=cast.secretary, item=item(now, "Lotsgatan"))
    assert (one.when, one.text, one.decisions) == (
        "12\xa0mars 2026", "<p>Lotsgatan dag 0.</p>", ["Frågan bordläggs."]
    )  # fmt: skip
    given = one.actions[0]
    assert (given.text, given.assignee, given.status) == ("Mät farten.", "Patrik Norrbäck", "Klart")


def test_open_uppdrag_that_touch_the_matter_are_told(cast: Cast) -> None:
    before = at(cast, 0, "Övriga frågor")
    for text in ("Sätt upp kameror vid Lotsgatan.", "Beställ kaffe."):
        followup.give_action(by=cast.secretary, item=item(before, "Övriga frågor"), text=text)
    of = item(at(cast, 30, "Lotsgatan"), "Lotsgatan")
    rows = recalling.open_actions(user=cast.secretary, item=of, found=[])
    assert [row.text for row in rows] == ["Sätt upp kameror vid Lotsgatan."]


def test_nothing_of_another_council_or_of_later_or_removed(cast: Cast) -> None:
    builders.notes_written(cast, day(0))
    gone = at(cast, 0, "Läget i centrum")
    planning.remove_item(by=cast.secretary, item=item(gone, "Läget i centrum"))
    at(cast, 60, "Läget i centrum")
    now = at(cast, 30, "Läget i centrum")
    assert found(cast.secretary, item(now, "Läget i centrum")) == []


def test_drafts_are_told_to_those_who_read_drafts(cast: Cast) -> None:
    at(cast, 0, "Lotsgatan")
    of = item(at(cast, 30, "Lotsgatan"), "Lotsgatan")
    assert len(found(cast.chair, of)) == 1
    assert found(cast.member, of) == []
    assert found(cast.other_secretary, of) == []


def test_the_panel_asks_as_often_for_many_as_for_one(cast: Cast, as_: As) -> None:
    now = at(cast, 300, "Lotsgatan")
    url = reverse("last_time", args=[cast.council.slug, now.key, item(now, "Lotsgatan").pk])
    client, counts = as_(cast.secretary), []
    for n in range(4):
        before = at(cast, n, "Lotsgatan")
        followup.give_action(
            by=cast.secretary, item=item(before, "Lotsgatan"), text="Mät.", persons=[cast.member]
        )
        client.get(url, headers={"X-Requested-With": "fetch"})
        with CaptureQueriesContext(connection) as asked:
            answer = client.get(url, headers={"X-Requested-With": "fetch"}).json()
        counts.append(len(asked))
    assert answer["parts"]["last-time"].count("<details") == 4
    assert len(set(counts)) == 1


def test_words_that_were_corrected_afterwards_say_so(cast: Cast, as_: As) -> None:
    before = builders.sealed(cast)
    table = before.items.get(kind=ItemKind.ROUND_TABLE)
    builders.corrected(cast, before, table)
    now = builders.minuting_open(cast, day(30))
    items = {one.kind: one for one in now.items.standing()}
    for kind, corrected in ((ItemKind.ROUND_TABLE, True), (ItemKind.OPENING, False)):
        (one,) = recalling.earlier(user=cast.secretary, item=items[kind])
        assert one.corrected is corrected
        page = as_(cast.secretary).get(
            reverse("last_time", args=[cast.council.slug, now.key, items[kind].pk]),
            headers={"X-Requested-With": "fetch"},
        )
        assert ("Läs rättelsen" in page.json()["parts"]["last-time"]) is corrected
