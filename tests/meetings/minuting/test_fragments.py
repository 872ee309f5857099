"""Pieces of the desk are kept, and yet never older than what they show, nor anybody else's."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from meetings import attaching, minuting, planning, presenting, signing
from meetings.models import Meeting, Mode
from meetings.templatetags import agenda_lines
from meetings.views import fragments
from meetings.views.minuting import presence, reading
from members.models import LegalForm, Person
from members.roles import Role
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


def test_the_attendance_shown_is_what_it_would_be_drawn_as_anew(cast: Cast) -> None:
    """After every act that the panel tells of, one after the other."""
    meeting, by = builders.written(cast), cast.secretary
    row = meeting.attendance.get(person=cast.member)
    items = list(meeting.items.standing())
    election = meeting.items.get(kind="adjuster")
    written = Meeting.objects.filter(pk=meeting.pk)

    def becomes_a_board() -> None:
        cast.council.legal_form = LegalForm.BOARD
        cast.council.save()

    acts: list[Callable[[], object]] = [
        lambda: minuting.mark(by=by, row=row, mode=Mode.REMOTE),
        lambda: minuting.come(by=by, row=row, item=items[1]),
        lambda: minuting.go(by=by, row=row, item=items[3], partly=True),
        lambda: minuting.set_conflict(by=by, row=row, item=items[2]),
        lambda: builders.mark(by, meeting, cast.chair, Mode.APOLOGY),
        lambda: minuting.serve(
            by=by, meeting=meeting, person=cast.substitute, member=cast.chair
        ),
        lambda: minuting.elect_adjusters(by=by, item=election, persons=[cast.without_login]),
        lambda: written.update(chair=cast.without_login),
        lambda: planning.move_item(by=by, item=items[3], to=0),
        lambda: minuting.set_details(by=by, row=row, title="kommunpolis", organisation_name="X"),
        lambda: builders.seat("Ny Ledamot", "", cast.council, Role.MEMBER, None),
        lambda: minuting.add_guest(by=by, meeting=meeting, name="En gäst"),
        becomes_a_board,
        lambda: builders.mark(by, meeting, cast.without_login, Mode.ABSENT),
        lambda: minuting.set_decisions(by=by, item=items[2], points=["Rådet beslutar."]),
        lambda: written.update(number_prefix="BRÅ"),
    ]  # fmt: skip
    before = panel(meeting)
    for place, act in enumerate(acts):
        act()
        shown = panel(meeting)
        presence.panel.cache_clear()
        assert shown == panel(meeting), place
        assert shown != before, place
        before = shown


def panel(meeting: Meeting) -> dict[str, object]:
    found = Meeting.objects.select_related("council").get(pk=meeting.pk)
    return presence.context(found, reading.labels_of(found))


def test_the_agenda_shown_is_what_it_would_be_drawn_as_anew(cast: Cast) -> None:
    """After every act that it tells of, up to the justerade minutes; closed items stay closed."""
    meeting, by = builders.written(cast), cast.secretary
    items = list(meeting.items.standing())

    def becomes_justerat() -> None:
        builders.approve_all(signing.open_round(by=by, meeting=meeting))

    acts: list[Callable[[], object]] = [
        lambda: planning.change_item(by=by, item=items[2], heading="En ny rubrik"),
        lambda: planning.move_item(by=by, item=items[3], to=0),
        lambda: attaching.attach(
            by=by, meeting=meeting, item=items[1], file=ContentFile(b"Plan"), filename="plan.txt"
        ),
        lambda: builders.write(by, builders.closed_item(cast, meeting), "<p>Fjällräven.</p>"),
        lambda: minuting.set_decisions(by=by, item=items[2], points=["Rådet beslutar."]),
        becomes_justerat,
    ]
    before = agenda(meeting, by)
    for place, act in enumerate(acts):
        act()
        shown = agenda(meeting, by)
        agenda_lines.kept.cache_clear()
        assert shown == agenda(meeting, by), place
        # A decision is told when it is justerat.
        assert (shown != before) is (place != 4), place
        assert "kvarteret" not in shown, place
        before = shown
    assert ("En ny rubrik" in before, "Rådet beslutar." in before) == (True, True)


def agenda(meeting: Meeting, person: Person) -> str:
    found = Meeting.objects.select_related("council").get(pk=meeting.pk)
    return agenda_lines.agenda_lines(presenting.agenda_of(found, person)["lines"], found)


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
