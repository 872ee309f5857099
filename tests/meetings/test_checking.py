"""Before justering: every fault is found, and what is right is left alone."""

from __future__ import annotations

import datetime
from typing import Any

import pytest

from meetings import followup, minuting, planning
from meetings.minuting import checking
from meetings.models import AgendaItem, ItemKind, Meeting, Mode
from tests import builders, standing
from tests.builders import Cast

pytestmark = pytest.mark.django_db


def found(meeting: Meeting) -> dict[str, str]:
    """Code and place of every fault, as the list shows them now."""
    meeting = Meeting.objects.get(pk=meeting.pk)
    return {problem.code: problem.place for problem in minuting.problems(meeting)}


def item_of(meeting: Meeting, kind: ItemKind) -> AgendaItem:
    return meeting.items.standing().get(kind=kind)


def place(item: AgendaItem) -> str:
    return f"item-{item.pk}"


@standing.fixture
def meeting(cast: Cast) -> Meeting:
    return builders.written(cast)


def test_minutes_in_order_have_no_faults_in_either_style(cast: Cast, meeting: Meeting) -> None:
    assert found(meeting) == {}
    assert found(builders.notes_written(cast)) == {}


def test_blocking_faults_come_first(cast: Cast) -> None:
    order = [p.blocking for p in minuting.problems(builders.minuting_open(cast))]
    assert order == sorted(order, reverse=True)
    assert set(order) == {True, False}


def test_a_protocol_needs_an_adjuster(cast: Cast, meeting: Meeting) -> None:
    election = item_of(meeting, ItemKind.ADJUSTER)
    minuting.elect_adjusters(by=cast.secretary, item=election, persons=[])
    assert found(meeting) == {"no_adjuster": place(election), "empty_item": place(election)}


def test_notes_signed_by_chair_and_secretary_need_no_adjuster(cast: Cast) -> None:
    meeting = builders.notes_written(cast)
    assert meeting.needs_adjuster is False
    assert "no_adjuster" not in found(meeting)


def test_an_adjuster_who_was_not_there_cannot_sign(cast: Cast, meeting: Meeting) -> None:
    builders.mark(cast.secretary, meeting, cast.adjuster, Mode.APOLOGY)
    assert found(meeting) == {"signer_absent": "attendance"}


def test_an_adjuster_who_took_part_at_a_distance_can_sign(cast: Cast, meeting: Meeting) -> None:
    builders.mark(cast.secretary, meeting, cast.adjuster, Mode.REMOTE)
    assert found(meeting) == {}


def test_the_chair_of_the_day_cannot_be_adjuster_too(cast: Cast, meeting: Meeting) -> None:
    meeting.chair = cast.adjuster
    meeting.save()
    assert found(meeting) == {"signer_twice": place(item_of(meeting, ItemKind.ADJUSTER))}


def test_someone_must_have_led_the_meeting_and_taken_the_minutes(cast: Cast) -> None:
    meeting = builders.notes_written(cast)
    meeting.chair = meeting.secretary = None
    meeting.save()
    assert found(meeting) == {"no_chair": "meeting", "no_secretary": "meeting"}


def test_a_signer_must_be_able_to_sign_in(cast: Cast, meeting: Meeting) -> None:
    minuting.elect_adjusters(
        by=cast.secretary, item=item_of(meeting, ItemKind.ADJUSTER), persons=[cast.without_login]
    )
    assert found(meeting) == {"signer_cannot_sign_in": "register"}


def test_a_protocol_prints_when_the_meeting_began_and_ended(cast: Cast, meeting: Meeting) -> None:
    when: dict[str, Any] = {"by": cast.secretary, "meeting": meeting, "date": meeting.date}
    planning.change_meeting(**when, starts_at=datetime.time(13), ends_at=None)
    assert found(meeting) == {"no_end": "meeting"}
    planning.change_meeting(**when, starts_at=None, ends_at=None)
    assert found(meeting) == {"no_start": "meeting"}
    planning.change_meeting(**when, starts_at=datetime.time(22), ends_at=datetime.time(1))
    assert found(meeting) == {}


