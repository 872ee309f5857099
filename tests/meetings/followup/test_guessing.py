"""Who and when are guessed from the words of an uppdrag, and nothing that they do not say."""

from __future__ import annotations

import datetime

import pytest

from meetings.followup import guessing
from meetings.followup.guessing import Register, guess

NEAR = datetime.date(2026, 3, 12)  # a Thursday
KARIN, PATRIK, EVA = ("p1", "Karin Tallhed"), ("p2", "Patrik Norrbäck"), ("p3", "Eva Tallhed")
POLICE, SBK, CULTURE = (
    ("o1", "Polisen"), ("o2", "Samhällsbyggnadskontoret"), ("o3", "Kultur- och fritidsnämnden"),
)  # fmt: skip
REGISTER = Register(
    people=[
        (*KARIN, ["sekreterare"]),
        (*PATRIK, ["ledamot", "kommunpolis"]),
        (*EVA, ["ledamot", "säkerhetschef"]),
    ],
    organisations=[(*POLICE, ["Kommunpolisen"]), (*SBK, ["SBK"]), (*CULTURE, [])],
)


@pytest.mark.parametrize(
    ("words", "who", "role"),
    [
        ("Patrik Norrbäck ser över belysningen", [PATRIK], ""),
        ("Rådet ger polisen i uppdrag att se över Lotsgatan", [POLICE], ""),
        ("BRÅ ger polisen, SBK och Karin Tallhed i uppdrag att", [POLICE, SBK, KARIN], ""),
        ("Kommunpolisen får i uppdrag att ta fram en lägesbild", [POLICE], ""),
        ("Polis och säkerhetschefen diskuterar vidare", [POLICE, EVA], ""),
        ("Sekreteraren får i uppdrag att föreslå mötestider", [KARIN], ""),
        ("Kultur- och fritidsnämnden och SBK får i uppdrag att", [CULTURE, SBK], ""),
        ("Rådet uppdrar åt fältgruppen att vandra", [], "fältgruppen"),
        ("Rådet ger polisen, fältgruppen och fritidsledarna i uppdrag att vandra",
         [POLICE], "fältgruppen och fritidsledarna"),
        ("Norrbäck kontaktar Länsstyrelsen", [PATRIK], ""),
        ("Polisens uppdrag är att mäta", [POLICE], ""),
        ("Se över belysningen (Patrik Norrbäck).", [PATRIK], ""),
        ("Ansvarig: Karin Tallhed", [KARIN], ""),
        # not clear, so nobody
        ("Tallhed ser över", [], ""),  # two of that name
        ("Ledamot ser över", [], ""),  # two of that role
        ("Patrik Norrbäck och fältgruppen ser över", [], ""),
        ("Se över belysningen med polisen", [], ""),
        ("Polishuset ses över", [], ""),
        ("En skrivelse görs (se bilaga 2)", [], ""),
        ("", [], ""),
    ],
)  # fmt: skip
def test_who_is_guessed_from_the_register(
    words: str, who: list[tuple[str, str]], role: str
) -> None:
    found = guess(words, REGISTER, NEAR)
    assert (found.who, found.role_in_words) == (who, role)


@pytest.mark.parametrize(
    ("words", "due", "day"),
    [
        ("se över senast 15 maj", "on", "2026-05-15"),
        ("se över senast den 15 maj 2027", "on", "2027-05-15"),
        ("se över senast fredagen den 15 maj", "on", "2026-05-15"),
        ("se över senast den 15:e maj", "on", "2026-05-15"),
        ("klart 2026-04-01", "on", "2026-04-01"),
        ("före den 1 mars", "on", "2027-03-01"),  # the year follows from the meeting
        ("senast 12 mars", "on", "2026-03-12"),
        ("senast 15/5", "on", "2026-05-15"),
        ("till v. 29", "on", "2026-07-17"),
        ("senast vecka 2", "on", "2027-01-15"),
        ("klart till fredag", "on", "2026-03-13"),
        ("senast torsdag", "on", "2026-03-19"),  # the meeting is on a Thursday itself
        ("senast i maj", "on", "2026-05-31"),
        ("före utgången av december", "on", "2026-12-31"),
        ("före juni", "on", "2026-05-31"),
        ("till nästa möte", "next", None),
        ("redovisa vid nästa sammanträde", "next", None),
        ("bjud in till 5 mars och svara senast 15 maj", "on", "2026-05-15"),
        # no day to keep
        ("det som hände 5 mars", "", None),
        ("v. 29 var lugn", "", None),
        ("till polisen", "", None),
    ],
)
def test_when_is_guessed_and_the_year_follows_from_the_meeting(
    words: str, due: str, day: str | None
) -> None:
    found = guess(words, REGISTER, NEAR)
    assert (found.due, found.due_on and found.due_on.isoformat()) == (due, day)
    assert found.told == ""


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("senast 31 februari", "31 februari finns inte. Välj en annan dag."),
        ("senast 31 feb 2027", "31 februari 2027 finns inte. Välj en annan dag."),
        ("senast 2026-02-30", "30 februari 2026 finns inte. Välj en annan dag."),
        ("senast 5/13", "5/13 finns inte. Välj en annan dag."),
        ("senast 15 maj 2025", "15\xa0maj 2025 är före mötet. Välj en annan dag."),
        ("senast v. 60", "Vecka 60 finns inte. Välj en annan dag."),
        ("senast i maj 2025", "maj 2025 är före mötet. Välj en annan dag."),
    ],
)
def test_a_day_that_cannot_be_is_told_and_not_guessed(words: str, told: str) -> None:
    found = guess(words, REGISTER, NEAR)
    assert (found.due, found.due_on, found.told) == ("", None, told)


@pytest.mark.parametrize(
    ("words", "body"),
    [
        ("Rådet ger polisen i uppdrag att se över Lotsgatan senast 15 maj.", "Se över Lotsgatan"),
        ("Polisen får i uppdrag att se över till nästa möte", "Se över"),
        ("att se över senast 15 maj och berätta", "Se över senast 15 maj och berätta"),
        ("Se över belysningen.", "Se över belysningen"),
    ],
)
def test_what_is_to_be_done_is_told_from_who_and_when(words: str, body: str) -> None:
    assert guess(words, REGISTER, NEAR).body == body


def test_ten_thousand_characters_are_read_at_once() -> None:
    words = "Polisen ser över belysningen senast " * 300
    assert guess(words, REGISTER, NEAR).who == [POLICE]
    assert guessing.who_in("och " * 3000, REGISTER) == ([], "")
