"""A round of justering: opened, approved, returned, replaced, completed."""

from __future__ import annotations

import datetime
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from meetings import minuting, moving, signing
from meetings.models import Approval, ItemKind, Meeting, RoundState, SealedMinutes, SigningRound
from meetings.states import State
from members import joining
from members.models import ApprovalLevel, OutgoingMail, Person
from tests import builders
from tests.builders import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper")]


def fresh(meeting: Meeting) -> Meeting:
    return Meeting.objects.get(pk=meeting.pk)


def give_back(round_: SigningRound, person: Person, comment: str = "Fel namn i § 1.") -> Meeting:
    signer = round_.signers.get(person=person)
    signing.return_minutes(by=person, signer=signer, comment=comment)
    return fresh(round_.meeting)


def subjects(person: Person) -> list[str]:
    return list(
        OutgoingMail.objects.filter(person=person).order_by("pk").values_list("subject", flat=True)
    )


class TestOpening:
    def test_a_fault_keeps_the_minutes_in_writing(self, cast: Cast) -> None:
        meeting = builders.minuting_open(cast)
        with pytest.raises(ValidationError) as raised:
            signing.open_round(by=cast.secretary, meeting=meeting)
        assert "Ingen justerare är vald. Anteckna vem mötet utsåg." in raised.value.messages
        assert fresh(meeting).state == State.MINUTING
        assert (meeting.rounds.count(), meeting.versions.count()) == (0, 0)
        assert OutgoingMail.objects.count() == 0

    def test_a_warning_does_not_stop_it(self, cast: Cast) -> None:
        meeting = builders.written(cast)
        item = meeting.items.standing()[0]
        builders.write(cast.secretary, item, "<p>Se bilaga 1.</p>")
        assert [p.blocking for p in minuting.problems(meeting)] == [False]
        assert signing.open_round(by=cast.secretary, meeting=meeting).state == RoundState.OPEN

    def test_a_second_click_is_told_where_the_minutes_are(
        self, cast: Cast, round_in_signing: SigningRound
    ) -> None:
        meeting = round_in_signing.meeting
        with pytest.raises(moving.WrongState, match="låst för justering"):
            signing.open_round(by=cast.secretary, meeting=meeting)
        assert meeting.rounds.count() == 1

    def test_signers_come_in_the_order_the_council_has_set(
        self, cast: Cast, round_in_signing: SigningRound
    ) -> None:
        first = round_in_signing.signers.values_list("person", "role")
        assert list(first) == [(cast.chair.pk, "chair"), (cast.adjuster.pk, "adjuster")]
        notes = builders.notes_in_signing(cast).signers.values_list("person", "role")
        assert list(notes) == [
            (cast.other_chair.pk, "chair"),
            (cast.other_secretary.pk, "secretary"),
        ]

    def test_the_letter_says_truthfully_how(self, cast: Cast) -> None:
        cast.council.approval_levels = [ApprovalLevel.PASSWORD_CODE, ApprovalLevel.PASSKEY]
        cast.council.save()
        builders.in_signing(cast)
        asked = OutgoingMail.objects.get(person=cast.chair, subject__startswith="Justera ")
        assert "Du justerar med passkey eller med lösenord och engångskod." in asked.body

    def test_everyone_the_meeting_elected_signs(self, cast: Cast) -> None:
        meeting = builders.written(cast)
        election = meeting.items.standing().get(kind=ItemKind.ADJUSTER)
        both = [cast.adjuster, cast.member]
        minuting.elect_adjusters(by=cast.secretary, item=election, persons=both)
        opened = signing.open_round(by=cast.secretary, meeting=meeting)
        assert [s.person for s in opened.signers.all()] == [cast.chair, *both]

    def test_the_deadline_counts_from_the_meeting_but_leaves_a_week(self, cast: Cast) -> None:
        today = timezone.localdate()
        soon = builders.written(cast, today)
        late = builders.written(cast, today - datetime.timedelta(days=300))
        assert signing.due_on(soon) == today + datetime.timedelta(days=14)
        assert signing.due_on(late) == today + datetime.timedelta(days=7)