def test_notes_may_leave_the_times_out_but_not_only_the_end(cast: Cast) -> None:
    meeting = builders.notes_written(cast)
    assert meeting.starts_at is None
    planning.change_meeting(
        by=cast.other_secretary, meeting=meeting, date=meeting.date,
        starts_at=datetime.time(13), ends_at=None,
    )  # fmt: skip
    assert found(meeting) == {"no_end": "meeting"}


def test_somebody_was_there(cast: Cast, meeting: Meeting) -> None:
    for row in meeting.attendance.all():
        minuting.mark(by=cast.secretary, row=row, mode=Mode.ABSENT)
    assert found(meeting) == {"signer_absent": "attendance", "nobody_present": "attendance"}


def test_a_member_who_is_not_marked_is_a_warning(cast: Cast, meeting: Meeting) -> None:
    builders.mark(cast.secretary, meeting, cast.member, Mode.EXPECTED)
    (problem,) = minuting.problems(meeting)
    assert (problem.code, problem.blocking) == ("unmarked", False)
    assert problem.message == "En ledamot är inte avprickad."


@pytest.mark.parametrize("nothing", ["", "<p></p>", "<p>&nbsp;</p>", "<ul><li></li></ul>"])
def test_an_empty_item_blocks(cast: Cast, meeting: Meeting, nothing: str) -> None:
    opening = item_of(meeting, ItemKind.OPENING)
    builders.write(cast.secretary, opening, nothing)
    assert found(meeting) == {"empty_item": place(opening)}


def test_an_item_with_a_decision_or_a_report_or_a_date_is_not_empty(
    cast: Cast, meeting: Meeting
) -> None:
    opening = item_of(meeting, ItemKind.OPENING)
    table = item_of(meeting, ItemKind.ROUND_TABLE)
    coming = item_of(meeting, ItemKind.NEXT_MEETING)
    for item in (opening, table, coming):
        builders.write(cast.secretary, item, "")
    minuting.set_decisions(by=cast.secretary, item=opening, points=["Mötet öppnas."])
    report = minuting.add_report(by=cast.secretary, item=table, label="Polisen")
    minuting.save_text(by=cast.secretary, target=report, html="<p>Lugnt.</p>", base_version=0)
    followup.set_next_meeting(
        by=cast.secretary, meeting=meeting, date=datetime.date(2026, 6, 4),
        starts_at=datetime.time(13), ends_at=None, place="",
    )  # fmt: skip
    assert found(meeting) == {}


def test_a_removed_item_is_not_looked_at(cast: Cast, meeting: Meeting) -> None:
    opening = item_of(meeting, ItemKind.OPENING)
    builders.write(cast.secretary, opening, "")
    planning.remove_item(by=cast.secretary, item=opening)
    assert found(meeting) == {}


def test_a_report_without_words_is_a_warning(cast: Cast, meeting: Meeting) -> None:
    table = item_of(meeting, ItemKind.ROUND_TABLE)
    minuting.add_report(by=cast.secretary, item=table, label="Polisen")
    assert found(meeting) == {"empty_report": place(table)}


def test_an_action_without_anyone_or_a_date_is_a_warning(cast: Cast, meeting: Meeting) -> None:
    item = item_of(meeting, ItemKind.OPENING)
    action = followup.give_action(by=cast.secretary, item=item, text="Skriv till kontoret.")
    (problem,) = minuting.problems(meeting)
    assert problem.message == "Uppdraget ”Skriv till kontoret.” saknar ansvarig och datum."
    assert (problem.code, problem.place) == ("action_incomplete", place(item))
    followup.change_action(
        by=cast.secretary, action=action, persons=[cast.member], due_next_meeting=True
    )
    assert found(meeting) == {}


