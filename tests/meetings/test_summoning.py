"""The call: shown before it goes, sent once, to everyone who can be reached."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from meetings import planning, summoning
from meetings.models import Meeting
from meetings.states import State
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
    assert again["Location"] == reverse("meeting", args=[cast.council.slug, meeting.key])
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
