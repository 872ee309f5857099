"""Who gets hold of what in meetings. Missing and forbidden answer alike: Http404."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.http import Http404
from django.utils import timezone

from meetings import access, followup, minuting, planning, signing
from meetings.models import ItemKind, Meeting
from members import joining
from members.models import Person
from members.roles import Right
from tests import builders
from tests.builders import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper")]

EVERYBODY = (
    "secretary", "chair", "adjuster", "member", "substitute", "co_opted", "reader",
    "administrator", "other_secretary", "other_chair", "other_member",
)  # fmt: skip
OWN = [
    "secretary",
    "chair",
    "adjuster",
    "member",
    "substitute",
    "co_opted",
    "reader",
    "administrator",
]


def get_in(cast: Cast, door: Callable[[Person], Any]) -> list[str]:
    """Who of everybody the door lets in."""

    def opens(name: str) -> bool:
        try:
            door(getattr(cast, name))
        except Http404:
            return False
        return True

    return [name for name in EVERYBODY if opens(name)]


def of(meeting: Meeting) -> tuple[str, str]:
    return meeting.council.slug, meeting.key


def test_a_meeting_is_read_by_its_own_council(cast: Cast) -> None:
    where = of(builders.planned(cast))
    assert get_in(cast, lambda user: access.meeting_for(user, *where)) == OWN


def test_it_is_written_by_the_secretary_and_its_draft_read_by_the_chair(cast: Cast) -> None:
    where = of(builders.planned(cast))
    write = get_in(cast, lambda user: access.meeting_for(user, *where, may=Right.WRITE))
    read = get_in(cast, lambda user: access.meeting_for(user, *where, may=Right.READ_DRAFT))
    assert (write, read) == (["secretary"], ["secretary", "chair"])


def test_everything_on_the_desk_is_the_secretarys(cast: Cast) -> None:
    meeting = builders.written(cast)
    where, item = of(meeting), meeting.items.standing().get(kind=ItemKind.ROUND_TABLE)
    report = minuting.add_report(by=cast.secretary, item=item, label="Polisen")
    action = followup.give_action(by=cast.secretary, item=item, text="Mät.")
    followup.set_topics(by=cast.secretary, item=item, topics=[("Ämne", "")])
    topic, row = item.topics.get(), meeting.attendance.all()[0]
    removed = builders.removed_item(cast, meeting)
    doors: list[Callable[[Person], Any]] = [
        lambda user: access.item_for(user, *where, item.pk),
        lambda user: access.removed_item_for(user, *where, removed.pk),
        lambda user: access.report_for(user, *where, report.pk),
        lambda user: access.action_for(user, *where, action.pk),
        lambda user: access.topic_for(user, *where, topic.pk),
        lambda user: access.attendance_for(user, *where, row.pk),
    ]
    assert [get_in(cast, door) for door in doors] == [["secretary"]] * len(doors)


def test_an_id_of_another_meeting_is_missing(cast: Cast) -> None:
    mine, notes = builders.written(cast), builders.notes_written(cast)
    item, row = notes.items.standing()[0], notes.attendance.all()[0]
    action = followup.give_action(by=cast.other_secretary, item=item, text="Mät.")
    for door, pk in (
        (access.item_for, item.pk),
        (access.attendance_for, row.pk),
        (access.action_for, action.pk),
        (access.report_for, 1),
        (access.topic_for, 1),
    ):
        with pytest.raises(Http404):
            door(cast.secretary, *of(mine), pk)


def test_a_removed_item_is_missing_but_can_be_taken_back(cast: Cast) -> None:
    meeting = builders.minuting_open(cast)
    removed = builders.removed_item(cast, meeting)
    with pytest.raises(Http404):
        access.item_for(cast.secretary, *of(meeting), removed.pk)
    assert access.removed_item_for(cast.secretary, *of(meeting), removed.pk) == removed
    planning.restore_item(by=cast.secretary, item=removed)
    assert access.item_for(cast.secretary, *of(meeting), removed.pk) == removed


def test_a_mandate_that_has_ended_or_not_begun_opens_nothing(cast: Cast) -> None:
    where, today = of(builders.planned(cast)), timezone.localdate()
    seat = builders.mandate(cast.member, cast.council)
    seat.starts_on, seat.ends_on = today - datetime.timedelta(9), today - datetime.timedelta(1)
    seat.save()
    with pytest.raises(Http404):
        access.meeting_for(cast.member, *where)
    seat.starts_on, seat.ends_on = today + datetime.timedelta(1), None
    seat.save()
    with pytest.raises(Http404):
        access.meeting_for(cast.member, *where)


class TestMinutes:
    def readers(self, cast: Cast, meeting: Meeting) -> list[str]:
        return get_in(cast, lambda user: access.minutes_for(user, *of(meeting)))

    def test_none_while_planned_or_cancelled(self, cast: Cast) -> None:
        meeting = builders.planned(cast)
        assert self.readers(cast, meeting) == []
        planning.cancel_meeting(by=cast.secretary, meeting=meeting)
        assert self.readers(cast, meeting) == []

    def test_drafts_for_the_secretary_and_the_chair(self, cast: Cast) -> None:
        assert self.readers(cast, builders.written(cast)) == ["secretary", "chair"]

    def test_in_justering_for_the_signers_too(self, cast: Cast) -> None:
        meeting = builders.in_signing(cast).meeting
        assert self.readers(cast, meeting) == ["secretary", "chair", "adjuster"]

    def test_returned_ones_no_longer_for_the_adjuster(self, cast: Cast) -> None:
        round_ = builders.in_signing(cast)
        signer = round_.signers.get(person=cast.chair)
        signing.return_minutes(by=cast.chair, signer=signer, comment="Fel.")
        assert self.readers(cast, round_.meeting) == ["secretary", "chair"]

    def test_justerade_for_the_whole_council(self, cast: Cast) -> None:
        assert self.readers(cast, builders.sealed(cast)) == OWN

    def test_a_signer_whose_term_has_ended_still_reads_what_they_signed(self, cast: Cast) -> None:
        meeting = builders.sealed(cast)
        for person in (cast.adjuster, cast.member):
            joining.end_mandate(
                by=cast.secretary,
                mandate=builders.mandate(person, cast.council),
                last_day=timezone.localdate() - datetime.timedelta(days=1),
            )
        assert access.minutes_for(cast.adjuster, *of(meeting)) == meeting
        assert access.sealed_for(cast.adjuster, *of(meeting)).meeting == meeting
        with pytest.raises(Http404):
            access.minutes_for(cast.member, *of(meeting))

    def test_sealed_minutes_come_without_their_file(self, cast: Cast) -> None:
        meeting = builders.sealed(cast)
        sealed = access.sealed_for(cast.reader, *of(meeting))
        assert sealed.get_deferred_fields() == {"pdf"}
        with pytest.raises(Http404):
            access.sealed_for(cast.other_member, *of(meeting))


class TestSigners:
    def test_only_those_named_find_their_place(self, cast: Cast) -> None:
        where = of(builders.in_signing(cast).meeting)
        assert get_in(cast, lambda user: access.signer_for(user, *where)) == ["chair", "adjuster"]

    def test_it_is_the_place_in_the_latest_round(self, cast: Cast) -> None:
        round_ = builders.in_signing(cast)
        signer = round_.signers.get(person=cast.chair)
        signing.return_minutes(by=cast.chair, signer=signer, comment="Fel.")
        again = signing.open_round(by=cast.secretary, meeting=Meeting.objects.get())
        assert access.signer_for(cast.chair, *of(round_.meeting)).round == again


class TestPapers:
    def numbers(self, user: Person, meeting: Meeting) -> list[int]:
        papers = access.readable_attachments(user).filter(meeting=meeting)
        return [paper.number for paper in papers]

    def test_of_a_coming_meeting_they_are_the_councils(self, cast: Cast) -> None:
        meeting = builders.planned(cast)
        builders.attach(cast, meeting)
        assert self.numbers(cast.member, meeting) == [1]
        assert self.numbers(cast.other_secretary, meeting) == []

    def test_of_a_draft_they_are_the_drafts_readers(self, cast: Cast) -> None:
        meeting = builders.written(cast)
        builders.attach(cast, meeting)
        assert [self.numbers(p, meeting) for p in (cast.chair, cast.member)] == [[1], []]

    def test_in_justering_they_are_the_signers_too_each_once(self, cast: Cast) -> None:
        meeting = builders.written(cast)
        builders.attach(cast, meeting)
        signing.open_round(by=cast.secretary, meeting=meeting)
        people = (cast.chair, cast.adjuster, cast.secretary, cast.member)
        assert [self.numbers(p, meeting) for p in people] == [[1], [1], [1], []]
        first = get_in(cast, lambda user: access.attachment_for(user, *of(meeting), 1))
        second = get_in(cast, lambda user: access.attachment_for(user, *of(meeting), 2))
        assert (first, second) == (["secretary", "chair", "adjuster"], [])

    def test_of_one_meeting_they_are_those_of_the_rule_for_all(self, cast: Cast) -> None:
        """Asked for in two ways, answered alike: for everyone, wherever the meeting is."""
        meetings = [
            builders.planned(cast, builders.DAY + datetime.timedelta(days=1)),
            builders.written(cast, builders.DAY + datetime.timedelta(days=2)),
            builders.written(cast, builders.DAY + datetime.timedelta(days=3)),
            builders.written(cast, builders.DAY + datetime.timedelta(days=4)),
        ]
        for meeting in meetings:
            builders.attach(cast, meeting)
        signing.open_round(by=cast.secretary, meeting=meetings[2])
        builders.approve_all(signing.open_round(by=cast.secretary, meeting=meetings[3]))
        people = (cast.secretary, cast.chair, cast.adjuster, cast.member, cast.reader,
                  cast.administrator)  # fmt: skip
        for meeting in Meeting.objects.filter(pk__in=[meeting.pk for meeting in meetings]):
            for user in people:
                found = [paper.number for paper in access.papers_of(user, meeting)]
                assert (meeting.state, user, found) == (
                    meeting.state, user, self.numbers(user, meeting),
                )  # fmt: skip
