"""What was tapped at the table, read back from the PDF and the page, in both styles."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from meetings import minuting, planning
from meetings.models import Meeting, Mode
from members.models import Person
from tests import builders
from tests.builders import Cast
from tests.meetings import paper
from tests.meetings.minuting.desk import url

pytestmark = pytest.mark.django_db


def printed(meeting: Meeting) -> str:
    drawn = minuting.snapshot_of(Meeting.objects.get(pk=meeting.pk))
    return paper.words(paper.minutes(drawn, "draft", arms=None)).replace("\N{NO-BREAK SPACE}", " ")


def test_a_paragraph_protocol(cast: Cast, as_: Callable[[Person], Client]) -> None:
    by, meeting = cast.secretary, builders.written(cast)
    order = list(meeting.items.standing())
    rows = {row.name: row for row in meeting.attendance.all()}
    builders.mark(by, meeting, cast.chair, Mode.REMOTE)
    builders.mark(by, meeting, cast.without_login, Mode.ABSENT)
    minuting.go(by=by, row=rows["Patrik Norrbäck"], item=order[0])
    minuting.come(by=by, row=rows["Patrik Norrbäck"], item=order[2])
    minuting.go(by=by, row=rows["Mirjam Osterhed"], item=order[3], partly=True)
    minuting.serve(by=by, meeting=meeting, person=cast.substitute, member=cast.without_login)
    minuting.set_conflict(by=by, row=rows["Jörgen Almhöjd"], item=order[3])
    said = printed(meeting)
    for words in (
        "Gunilla Strömvik Kommunstyrelsen ordförande, på distans",
        "Patrik Norrbäck Polisen kommunpolis, §§ 1 och 3–5",
        "adjungerad, t.o.m. del av § 4",
        "tjänstgörande för Leif Kvarnbo",
        "justerare, ej § 4 (jäv)",
        "Frånvarande Leif Kvarnbo",
        "Jörgen Almhöjd deltar inte i ärendet på grund av jäv.",
    ):
        assert words in said, said
    page = as_(cast.secretary).get(url(meeting, "minutes")).content.decode()
    assert "Jörgen Almhöjd deltar inte i ärendet på grund av jäv." in page
    assert "justerare, ej §\N{NO-BREAK SPACE}4 (jäv)" in page


def test_a_heading_protocol(cast: Cast) -> None:
    by, meeting = cast.other_secretary, builders.notes_written(cast)
    third = planning.add_item(by=by, meeting=meeting, heading="Lägesbild")
    builders.write(by, third, "<p>Den är klar.</p>")
    order = list(meeting.items.standing())
    row = meeting.attendance.get(person=cast.other_member)
    minuting.go(by=by, row=row, item=order[1])
    minuting.set_conflict(by=by, row=row, item=order[0])
    guest = minuting.add_guest(by=by, meeting=meeting, name="Ida Gäst")
    minuting.come(by=by, row=guest, item=third)
    said = printed(meeting)
    for words in (
        "Jesper Kvist, t.o.m. punkten Ordningsvakter i sommar, ej punkten Läget i centrum (jäv)",
        "Ida Gäst (punkten Lägesbild)",
        "Jesper Kvist deltar inte i ärendet på grund av jäv.",
    ):
        assert words in said, said


def test_jäv_in_a_closed_item_stands_in_that_item_alone(cast: Cast) -> None:
    by, meeting = cast.secretary, builders.written(cast)
    item = meeting.items.standing()[3]
    row = meeting.attendance.get(person=cast.member)
    minuting.set_conflict(by=by, row=row, item=item)
    assert "jäv" in printed(meeting)
    item.secrecy = "OSL 35 kap. 1 §"
    item.save()
    assert "jäv" not in printed(meeting)
    whole = minuting.whole_of(meeting)["items"][3]
    assert whole["conflicts"] == "Patrik Norrbäck deltar inte i ärendet på grund av jäv."
