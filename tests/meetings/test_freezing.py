"""Freezing: final numbers, the words of the attendance list, and a text that stands still."""

from __future__ import annotations

import datetime
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from meetings import minuting, planning, sealing, signing, snapshot
from meetings.models import Meeting, Mode
from members.models import Numbering
from members.roles import Role
from tests import builders
from tests.builders import Cast

NEXT = builders.DAY + datetime.timedelta(days=90)


def by_year(cast: Cast) -> Cast:
    cast.council.numbering = Numbering.PER_YEAR
    cast.council.save()
    return cast


def numbers(meeting: Meeting) -> list[int | None]:
    return [item.number for item in meeting.items.standing()]


def labels(meeting: Meeting) -> list[str]:
    return [line["label"] for line in minuting.snapshot_of(meeting)["items"]]


@pytest.mark.django_db
@pytest.mark.usefixtures("quick_paper")
class TestNumbers:
    def test_they_begin_at_one_at_every_meeting(self, cast: Cast) -> None:
        for date in (builders.DAY, NEXT):
            assert numbers(builders.in_signing(cast, date).meeting) == [1, 2, 3, 4, 5]

    def test_they_go_on_through_the_year_without_a_gap(self, cast: Cast) -> None:
        by_year(cast)
        first = builders.in_signing(cast).meeting
        second = builders.in_signing(cast, NEXT).meeting
        assert numbers(first) + numbers(second) == list(range(1, 11))

    def test_they_begin_again_with_a_new_year(self, cast: Cast) -> None:
        by_year(cast)
        builders.in_signing(cast)
        assert numbers(builders.in_signing(cast, datetime.date(2027, 1, 14)).meeting)[0] == 1

    def test_another_council_does_not_take_of_them(self, cast: Cast) -> None:
        by_year(cast)
        builders.notes_in_signing(cast)
        assert numbers(builders.in_signing(cast).meeting) == [1, 2, 3, 4, 5]

    def test_a_removed_item_takes_none(self, cast: Cast) -> None:
        meeting = builders.written(cast)
        planning.remove_item(by=cast.secretary, item=meeting.items.standing()[2])
        signing.open_round(by=cast.secretary, meeting=meeting)
        assert numbers(meeting) == [1, 2, 3, 4]

    def test_they_carry_the_councils_prefix(self, cast: Cast) -> None:
        cast.council.number_prefix = "FHR"
        cast.council.save()
        version = builders.in_signing(cast).version
        frozen = sealing.read(version)
        assert [line["label"] for line in frozen["items"]][3] == "FHR §\N{NO-BREAK SPACE}4"
        assert frozen["cover"]["scope"] == "FHR §§\N{NO-BREAK SPACE}1–5"

    def test_notes_have_none(self, cast: Cast) -> None:
        meeting = builders.notes_in_signing(cast).meeting
        assert numbers(meeting) == [None, None]
        assert labels(meeting) == ["", ""]

    def test_until_frozen_they_are_shown_as_they_would_be(self, cast: Cast) -> None:
        meeting = builders.written(by_year(cast))
        assert numbers(meeting) == [None] * 5
        assert labels(meeting) == [f"§\N{NO-BREAK SPACE}{n}" for n in range(1, 6)]

    def test_a_returned_meeting_keeps_its_place_in_the_year(self, cast: Cast) -> None:
        meeting = returned(by_year(cast))
        assert numbers(builders.in_signing(cast, NEXT).meeting) == [6, 7, 8, 9, 10]
        signing.open_round(by=cast.secretary, meeting=meeting)
        assert numbers(meeting) == [1, 2, 3, 4, 5]

    def test_a_returned_meeting_cannot_grow_into_numbers_already_given(self, cast: Cast) -> None:
        meeting = returned(by_year(cast))
        builders.in_signing(cast, NEXT)
        added = planning.add_item(by=cast.secretary, meeting=meeting, heading="Ny fråga")
        builders.write(cast.secretary, added, "<p>Den togs upp.</p>")
        with pytest.raises(ValidationError, match="måste därför ha 5 paragrafer, nu har det 6"):
            signing.open_round(by=cast.secretary, meeting=meeting)

    def test_a_returned_meeting_may_grow_while_it_is_the_last(self, cast: Cast) -> None:
        meeting = returned(by_year(cast))
        added = planning.add_item(by=cast.secretary, meeting=meeting, heading="Ny fråga")
        builders.write(cast.secretary, added, "<p>Den togs upp.</p>")
        signing.open_round(by=cast.secretary, meeting=meeting)
        assert numbers(meeting) == [1, 2, 3, 4, 5, 6]


def returned(cast: Cast) -> Meeting:
    signer = builders.in_signing(cast).signers.all()[0]
    signing.return_minutes(by=signer.person, signer=signer, comment="Fel namn.")
    return Meeting.objects.get(pk=signer.round.meeting_id)