@pytest.mark.parametrize(
    "words",
    [
        "Uppföljningen bifogas protokollet.",
        "Se bilaga 2.",
        "Bilagor delas ut.",
        "Siffrorna biläggs.",
    ],
)
def test_a_text_that_speaks_of_an_attachment_that_is_not_there_is_a_warning(
    cast: Cast, meeting: Meeting, words: str
) -> None:
    item = item_of(meeting, ItemKind.OPENING)
    builders.write(cast.secretary, item, f"<p>{words}</p>")
    assert found(meeting) == {"attachment_missing": place(item)}
    paper = builders.attach(cast, meeting)
    paper.item = item
    paper.save()
    assert found(meeting) == {}


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Onsdagen den 5 mars", "5 mars 2026 är en torsdag, inte en onsdag."),
        ("fredag 11 oktober 2017", "11 oktober 2017 är en onsdag, inte en fredag."),
        ("måndag 30 februari", "30 februari finns inte."),
        ("SÖNDAGEN DEN 2 JANUARI", "2 januari 2026 är en fredag, inte en söndag."),
    ],
)
def test_a_weekday_that_does_not_fit_its_date_is_a_warning(words: str, said: str) -> None:
    assert list(checking.wrong_weekdays(f"Vi ses {words}.", datetime.date(2026, 3, 12))) == [said]


@pytest.mark.parametrize(
    "words",
    [
        "torsdagen den 5 mars", "Onsdagen den 11 oktober 2017", "Torsdag den 5 mars kl. 13:00",
        "fredag 1 januari 2027", "den 5 mars", "onsdagar", "tisdag v. 29", "torsdag 12 mars",
    ],
)  # fmt: skip
def test_a_weekday_that_fits_or_is_not_said_is_left_alone(words: str) -> None:
    assert list(checking.wrong_weekdays(words, datetime.date(2026, 3, 12))) == []


def test_a_date_without_a_year_is_the_one_nearest_the_meeting() -> None:
    december = datetime.date(2026, 12, 10)
    assert list(checking.wrong_weekdays("torsdag 14 januari", december)) == []
    assert datetime.date(2027, 1, 14).weekday() == 3


def test_weekdays_are_read_in_decisions_and_reports_too(cast: Cast, meeting: Meeting) -> None:
    item = item_of(meeting, ItemKind.OPENING)
    minuting.set_decisions(by=cast.secretary, item=item, points=["Nästa möte onsdag 5 mars."])
    assert found(meeting) == {"weekday": place(item)}


# Invented; the check digit fits.
NUMBERS = [
    "19121212-1212", "121212-1212", "191212121212", "1212121212", "121212+1212", "121212 1212",
    "121212–1212", "121212\N{NON-BREAKING HYPHEN}1212", "19121272-1219", "20121212-1212",
]  # fmt: skip


@pytest.mark.parametrize("number", NUMBERS)
def test_what_reads_as_a_personnummer_is_found(number: str) -> None:
    assert checking.personal_number(f"Mannen ({number}) greps.") is True


@pytest.mark.parametrize(
    "words",
    [
        "0480-45 00 00", "2026-03-12", "kl. 13:00-16:30", "Dnr KS 2021/331", "212000-0746",
        "121212-1213", "121312-1212", "121200-1212", "46 bilar 2026", "556036-0793",
        "9912121212120", "1 200 000 kronor", "",
    ],
)  # fmt: skip
def test_numbers_that_are_no_personnummer_are_left_alone(words: str) -> None:
    assert checking.personal_number(words) is False


def test_a_personnummer_in_a_text_is_a_warning_that_does_not_repeat_it(
    cast: Cast, meeting: Meeting
) -> None:
    item = item_of(meeting, ItemKind.OPENING)
    builders.write(cast.secretary, item, "<p>Mannen (19121212-1212) greps.</p>")
    (problem,) = minuting.problems(meeting)
    assert (problem.code, problem.place, problem.blocking) == (
        "personal_number",
        place(item),
        False,
    )
    assert "1212" not in problem.message


def test_a_sign_that_cannot_be_printed_is_a_warning_that_says_what_will_stand_there(
    cast: Cast, meeting: Meeting
) -> None:
    opening = item_of(meeting, ItemKind.OPENING)
    builders.write(cast.secretary, opening, "<p>Bra jobbat 👍🏽 om Łukasz ≥ 3 → 一, sa Hường.</p>")
    (problem,) = minuting.problems(meeting)
    assert (problem.code, problem.place, problem.blocking) == (
        "unprintable", place(opening), False,
    )  # fmt: skip
    assert problem.message == (
        "§\xa01 innehåller tecknen 👍 och 一, som inte kan skrivas ut. På pappret står i stället "
        "[U+1F44D] och [U+4E00]. Skriv det med ord."
    )
