"""The table of earlier uppdrag says what the meeting knew, and stays so in its minutes."""

from __future__ import annotations

import datetime
import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetings import followup, minuting, planning, signing
from meetings.models import ActionEvent, ActionItem, ItemKind, Meeting
from tests import builders
from tests.builders import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper")]
DAY = builders.DAY
TODAY = timezone.localdate()


def later(days: int, since: datetime.date = DAY) -> datetime.date:
    return since + datetime.timedelta(days=days)


def with_table(cast: Cast, date: datetime.date) -> Meeting:
    """Minutes being written, with a § that follows up."""
    meeting = builders.written(cast, date)
    planning.add_item(
        by=cast.secretary, meeting=meeting, heading="Uppföljning", kind=ItemKind.FOLLOW_UP
    )
    return meeting


def give(cast: Cast, meeting: Meeting, text: str = "Laga lampan.", **fields: Any) -> ActionItem:
    item = meeting.items.standing()[3]
    fields.setdefault("persons", [cast.member])
    return followup.give_action(by=cast.secretary, item=item, text=text, **fields)


def report(cast: Cast, action: ActionItem, status: str, meeting: Meeting | None, **f: Any) -> None:
    followup.follow_up(by=cast.secretary, action=action, status=status, meeting=meeting, **f)


def seen(meeting: Meeting) -> list[tuple[str, str, str, str]]:
    """Text, due, status and news of each row."""
    lines = followup.lines_of(followup.table_of(meeting))
    return [(one["text"], one["due"], one["status"], one["news"]) for one in lines]


@pytest.fixture
def first(cast: Cast) -> Meeting:
    return builders.written(cast)


def test_open_uppdrag_of_earlier_meetings_stand_oldest_first(cast: Cast, first: Meeting) -> None:
    give(cast, first, due_on=later(10))
    give(cast, first, "Skriv till SBK.", persons=[])
    second = with_table(cast, later(30))
    give(cast, second, "Av samma möte.")
    rows = followup.lines_of(followup.table_of(second))
    assert rows == [
        {"text": "Laga lampan.", "assignee": "Patrik Norrbäck", "due": "2026-03-22",
         "status": "Pågår, försenat", "news": "", "given": "2026-03-12"},
        {"text": "Skriv till SBK.", "assignee": "", "due": "", "status": "Förslag", "news": "",
         "given": "2026-03-12"},
    ]  # fmt: skip


def test_what_was_reported_since_the_last_meeting_is_told(cast: Cast, first: Meeting) -> None:
    action = give(cast, first, due_on=later(10))
    second = with_table(cast, later(30))
    report(cast, action, "open", second, note="Väntar på delar", due_on=later(90))
    assert seen(second) == [
        ("Laga lampan.", "2026-06-10", "Pågår", "Ny tid 2026-06-10. Väntar på delar.")
    ]
    third = with_table(cast, later(60))
    assert seen(third) == [("Laga lampan.", "2026-06-10", "Pågår", "")]
    report(cast, action, "done", third, note="Bytt.")
    assert seen(third) == [("Laga lampan.", "2026-06-10", "Klart", "Bytt.")]
    assert seen(with_table(cast, later(90))) == []


def test_what_happens_after_the_meeting_does_not_change_what_it_knew(
    cast: Cast, first: Meeting
) -> None:
    action = give(cast, first)
    second = with_table(cast, later(30))
    report(cast, action, "done", None, note="Ringde in i dag.")
    assert second.date < TODAY
    assert seen(second) == [("Laga lampan.", "", "Pågår", "")]
    now = with_table(cast, TODAY)
    said = f"{TODAY.isoformat()}: Ringde in i dag."
    assert seen(now) == [("Laga lampan.", "", "Klart", said)]


def test_nasta_mote_is_a_day_when_that_meeting_has_come(cast: Cast, first: Meeting) -> None:
    action = give(cast, first, due_next_meeting=True)
    second, third = with_table(cast, later(30)), with_table(cast, later(60))
    assert seen(second)[0][1:3] == ("2026-04-11", "Pågår")
    assert seen(third)[0][1:3] == ("2026-04-11", "Pågår, försenat")
    report(cast, action, "open", second, due_next_meeting=True)
    assert seen(second)[0][1:] == ("nästa möte", "Pågår", "Ny tid till nästa möte.")
    assert seen(third)[0][1:3] == ("2026-05-11", "Pågår")
    dated = followup.with_due(ActionItem.objects.all()).get()
    assert (dated.falls_due, dated.waits_for_next) == (third.date, True)