@pytest.mark.django_db(transaction=True)
def test_two_meetings_frozen_at_once_share_no_number(cast: Cast) -> None:
    by_year(cast)
    meetings = [builders.written(cast), builders.written(cast, NEXT)]
    together = threading.Barrier(2)

    def send(meeting: Meeting) -> None:
        together.wait()
        signing.open_round(by=cast.secretary, meeting=meeting)
        connection.close()

    threads = [threading.Thread(target=send, args=[meeting]) for meeting in meetings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    given = [number for meeting in meetings for number in numbers(meeting)]
    assert sorted(given, key=lambda n: n or 0) == list(range(1, 11))


@pytest.mark.django_db
class TestAttendance:
    """Two styles, one list: the last column says who came, left, served and how."""

    def notes(self, meeting: Meeting) -> dict[str, str]:
        drawn = minuting.snapshot_of(Meeting.objects.get(pk=meeting.pk))
        rows = [*drawn["members"], *drawn["others"]]
        return {row["name"]: row["note"].replace("\N{NO-BREAK SPACE}", " ") for row in rows}

    def test_roles_distance_and_service_are_told_in_that_order(self, cast: Cast) -> None:
        meeting = builders.written(cast)
        second = meeting.items.standing()[1]
        builders.mark(cast.secretary, meeting, cast.chair, Mode.REMOTE)
        builders.mark(cast.secretary, meeting, cast.member, Mode.APOLOGY)
        row = minuting.serve(
            by=cast.secretary, meeting=meeting, person=cast.substitute, member=cast.member
        )
        minuting.mark(by=cast.secretary, row=row, mode=Mode.REMOTE)
        minuting.come(by=cast.secretary, row=row, item=second)
        notes = self.notes(meeting)
        assert notes[cast.chair.name] == "ordförande, på distans"
        assert notes[cast.adjuster.name] == "justerare"
        assert notes[cast.co_opted.name] == "adjungerad"
        assert notes[cast.substitute.name] == (
            "tjänstgörande för Patrik Norrbäck, på distans, fr.o.m. § 2"
        )

    def test_apologies_are_listed_only_where_the_council_prints_them(self, cast: Cast) -> None:
        meeting = builders.written(cast)
        builders.mark(cast.secretary, meeting, cast.member, Mode.APOLOGY)
        drawn = minuting.snapshot_of(meeting)
        assert [row["name"] for row in drawn["apologies"]] == [cast.member.name]
        assert cast.member.name not in [row["name"] for row in drawn["members"]]
        cast.council.lists_apologies = False
        cast.council.save()
        assert minuting.snapshot_of(Meeting.objects.get(pk=meeting.pk))["apologies"] == []

    def test_the_absent_are_listed_likewise_and_only_where_there_is_one(self, cast: Cast) -> None:
        meeting = builders.written(cast)
        assert "absent" not in minuting.snapshot_of(meeting)
        builders.mark(cast.secretary, meeting, cast.member, Mode.ABSENT)
        drawn = minuting.snapshot_of(meeting)
        assert [row["name"] for row in drawn["absent"]] == [cast.member.name]
        cast.council.lists_apologies = False
        cast.council.save()
        assert "absent" not in minuting.snapshot_of(Meeting.objects.get(pk=meeting.pk))

    def test_the_councils_colour_is_told_only_where_it_is_not_the_usual(self, cast: Cast) -> None:
        meeting = builders.written(cast)
        assert "accent" not in minuting.snapshot_of(meeting)["cover"]
        cast.council.accent = "green"
        cast.council.save()
        drawn = minuting.snapshot_of(Meeting.objects.get(pk=meeting.pk))
        assert drawn["cover"]["accent"] == "green"


@pytest.mark.django_db
@pytest.mark.usefixtures("quick_paper")
class TestTheFrozenText:
    def test_it_is_canonical_and_its_hash_is_of_the_bytes(self, cast: Cast) -> None:
        version = builders.in_signing(cast).version
        content = bytes(version.canonical)
        assert version.sha256 == snapshot.sha256_of(content)
        assert snapshot.canonical(sealing.read(version)) == content

    def test_a_new_name_in_the_register_does_not_change_it(self, cast: Cast) -> None:
        round_ = builders.in_signing(cast)
        before = sealing.read(round_.version)
        cast.chair.name = "Gunilla Omgift"
        cast.chair.save()
        cast.council.name = "Nytt namn"
        cast.council.save()
        builders.mandate(cast.member, cast.council).delete()
        assert sealing.read(round_.version) == before
        assert before["signers"][0]["name"] == "Gunilla Strömvik"
        assert round_.signers.get(role=Role.CHAIR).name == "Gunilla Strömvik"

    @pytest.mark.parametrize(
        "attack",
        [
            "UPDATE meetings_agendaitem SET text = 'x' WHERE meeting_id = %s",
            "UPDATE meetings_attendance SET mode = 'absent' WHERE meeting_id = %s",
            "UPDATE meetings_meeting SET place = 'x' WHERE id = %s",
            "UPDATE meetings_minutesversion SET canonical = 'x' WHERE meeting_id = %s",
            "INSERT INTO meetings_meetingadjuster (meeting_id, person_id, position)"
            " SELECT %s, min(id), 9 FROM members_person",
        ],
    )
    def test_the_rows_it_was_drawn_from_stand_still_while_it_is_read(
        self, cast: Cast, attack: str
    ) -> None:
        meeting = builders.in_signing(cast).meeting
        with (
            pytest.raises(DatabaseError, match="bra:"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(attack, [meeting.pk])

    def test_the_same_text_frozen_again_has_the_same_hash(self, cast: Cast) -> None:
        first = builders.in_signing(cast)
        signer = first.signers.all()[0]
        signing.return_minutes(by=signer.person, signer=signer, comment="Vänta.")
        meeting = Meeting.objects.get(pk=first.meeting_id)
        again = signing.open_round(by=cast.secretary, meeting=meeting)
        assert (again.version.number, again.version.sha256) == (2, first.version.sha256)
