"""Pieces of the desk are kept, and yet never older than what they show, nor anybody else's."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from meetings import minuting, planning
from meetings.models import Mode
from meetings.views import fragments
from members.models import Person
from tests import builders
from tests.builders import Cast
from tests.meetings.minuting.desk import url

pytestmark = pytest.mark.django_db
As = Callable[[Person], Client]


def test_a_desk_opened_again_is_drawn_from_the_same_pieces(cast: Cast, as_: As) -> None:
    meeting = builders.written(cast)
    client = as_(cast.secretary)
    client.get(url(meeting, "desk"))
    before = fragments.kept.cache_info()
    client.get(url(meeting, "desk"))
    after = fragments.kept.cache_info()
    assert (after.misses - before.misses, after.hits > before.hits) == (0, True)


def test_every_change_is_seen_at_once(cast: Cast, as_: As) -> None:
    meeting = builders.written(cast)
    client, by = as_(cast.secretary), cast.secretary
    item = meeting.items.standing()[1]

    def shown() -> str:
        return client.get(url(meeting, "desk")).content.decode()

    shown()
    builders.write(by, item, "<p>Skrivet sist av alla.</p>")
    assert "Skrivet sist av alla." in shown()
    minuting.set_decisions(by=by, item=item, points=["Beslutet är ett annat."])
    assert "Beslutet är ett annat." in shown()
    planning.change_item(by=by, item=item, heading="En rubrik som är ny")
    assert shown().count("En rubrik som är ny") > 1  # in the text and in the outline
    row = meeting.attendance.exclude(mode=Mode.REMOTE)[0]
    minuting.mark(by=by, row=row, mode=Mode.REMOTE)
    assert f'attendee--remote" data-row="{row.pk}"' in shown()
    planning.move_item(by=by, item=item, to=0)
    assert shown().index(f'id="item-{item.pk}"') < shown().index(
        f'id="item-{meeting.items.standing()[1].pk}"'
    )


def test_a_kept_piece_comes_out_only_for_the_same_content(cast: Cast, as_: As) -> None:
    """A closed § that its writer has had drawn is not in what anybody else can be shown."""
    meeting = builders.minuting_open(cast)
    item = builders.closed_item(cast, meeting)
    builders.write(cast.secretary, item, "<p>Fjällräven vid kvarnen.</p>")
    desk = as_(cast.secretary).get(url(meeting, "desk")).content.decode()
    assert "Fjällräven vid kvarnen." in desk
    for who in (cast.member, cast.chair, cast.reader, cast.other_secretary):
        client = as_(who)
        for name in ("desk", "meeting", "minutes"):
            answer = client.get(url(meeting, name))
            assert "Fjällräven" not in answer.content.decode(), (who, name)
