"""The five steps of the strip, and the words of dates beside them."""

from __future__ import annotations

import datetime

import pytest

from meetings import life, minuting, planning, summoning
from meetings.models import Meeting
from meetings.templatetags import meeting_words
from tests import builders
from tests.builders import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper")]


def strip(meeting: Meeting) -> list[tuple[str, str]]:
    return [(step.label, step.state) for step in life.life_of(meeting)]


def dates(meeting: Meeting) -> list[str]:
    return [step.date.replace("\u00a0", " ") for step in life.life_of(meeting)]


def test_a_planned_meeting_tells_by_when_the_rest_shall_be(cast: Cast) -> None:
    meeting = builders.planned(cast)
    assert strip(meeting) == [
        ("Planerat", "now"), ("Kallat", "coming"), ("Protokoll", "coming"),
        ("Justering", "coming"), ("Justerat", "coming"),
    ]  # fmt: skip
    # Planned after the fact, so the first step has no date.
    assert dates(meeting) == ["", "senast 5 mars", "12 mars", "senast 26 mars", ""]


def test_a_step_that_was_skipped_says_so(cast: Cast) -> None:
    meeting = builders.minuting_open(cast)
    assert [state for _, state in strip(meeting)] == ["done", "done", "now", "coming", "coming"]
    assert dates(meeting)[1] == "ingen kallelse"


def test_a_called_meeting_tells_when(cast: Cast) -> None:
    meeting = builders.planned(cast, datetime.date(2190, 3, 12))
    summoning.summon(by=cast.secretary, meeting=meeting)
    meeting.refresh_from_db()
    assert strip(meeting)[1] == ("Kallat", "now")
    assert "senast" not in dates(meeting)[1]


def test_a_justerat_meeting_is_done_throughout(cast: Cast) -> None:
    assert {state for _, state in strip(builders.sealed(cast))} == {"done"}


def test_a_cancelled_meeting_has_nothing_to_come(cast: Cast) -> None:
    meeting = planning.cancel_meeting(by=cast.secretary, meeting=builders.planned(cast))
    assert dates(meeting)[1:] == ["", "", "", ""]


def test_minutes_returned_are_being_written_again(cast: Cast) -> None:
    meeting = minuting.open_minutes(by=cast.secretary, meeting=builders.planned(cast))
    assert strip(meeting)[2] == ("Protokoll", "now")


def test_a_council_with_minnesanteckningar_writes_anteckningar(cast: Cast) -> None:
    assert strip(builders.notes_written(cast))[2][0] == "Anteckningar"


def test_titles_and_clocks_read_as_one_says_them(cast: Cast) -> None:
    meeting = planning.plan_meeting(
        by=cast.secretary, council=cast.council, date=datetime.date(2020, 3, 5),
        starts_at=datetime.time(9), ends_at=datetime.time(10, 5), place="Rådhusalen",
    )  # fmt: skip
    assert meeting_words.meeting_title(meeting) == "Torsdag 5\u00a0mars 2020\u00a0· Rådhusalen"
    assert meeting_words.meeting_clock(meeting) == "kl.\u00a09.00–10.05"
    assert meeting_words.weekday_beside(meeting.date) == "torsdag 2020"
