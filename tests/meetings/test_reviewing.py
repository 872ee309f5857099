"""Marks under each §: kept between visits, turned into remarks, answered, and read again."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from meetings import comparing, minuting, richtext, signing
from meetings.models import (
    AgendaItem,
    ItemReview,
    Meeting,
    Mode,
    RoundState,
    Signer,
    SigningRound,
)
from meetings.states import State
from members.models import OutgoingMail, Person
from tests import builders, standing
from tests.builders import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper")]


def item_of(round_: SigningRound, place: int = 3) -> AgendaItem:
    return round_.meeting.items.standing()[place]


def place(round_: SigningRound, person: Person) -> Signer:
    return round_.signers.get(person=person)


def propose(round_: SigningRound, person: Person, item: AgendaItem, **typed: str) -> ItemReview:
    fields = {name.replace("_", "-"): words for name, words in typed.items()}
    comment = fields.pop("comment", "")
    return signing.mark_item(
        by=person, signer=place(round_, person), item=item, verdict="change",
        comment=comment, typed=fields,
    )  # fmt: skip


def wanted(review: ItemReview) -> dict[str, Any]:
    assert review.proposal is not None
    return dict(review.proposal)


def give_back(round_: SigningRound, person: Person, comment: str = "") -> Meeting:
    signing.return_minutes(by=person, signer=place(round_, person), comment=comment)
    return Meeting.objects.get(pk=round_.meeting_id)


@standing.fixture
def round_(cast: Cast) -> SigningRound:
    return builders.in_signing(cast)


class TestMarking:
    def test_a_mark_is_the_same_at_the_next_visit_and_can_be_changed(
        self, round_: SigningRound, cast: Cast
    ) -> None:
        item = item_of(round_)
        propose(round_, cast.adjuster, item, text_0="Rådet talar om cyklar.", comment="Fel ord.")
        review = ItemReview.objects.get()
        assert review.verdict == "change"
        assert wanted(review)["text"] == "<p>Rådet talar om cyklar.</p>"
        signing.mark_item(
            by=cast.adjuster, signer=place(round_, cast.adjuster), item=item, verdict="no_remarks"
        )
        review = ItemReview.objects.get()
        assert (review.verdict, review.comment, review.proposal) == ("no_remarks", "", None)

    def test_the_rest_in_one_press_leaves_what_is_marked(
        self, round_: SigningRound, cast: Cast
    ) -> None:
        item, signer = item_of(round_), place(round_, cast.adjuster)
        propose(round_, cast.adjuster, item, comment="Fel ord.")
        assert signing.mark_rest(by=cast.adjuster, signer=signer) == 4
        assert signing.mark_rest(by=cast.adjuster, signer=signer) == 0
        assert [review.item for review in signing.proposals_of(signer)] == [item]
        assert signing.reading_of(signer).open == []

    def test_a_change_needs_another_wording_or_a_word_about_why(
        self, round_: SigningRound, cast: Cast
    ) -> None:
        item = item_of(round_)
        as_it_was = "Rådet talar om aktuellt från verksamheterna.\r\n"
        with pytest.raises(ValidationError) as raised:
            propose(round_, cast.adjuster, item, text_0=as_it_was, comment=" \u200b ")
        assert list(raised.value.message_dict) == ["comment"]
        assert ItemReview.objects.count() == 0
        assert propose(round_, cast.adjuster, item, comment="Fel.").proposal is None

    def test_decisions_can_be_changed_struck_and_added(
        self, round_: SigningRound, cast: Cast
    ) -> None:
        election = item_of(round_, 1)
        said = {"decision_0": "Mirjam utses.", "decision_new": "Mötet <b>ajourneras</b>."}
        review = propose(round_, cast.chair, election, **said)
        assert wanted(review)["decisions"] == ["Mirjam utses.", "Mötet <b>ajourneras</b>."]
        review = propose(round_, cast.chair, election, decision_0=" ")
        assert wanted(review)["decisions"] == []

    def test_fields_that_are_not_there_change_nothing(
        self, round_: SigningRound, cast: Cast
    ) -> None:
        typed = {"text_9": "x", "text_x": "x", "report_0_0": "x", "action_7": "x", "text_-1": "x"}
        with pytest.raises(ValidationError):
            propose(round_, cast.adjuster, item_of(round_), **typed)

    def test_nobody_marks_for_another(self, round_: SigningRound, cast: Cast) -> None:
        for who in (cast.secretary, cast.chair):
            with pytest.raises(ValidationError, match="Bara den som står som underskrivare"):
                signing.mark_rest(by=who, signer=place(round_, cast.adjuster))
        assert ItemReview.objects.count() == 0

    def test_an_item_of_another_text_is_refused(self, round_: SigningRound, cast: Cast) -> None:
        other = builders.notes_in_signing(cast).meeting.items.standing()[0]
        with pytest.raises(ValidationError, match="finns inte i texten"):
            propose(round_, cast.adjuster, other, comment="Fel.")

    def test_after_approving_there_is_nothing_to_mark_or_refuse(
        self, round_: SigningRound, cast: Cast
    ) -> None:
        builders.approve(place(round_, cast.chair))
        with pytest.raises(ValidationError, match="redan justerat"):
            propose(round_, cast.chair, item_of(round_), comment="Fel.")
        with pytest.raises(ValidationError, match="redan justerat"):
            give_back(round_, cast.chair, "Ångrar mig.")
        assert SigningRound.objects.get().state == RoundState.OPEN

    def test_with_a_proposal_one_returns_and_does_not_approve(
        self, round_: SigningRound, cast: Cast
    ) -> None:
        item = item_of(round_)
        propose(round_, cast.adjuster, item, comment="Fel.")
        with pytest.raises(ValidationError, match="Du har föreslagit en ändring"):
            builders.approve(place(round_, cast.adjuster))
        signing.mark_item(
            by=cast.adjuster, signer=place(round_, cast.adjuster), item=item, verdict="no_remarks"
        )
        assert builders.approve(place(round_, cast.adjuster)).consent_text.endswith(
            "Jag har inga synpunkter på de paragrafer som jag inte har markerat."
        )


class TestReturning:
    def test_proposals_become_remarks_on_the_frozen_text(
        self, round_: SigningRound, cast: Cast
    ) -> None:
        item = item_of(round_)
        propose(round_, cast.adjuster, item, text_0="Rådet talar om cyklar.", comment="Fel ord.")
        meeting = give_back(round_, cast.adjuster, "Också annat.")
        first, whole = signing.remarks_of(meeting)
        assert (first.item, first.text) == (item.pk, "Fel ord.")
        assert first.comment.proposal == {"text": "<p>Rådet talar om cyklar.</p>"}
        ((label, marked),) = first.changes
        assert label == "Texten"
        assert "<ins>" in marked
        assert "<del>" in marked
        assert (whole.item, whole.text, whole.changes) == (None, "Också annat.", [])

    def test_whoever_had_approved_is_told_that_it_is_void(
        self, round_: SigningRound, cast: Cast
    ) -> None:
        builders.approve(place(round_, cast.chair))
        propose(round_, cast.adjuster, item_of(round_), comment="Fel ord.")
        give_back(round_, cast.adjuster)
        said = {mail.person: mail.body for mail in OutgoingMail.objects.filter(
            subject__startswith="Protokollet är återlämnat")}  # fmt: skip
        assert set(said) == {cast.chair, cast.secretary}
        assert "räknas inte längre, så du behöver justera igen" in said[cast.chair]
        assert "för in ändringarna eller svara" in said[cast.secretary]
        assert "Aktuellt från verksamheterna" in said[cast.secretary]

    def test_what_another_had_marked_is_not_sent_but_can_be(
        self, round_: SigningRound, cast: Cast
    ) -> None:
        propose(round_, cast.chair, item_of(round_, 0), comment="Min synpunkt.")
        meeting = give_back(round_, cast.adjuster, "Fel dag.")
        assert [remark.name for remark in signing.remarks_of(meeting)] == ["Jörgen Almhöjd"]
        signer = place(SigningRound.objects.get(), cast.chair)
        assert signing.can_send_late(meeting, signer) is True
        assert signing.send_late(by=cast.chair, signer=signer) == 1
        assert [remark.text for remark in signing.remarks_of(meeting)] == [
            "Fel dag.", "Min synpunkt.",
        ]  # fmt: skip
        assert signing.can_send_late(meeting, signer) is False
        assert OutgoingMail.objects.filter(
            person=cast.secretary, subject__startswith="Fler synpunkter"
        ).count() == 1  # fmt: skip

    def test_nothing_is_sent_late_once_the_text_has_gone_out_again(
        self, round_: SigningRound, cast: Cast
    ) -> None:
        propose(round_, cast.chair, item_of(round_, 0), comment="Min synpunkt.")
        meeting = give_back(round_, cast.adjuster, "Fel dag.")
        signing.open_round(by=cast.secretary, meeting=meeting)
        with pytest.raises(ValidationError, match="går inte längre"):
            signing.send_late(by=cast.chair, signer=place(round_, cast.chair))


class TestAnswering:
    def test_one_press_writes_the_proposal(self, round_: SigningRound, cast: Cast) -> None:
        item = item_of(round_)
        propose(
            round_, cast.adjuster, item, text_0="Rådet talar om cyklar.", decision_new="Bra så."
        )
        meeting = give_back(round_, cast.adjuster)
        (remark,) = signing.remarks_of(meeting)
        signing.take_over(by=cast.secretary, comment=remark.comment)
        item.refresh_from_db()
        assert item.text == "<p>Rådet talar om cyklar.</p>"
        assert [point.text for point in item.decisions.all()] == ["Bra så."]
        (remark,) = signing.remarks_of(meeting)
        assert remark.answer is not None
        assert (remark.answer.taken_over, remark.answer.by) == (True, cast.secretary)
        assert item.revisions.filter(version=item.text_version).get().by == cast.secretary

    def test_a_text_that_has_changed_since_is_never_overwritten_unseen(
        self, round_: SigningRound, cast: Cast
    ) -> None:
        item = item_of(round_)
        propose(round_, cast.adjuster, item, text_0="Rådet talar om cyklar.", decision_new="Ja.")
        meeting = give_back(round_, cast.adjuster)
        builders.write(cast.secretary, item, "<p>Rådet talar om bilar.</p>")
        (remark,) = signing.remarks_of(meeting)
        with pytest.raises(signing.ChangedSince) as raised:
            signing.take_over(by=cast.secretary, comment=remark.comment)
        (difference,) = raised.value.differences
        assert difference.now == "<p>Rådet talar om bilar.</p>"
        assert difference.wanted == "<p>Rådet talar om cyklar.</p>"
        assert difference.merged is None
        with pytest.raises(signing.ChangedSince):
            signing.take_over(by=cast.secretary, comment=remark.comment, choice="both")
        item.refresh_from_db()
        assert item.text == "<p>Rådet talar om bilar.</p>"
        assert item.decisions.count() == 0
        signing.take_over(by=cast.secretary, comment=remark.comment, choice="theirs")
        item.refresh_from_db()
        assert item.text == "<p>Rådet talar om cyklar.</p>"
        assert item.decisions.count() == 1

    def test_two_changes_that_do_not_meet_can_both_be_written(self, cast: Cast) -> None:
        meeting = builders.written(cast)
        item = meeting.items.standing()[3]
        builders.write(cast.secretary, item, "<p>Ett.</p><p>Två.</p>")
        round_ = signing.open_round(by=cast.secretary, meeting=meeting)
        propose(round_, cast.adjuster, item, text_0="Noll.")
        meeting = give_back(round_, cast.adjuster)
        builders.write(cast.secretary, item, "<p>Ett.</p><p>Tre.</p>")
        (remark,) = signing.remarks_of(meeting)
        signing.take_over(by=cast.secretary, comment=remark.comment, choice="both")
        item.refresh_from_db()
        assert item.text == "<p>Noll.</p><p>Tre.</p>"

    def test_an_answer_in_words_once(self, round_: SigningRound, cast: Cast) -> None:
        meeting = give_back(round_, cast.adjuster, "Fel dag.")
        (remark,) = signing.remarks_of(meeting)
        with pytest.raises(ValidationError):
            signing.answer(by=cast.secretary, comment=remark.comment, text=" ")
        with pytest.raises(ValidationError, match="föreslår ingen ny lydelse"):
            signing.take_over(by=cast.secretary, comment=remark.comment)
        signing.answer(by=cast.secretary, comment=remark.comment, text="Dagen stämmer.")
        with pytest.raises(ValidationError, match="redan besvarad"):
            signing.answer(by=cast.secretary, comment=remark.comment, text="Igen.")

    def test_unanswered_remarks_are_on_the_list_before_the_next_round(
        self, round_: SigningRound, cast: Cast
    ) -> None:
        propose(round_, cast.adjuster, item_of(round_), comment="Fel ord.")
        meeting = give_back(round_, cast.adjuster)
        found = [one for one in minuting.problems(meeting) if one.code == "unanswered_remark"]
        assert [one.blocking for one in found] == [False]
        assert "Jörgen Almhöjd" in found[0].message
        (remark,) = signing.remarks_of(meeting)
        signing.answer(by=cast.secretary, comment=remark.comment, text="Det ska stå så.")
        assert "unanswered_remark" not in {one.code for one in minuting.problems(meeting)}

    def test_remarks_are_answered_only_while_the_minutes_are_written(
        self, round_: SigningRound, cast: Cast
    ) -> None:
        meeting = give_back(round_, cast.adjuster, "Fel dag.")
        (remark,) = signing.remarks_of(meeting)
        signing.open_round(by=cast.secretary, meeting=meeting)
        with pytest.raises(ValidationError, match="låst för justering"):
            signing.answer(by=cast.secretary, comment=remark.comment, text="För sent.")


class TestReadingAgain:
    def again(self, cast: Cast, round_: SigningRound) -> SigningRound:
        """The adjuster proposed in § 4 and left the rest, the secretary took it over."""
        signing.mark_rest(by=cast.adjuster, signer=place(round_, cast.adjuster))
        propose(round_, cast.adjuster, item_of(round_), text_0="Rådet talar om cyklar.")
        meeting = give_back(round_, cast.adjuster)
        (remark,) = signing.remarks_of(meeting)
        signing.take_over(by=cast.secretary, comment=remark.comment)
        return signing.open_round(by=cast.secretary, meeting=Meeting.objects.get(pk=meeting.pk))

    def test_only_the_changed_item_is_open_with_its_words_marked(
        self, round_: SigningRound, cast: Cast
    ) -> None:
        builders.approve(place(round_, cast.chair))
        again = self.again(cast, round_)
        for who in (cast.adjuster, cast.chair):
            seen = signing.reading_of(place(again, who))
            assert [entry.state for entry in seen.entries] == [
                "same", "same", "same", "changed", "same",
            ]  # fmt: skip
            assert (seen.again, seen.around, seen.removed) == (True, [], [])
            text = str(seen.entries[3].line["text"])
            assert "tillagt: </span>cyklar" in text
            assert "struket: </span>aktuellt från verksamheterna" in text

    def test_the_one_who_proposed_reads_the_answer_there(
        self, round_: SigningRound, cast: Cast
    ) -> None:
        again = self.again(cast, round_)
        entry = signing.reading_of(place(again, cast.adjuster)).entries[3]
        assert [one.answer.taken_over for one in entry.remarks if one.answer] == [True]
        assert signing.reading_of(place(again, cast.chair)).entries[3].remarks == []

    def test_a_proposal_that_was_not_taken_over_comes_back_with_the_answer(
        self, round_: SigningRound, cast: Cast
    ) -> None:
        signing.mark_rest(by=cast.adjuster, signer=place(round_, cast.adjuster))
        propose(round_, cast.adjuster, item_of(round_), text_0="Rådet talar om cyklar.")
        meeting = give_back(round_, cast.adjuster)
        (remark,) = signing.remarks_of(meeting)
        signing.answer(by=cast.secretary, comment=remark.comment, text="Så sades det.")
        again = signing.open_round(by=cast.secretary, meeting=meeting)
        seen = signing.reading_of(place(again, cast.adjuster))
        assert [entry.settled for entry in seen.entries] == [True, True, True, False, True]

    def test_who_has_marked_nothing_reads_it_all(self, round_: SigningRound, cast: Cast) -> None:
        again = self.again(cast, round_)
        seen = signing.reading_of(place(again, cast.chair))
        assert seen.again is False
        assert {entry.state for entry in seen.entries} == {"unread"}

    def test_a_third_round_compares_with_what_each_read_last(
        self, round_: SigningRound, cast: Cast
    ) -> None:
        again = self.again(cast, round_)
        signing.mark_rest(by=cast.chair, signer=place(again, cast.chair))
        meeting = give_back(again, cast.chair, "Fel i § 1.")
        builders.write(cast.secretary, item_of(again, 0), "<p>Ordföranden öppnar.</p>")
        third = signing.open_round(by=cast.secretary, meeting=meeting)
        of_chair = signing.reading_of(place(third, cast.chair))
        of_adjuster = signing.reading_of(place(third, cast.adjuster))
        assert [entry.key for entry in of_chair.changed] == [item_of(third, 0).pk]
        assert [entry.key for entry in of_adjuster.changed] == [
            item_of(third, 0).pk, item_of(third, 3).pk,
        ]  # fmt: skip

    def test_what_changed_around_the_items_is_said(self, round_: SigningRound, cast: Cast) -> None:
        builders.approve(place(round_, cast.chair))
        meeting = give_back(round_, cast.adjuster, "Fel plats.")
        meeting.place = "Vågsalen"
        meeting.save(update_fields=["place"])
        builders.mark(cast.secretary, meeting, cast.member, Mode.ABSENT)
        again = signing.open_round(by=cast.secretary, meeting=meeting)
        seen = signing.reading_of(place(again, cast.chair))
        assert seen.around[0] == "Plats: nu Vågsalen, förut Sessionssalen."
        assert seen.around[1].startswith("Patrik Norrbäck, Polisen")
        assert seen.changed == []

    def test_everyone_approves_the_new_text_in_the_end(
        self, round_: SigningRound, cast: Cast
    ) -> None:
        meeting = builders.approve_all(self.again(cast, round_))
        assert meeting.state == State.APPROVED


def test_a_whole_item_that_moves_is_told_and_not_marked(cast: Cast) -> None:
    frozen = minuting.snapshot_of(builders.written(cast))
    moved = {**frozen, "items": [*frozen["items"][1:], frozen["items"][0]]}
    sentences = comparing.changes_around(frozen, moved)  # type: ignore[arg-type]
    assert len(sentences) == 1
    assert richtext.plain(sentences[0]).startswith("§")
    assert "är flyttad" in sentences[0]
