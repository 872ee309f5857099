"""The call: shown before it goes, sent once, to everyone who can be reached."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from meetings import planning, summoning
from meetings.models import Meeting
from meetings.states import State
from members import joining
from members.models import OutgoingMail, Person
from tests import builders
from tests.builders import Cast

pytestmark = pytest.mark.django_db
As = Callable[[Person], Client]


def url_of(meeting: Meeting) -> str:
    return reverse("summon", args=[meeting.council.slug, meeting.key])


def test_the_page_shows_who_gets_the_call_and_who_does_not(cast: Cast, as_: As) -> None:
    page = as_(cast.secretary).get(url_of(builders.planned(cast)))
    assert sorted(row.name for row in page.context["reached"]) == [
        "Gunilla Strömvik", "Jörgen Almhöjd", "Karin Tallhed", "Mirjam Osterhed",
        "Patrik Norrbäck",
    ]  # fmt: skip
    assert [row.name for row in page.context["unreached"]] == ["Leif Kvarnbo"]
    assert "Hej Karin Tallhed!" in page.content.decode()
    assert OutgoingMail.objects.count() == 0


def test_looking_sends_nothing_and_a_second_press_sends_nothing_more(cast: Cast, as_: As) -> None:
    meeting = builders.planned(cast)
    client = as_(cast.secretary)
    first = client.post(url_of(meeting))
    again = client.post(url_of(meeting))
    meeting.refresh_from_db()
    assert meeting.state == State.SUMMONED
    assert [str(one) for one in get_messages(first.wsgi_request)] == [
        "Kallelsen är på väg till 5 personer."
    ]
    back = client.get(url_of(meeting))
    assert again["Location"] == reverse("meeting", args=[cast.council.slug, meeting.key])
    assert back["Location"] == again["Location"]
    assert [str(one) for one in get_messages(back.wsgi_request)] == [
        "Kallelsen är på väg till 5 personer."
    ]
    letters = OutgoingMail.objects.values_list("to_email", "subject")
    assert len(letters) == 5
    assert {subject for _, subject in letters} == {
        "Kallelse till Strandköpings BRÅ: Torsdag den 12 mars kl. 13.30–15.30"
    }


def test_an_empty_agenda_is_not_called_to(cast: Cast, as_: As) -> None:
    meeting = builders.planned(cast)
    for item in meeting.items.standing():
        planning.remove_item(by=cast.secretary, item=item)
    answer = as_(cast.secretary).post(url_of(meeting))
    assert [str(one) for one in get_messages(answer.wsgi_request)] == [
        "Dagordningen är tom. Lägg till minst en punkt först."
    ]
    assert OutgoingMail.objects.count() == 0


def test_only_who_writes_may_call(cast: Cast, as_: As) -> None:
    meeting = builders.planned(cast)
    for person in (cast.chair, cast.member, cast.administrator, cast.other_secretary):
        assert as_(person).post(url_of(meeting)).status_code == 404
    assert OutgoingMail.objects.count() == 0


def test_the_checklist_names_what_is_missing(cast: Cast) -> None:
    meeting = planning.plan_meeting(by=cast.secretary, council=cast.council, date=builders.DAY)
    item = planning.add_item(
        by=cast.secretary, meeting=meeting, heading="Medborgarlöften", kind="decision"
    )
    said = [(point.done, point.text) for point in summoning.checklist(meeting)]
    assert said == [
        (False, "Mötet saknar tid och plats."),
        (True, "Dagordningen har 6\u00a0punkter"),
        (False, "Medborgarlöften saknar förslag till beslut."),
        (False, "Får inget mejl: Leif Kvarnbo."),
    ]
    planning.change_item(by=cast.secretary, item=item, proposed_decision="Rådet bifaller.")
    assert len(summoning.checklist(meeting)) == 3


@pytest.fixture
def summoned(cast: Cast) -> Meeting:
    meeting = builders.planned(cast)
    summoning.summon(by=cast.secretary, meeting=meeting)
    OutgoingMail.objects.all().delete()
    return Meeting.objects.get(pk=meeting.pk)


def facts_of(meeting: Meeting) -> dict[str, Any]:
    start, end = meeting.local_start, meeting.local_end
    return {
        "date": meeting.date, "starts_at": start, "ends_at": end, "place": meeting.place,
    }  # fmt: skip


def test_those_who_were_called_are_told_what_is_moved_and_from_where(
    cast: Cast, summoned: Meeting
) -> None:
    was = facts_of(summoned)
    changed = {**was, "starts_at": datetime.time(9), "ends_at": None, "place": "Kajutan"}
    planning.change_meeting(by=cast.secretary, meeting=summoned, **changed)
    letters = OutgoingMail.objects.filter(subject__startswith="Ändrat: möte med Strandköpings BRÅ")
    assert sorted(letters.values_list("person__name", flat=True)) == [
        "Gunilla Strömvik", "Jörgen Almhöjd", "Karin Tallhed", "Mirjam Osterhed",
        "Patrik Norrbäck",
    ]  # fmt: skip
    words = letters[0].body
    assert f"Plats: Kajutan (förut {was['place']})" in words
    assert "kl.\N{NO-BREAK SPACE}09.00 (förut torsdag den 12\N{NO-BREAK SPACE}mars " in words


def test_a_change_of_day_is_told_to_those_whose_mandates_have_ended_by_then(
    cast: Cast, summoned: Meeting
) -> None:
    mandate = cast.member.mandates.get()
    joining.end_mandate(by=cast.secretary, mandate=mandate, last_day=summoned.date)
    later = {**facts_of(summoned), "date": summoned.date + datetime.timedelta(days=7)}
    planning.change_meeting(by=cast.secretary, meeting=summoned, **later)
    assert OutgoingMail.objects.filter(person=cast.member).count() == 1


@pytest.mark.parametrize("change", [{}, {"registry_number": "KS 2026/9"}])
def test_a_change_that_moves_nothing_is_told_to_nobody(
    cast: Cast, summoned: Meeting, change: dict[str, Any]
) -> None:
    planning.change_meeting(by=cast.secretary, meeting=summoned, **facts_of(summoned), **change)
    assert OutgoingMail.objects.count() == 0


def test_a_meeting_nobody_was_called_to_is_moved_in_silence(cast: Cast) -> None:
    meeting = Meeting.objects.get(pk=builders.planned(cast).pk)
    changed = {**facts_of(meeting), "place": "Kajutan"}
    planning.change_meeting(by=cast.secretary, meeting=meeting, **changed)
    assert OutgoingMail.objects.count() == 0