def test_a_new_day_is_when_it_falls_due_everywhere(cast: Cast, first: Meeting) -> None:
    action = give(cast, first, due_next_meeting=True)
    second = with_table(cast, later(30))
    report(cast, action, "open", second, due_on=later(100))
    dated = followup.with_due(ActionItem.objects.all()).get()
    assert (dated.falls_due, dated.waits_for_next) == (later(100), False)
    followup.take_report_back(by=cast.secretary, action=action, meeting=second)
    dated = followup.with_due(ActionItem.objects.all()).get()
    assert (dated.falls_due, dated.waits_for_next) == (second.date, True)


def test_a_report_is_taken_back_and_the_trail_keeps_both(cast: Cast, first: Meeting) -> None:
    action = give(cast, first)
    second = with_table(cast, later(30))
    report(cast, action, "done", second)
    followup.take_report_back(by=cast.secretary, action=action, meeting=second)
    followup.take_report_back(by=cast.secretary, action=action, meeting=second)  # nothing more
    assert seen(second) == [("Laga lampan.", "", "Pågår", "")]
    action.refresh_from_db()
    assert (action.status, action.events.count()) == ("open", 3)


def test_the_same_report_sent_twice_is_one(cast: Cast, first: Meeting) -> None:
    action = give(cast, first)
    second = with_table(cast, later(30))
    for _ in range(2):
        report(cast, action, "done", second, note="Bytt.")
    assert ActionEvent.objects.filter(meeting=second).count() == 1


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"due_on": DAY}, "är före mötet"),
        ({"due_on": later(90), "due_next_meeting": True}, "antingen ett datum eller"),
        ({"note": "x" * 10_000}, "högst 500 tecken"),
    ],
)
def test_a_report_that_cannot_be_is_refused(
    cast: Cast, first: Meeting, fields: dict[str, Any], fault: str
) -> None:
    action = give(cast, first)
    second = with_table(cast, later(30))
    with pytest.raises(ValidationError, match=fault):
        report(cast, action, "open", second, **fields)
    assert action.events.count() == 1


def test_an_uppdrag_goes_and_comes_with_its_paragraph(cast: Cast, first: Meeting) -> None:
    action = give(cast, first)
    second = with_table(cast, later(30))
    planning.remove_item(by=cast.secretary, item=action.item)
    assert (seen(second), list(ActionItem.objects.unfinished())) == ([], [])
    planning.restore_item(by=cast.secretary, item=action.item)
    assert len(seen(second)) == 1


def test_the_minutes_keep_the_table_as_it_was(cast: Cast, first: Meeting) -> None:
    action = give(cast, first)
    second = with_table(cast, later(30))
    report(cast, action, "open", second, note="Väntar på delar.")
    round_ = signing.open_round(by=cast.secretary, meeting=second)
    report(cast, action, "done", None)
    frozen = json.loads(bytes(round_.version.canonical))["items"]
    tables = [line["follow_up"] for line in frozen if "follow_up" in line]
    assert tables == [[
        {"text": "Laga lampan.", "assignee": "Patrik Norrbäck", "due": "", "status": "Pågår",
         "news": "Väntar på delar.", "given": "2026-03-12"}
    ]]  # fmt: skip


def test_minutes_without_such_a_paragraph_are_byte_for_byte_as_before(
    cast: Cast, first: Meeting
) -> None:
    give(cast, first)
    drawn = minuting.snapshot_of(builders.written(cast, later(30)))
    assert [line for line in drawn["items"] if "follow_up" in line] == []


def test_the_table_asks_as_often_for_many_as_for_one(cast: Cast, first: Meeting) -> None:
    counts = []
    second = with_table(cast, later(30))
    for n in range(8):
        action = give(cast, first, f"Uppdrag {n}")
        report(cast, action, "open", second, note="Ord.")
        with CaptureQueriesContext(connection) as asked:
            assert len(followup.table_of(second)) == n + 1
        counts.append(len(asked))
    assert len(set(counts)) == 1
