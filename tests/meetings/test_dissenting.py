"""Disagreement at justering: noted in the minutes, or handed to the council's next meeting."""

from __future__ import annotations

import datetime
from typing import Any

import pypdfium2
import pytest
from django.core.exceptions import ValidationError

from meetings import archiving, guiding, minuting, moving, searching, signing, snapshot
from meetings.models import Dissent, Meeting, RoundState, SigningRound
from meetings.states import State
from members.models import OutgoingMail, Person
from tests import builders, standing
from tests.builders import Cast

pytestmark = pytest.mark.django_db


def fresh(meeting: Meeting) -> Meeting:
    return Meeting.objects.get(pk=meeting.pk)


@standing.fixture
def returned(cast: Cast) -> Meeting:
    """Minutes that the justerare could not agree with."""
    round_ = builders.in_signing(cast)
    signer = round_.signers.get(person=cast.adjuster)
    signing.return_minutes(by=cast.adjuster, signer=signer, comment="Vi beslutade inte det.")
    return fresh(round_.meeting)


def note(cast: Cast, meeting: Meeting, person: Person, **more: Any) -> Dissent:
    return signing.note_dissent(
        by=cast.secretary, meeting=meeting, person=person, text="Vi beslutade inte det.", **more
    )


class TestADifferingView:
    def test_it_is_printed_under_its_item_and_frozen_with_it(
        self, returned: Meeting, cast: Cast
    ) -> None:
        item = returned.items.standing()[3]
        note(cast, returned, cast.adjuster, item=item)
        note(cast, returned, cast.chair)
        round_ = signing.open_round(by=cast.secretary, meeting=fresh(returned))
        drawn = archiving.frozen_minutes(round_)
        view = {"name": "Jörgen Almhöjd, justerare", "text": "Vi beslutade inte det."}
        assert drawn.content["items"][3]["dissents"] == [view]
        assert drawn.content["dissents"][0]["name"] == "Gunilla Strömvik, ordförande"
        document = pypdfium2.PdfDocument(archiving.file_of(drawn))
        words = " ".join(
            " ".join(page.get_textpage().get_text_range().split()) for page in document
        )
        assert words.count("Avvikande mening vid justeringen") == 2
        assert "Jörgen Almhöjd, justerare: Vi beslutade inte det." in words

    def test_minutes_without_one_have_the_bytes_they_always_had(self, cast: Cast) -> None:
        drawn = minuting.snapshot_of(builders.written(cast))
        assert "dissents" not in drawn
        assert {"dissents"} & {key for line in drawn["items"] for key in line} == set()
        assert b"dissents" not in snapshot.canonical(drawn)

    def test_the_others_see_it_marked_as_added(self, returned: Meeting, cast: Cast) -> None:
        first = returned.rounds.get()
        item = returned.items.standing()[3]
        note(cast, returned, cast.adjuster, item=item)
        again = signing.open_round(by=cast.secretary, meeting=fresh(returned))
        assert first.number + 1 == again.number
        signing.mark_rest(by=cast.chair, signer=again.signers.get(person=cast.chair))
        signer = again.signers.get(person=cast.adjuster)
        signing.return_minutes(by=cast.adjuster, signer=signer, comment="Mer.")
        note(cast, fresh(returned), cast.chair, item=item)
        third = signing.open_round(by=cast.secretary, meeting=fresh(returned))
        seen = signing.reading_of(third.signers.get(person=cast.chair))
        (entry,) = seen.changed
        assert entry.key == item.pk
        names = [one["name"] for one in entry.line["dissents"]]
        assert names == ["Jörgen Almhöjd, justerare", "Gunilla Strömvik, ordförande"]
        assert "<ins>" in entry.line["dissents"][1]["text"]
        assert "<ins>" not in entry.line["dissents"][0]["text"]

    def test_from_a_remark_it_is_also_the_answer(self, returned: Meeting, cast: Cast) -> None:
        (remark,) = signing.remarks_of(returned)
        note(cast, returned, cast.adjuster, remark=remark.comment)
        (remark,) = signing.remarks_of(returned)
        assert remark.answer is not None
        assert remark.answer.text == "Antecknat i protokollet som avvikande mening."

    @pytest.mark.parametrize("who", ["secretary", "member", "other_chair"])
    def test_only_those_who_justerar_have_one(
        self, returned: Meeting, cast: Cast, who: str
    ) -> None:
        with pytest.raises(ValidationError) as raised:
            note(cast, returned, getattr(cast, who))
        assert list(raised.value.message_dict) == ["person"]
        assert Dissent.objects.count() == 0

    def test_it_is_noted_and_removed_only_while_the_minutes_are_written(
        self, returned: Meeting, cast: Cast
    ) -> None:
        noted = note(cast, returned, cast.adjuster)
        signing.open_round(by=cast.secretary, meeting=fresh(returned))
        with pytest.raises(moving.WrongState):
            note(cast, returned, cast.chair)
        with pytest.raises(moving.WrongState):
            signing.remove_dissent(by=cast.secretary, dissent=noted)
        assert Dissent.objects.count() == 1

    def test_removed_again_it_is_gone_from_the_text(self, returned: Meeting, cast: Cast) -> None:
        signing.remove_dissent(by=cast.secretary, dissent=note(cast, returned, cast.adjuster))
        assert "dissents" not in minuting.snapshot_of(fresh(returned))

    def test_it_is_found_by_its_words_once_sealed(self, returned: Meeting, cast: Cast) -> None:
        item = returned.items.standing()[3]
        signing.note_dissent(
            by=cast.secretary, meeting=returned, person=cast.adjuster, item=item,
            text="Kajplatsen nämndes aldrig.",
        )  # fmt: skip
        builders.approve_all(signing.open_round(by=cast.secretary, meeting=fresh(returned)))
        found = searching.search(user=cast.member, words="kajplatsen")
        assert [row.heading for row in found.rows] == ["Aktuellt från verksamheterna"]


