"""Whoever justerar should have been there at every item: said before, never a hindrance."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from meetings import minuting, planning, signing
from meetings.models import Meeting
from members.models import Person
from members.roles import Role
from tests import builders
from tests.builders import Cast
from tests.meetings.minuting.desk import url

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return builders.written(cast)


def leave(cast: Cast, meeting: Meeting, person: Person, after: int) -> None:
    row = meeting.attendance.get(person=person)
    minuting.go(by=cast.secretary, row=row, item=meeting.items.standing()[after - 1])


def found(meeting: Meeting) -> list[tuple[str, bool, list[str]]]:
    problems = minuting.problems(Meeting.objects.get(pk=meeting.pk))
    return [(one.code, one.blocking, [str(person) for person in one.offers]) for one in problems]


def test_an_adjuster_who_left_is_told_of_with_who_could_sign_instead(
    cast: Cast, as_: Callable[[Person], Client], meeting: Meeting
) -> None:
    leave(cast, meeting, cast.adjuster, 3)
    assert found(meeting) == [("adjuster_missed_items", False, ["Patrik Norrbäck"])]
    client = as_(cast.secretary)
    page = client.get(url(meeting, "check")).content.decode().replace("\N{NO-BREAK SPACE}", " ")
    assert "Justerare Jörgen Almhöjd var inte med vid §§ 4–5" in page
    sent = {"person": cast.adjuster.pk, "instead": cast.member.pk}
    client.post(url(meeting, "replace_signer"), sent)
    assert found(meeting) == []
    decisions = [point.text for item in meeting.items.all() for point in item.decisions.all()]
    assert "Patrik Norrbäck utses att justera dagens protokoll." in decisions
    again = client.post(url(meeting, "replace_signer"), sent, follow=True)
    assert "Jörgen Almhöjd är inte längre vald till justerare." in again.content.decode()


def test_it_hinders_nothing_even_when_nobody_was_there_throughout(
    cast: Cast, meeting: Meeting
) -> None:
    for person in (cast.adjuster, cast.member):
        leave(cast, meeting, person, 4)
    assert found(meeting) == [("adjuster_missed_items", False, [])]
    signing.open_round(by=cast.secretary, meeting=meeting)


def test_a_chair_who_left_can_be_followed_by_the_vice_chair(
    cast: Cast, as_: Callable[[Person], Client], meeting: Meeting
) -> None:
    leave(cast, meeting, cast.chair, 2)
    assert found(meeting) == [("chair_missed_items", False, [])]
    deputy = builders.seat("Eva Ek", "eva", cast.council, Role.VICE_CHAIR, None)
    minuting.add_person(by=cast.secretary, meeting=meeting, person=deputy)
    (problem,) = minuting.problems(Meeting.objects.get(pk=meeting.pk))
    assert [str(person) for person in problem.offers] == ["Eva Ek"]
    sent = {"person": cast.chair.pk, "instead": deputy.pk}
    as_(cast.secretary).post(url(meeting, "replace_signer"), sent)
    changed = Meeting.objects.get(pk=meeting.pk)
    assert (changed.chair, changed.starts_at) == (deputy, meeting.starts_at)


def test_jäv_is_a_gap_and_a_section_that_is_removed_is_none(cast: Cast, meeting: Meeting) -> None:
    third = meeting.items.standing()[2]
    row = meeting.attendance.get(person=cast.adjuster)
    minuting.set_conflict(by=cast.secretary, row=row, item=third)
    assert found(meeting)[0][0] == "adjuster_missed_items"
    planning.remove_item(by=cast.secretary, item=third)
    assert found(meeting) == []


def test_a_stranger_is_not_let_in_that_way(
    cast: Cast, as_: Callable[[Person], Client], meeting: Meeting
) -> None:
    sent = {"person": cast.adjuster.pk, "instead": cast.other_member.pk}
    answer = as_(cast.secretary).post(url(meeting, "replace_signer"), sent, follow=True)
    assert "Personen finns inte på närvarolistan." in answer.content.decode()
    assert [place.person for place in meeting.adjuster_places.all()] == [cast.adjuster]
