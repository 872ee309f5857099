"""The exact words for when somebody was there, served and had jäv: in §§ and among headings.

A meeting is drawn as one sign an item: x there, d there for a part of it, . away.
"""

from __future__ import annotations

from typing import Any
from unittest.mock import Mock

import pytest

from meetings.minuting import sentences
from meetings.minuting.presence import Line, There
from meetings.minuting.sentences import Names

SIGNS = {"x": There.WHOLE, "d": There.PARTLY, ".": There.AWAY}
HEADINGS = [
    "Inledning", "Uppföljning", "Lägesbild", "Statistik, m.m.", "Sommaren 2026", "Ordning och reda",
    "Vad är på gång ..", "Nästa möte",
]  # fmt: skip


def there(drawn: str) -> list[There]:
    return [SIGNS[sign] for sign in drawn]


def plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")


def numbered(drawn: str, first: int = 1, prefix: str = "") -> Names:
    return Names(list(range(first, first + len(drawn))), HEADINGS[: len(drawn)], prefix)


def headed(drawn: str) -> Names:
    return Names([], HEADINGS[: len(drawn)])


IN_PARAGRAPHS = [
    ("xxxxxxxx", ""),
    ("x", ""),
    ("xxxxx...", "t.o.m. § 5"),
    ("xx......", "t.o.m. § 2"),
    ("xxxxxxx.", "t.o.m. § 7"),
    ("..xxxxxx", "fr.o.m. § 3"),
    (".xxxxxxx", "fr.o.m. § 2"),
    ("......xx", "fr.o.m. § 7"),
    ("..xxxx..", "§§ 3–6"),
    (".xx.....", "§§ 2–3"),
    ("...x....", "§ 4"),
    ("x.......", "§ 1"),
    (".......x", "§ 8"),
    ("xxx.x...", "§§ 1–3 och 5"),
    ("xxx.xxxx", "§§ 1–3 och 5–8"),
    ("x.x.x.x.", "§§ 1, 3, 5 och 7"),
    ("xx..xx.x", "§§ 1–2, 5–6 och 8"),
    ("...d....", "del av § 4"),
    ("d.......", "del av § 1"),
    (".......d", "del av § 8"),
    ("d......d", "del av §§ 1 och 8"),
    ("xxxd....", "t.o.m. del av § 4"),
    ("xxxxxxxd", "t.o.m. del av § 8"),
    ("...dxxxx", "fr.o.m. del av § 4"),
    ("dxxxxxxx", "fr.o.m. del av § 1"),
    ("xxxdxxxx", "§§ 1–3 och 5–8 samt del av § 4"),
    (".xxxd...", "§§ 2–4 samt del av § 5"),
    ("..dxxxd.", "§§ 4–6 samt del av §§ 3 och 7"),
    ("x..d....", "§ 1 samt del av § 4"),
    ("........", "inte vid någon paragraf"),
]
AMONG_HEADINGS = [
    ("xxxxxxxx", ""),
    ("xxx.....", "t.o.m. punkten Lägesbild"),
    ("..xxxxxx", "fr.o.m. punkten Lägesbild"),
    (".xxxx...", "fr.o.m. punkten Uppföljning t.o.m. punkten Sommaren 2026"),
    (".xx.....", "fr.o.m. punkten Uppföljning t.o.m. punkten Lägesbild"),
    ("..x.....", "punkten Lägesbild"),
    ("x.......", "punkten Inledning"),
    ("xx.xxxxx", "ej punkten Lägesbild"),
    ("x.x.xxxx", "ej punkterna Uppföljning och ”Statistik, m.m.”"),
    ("x.x.....", "punkterna Inledning och Lägesbild"),
    ("xx.xx...", "t.o.m. punkten Sommaren 2026, ej punkten Lägesbild"),
    (".x.xxxxx", "fr.o.m. punkten Uppföljning, ej punkten Lägesbild"),
    ("..d.....", "del av punkten Lägesbild"),
    ("xxd.....", "t.o.m. del av punkten Lägesbild"),
    ("..dxxxxx", "fr.o.m. del av punkten Lägesbild"),
    ("xxdxxxxx", "del av punkten Lägesbild"),
    ("xxxx....", "t.o.m. punkten ”Statistik, m.m.”"),
    ("xxxxxx..", "t.o.m. punkten ”Ordning och reda”"),
    ("xxxxxxx.", "t.o.m. punkten ”Vad är på gång ..”"),
    ("........", "inte vid någon punkt"),
]