class TestHandingOn:
    def handed(self, cast: Cast) -> tuple[SigningRound, Meeting]:
        round_ = builders.in_signing(cast)
        later = builders.planned(cast, builders.DAY + datetime.timedelta(days=90))
        builders.approve(round_.signers.get(person=cast.chair))
        return signing.hand_on(by=cast.secretary, meeting=round_.meeting, to=later), later

    def test_the_next_meeting_has_it_on_its_agenda_and_all_are_told(self, cast: Cast) -> None:
        round_, later = self.handed(cast)
        assert (round_.state, round_.handed_to) == (RoundState.HANDED_ON, later)
        assert fresh(round_.meeting).state == State.MINUTING
        headings = [item.heading for item in later.items.standing()]
        assert headings[-1] == "Justering av protokoll från den 12\N{NO-BREAK SPACE}mars 2026"
        told = OutgoingMail.objects.filter(subject__startswith="Justeringen lämnas över")
        assert {mail.person for mail in told} == {cast.chair, cast.adjuster}
        assert "Du hade redan justerat." in told.get(person=cast.chair).body
        assert "Du hade redan justerat." not in told.get(person=cast.adjuster).body

    def test_nobody_approves_meanwhile_and_the_secretary_is_told_what_to_do(
        self, cast: Cast
    ) -> None:
        round_, _ = self.handed(cast)
        with pytest.raises(ValidationError, match="överlämnad till nästa möte"):
            builders.approve(round_.signers.get(person=cast.adjuster))
        step = guiding.next_step(guiding.situation_of(fresh(round_.meeting), cast.secretary))
        assert step.text.startswith("Justeringen är överlämnad till mötet onsdag 10")

    def test_afterwards_the_minutes_go_out_again(self, cast: Cast) -> None:
        round_, _ = self.handed(cast)
        again = signing.open_round(by=cast.secretary, meeting=fresh(round_.meeting))
        assert builders.approve_all(again).state == State.APPROVED

    def test_only_to_a_later_meeting_of_the_council(self, cast: Cast) -> None:
        round_ = builders.in_signing(cast)
        earlier = builders.planned(cast, builders.DAY - datetime.timedelta(days=9))
        other = builders.notes_written(cast, builders.DAY + datetime.timedelta(days=9))
        for wrong in (earlier, other, round_.meeting):
            with pytest.raises(ValidationError) as raised:
                signing.hand_on(by=cast.secretary, meeting=round_.meeting, to=wrong)
            assert list(raised.value.message_dict) == ["to"]
        assert SigningRound.objects.get().state == RoundState.OPEN
