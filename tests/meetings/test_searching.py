"""Search: found as Swedish inflects it, inside compounds, in a row; never what is not one's own."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable

import pytest
from django.test import Client
from django.utils.html import escape, strip_tags

from meetings import planning, searching, signing
from meetings.models import Meeting
from members import joining
from members.models import Person
from members.roles import Role
from tests import builders, standing
from tests.builders import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper")]
As = Callable[[Person], Client]


def sealed(cast: Cast, *texts: str, date: datetime.date = builders.DAY) -> Meeting:
    """Justerade minutes whose last items say the texts."""
    meeting = builders.written(cast, date)
    for n, words in enumerate(texts, start=1):
        item = planning.add_item(by=cast.secretary, meeting=meeting, heading=f"Fråga {n}")
        builders.write(cast.secretary, item, f"<p>{words}</p>")
    return builders.approve_all(signing.open_round(by=cast.secretary, meeting=meeting))


def hits(user: Person, words: str, **narrowed: object) -> list[str]:
    found = searching.search(user=user, words=words, **narrowed)  # type: ignore[arg-type]
    return [row.heading for row in found.rows]


@standing.fixture
def minutes(cast: Cast) -> Meeting:
    return sealed(
        cast,
        "Trygghetsvandringen på Lotsgatan görs i april.",
        "De trasiga pollarna vid torget ersätts. Belysningen på Lotsgatan är bra.",
        "ANDT-frågor tas upp av kommunpolisen, 100 % av medlen_är kvar.",
    )


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("lotsgatan", ["Fråga 1", "Fråga 2"]),
        ("LOTSGATAN", ["Fråga 1", "Fråga 2"]),
        ("lotsgatans", ["Fråga 1", "Fråga 2"]),
        ("pollare", ["Fråga 2"]),
        ("vandring", ["Fråga 1"]),
        ("vandringar", ["Fråga 1"]),
        ("trygghet", ["Fråga 1"]),
        ("polis", ["Fråga 3"]),
        ("polisen", ["Fråga 3"]),
        ("belysning och lotsgatan", ["Fråga 2"]),
        ("lotsgatan belysning", ["Fråga 2"]),
        ('"trasiga pollarna"', ["Fråga 2"]),
        ("”trasiga pollarna”", ["Fråga 2"]),
        ('"pollarna trasiga"', []),
        ("lotsgatan -belysning", ["Fråga 1"]),
        ("ANDT-frågor", ["Fråga 3"]),
        ("tas", ["Fråga 3"]),
        ("ord", []),
        ("Fråga", ["Fråga 1", "Fråga 2", "Fråga 3"]),
        ("zebra", []),
        ("lotsgatan zebra", []),
    ],
)
def test_words_are_found_as_swedish_bends_and_joins_them(
    cast: Cast, minutes: Meeting, words: str, found: list[str]
) -> None:
    assert hits(cast.reader, words) == found


def test_a_word_inside_another_is_found_in_capitals_too(cast: Cast) -> None:
    """Also by a cluster whose locale knows only a–z."""
    sealed(cast, "BROTTSÅTERFALLEN minskar.")
    assert hits(cast.reader, "återfall") == ["Fråga 1"]


def test_decisions_reports_and_actions_are_found(cast: Cast) -> None:
    builders.sealed(cast)
    assert hits(cast.reader, "utses att justera") == ["Val av justerare"]


ODD = [
    "", " ", '"', '""', '"""', "'", "''", "%", "_", "%%%", "\\", "\x00", "q\x00w", "(", ")))", "&",
    "|", "q" * 10_000,
    "!", "<->", ":*", "a:*", "-", "--", "- -", "or", "or or", "<script>", "🦊", "å" * 10_000,
    "qwx " * 5_000, "\u202e\u200b", "\n\r\t", "*", "[", "(?P<x>", "a" * 3 + "\\", "och",
    "att och i",
]  # fmt: skip


@pytest.mark.parametrize("words", ODD)
def test_odd_input_finds_nothing_and_breaks_nothing(
    cast: Cast, minutes: Meeting, as_: As, words: str
) -> None:
    answer = as_(cast.reader).get("/sok/", {"q": words})
    assert answer.status_code == 200
    assert answer.context["result"].total == 0


@pytest.mark.parametrize(
    "query",
    [
        "sida=0", "sida=-1", "sida=x", "sida=99999999999", "ar=0000", "ar=x", "ar=99999",
        "ar=²²²²", "rad=x", "rad=%00", "ordning=x",
    ],
)  # fmt: skip
def test_odd_filters_filter_nothing(cast: Cast, minutes: Meeting, as_: As, query: str) -> None:
    answer = as_(cast.reader).get(f"/sok/?q=lotsgatan&{query}")
    assert [row.heading for row in answer.context["result"].rows] == ["Fråga 1", "Fråga 2"]


def test_percent_and_underscore_are_letters_like_others(cast: Cast, minutes: Meeting) -> None:
    assert hits(cast.reader, "medlen_är") == ["Fråga 3"]
    assert hits(cast.reader, "medlenxär") == []