class TestApproving:
    def test_a_second_click_gives_the_same_approval(
        self, cast: Cast, round_in_signing: SigningRound
    ) -> None:
        signer = round_in_signing.signers.all()[0]
        assert builders.approve(signer) == builders.approve(signer)
        assert Approval.objects.count() == 1

    def test_the_words_one_stood_by_are_kept(
        self, cast: Cast, round_in_signing: SigningRound
    ) -> None:
        protocol = builders.approve(round_in_signing.signers.all()[0])
        notes = builders.approve(builders.notes_in_signing(cast).signers.all()[0])
        assert protocol.consent_text.startswith("Jag har läst protokollet och intygar att det")
        assert notes.consent_text.startswith("Jag har läst minnesanteckningarna och intygar att de")

    def test_any_order_will_do(self, cast: Cast, round_in_signing: SigningRound) -> None:
        round_ = round_in_signing
        for signer in round_.signers.order_by("-position"):
            builders.approve(signer)
        assert fresh(round_.meeting).state == State.APPROVED

    def test_a_chair_whose_term_has_ended_still_signs(
        self, cast: Cast, round_in_signing: SigningRound
    ) -> None:
        round_ = round_in_signing
        joining.end_mandate(
            by=cast.secretary,
            mandate=builders.mandate(cast.chair, cast.council),
            last_day=timezone.localdate() - datetime.timedelta(days=1),
        )
        assert builders.approve_all(round_).state == State.APPROVED

    def test_after_a_return_the_old_round_takes_no_approval(
        self, cast: Cast, round_in_signing: SigningRound
    ) -> None:
        round_ = round_in_signing
        chair, adjuster = round_.signers.all()
        give_back(round_, cast.adjuster)
        with pytest.raises(ValidationError, match="återlämnad och skrivs om"):
            builders.approve(chair)
        assert Approval.objects.count() == 0
        assert adjuster.round_id == round_.pk

    def test_everyone_is_told_once_when_it_is_done(
        self, cast: Cast, round_in_signing: SigningRound
    ) -> None:
        builders.approve_all(round_in_signing)
        for person, mails in ((cast.chair, 2), (cast.adjuster, 2), (cast.secretary, 1)):
            assert len(subjects(person)) == mails
            assert subjects(person)[-1].startswith("Protokollet är justerat")

    def test_a_secretary_who_signs_is_told_once(self, cast: Cast) -> None:
        builders.approve_all(builders.notes_in_signing(cast))
        assert len(subjects(cast.other_secretary)) == 2


