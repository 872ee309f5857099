"""Rättelse: a small signed document beside sealed minutes, which never change themselves."""

from __future__ import annotations

import hashlib
import json

import pytest
from django.core.exceptions import ValidationError

from meetings import archiving, guiding, signing, snapshot
from meetings.models import (
    FileKind,
    ItemKind,
    Meeting,
    RoundState,
    SealedFile,
    SealedMinutes,
    SigningRound,
    TextKind,
)
from meetings.moving import WrongState
from meetings.signing import correcting
from meetings.states import State
from members.models import OutgoingMail
from tests import builders
from tests.builders import Cast
from tests.meetings import pages, snapshots
from tests.meetings.paper import failures, minutes, words

pytestmark = pytest.mark.django_db

OLD = "Rådet talar om aktuellt från verksamheterna."
NEW = "Rådet talar om läget i verksamheterna."
REASON = "Skrivfel."


def key_of(meeting: Meeting, kind: ItemKind = ItemKind.ROUND_TABLE) -> int:
    return int(meeting.items.standing().get(kind=kind).pk)


def sent(cast: Cast, meeting: Meeting, **changed: object) -> SigningRound:
    said = {"item": key_of(meeting), "old": OLD, "new": NEW, "reason": REASON} | changed
    return signing.open_correction(by=cast.secretary, meeting=meeting, **said)  # type: ignore[arg-type]


def test_a_correction_is_sealed_beside_the_minutes_which_stay_as_they_are(
    cast: Cast, sealed_meeting: Meeting
) -> None:
    meeting = sealed_meeting
    before = SealedMinutes.objects.get(meeting=meeting)
    builders.approve_all(sent(cast, meeting))
    after = SealedMinutes.objects.get(meeting=meeting)
    assert (bytes(after.pdf), after.pdf_sha256) == (bytes(before.pdf), before.pdf_sha256)
    file = SealedFile.objects.get()
    assert (file.kind, file.meeting) == (FileKind.CORRECTION, meeting)
    assert hashlib.sha256(bytes(file.pdf)).hexdigest() == file.pdf_sha256


def test_the_file_says_what_stood_what_is_right_why_and_of_which_original(
    cast: Cast, sealed_meeting: Meeting
) -> None:
    meeting = sealed_meeting
    original = SealedMinutes.objects.get(meeting=meeting)
    builders.approve_all(sent(cast, meeting))
    printed = words(bytes(SealedFile.objects.get().pdf))
    for said in (
        "Rättelse 1 av protokoll den 12 mars 2026",
        "Rättelse av § 4 Aktuellt från verksamheterna",
        f"Så står det {OLD}",
        f"Så ska det stå {NEW}",
        f"Varför {REASON}",
        "Rättelsen är justerad",
    ):
        assert said in printed
    assert original.pdf_sha256 in printed.replace(" ", "")


@pytest.mark.parametrize("style", ["paragraphs", "headings"])
def test_its_heading_stands_whole_over_the_text_and_what_is_said_in_the_margin(style: str) -> None:
    """In the margin "Kommungemensam process" and the like were cut in the middle of words."""
    of = getattr(snapshots, style)()
    line = of["items"][3]
    corrects: snapshot.Corrects = {
        "number": 1, "pdf_sha256": "a" * 64, "text_sha256": "b" * 64, "item": line["key"],
        "about": f"{line['label']} Kommungemensam process för trygghetsvandringar".strip(),
        "old": OLD, "new": NEW, "reason": REASON,
    }  # fmt: skip
    made = minutes(correcting.correction_of(of, corrects, snapshots.SEALED, []))
    found = pages.in_body(pages.lines(made))
    (heading,) = [one for one in found if one.words.startswith("Rättelse av")]
    assert heading.left == pytest.approx(pages.TEXT, abs=2)
    assert heading.words.endswith("Kommungemensam process för")
    for label, said in (("Så står det", OLD), ("Så ska det stå", NEW), ("Varför", REASON)):
        (beside,) = [one for one in found if one.words == label]
        (words_,) = [one for one in found if one.words.startswith(said[:18])]
        assert beside.left == pytest.approx(pages.LEFT, abs=2)
        assert abs(beside.top - words_.top) < 4


def test_those_who_signed_the_minutes_sign_the_correction(
    cast: Cast, sealed_meeting: Meeting
) -> None:
    round_ = sent(cast, sealed_meeting)
    assert [(signer.person, signer.role) for signer in round_.signers.all()] == [
        (cast.chair, "chair"),
        (cast.adjuster, "adjuster"),
    ]
    step = guiding.next_step(guiding.situation_of(sealed_meeting, cast.secretary))
    assert step.text.endswith("En rättelse är ute på justering.")


