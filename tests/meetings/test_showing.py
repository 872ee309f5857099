"""The wall screen: what it shows, what it never shows, and how little it asks."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetings import followup, minuting, planning, secrecy
from meetings.models import AgendaItem, AtDesk, ItemKind, Meeting
from members.models import Person
from tests import builders
from tests.builders import Cast
from tests.meetings.minuting.desk import url

pytestmark = pytest.mark.django_db
As = Callable[[Person], Client]


def now(client: Client, meeting: Meeting, version: str = "") -> tuple[int, dict[str, Any], str]:
    headers = {"If-None-Match": version} if version else {}
    answer = client.get(url(meeting, "wall_now"), headers=headers)
    return answer.status_code, answer.json() if answer.content else {}, answer.headers["ETag"]


def at(person: Person, meeting: Meeting, item: AgendaItem | None) -> None:
    minuting.attend(by=person, meeting=meeting, item=item.pk if item else None, writing=True)


def test_the_section_at_hand_is_shown_with_decision_and_who_is_asked(
    cast: Cast, as_: As, meeting: Meeting, first: AgendaItem
) -> None:
    builders.write(cast.secretary, first, "<p>Ordföranden öppnar.</p>")
    minuting.set_decisions(by=cast.secretary, item=first, points=["Mötet öppnas."])
    followup.give_action(by=cast.secretary, item=first, text="Laga.", persons=[cast.member])
    second = meeting.items.standing()[1]
    builders.write(cast.secretary, second, "<p>Ett annat utkast.</p>")
    at(cast.secretary, meeting, first)
    _, answer, _ = now(as_(cast.chair), meeting)
    words = ("Inledning", "Ordföranden öppnar.", "Mötet öppnas.", "Laga.", cast.member.name)
    assert [word in answer["html"] for word in words] == [True] * 5
    assert ("Ett annat utkast." in answer["html"], answer["item"]) == (False, first.pk)
    assert cast.secretary.name not in answer["html"]


def test_reports_of_the_round_table_are_shown(cast: Cast, as_: As, meeting: Meeting) -> None:
    table = meeting.items.get(kind=ItemKind.ROUND_TABLE)
    report = minuting.add_report(by=cast.secretary, item=table, label="Hamnens vänner")
    at(cast.secretary, meeting, table)
    client = as_(cast.secretary)
    _, _, version = now(client, meeting)
    minuting.save_text(by=cast.secretary, target=report, html="<p>Lugnt.</p>", base_version=0)
    status, answer, _ = now(client, meeting, version)
    assert (status, "Hamnens vänner" in answer["html"], "Lugnt." in answer["html"]) == (
        200, True, True,
    )  # fmt: skip


def test_it_is_answered_only_when_something_is_new(
    cast: Cast, as_: As, meeting: Meeting, first: AgendaItem
) -> None:
    at(cast.secretary, meeting, first)
    client = as_(cast.chair)
    _, _, version = now(client, meeting)
    with CaptureQueriesContext(connection) as captured:
        assert now(client, meeting, version) == (304, {}, version)
    # Session, person, meeting; who is where, the §, the trail.
    assert len(captured) == 6
    changes = (
        lambda: builders.write(cast.secretary, first, "<p>Ord.</p>"),
        lambda: planning.change_item(by=cast.secretary, item=first, heading="Öppnande"),
        lambda: minuting.set_decisions(by=cast.secretary, item=first, points=["Ja."]),
        lambda: followup.give_action(by=cast.secretary, item=first, text="Laga."),
        lambda: planning.move_item(by=cast.secretary, item=first, to=3),
        lambda: at(cast.secretary, meeting, meeting.items.standing()[1]),
    )
    for change in changes:
        change()
        status, _, new = now(client, meeting, version)
        assert (status, new != version) == (200, True)
        version = new


def test_without_a_section_it_says_what_is_going_on(cast: Cast, as_: As, first: AgendaItem) -> None:
    meeting, client = first.meeting, as_(cast.chair)
    planned = builders.planned(cast, builders.DAY.replace(day=19))
    over = builders.in_signing(cast, builders.DAY.replace(day=26)).meeting
    cancelled = planning.cancel_meeting(
        by=cast.secretary, meeting=builders.planned(cast, builders.DAY.replace(day=27))
    )
    for where, words in (
        (planned, "Mötet börjar strax"),
        (meeting, "Sekreteraren har inte öppnat någon paragraf"),
        (over, "Mötet är slut"),
        (cancelled, "Mötet är inställt"),
    ):
        assert (words in now(client, where)[1]["html"], words) == (True, words)
    at(cast.secretary, meeting, first)
    assert now(client, meeting)[1]["item"] == first.pk
    planning.remove_item(by=cast.secretary, item=first)
    assert "inte öppnat någon paragraf" in now(client, meeting)[1]["html"]


def test_the_secretary_of_the_day_is_followed_and_else_whoever_moved_last(
    cast: Cast, meeting: Meeting, first: AgendaItem
) -> None:
    second, third = meeting.items.standing()[1:3]
    at(cast.chair, meeting, second)
    assert minuting.item_at_hand(meeting) == second.pk
    at(cast.adjuster, meeting, third)
    at(cast.chair, meeting, second)  # asks again from the same §: that is no move
    assert minuting.item_at_hand(meeting) == third.pk
    at(cast.secretary, meeting, first)
    at(cast.adjuster, meeting, second)
    assert minuting.item_at_hand(meeting) == (
        first.pk if meeting.secretary == cast.secretary else second.pk
    )


def test_a_reload_of_the_desk_leaves_the_screen_and_a_closed_desk_clears_it(
    cast: Cast, meeting: Meeting, first: AgendaItem
) -> None:
    at(cast.secretary, meeting, first)
    minuting.leave(by=cast.secretary, meeting=meeting)
    assert minuting.item_at_hand(meeting) == first.pk
    AtDesk.objects.update(seen_at=timezone.now() - datetime.timedelta(minutes=11))
    assert minuting.item_at_hand(meeting) is None


def test_a_closed_section_never_reaches_the_screen(
    cast: Cast, as_: As, meeting: Meeting, first: AgendaItem
) -> None:
    by = cast.secretary
    item = planning.add_item(by=by, meeting=meeting, heading="Lägesbild KANARIEFÅGEL")
    builders.write(by, item, "<p>KANARIEFÅGEL</p>")
    minuting.set_decisions(by=by, item=item, points=["KANARIEFÅGEL"])
    followup.give_action(by=by, item=item, text="KANARIEFÅGEL", role_in_words="KANARIEFÅGEL")
    at(by, meeting, item)
    client = as_(by)
    _, open_, version = now(client, meeting)
    assert open_["html"].count("KANARIEFÅGEL") == 5
    secrecy.close_item(by=by, item=item, secrecy="OSL 35 kap. 1 §")
    status, answer, _ = now(client, meeting, version)
    assert (status, "KANARIE" in str(answer), answer["item"]) == (200, False, None)
    assert "Den här punkten visas inte på skärmen" in answer["html"]
    at(by, meeting, first)
    assert "KANARIE" not in now(client, meeting)[1]["html"]
    assert "KANARIE" not in client.get(url(meeting, "wall")).content.decode()