class TestReturning:
    def test_it_goes_back_to_writing_with_the_remark(
        self, cast: Cast, round_in_signing: SigningRound
    ) -> None:
        round_ = round_in_signing
        item = round_.meeting.items.standing()[3]
        signer = round_.signers.get(person=cast.adjuster)
        signing.return_minutes(by=cast.adjuster, signer=signer, comment=" Rad 1\nRad 2 ", item=item)
        meeting = fresh(round_.meeting)
        (remark,) = signing.remarks_of(meeting)
        assert meeting.state == State.MINUTING
        assert (remark.name, remark.text, remark.item) == (
            "Jörgen Almhöjd",
            "Rad 1\nRad 2",
            item.pk,
        )
        assert remark.about == "§\N{NO-BREAK SPACE}4 Aktuellt från verksamheterna"

    def test_the_others_are_told_and_not_the_one_who_did_it(
        self, cast: Cast, round_in_signing: SigningRound
    ) -> None:
        give_back(round_in_signing, cast.adjuster)
        assert [len(subjects(p)) for p in (cast.adjuster, cast.chair, cast.secretary)] == [1, 2, 1]
        assert subjects(cast.secretary)[0].startswith("Protokollet är återlämnat")

    @pytest.mark.parametrize("comment", ["", "  \n\t ", "\u200b", "x" * 10_001])
    def test_a_remark_is_needed_and_may_not_be_endless(
        self, cast: Cast, round_in_signing: SigningRound, comment: str
    ) -> None:
        round_ = round_in_signing
        with pytest.raises(ValidationError) as raised:
            give_back(round_, cast.chair, comment)
        assert list(raised.value.message_dict) == ["comment"]
        assert fresh(round_.meeting).state == State.SIGNING

    def test_what_one_has_approved_one_cannot_return(
        self, cast: Cast, round_in_signing: SigningRound
    ) -> None:
        round_ = round_in_signing
        builders.approve(round_.signers.get(person=cast.chair))
        with pytest.raises(ValidationError, match="redan justerat"):
            give_back(round_, cast.chair)

    def test_it_is_returned_once(self, cast: Cast, round_in_signing: SigningRound) -> None:
        round_ = round_in_signing
        give_back(round_, cast.chair)
        with pytest.raises(ValidationError, match="återlämnad och skrivs om"):
            give_back(round_, cast.adjuster)

    def test_justerade_minutes_are_not_returned(
        self, cast: Cast, round_in_signing: SigningRound
    ) -> None:
        round_ = round_in_signing
        builders.approve_all(round_)
        with pytest.raises(ValidationError, match="redan justerad av alla"):
            give_back(round_, cast.chair)

    def test_nobody_returns_in_the_name_of_another(
        self, cast: Cast, round_in_signing: SigningRound
    ) -> None:
        signer = round_in_signing.signers.all()[0]
        with pytest.raises(ValidationError, match="Bara den som står som underskrivare"):
            signing.return_minutes(by=cast.secretary, signer=signer, comment="Nej.")

    def test_an_item_of_another_meeting_is_refused(self, cast: Cast) -> None:
        other = builders.notes_written(cast).items.standing()[0]
        signer = builders.in_signing(cast).signers.all()[0]
        with pytest.raises(ValidationError, match="annat möte"):
            signing.return_minutes(by=signer.person, signer=signer, comment="Nej.", item=other)

    def test_approvals_given_stay_in_the_log_but_count_no_more(
        self, cast: Cast, round_in_signing: SigningRound
    ) -> None:
        round_ = round_in_signing
        builders.approve(round_.signers.get(person=cast.chair))
        meeting = give_back(round_, cast.adjuster)
        again = signing.open_round(by=cast.secretary, meeting=meeting)
        builders.approve(again.signers.get(person=cast.adjuster))
        assert fresh(meeting).state == State.SIGNING
        assert (round_.approvals.count(), again.approvals.count()) == (1, 1)

    def test_remarks_are_gone_from_the_desk_when_it_goes_out_again(
        self, cast: Cast, round_in_signing: SigningRound
    ) -> None:
        meeting = give_back(round_in_signing, cast.chair)
        assert len(signing.remarks_of(meeting)) == 1
        signing.open_round(by=cast.secretary, meeting=meeting)
        assert signing.remarks_of(meeting) == []


def test_an_adjuster_replaced_after_a_return_has_no_say(
    cast: Cast, round_in_signing: SigningRound
) -> None:
    round_ = round_in_signing
    meeting = give_back(round_, cast.chair)
    election = meeting.items.standing().get(kind=ItemKind.ADJUSTER)
    minuting.elect_adjusters(by=cast.secretary, item=election, persons=[cast.member])
    again = signing.open_round(by=cast.secretary, meeting=meeting)
    old = round_.signers.get(person=cast.adjuster)
    assert signing.has_been_replaced(old) is True
    with pytest.raises(ValidationError, match="återlämnad"):
        builders.approve(old)
    assert [signer.person for signer in again.signers.all()] == [cast.chair, cast.member]
    assert builders.approve_all(again).state == State.APPROVED


@pytest.mark.django_db(transaction=True)
def test_the_last_two_signers_at_the_same_moment_seal_once(cast: Cast) -> None:
    round_ = builders.in_signing(cast)
    together = threading.Barrier(4)

    def act(pk: int) -> None:
        together.wait()
        builders.approve(SigningRound.objects.get(pk=round_.pk).signers.get(pk=pk))
        connection.close()

    signers = [signer.pk for signer in round_.signers.all()]
    threads = [threading.Thread(target=act, args=[pk]) for pk in signers * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert fresh(round_.meeting).state == State.APPROVED
    assert (Approval.objects.count(), SealedMinutes.objects.count()) == (2, 1)