def test_corrections_are_shown_first_to_last_when_everyone_has_signed(
    cast: Cast, sealed_meeting: Meeting
) -> None:
    meeting = sealed_meeting
    first = sent(cast, meeting)
    assert signing.corrections_of(meeting) == []
    builders.approve_all(first)
    other = key_of(meeting, ItemKind.OPENING)
    second = sent(cast, meeting, item=other, old="talar om inledning", new="inleder mötet")
    builders.approve_all(second)
    shown = signing.corrections_of(meeting)
    assert [(one.number, one.about, one.old, one.new, one.reason) for one in shown] == [
        (1, "§\u00a04 Aktuellt från verksamheterna", OLD, NEW, REASON),
        (2, "§\u00a01 Inledning", "talar om inledning", "inleder mötet", REASON),
    ]


def test_what_stands_outside_the_items_is_corrected_too(
    cast: Cast, sealed_meeting: Meeting
) -> None:
    meeting = sealed_meeting
    round_ = sent(cast, meeting, item=None, old="Sessionssalen", new="Vågsalen")
    told = json.loads(bytes(round_.version.canonical))["corrects"]
    assert (told["item"], told["old"], told["new"]) == (None, "Sessionssalen", "Vågsalen")
    assert told["pdf_sha256"] == SealedMinutes.objects.get(meeting=meeting).pdf_sha256


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"old": ""}, "old"),
        ({"old": "Ord som aldrig stod där."}, "old"),
        ({"old": "talar om inledning"}, "old"),  # stands in another §
        ({"new": "  "}, "new"),
        ({"new": OLD}, "new"),
        ({"reason": "\u200b"}, "reason"),
        ({"new": "x" * 4_001}, "new"),
        ({"item": 0}, "item"),
    ],
)
def test_an_unclear_correction_is_told_by_its_field_and_nothing_is_opened(
    cast: Cast, sealed_meeting: Meeting, changed: dict[str, object], field: str
) -> None:
    meeting = sealed_meeting
    with pytest.raises(ValidationError) as refused:
        sent(cast, meeting, **changed)
    assert list(refused.value.message_dict) == [field]
    assert SigningRound.every.filter(kind=TextKind.CORRECTION).count() == 0
    assert sent(cast, meeting).state == RoundState.OPEN


def test_words_are_found_past_line_breaks_and_kinds_of_space(
    cast: Cast, sealed_meeting: Meeting
) -> None:
    meeting = sealed_meeting
    assert sent(cast, meeting, old="Rådet  talar\nom\u00a0aktuellt").state == RoundState.OPEN


def test_only_sealed_minutes_are_corrected(cast: Cast, round_in_signing: SigningRound) -> None:
    meeting = round_in_signing.meeting
    with pytest.raises(WrongState):
        sent(cast, meeting)
    assert sent(cast, builders.approve_all(meeting.rounds.get())).state == RoundState.OPEN


def test_one_correction_at_a_time_and_a_returned_one_leaves_no_trace_beside_the_minutes(
    cast: Cast,
    sealed_meeting: Meeting,
) -> None:
    meeting = sealed_meeting
    round_ = sent(cast, meeting)
    with pytest.raises(ValidationError, match="redan ute på justering"):
        sent(cast, meeting)
    signer = round_.signers.all()[0]
    signing.return_minutes(by=signer.person, signer=signer, comment="Det stod rätt.")
    told = OutgoingMail.objects.filter(person=cast.secretary).last()
    assert told is not None
    assert told.subject.startswith(
        "Rättelsen av § 4 Aktuellt från verksamheterna har lämnats tillbaka: "
    )
    assert (
        " har lämnat tillbaka rättelsen av §\xa04 Aktuellt från verksamheterna från " in told.body
    )
    assert Meeting.objects.get(pk=meeting.pk).state == State.APPROVED
    assert signing.corrections_of(meeting) == []
    again = sent(cast, meeting)
    assert json.loads(bytes(again.version.canonical))["corrects"]["number"] == 1


def test_markup_in_a_correction_is_text(cast: Cast, sealed_meeting: Meeting) -> None:
    meeting = sealed_meeting
    builders.approve_all(sent(cast, meeting, new="<b>Nytt</b> & <script>x</script>"))
    assert "<b>Nytt</b> & <script>x</script>" in words(bytes(SealedFile.objects.get().pdf))


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_both_small_papers_hold_for_the_archive_and_the_screen_reader(
    cast: Cast, profile: str
) -> None:
    meeting = builders.written(cast)
    item = meeting.items.standing().get(kind=ItemKind.ROUND_TABLE)
    at_once = signing.open_at_once(by=cast.secretary, meeting=meeting, items=[item])
    builders.approve_all(at_once)
    builders.approve_all(signing.open_round(by=cast.secretary, meeting=meeting))
    correction = sent(cast, meeting)
    builders.approve_all(correction)
    for round_ in (at_once, correction):
        content, _ = archiving.paper_of(SigningRound.every.get(pk=round_.pk))
        assert failures(content, profile) == []
