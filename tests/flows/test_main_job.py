"""The whole way, thinly: plan, write, freeze, approve, PDF, archive."""

from __future__ import annotations

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from meetings import archiving, searching, signing, snapshot
from meetings.models import AgendaItem, Meeting, RoundState
from meetings.states import State
from members.models import OutgoingMail
from tests import builders
from tests.builders import Cast

pytestmark = pytest.mark.django_db


def test_minutes_go_from_plan_to_sealed_and_are_found_in_the_archive(cast: Cast) -> None:
    meeting = builders.written(cast)
    assert meeting.state == State.MINUTING

    round_ = signing.open_round(by=cast.secretary, meeting=meeting)
    first, second = round_.signers.all()
    assert [first.person, second.person] == [cast.chair, cast.adjuster]
    builders.approve(first)
    meeting.refresh_from_db()
    assert meeting.state == State.SIGNING
    builders.approve(second)

    meeting.refresh_from_db()
    assert meeting.state == State.APPROVED
    sealed = meeting.sealed
    assert bytes(sealed.pdf).startswith(b"%PDF-")
    assert sealed.pdf_sha256 == snapshot.sha256_of(bytes(sealed.pdf))
    assert list(archiving.archived_meetings(user=cast.reader)) == [meeting]
    assert list(archiving.archived_meetings(user=cast.other_member)) == []
    found = searching.search(user=cast.reader, words="dagordning")
    assert [row.heading for row in found.rows] == ["Fastställande av dagordningen"]
    assert searching.search(user=cast.other_member, words="dagordning").total == 0


def test_numbers_are_given_when_frozen(cast: Cast) -> None:
    meeting = builders.written(cast)
    assert [item.number for item in meeting.items.standing()] == [None] * 5
    signing.open_round(by=cast.secretary, meeting=meeting)
    assert [item.number for item in meeting.items.standing()] == [1, 2, 3, 4, 5]


def test_the_signers_get_mail_and_everyone_is_told_when_it_is_done(cast: Cast) -> None:
    round_ = builders.in_signing(cast)
    asked = OutgoingMail.objects.values_list("to_email", flat=True)
    assert sorted(asked) == ["gunilla@kommun.example", "jorgen@kommun.example"]
    for signer in round_.signers.all():
        builders.approve(signer)
    done = OutgoingMail.objects.filter(subject__startswith="Protokollet är justerat")
    assert sorted(done.values_list("to_email", flat=True)) == [
        "gunilla@kommun.example",
        "jorgen@kommun.example",
        "karin@kommun.example",
    ]


def test_returned_minutes_open_for_writing_and_approvals_become_void(cast: Cast) -> None:
    round_ = builders.in_signing(cast)
    chair, adjuster = round_.signers.all()
    builders.approve(chair)
    signing.return_minutes(by=cast.adjuster, signer=adjuster, comment="Fel datum i § 4.")

    round_.refresh_from_db()
    meeting = round_.meeting
    meeting.refresh_from_db()
    assert (round_.state, meeting.state) == (RoundState.RETURNED, State.MINUTING)
    again = signing.open_round(by=cast.secretary, meeting=meeting)
    assert signing.waiting_for(again).count() == 2
    assert round_.approvals.count() == 1


SEALED_ROWS = [
    "UPDATE meetings_agendaitem SET text = 'x' WHERE meeting_id = %s",
    "DELETE FROM meetings_agendaitem WHERE meeting_id = %s",
    "UPDATE meetings_meeting SET place = 'x' WHERE id = %s",
    "UPDATE meetings_meeting SET state = 'minuting' WHERE id = %s",
    "DELETE FROM meetings_meeting WHERE id = %s",
    "UPDATE meetings_attendance SET name = 'x' WHERE meeting_id = %s",
    "UPDATE meetings_sealedminutes SET pdf = 'x' WHERE meeting_id = %s",
    "DELETE FROM meetings_sealedminutes WHERE meeting_id = %s",
    "UPDATE meetings_minutesversion SET sha256 = 'x' WHERE meeting_id = %s",
    "UPDATE meetings_archiveditem SET text = 'x' WHERE meeting_id = %s",
    "UPDATE meetings_signinground SET state = 'open' WHERE meeting_id = %s",
    "DELETE FROM meetings_decision WHERE item_id IN"
    " (SELECT id FROM meetings_agendaitem WHERE meeting_id = %s)",
    "UPDATE meetings_approval SET method = 'x' WHERE round_id IN"
    " (SELECT id FROM meetings_signinground WHERE meeting_id = %s)",
]


@pytest.mark.parametrize("attack", SEALED_ROWS)
def test_raw_sql_cannot_change_sealed_minutes(cast: Cast, attack: str) -> None:
    meeting = builders.sealed(cast)
    with pytest.raises(DatabaseError, match="bra:"), transaction.atomic():
        run("SET CONSTRAINTS ALL IMMEDIATE; " + attack, meeting.pk)
    assert Meeting.objects.get(pk=meeting.pk).state == State.APPROVED


def run(sql: str, meeting: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql.replace("%s", str(meeting)))


def test_a_meeting_cannot_be_called_sealed_without_approvals(cast: Cast) -> None:
    meeting = builders.in_signing(cast).meeting
    with pytest.raises(DatabaseError, match="bra: not every signer"), transaction.atomic():
        Meeting.objects.filter(pk=meeting.pk).update(
            state=State.APPROVED, approved_at=datetime.datetime.now(datetime.UTC)
        )


def test_an_item_cannot_be_moved_into_sealed_minutes(cast: Cast) -> None:
    meeting = builders.sealed(cast)
    later = builders.minuting_open(cast, builders.DAY + datetime.timedelta(days=90))
    item = later.items.standing()[0]
    with pytest.raises(DatabaseError, match="bra:"), transaction.atomic():
        AgendaItem.objects.filter(pk=item.pk).update(meeting=meeting)


def test_the_wrong_password_approves_nothing(cast: Cast) -> None:
    signer = builders.in_signing(cast).signers.get(person=cast.chair)
    with pytest.raises(ValidationError, match="Lösenordet stämmer inte"):
        builders.approve(signer, password="fel lösenord")
    assert signer.round.approvals.count() == 0
