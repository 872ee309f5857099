"""Texts: saved as they are written, never one over another, and never lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from meetings import minuting, planning, signing
from meetings.models import AgendaItem, ItemKind, Meeting, TextRevision
from members import joining
from members.models import Person
from members.roles import Role
from tests import builders, standing
from tests.builders import Cast
from tests.meetings.minuting.desk import item, send, url

pytestmark = pytest.mark.django_db
As = Callable[[Person], Client]


@standing.fixture
def meeting(cast: Cast) -> Meeting:
    return builders.minuting_open(cast)


def test_a_text_is_saved_and_gets_the_next_version(
    cast: Cast, as_: As, meeting: Meeting, first: AgendaItem
) -> None:
    status, answer = send(
        as_(cast.secretary), meeting, "save_item_text", first.pk, text="<p>Ett.</p>", version=0
    )
    assert (status, answer["version"], "text" in answer) == (200, 1, False)
    first.refresh_from_db()
    assert (first.text, first.text_version) == ("<p>Ett.</p>", 1)


def test_what_cleaning_takes_away_comes_back_in_the_answer(
    cast: Cast, as_: As, meeting: Meeting, first: AgendaItem
) -> None:
    word = (
        '<p class="MsoNormal" style="mso-fareast-language:SV"><b>Beslut</b><o:p></o:p></p>'
        "<script>alert(1)</script><table><tr><td>1<table><tr><td>2</td></tr></table></td></tr></table>"
    )
    status, answer = send(
        as_(cast.secretary), meeting, "save_item_text", first.pk, text=word, version=0
    )
    assert status == 200
    assert answer["text"].startswith("<p><strong>Beslut</strong></p><table>")
    assert (answer["text"].count("<table"), "alert" in answer["text"]) == (1, False)
    first.refresh_from_db()
    assert first.text == answer["text"]


def test_the_one_who_saves_second_gets_both_texts_and_loses_none(
    cast: Cast, as_: As, meeting: Meeting, first: AgendaItem
) -> None:
    colleague = second_secretary(cast)
    send(as_(colleague), meeting, "save_item_text", first.pk, text="<p>Bos.</p>", version=0)
    status, answer = send(
        as_(cast.secretary), meeting, "save_item_text", first.pk, text="<p>Karins.</p>", version=0
    )
    assert (status, answer["error"]) == (409, "conflict")
    assert (answer["text"], answer["version"], answer["by"]) == ("<p>Bos.</p>", 1, colleague.name)
    texts = set(TextRevision.objects.filter(item=first).values_list("text", "version"))
    assert texts == {("<p>Bos.</p>", 1), ("<p>Karins.</p>", None)}


def test_the_same_text_sent_again_is_saved_once(
    cast: Cast, as_: As, meeting: Meeting, first: AgendaItem
) -> None:
    client = as_(cast.secretary)
    for _ in range(2):
        status, answer = send(
            client, meeting, "save_item_text", first.pk, text="<p>Ett.</p>", version=0
        )
        assert (status, answer["version"]) == (200, 1)
    assert TextRevision.objects.filter(item=first).count() == 1


def test_characters_nobody_sees_fall_away(
    cast: Cast, as_: As, meeting: Meeting, first: AgendaItem
) -> None:
    status, answer = send(
        as_(cast.secretary), meeting, "save_item_text", first.pk,
        text="<p>A\0\u202eB \U0001f600</p>", version=0,
    )  # fmt: skip
    assert (status, answer["text"]) == (200, "<p>AB \U0001f600</p>")


def test_a_hundred_thousand_characters_are_a_text(
    cast: Cast, as_: As, meeting: Meeting, first: AgendaItem
) -> None:
    text = f"<p>{'Ord. ' * 20_000}</p>"
    status, _ = send(as_(cast.secretary), meeting, "save_item_text", first.pk, text=text, version=0)
    first.refresh_from_db()
    assert (status, len(first.text)) == (200, len(text))


def test_a_text_that_is_too_long_is_refused_whole(
    cast: Cast, as_: As, meeting: Meeting, first: AgendaItem
) -> None:
    status, answer = send(
        as_(cast.secretary), meeting, "save_item_text", first.pk, text="x" * 400_001, version=0
    )
    assert (status, answer["error"]) == (400, "refused")
    assert "400001 tecken" in answer["message"]
    first.refresh_from_db()
    assert first.text == ""


def test_minutes_sent_to_justering_meanwhile_keep_the_words_and_say_why(
    cast: Cast, as_: As
) -> None:
    meeting = builders.written(cast)
    first = meeting.items.standing()[0]
    signing.open_round(by=cast.secretary, meeting=meeting)
    status, answer = send(
        as_(cast.secretary), meeting, "save_item_text", first.pk,
        text="<p>För sent.</p>", version=first.text_version,
    )  # fmt: skip
    assert (status, answer["error"]) == (409, "closed")
    assert "låst för justering" in answer["message"]
    assert TextRevision.objects.filter(item=first, text="<p>För sent.</p>").count() == 1


def test_a_session_that_has_ended_is_told_apart_from_everything_else(
    cast: Cast, meeting: Meeting, first: AgendaItem
) -> None:
    status, answer = send(
        Client(), meeting, "save_item_text", first.pk, text="<p>Ord.</p>", version=0
    )
    assert (status, answer["error"]) == (401, "signed_out")


@pytest.mark.parametrize("who", ["chair", "member", "reader", "administrator", "other_secretary"])
def test_nobody_else_saves(
    cast: Cast, as_: As, meeting: Meeting, first: AgendaItem, who: str
) -> None:
    answer = as_(getattr(cast, who)).post(
        url(meeting, "save_item_text", first.pk), {"text": "<p>x</p>", "version": 0}
    )
    assert answer.status_code == 404


def test_an_item_of_another_meeting_or_a_removed_one_is_not_found(
    cast: Cast, as_: As, meeting: Meeting, first: AgendaItem
) -> None:
    other = builders.minuting_open(cast, builders.DAY.replace(month=5))
    planning.remove_item(by=cast.secretary, item=first)
    client = as_(cast.secretary)
    for pk in (first.pk, other.items.standing()[0].pk, 999_999):
        address = url(meeting, "save_item_text", pk)
        assert client.post(address, {"text": "<p>x</p>", "version": 0}).status_code == 404


@pytest.mark.parametrize("version", ["", "-1", "x", "99999999999999999999"])
def test_a_version_that_is_none_is_refused(
    cast: Cast, as_: As, meeting: Meeting, first: AgendaItem, version: str
) -> None:
    status, _ = send(
        as_(cast.secretary), meeting, "save_item_text", first.pk, text="<p>x</p>", version=version
    )
    assert status == 400


def test_a_report_is_saved_in_its_own_right(cast: Cast, as_: As, meeting: Meeting) -> None:
    round_table = meeting.items.get(pk=item(meeting, ItemKind.ROUND_TABLE))
    report = minuting.add_report(by=cast.secretary, item=round_table, label="Polisen")
    status, answer = send(
        as_(cast.secretary), meeting, "save_report_text", report.pk, text="<p>Lugnt.</p>", version=0
    )
    report.refresh_from_db()
    round_table.refresh_from_db()
    assert (status, answer["version"]) == (200, 1)
    assert (report.text, round_table.text) == ("<p>Lugnt.</p>", "")


def test_saving_asks_the_database_no_more_than_it_must(
    cast: Cast, as_: As, meeting: Meeting, first: AgendaItem
) -> None:
    client = as_(cast.secretary)
    send(client, meeting, "save_item_text", first.pk, text="<p>Ett.</p>", version=0)
    with CaptureQueriesContext(connection) as captured:
        send(client, meeting, "save_item_text", first.pk, text="<p>Två.</p>", version=1)
    # Session, person, item with its meeting; savepoint, update, revision, release.
    assert len(captured) == 6


def test_every_version_is_listed_and_one_can_be_taken_back(
    cast: Cast, as_: As, meeting: Meeting, first: AgendaItem
) -> None:
    for text in ("<p>Första.</p>", "<p>Andra.</p>"):
        builders.write(cast.secretary, first, text)
    minuting.save_text(
        by=second_secretary(cast), target=first, html="<p>Förlorad.</p>", base_version=0
    )
    client = as_(cast.secretary)
    page = url(meeting, "revisions", first.pk) + "?alla=1"
    pks = first.revisions.values_list("pk", flat=True)
    shown = "".join(client.get(f"{page}&fran={pk}&till={pk}").content.decode() for pk in pks)
    assert [text in shown for text in ("Första.", "Andra.", "Förlorad.")] == [True, True, True]
    lost = TextRevision.objects.get(text="<p>Förlorad.</p>")
    answer = client.post(url(meeting, "restore_text", first.pk, lost.pk))
    assert answer.headers["Location"] == url(meeting, "revisions", first.pk)
    first.refresh_from_db()
    assert (first.text, first.text_version) == ("<p>Förlorad.</p>", 3)
    assert TextRevision.objects.filter(item=first).count() == 4


def test_a_version_of_another_item_is_not_found(
    cast: Cast, as_: As, meeting: Meeting, first: AgendaItem
) -> None:
    second = meeting.items.standing()[1]
    builders.write(cast.secretary, second, "<p>Annan.</p>")
    other = TextRevision.objects.get(item=second)
    address = url(meeting, "restore_text", first.pk, other.pk)
    assert as_(cast.secretary).post(address).status_code == 404


def second_secretary(cast: Cast) -> Person:
    colleague = builders.person("Bo Ek", "bo")
    joining.give_mandate(
        by=cast.secretary, council=cast.council, person=colleague, role=Role.SECRETARY,
        starts_on=builders.BEGAN,
    )  # fmt: skip
    return colleague
