"""Two councils' real minutes go through the whole program and come out whole on paper.

Three things are printed otherwise than they were written, on purpose:
* A lead-in with a dash in the round table ("X – …", "X - …") becomes the label of X's report in
  the margin: the label is looked for, then the words after the dash. "X informerar om att …" is a
  sentence and stays one.
* Tid, Omfattning and the label before the topics are the program's own words, in its own form
  ("kl. 13.00–16.30", "§§ 1–8", "Ämnen att ta upp").
* Those present stand in the order of their organisations' names.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import page
import pytest
from django.db import transaction
from django.test import override_settings

from meetings import planning, wording
from meetings.models import ActionItem, Meeting
from meetings.states import State
from tests.flows.real_minutes import reading
from tests.flows.real_minutes.comparing import as_printed, bare, not_found, read_aloud, seen_on_page
from tests.flows.real_minutes.entering import Entering
from tests.flows.real_minutes.reading import Source

FOLDER = Path(__file__).resolve().parents[2].parent / "shared" / "protocols"
KALMAR, VAXJO = FOLDER / "kalmar-2020-03-05.txt", FOLDER / "vaxjo-2017-08-18.txt"

CLOSING = ("Uppdragslista", "Bilagor", "Underskrifter")

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        not (KALMAR.exists() and VAXJO.exists()),
        reason="../shared/protocols finns inte här: de riktiga protokollen ingår inte i programmet",
    ),
]


@dataclass
class Paper:
    """A source, and all that came of it."""

    source: Source
    state: str
    pdf: bytes
    aloud: str
    actions: list[tuple[str, str, str]]  # status, who, words
    following: Meeting | None
    next_agenda: list[tuple[str, str]]  # heading, presenters


@pytest.fixture(scope="module")
def enter(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[Source], Paper]:
    """Enter, justera and seal a source once for all tests; the database forgets it at once."""
    hasher = "django.contrib.auth.hashers.MD5PasswordHasher"
    media = tmp_path_factory.mktemp("media")

    def once(source: Source) -> Paper:
        with (
            django_db_blocker.unblock(),
            override_settings(PASSWORD_HASHERS=[hasher], MEDIA_ROOT=media),
            transaction.atomic(),
        ):
            paper = entered(source)
            transaction.set_rollback(True)
            return paper

    return once


def entered(source: Source) -> Paper:
    entering = Entering(source)
    entering.plan()
    entering.minute()
    meeting = entering.sign()
    following = None
    if meeting.next_date:
        following = planning.plan_next(by=entering.secretary, meeting=meeting)
    items = following.items.standing() if following else []
    pdf = bytes(meeting.sealed.pdf)
    return Paper(
        source=source,
        state=meeting.state,
        pdf=pdf,
        aloud=read_aloud(pdf),
        actions=[
            (action.status, action.role_in_words or wording.joined(names(action)), action.text)
            for action in ActionItem.objects.filter(item__meeting=meeting)
        ],
        following=following,
        next_agenda=[(item.heading, item.presenters) for item in items],
    )


def names(action: ActionItem) -> list[str]:
    return [person.name for person in action.persons.all()]


@pytest.fixture(scope="module")
def kalmar(enter: Callable[[Source], Paper]) -> Paper:
    return enter(reading.read_paragraphs(KALMAR))


@pytest.fixture(scope="module")
def vaxjo(enter: Callable[[Source], Paper]) -> Paper:
    return enter(reading.read_headings(VAXJO))


@pytest.fixture(params=["kalmar", "vaxjo"])
def paper(request: pytest.FixtureRequest) -> Paper:
    made: Paper = request.getfixturevalue(request.param)
    return made


def parts_of(paper: Paper) -> tuple[str, str, str]:
    """The cover, the items, and what follows them: lists of tasks and papers, the signatures."""
    pieces = [piece.strip() for piece in paper.aloud.split("\n")]
    first = paper.source.items[0]
    begin = pieces.index(f"§ {first.number}" if first.number else first.heading)
    end = min(pieces.index(label) for label in CLOSING if label in pieces)
    assert begin < end
    return "\n".join(pieces[:begin]), "\n".join(pieces[begin:end]), "\n".join(pieces[end:])


# --- Both -----------------------------------------------------------------------------------------


def test_the_reader_of_the_sources_overlooks_no_line() -> None:
    """What is compared with is all there is: a line the reader dropped would never be missed."""
    for path, source in (
        (KALMAR, reading.read_paragraphs(KALMAR)),
        (VAXJO, reading.read_headings(VAXJO)),
    ):
        assert reading.overlooked(path, source) == []


def test_every_word_stands_in_the_sealed_file_in_its_order(paper: Paper) -> None:
    assert paper.state == State.APPROVED
    assert not_found(paper.source.words(), parts_of(paper)[1]) == []


def test_a_single_lost_line_of_the_real_file_would_be_found(paper: Paper) -> None:
    """The comparison above can fail, for every heading, sentence and point there is."""
    text, at = bare(parts_of(paper)[1]), 0
    for words in paper.source.words():
        found = as_printed(words).search(text, at)
        assert found is not None, words
        at = found.end()
        without = text[: found.start()] + text[at:]
        assert not_found(paper.source.words(), without), words


def test_odd_spellings_and_signs_survive_letter_for_letter(paper: Paper) -> None:
    """ø is no ö, ”curly” is no "straight", – is no -; 26–26 and ".." stay as they were typed."""
    odd = re.compile(r"\w*[øćłş]\w*|[”\"]\S+|\S+\.\.|\d+ ?[–-] ?\d+|\w+ [–-] \w+|\w+-[\w-]+")
    found = odd.findall(" ".join(paper.source.words()))
    assert len(found) >= 5
    assert not_found(found, parts_of(paper)[1]) == []


def test_the_file_is_for_the_archive_and_for_screen_readers(paper: Paper) -> None:
    for profile in (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1):
        report = page.validate_pdf_bytes(paper.pdf, profile=profile)
        assert [failure.rule_id for failure in report.failures] == []
        assert report.is_compliant


# --- Kalmar: §, chair and justerare ---------------------------------------------------------------


def test_kalmars_cover_tells_time_place_scope_people_and_signers(kalmar: Paper) -> None:
    source = kalmar.source
    told = re.match(r"(.+ kl\.) (\d+):(\d+)-(\d+):(\d+)", source.cover["Tid"][0])
    assert told
    when, *clock = told.groups()
    expected = [
        source.council,
        "Tid",
        "{} {}.{}–{}.{}".format(when, *clock),
        "Plats",
        *source.cover["Plats"],
        "Omfattning",
        source.cover["Omfattning"][0].replace("-", "–"),
        "Ledamöter",
        "Övriga närvarande",
        *(f"{name} {organisation}" for name, organisation in source.others),
        "Sekreterare",
        source.secretary,
        "Justeras",
        *(f"{name}, {role.lower()}" for name, role in source.signers),
    ]
    assert not_found(expected, parts_of(kalmar)[0]) == []
    assert len(source.items) == 8


def test_kalmars_members_stand_beside_their_organisations(kalmar: Paper) -> None:
    text = bare(parts_of(kalmar)[0])
    pairs = [f"{name} {organisation}" for name, organisation in kalmar.source.members]
    assert len(pairs) == 19
    assert [pair for pair in pairs if bare(pair) not in text] == []


def test_kalmars_running_head_names_council_document_and_date(kalmar: Paper) -> None:
    head = seen_on_page(kalmar.pdf, 0)
    for words in (kalmar.source.short_name, reading.DOCUMENT, "Sammanträdesdatum", "2020-03-05"):
        assert bare(words) in bare(head)


def test_the_signature_page_names_signers_with_their_roles(paper: Paper) -> None:
    last = parts_of(paper)[2].split("Underskrifter")[1]
    expected = [f"{name} {role}" for name, role in paper.source.signers]
    assert len(expected) == 2
    assert not_found(expected, last) == []


def test_kalmars_proposal_stays_a_proposal_that_nobody_has(kalmar: Paper) -> None:
    proposals = reading.reports_of(kalmar.source.items[-1].blocks)[1]
    assert len(proposals) == 1
    assert kalmar.actions == [("proposed", "", proposals[0])]


# --- Växjö: bare headings, chair and secretary ----------------------------------------------------


def test_vaxjos_members_are_grouped_by_organisation(vaxjo: Paper) -> None:
    organisations = dict.fromkeys(organisation for _, organisation in vaxjo.source.members)
    text = bare(parts_of(vaxjo)[0]).split(bare("Närvarande Organisation Namn"))[1]
    by_length = sorted(map(bare, organisations), key=len, reverse=True)
    parts = re.split(f"({'|'.join(map(re.escape, by_length))})", text)
    beside = dict(zip(parts[1::2], parts[2::2], strict=True))
    assert len(beside) == 10
    for name, organisation in vaxjo.source.members:
        assert [row for row, people in beside.items() if bare(name) in people] == [
            bare(organisation)
        ]


def test_vaxjos_notes_have_no_paragraphs_time_or_place(vaxjo: Paper) -> None:
    assert not_found([vaxjo.source.council, "18 augusti 2017", "Närvarande"], vaxjo.aloud) == []
    pieces = {piece.strip() for piece in vaxjo.aloud.split("\n")}
    assert pieces & {"Tid", "Plats", "Omfattning", "Ledamöter", "Justeras"} == set()
    assert "§" not in seen_on_page(vaxjo.pdf, 0) + vaxjo.aloud
    assert reading.DOCUMENT not in seen_on_page(vaxjo.pdf, 0)


def test_vaxjos_tasks_have_their_owners_in_the_list_of_tasks(vaxjo: Paper) -> None:
    """A person until the next meeting, three offices, one office, and the secretary as a role."""
    assert [status for status, _, _ in vaxjo.actions] == ["open"] * 4
    listed = parts_of(vaxjo)[2].split("Underskrifter")[0]
    for _, who, words in vaxjo.actions:
        assert not_found([words, who], listed) == []


def test_vaxjos_next_meeting_and_its_topics_become_the_next_agenda(vaxjo: Paper) -> None:
    following = vaxjo.following
    assert following is not None
    item = vaxjo.source.items[-1]
    assert following.date.isoformat() == "2017-10-11"
    said = wording.date_and_clock(following.date, following.local_start, following.local_end)
    assert said.replace(wording.NBSP, " ") == "Onsdag den 11 oktober kl. 13.30–15.00"
    assert bare(following.place) in bare(item.blocks[0])
    topics = [topic for topic in item.topics if "(" in topic]
    for topic in topics:
        text, who = topic.rstrip(".").removesuffix(")").split(" (")
        assert (f"{text}.", who) in vaxjo.next_agenda
    assert (item.topics[-1], "") in vaxjo.next_agenda
