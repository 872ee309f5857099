"""The Swedish of generated text (domain.md c, "Grammar for generated text")."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from meetings import wording


def test_a_date_is_written_in_full_without_asking_the_locale():
    assert wording.long_date(date(2026, 3, 5)) == "den 5\xa0mars 2026"


def test_the_weekday_is_computed_from_the_date():
    assert wording.weekday_date(date(2020, 3, 5)) == "torsdag den 5\xa0mars"
    assert wording.definite_weekday_date(date(2017, 10, 11)) == "onsdagen den 11\xa0oktober"


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("13:00", "16:30", "kl.\xa013.00–16.30"),
        (time(17, 0), time(4, 0), "kl.\xa017.00–04.00"),
        ("13:30", "", "kl.\xa013.30"),
        ("", "", ""),
        (None, None, ""),
    ],
)
def test_clock_ranges_have_points_and_an_en_dash(start, end, expected):
    assert wording.clock_range(start, end) == expected


def test_the_cover_gives_weekday_date_and_clock_without_the_year():
    line = wording.date_and_clock(date(2020, 3, 5), "13:00", "16:30")
    assert line == "Torsdag den 5\xa0mars kl.\xa013.00–16.30"


def test_the_cover_gives_the_date_alone_when_there_is_no_clock():
    assert wording.date_and_clock(date(2020, 3, 5), "", "") == "Torsdag den 5\xa0mars"


def test_a_moment_is_told_in_swedish_time_across_midnight():
    late_in_utc = datetime(2026, 3, 12, 23, 5, tzinfo=UTC)
    assert wording.moment(late_in_utc) == "2026-03-13 kl.\xa000.05"
    assert wording.local_date(late_in_utc) == date(2026, 3, 13)


def test_a_moment_in_summer_is_two_hours_ahead_of_utc():
    assert wording.moment(datetime(2026, 8, 27, 14, 20, tzinfo=UTC)) == "2026-08-27 kl.\xa016.20"


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ([], ""),
        ([4], "§\xa04"),
        (range(1, 9), "§§\xa01–8"),
        ([1, 2, 3, 5], "§§\xa01–3 och 5"),
        ([8, 7, 1, 2, 4], "§§\xa01–2, 4 och 7–8"),
    ],
)
def test_paragraphs_are_joined_into_ranges(numbers, expected):
    assert wording.sections(numbers) == expected


def test_a_numbering_prefix_stands_before_the_sign():
    assert wording.section(4, "FHR") == "FHR §\xa04"


@pytest.mark.parametrize(
    ("names", "expected"),
    [([], ""), (["A"], "A"), (["A", "B"], "A och B"), (["A", "B", "C"], "A, B och C")],
)
def test_names_are_joined_with_och(names, expected):
    assert wording.joined(names) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("BRÅ", "BRÅ:s"),
        ("Lokala BRÅ", "Lokala BRÅ:s"),
        ("Strandköping", "Strandköpings"),
        ("Lars", "Lars"),
        ("Brottsförebyggande rådet", "Brottsförebyggande rådets"),
        ("", ""),
    ],
)
def test_genitives(name, expected):
    assert wording.genitive(name) == expected


def test_one_page_and_several_pages():
    assert wording.counted(1, "sida", "sidor") == "1\xa0sida"
    assert wording.counted(6, "sida", "sidor") == "6\xa0sidor"


def test_file_sizes_have_a_decimal_comma():
    assert wording.file_size(240_400) == "240\xa0kB"
    assert wording.file_size(1_440_000) == "1,4\xa0MB"
    assert wording.file_size(12) == "1\xa0kB"


def test_the_election_sentence_names_everyone_elected():
    assert wording.elected(["Bo Ek"]) == "Bo Ek utses att justera dagens protokoll."
    assert wording.elected(["Bo Ek", "Li Al"]) == (
        "Bo Ek och Li Al utses att justera dagens protokoll."
    )


def test_the_next_meeting_is_one_sentence():
    sentence = wording.next_meeting(
        when=date(2026, 6, 4), start="13:00", end="15:30", place="Vågsalen, kommunhuset"
    )
    assert sentence == "Torsdagen den 4\xa0juni kl.\xa013.00–15.30 i Vågsalen, kommunhuset."


def test_the_next_meeting_keeps_a_preposition_that_was_typed():
    sentence = wording.next_meeting(when=date(2026, 6, 4), place="på biblioteket")
    assert sentence == "Torsdagen den 4\xa0juni på biblioteket."


def test_the_iso_week():
    assert wording.week(date(2017, 7, 20)) == "v.\xa029"


def test_upper_first_leaves_initialisms_alone():
    assert wording.upper_first("rådets BRÅ") == "Rådets BRÅ"
    assert wording.upper_first("") == ""
