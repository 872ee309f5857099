"""A meeting is moved to another day: what had its old address, a mail or an open page, goes on."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.test import Client

from meetings import planning
from meetings.models import Meeting
from members.models import Person
from tests import builders
from tests.builders import Cast
from tests.meetings.minuting.desk import send, url

pytestmark = pytest.mark.django_db
As = Callable[[Person], Client]


def fresh(meeting: Meeting) -> Meeting:
    return Meeting.objects.get(pk=meeting.pk)


def move(cast: Cast, meeting: Meeting, days: int) -> Meeting:
    return planning.change_meeting(
        by=cast.secretary, meeting=meeting, date=meeting.date + datetime.timedelta(days),
        starts_at=None, ends_at=None,
    )  # fmt: skip


def test_an_old_address_leads_to_the_new_one_whoever_may_see_the_meeting(
    cast: Cast, as_: As
) -> None:
    old = builders.minuting_open(cast)
    new = move(cast, move(cast, fresh(old), 1), 1)
    assert old.key != new.key
    answer = as_(cast.member).get(url(old, "meeting"))
    assert (answer.status_code, answer["Location"]) == (302, url(new, "meeting"))
    answer = as_(cast.secretary).get(url(old, "desk") + "?del=narvaro")
    assert answer["Location"] == url(new, "desk") + "?del=narvaro"
    assert as_(cast.other_member).get(url(old, "meeting")).status_code == 404
    assert as_(cast.member).get(url(old, "desk"), follow=True).status_code == 404
    # The next meeting of that day has the address for itself, and so has one that is moved back.
    move(cast, new, -2)
    assert as_(cast.member).get(url(old, "meeting")).status_code == 200


def test_what_is_written_in_an_open_page_is_saved_all_the_same(cast: Cast, as_: As) -> None:
    old = builders.minuting_open(cast)
    first = old.items.standing()[0]
    client = as_(cast.secretary)
    move(cast, fresh(old), 7)
    status, answer = send(
        client, old, "save_item_text", first.pk, text="<p>Ord.</p>", version=first.text_version
    )
    assert (status, "saved_at" in answer) == (200, True)
    assert send(client, old, "at_desk", item=first.pk)[0] == 200
    assert client.post(url(old, "save_item_text", 987654)).status_code == 404
    first.refresh_from_db()
    assert first.text == "<p>Ord.</p>"