@pytest.mark.parametrize(("drawn", "words"), IN_PARAGRAPHS)
def test_in_paragraphs(drawn: str, words: str) -> None:
    assert plain(sentences.span(there(drawn), numbered(drawn))) == words


@pytest.mark.parametrize(("drawn", "words"), AMONG_HEADINGS)
def test_among_headings(drawn: str, words: str) -> None:
    assert sentences.span(there(drawn), headed(drawn)) == words


@pytest.mark.parametrize(
    ("drawn", "first", "prefix", "words"),
    [
        ("xxx.....", 12, "", "t.o.m. § 14"),
        ("..xxxx..", 12, "", "§§ 14–17"),
        ("xxx.xxxx", 98, "", "§§ 98–100 och 102–105"),
        ("xxx.....", 1, "FHR", "t.o.m. FHR § 3"),
        (".xx.....", 1, "FHR", "FHR §§ 2–3"),
        ("...d....", 9, "FHR", "del av FHR § 12"),
    ],
)
def test_numbers_of_the_year_and_a_prefix_follow(
    drawn: str, first: int, prefix: str, words: str
) -> None:
    assert plain(sentences.span(there(drawn), numbered(drawn, first, prefix))) == words


def line(drawn: str, **more: Any) -> Line:
    """A substitute through the meeting; `serves` by name and places."""
    serves: list[tuple[Any, list[int]]] = [
        (person(name), places) for name, places in more.pop("serves", [])
    ]
    return Line(Mock(is_here=True), there(drawn), more.pop("conflicts", []), serves)


def person(name: str) -> Mock:
    found = Mock()
    found.name = name
    return found


@pytest.mark.parametrize(
    ("drawn", "serves", "words"),
    [
        ("xxxxxxxx", [("Ulla Brännfors", list(range(8)))], "tjänstgörande för Ulla Brännfors"),
        ("xxxxx...", [("Ulla Brännfors", list(range(5)))], "tjänstgörande för Ulla Brännfors"),
        ("xxxxxxxx", [("Ulla Brännfors", [0, 1, 2, 3])], "tjänstgörande för Ulla Brännfors §§ 1–4"),
        ("xxxxxxxx", [("Ulla Brännfors", [5])], "tjänstgörande för Ulla Brännfors § 6"),
        (
            "xxxxxxxx",
            [("Ulla Brännfors", [0, 1, 2, 3]), ("Bo Ek", [5, 6, 7])],
            "tjänstgörande för Ulla Brännfors §§ 1–4 och för Bo Ek §§ 6–8",
        ),
        ("xxxxxxxx", [], ""),
    ],
)
def test_who_served_for_whom_and_when(
    drawn: str, serves: list[tuple[str, list[int]]], words: str
) -> None:
    assert plain(sentences.serving(line(drawn, serves=serves), numbered(drawn))) == words


def test_service_among_headings() -> None:
    served = line("xxxxxxxx", serves=[("Ulla Brännfors", [0, 1, 2])])
    words = "tjänstgörande för Ulla Brännfors t.o.m. punkten Lägesbild"
    assert sentences.serving(served, headed("xxxxxxxx")) == words


@pytest.mark.parametrize(
    ("conflicts", "in_paragraphs", "among_headings"),
    [
        ([], "", ""),
        ([5], "ej § 6 (jäv)", "ej punkten ”Ordning och reda” (jäv)"),
        ([1, 2], "ej §§ 2–3 (jäv)", "ej punkterna Uppföljning och Lägesbild (jäv)"),
    ],
)
def test_jäv_is_told_beside_the_name(
    conflicts: list[int], in_paragraphs: str, among_headings: str
) -> None:
    assert plain(sentences.conflicts(conflicts, numbered("xxxxxxxx"))) == in_paragraphs
    assert sentences.conflicts(conflicts, headed("xxxxxxxx")) == among_headings


def test_jäv_is_told_at_the_item_for_one_and_for_several() -> None:
    assert sentences.conflict(["Eva Ek"]) == "Eva Ek deltar inte i ärendet på grund av jäv."
    assert sentences.conflict(["Eva Ek", "Bo Ek"]) == (
        "Eva Ek och Bo Ek deltar inte i ärendet på grund av jäv."
    )