def test_nobody_finds_what_they_may_not_read(cast: Cast, minutes: Meeting) -> None:
    notes = builders.notes_sealed(cast)
    assert hits(cast.reader, "centrum") == []
    assert hits(cast.other_member, "centrum") == ["Läget i centrum"]
    assert hits(cast.other_member, "lotsgatan") == []
    assert hits(cast.other_member, "lotsgatan", council=cast.council) == []
    found = searching.search(user=cast.other_member, words="lotsgatan")
    assert (found.total, found.minutes, found.councils, found.years) == (0, 0, {}, [])
    assert notes.council == cast.other_council


def test_a_mandate_that_has_ended_finds_nothing(cast: Cast, minutes: Meeting) -> None:
    seat = builders.mandate(cast.reader, cast.council)
    joining.end_mandate(by=cast.secretary, mandate=seat, last_day=datetime.date(2026, 1, 1))
    assert hits(cast.reader, "lotsgatan") == []


def test_drafts_are_not_found_not_even_by_the_secretary(cast: Cast) -> None:
    round_ = builders.in_signing(cast)
    assert hits(cast.secretary, "inledning") == []
    builders.approve_all(round_)
    assert hits(cast.secretary, "inledning") == ["Inledning"]


def test_somebody_in_two_councils_finds_in_both_and_may_narrow(cast: Cast, as_: As) -> None:
    sealed(cast, "Lotsgatan.", date=datetime.date(2025, 3, 12))
    builders.notes_sealed(cast)
    builders.seat("Rita Läsare", "rita", cast.other_council, Role.READER, None)
    found = searching.search(user=cast.reader, words="lotsgatan")
    assert found.councils == {cast.council.pk: 1}
    both = searching.search(user=cast.reader, words="diskuteras or lotsgatan")
    assert both.councils == {cast.council.pk: 1, cast.other_council.pk: 2}
    assert both.years == [(2026, 2), (2025, 1)]
    narrow = searching.search(user=cast.reader, words="diskuteras or lotsgatan", year=2025)
    assert (narrow.total, narrow.councils, narrow.years) == (1, {cast.council.pk: 1}, both.years)
    page = as_(cast.reader).get("/sok/?q=diskuteras+or+lotsgatan&rad=ljungsaters-bra")
    assert page.context["result"].total == 2
    assert 'href="?q=diskuteras+or+lotsgatan"' in page.content.decode()


def test_newest_come_first_or_oldest_if_one_wishes(cast: Cast) -> None:
    for year in (2024, 2026, 2025):
        sealed(cast, f"Lotsgatan {year}.", date=datetime.date(year, 3, 12))

    def years(**order: bool) -> list[int]:
        found = searching.search(user=cast.reader, words="lotsgatan", **order)  # type: ignore[arg-type]
        return [row.date.year for row in found.rows]

    assert years() == [2026, 2025, 2024]
    assert years(oldest_first=True) == [2024, 2025, 2026]


def test_many_hits_come_by_pages_and_the_last_page_is_the_last(cast: Cast, as_: As) -> None:
    sealed(cast, *["Lotsgatan."] * 45)
    client = as_(cast.reader)
    sizes = [
        len(client.get(f"/sok/?q=lotsgatan&sida={n}").context["result"].rows) for n in (1, 2, 3, 9)
    ]
    assert sizes == [20, 20, 5, 5]
    page = client.get("/sok/?q=lotsgatan&sida=2").content.decode()
    assert "Sida 2 av 3" in page
    assert 'href="?q=lotsgatan&amp;sida=3"' in page


class TestThePage:
    def test_words_are_marked_whole_and_the_rest_is_escaped(self, cast: Cast, as_: As) -> None:
        sealed(cast, "En &lt;b&gt;trygghetsvandring&lt;/b&gt; &amp; annat.")
        page = as_(cast.reader).get("/sok/?q=vandring").content.decode()
        assert "<mark>trygghetsvandring</mark>" in page
        assert escape("<b>") in page
        assert "<b>" not in page

    def test_a_hit_links_to_its_place_in_the_minutes(self, cast: Cast, as_: As) -> None:
        builders.sealed(cast)
        builders.notes_sealed(cast)
        for person, words in ((cast.reader, "inledning"), (cast.other_member, "centrum")):
            client = as_(person)
            page = client.get("/sok/", {"q": words}).content.decode()
            link = re.search(r'class="item-title" href="([^"]+)#([^"]+)"', page)
            assert link is not None
            assert f'id="{link[2]}"' in client.get(link[1]).content.decode()

    def test_what_was_sought_stays_in_the_field(self, cast: Cast, as_: As) -> None:
        typed = '"trasiga <pollare>" & mer'
        page = as_(cast.reader).get("/sok/", {"q": typed}).content.decode()
        assert f'value="{escape(typed)}"' in page
        assert "Ingenting hittades" in strip_tags(page)

    def test_nothing_sought_says_what_the_place_is_for(self, cast: Cast, as_: As) -> None:
        assert "Vad letar du efter?" in as_(cast.reader).get("/sok/").content.decode()
