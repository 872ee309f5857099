"""The comparison that test_real_minutes trusts in, on invented text: it finds what it must."""

from __future__ import annotations

import pytest

from tests.flows.real_minutes.comparing import not_found

WRITTEN = [
    "§ 1",
    "Laget runt",
    "Polisen informerar om att det är lugnt.",
    "Fältgruppen var ute den 26–26 mars..",
    "Informationen läggs till handlingarna.",
    "Åsa Vesterøy",
]
PRINTED = """§\u00a01
Laget runt\u0020
Polisen informe\x02
rar om att det är lugnt.
Fältgruppen var ute
 den 26–26 mars..
Informationen läggs till handlingarna.
Åsa Vesterøy"""


def test_white_space_and_the_printers_hyphens_say_nothing() -> None:
    assert not_found(WRITTEN, PRINTED) == []


@pytest.mark.parametrize("words", WRITTEN)
def test_one_lost_line_is_told_as_one(words: str) -> None:
    printed = "\n".join(line for line in WRITTEN if line != words)
    assert not_found(WRITTEN, printed) == [words]


@pytest.mark.parametrize(
    ("was", "became"),
    [("–", "-"), ("ø", "ö"), ("..", "."), ("lugnt", "Lugnt"), ("Laget", "Lagret"), ("§ 1", "§ 2")],
)
def test_one_changed_letter_is_found(was: str, became: str) -> None:
    assert len(not_found(WRITTEN, PRINTED.replace("\u00a0", " ").replace(was, became))) == 1


def test_lines_that_changed_places_are_found() -> None:
    swapped = [WRITTEN[0], WRITTEN[2], WRITTEN[1], *WRITTEN[3:]]
    assert not_found(WRITTEN, "\n".join(swapped)) == [WRITTEN[2]]
