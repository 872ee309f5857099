"""The addresses behind the forms that make acts of text."""

from __future__ import annotations

import copy
import re
import uuid
from collections.abc import Callable
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client

from meetings import comparing, followup, pdf, planning, snapshot
from meetings.models import ActionItem, ItemKind, Meeting
from members.models import Organisation, Person
from tests import builders
from tests.builders import Cast
from tests.meetings import snapshots
from tests.meetings.minuting.desk import item, send, url

pytestmark = pytest.mark.django_db
POLICE = "Rådet ger polisen i uppdrag att mäta farten senast den 15\xa0maj 2026."
LINE: snapshot.FollowUpLine = {
    "text": "Laga pollarna.", "assignee": "Polisen", "due": "2026-03-05", "status": "Klart",
    "news": "Nio av tolv bytta.", "given": "2025-12-04 §\xa06",
}  # fmt: skip


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return builders.minuting_open(cast)


@pytest.fixture
def client(cast: Cast, as_: Callable[[Person], Client]) -> Client:
    return as_(cast.secretary)


def police() -> str:
    return f"o{Organisation.objects.get(name='Polisen').pk}"


def form(**fields: Any) -> dict[str, Any]:
    return {"text": "Mäta farten.", "who": [police()], "due": "on", "due_on": "2026-05-15",
            "as_decision": "1", **fields}  # fmt: skip


def test_words_are_answered_by_a_guess_and_the_decision_by_its_sentence(
    client: Client, meeting: Meeting
) -> None:
    pk = item(meeting, ItemKind.AGENDA)
    words = "Kommunpolisen får i uppdrag att mäta farten senast 31 feb"
    status, answer = send(client, meeting, "suggest_action", pk, text=words)
    found = [answer[key] for key in ("who", "due", "due_on", "told", "body", "sentence")]
    assert (status, found) == (
        200,
        [[[police(), "Polisen"]], "", "", "31 februari finns inte. Välj en annan dag.",
         "Mäta farten senast 31 feb", ""],
    )  # fmt: skip
    _, answer = send(client, meeting, "suggest_action", pk, **form())
    assert answer["sentence"] == POLICE
    assert ActionItem.objects.count() == 0


def test_a_form_makes_decision_and_uppdrag_and_a_second_press_nothing(
    client: Client, meeting: Meeting
) -> None:
    pk, key = item(meeting, ItemKind.AGENDA), uuid.uuid4().hex
    for _ in range(2):
        status, answer = send(client, meeting, "give_action", pk, **form(asked_as=key))
        assert (status, answer["points"]) == (200, [POLICE])
    action = ActionItem.objects.get()
    status, answer = send(client, meeting, "change_action", action.pk, **form(due="", due_on=""))
    assert answer["points"] == ["Rådet ger polisen i uppdrag att mäta farten."]
    status, answer = send(client, meeting, "remove_action", action.pk)
    assert answer["points"] == []


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"due_on": "2026-02-31"}, "Datumet finns inte"),
        ({"due_on": "2026-01-01"}, "är före mötet"),
        ({"who": ["p999999"]}, "finns inte i rådets register"),
        ({"who": []}, "behöver någon som får uppdraget"),
        ({"text": "x" * 10_000}, "högst 2 000 tecken"),
    ],
)
def test_bad_input_is_told_and_nothing_is_given(
    client: Client, meeting: Meeting, fields: dict[str, Any], said: str
) -> None:
    pk = item(meeting, ItemKind.AGENDA)
    status, answer = send(client, meeting, "give_action", pk, **form(**fields))
    assert (status, said in answer["message"]) == (400, True)
    assert ActionItem.objects.count() == 0


def test_a_report_answers_with_the_table(cast: Cast, client: Client, meeting: Meeting) -> None:
    before = builders.minuting_open(cast, builders.DAY.replace(month=1))
    action = followup.give_action(
        by=cast.secretary, item=before.items.standing()[0], text="Se över.", persons=[cast.member]
    )
    table = planning.add_item(
        by=cast.secretary, meeting=meeting, heading="Uppföljning", kind=ItemKind.FOLLOW_UP
    )
    said = {"status": "open", "note": "På gång", "due": "next"}
    status, answer = send(client, meeting, "report_action", action.pk, **said)
    shown = answer["parts"][f"follow-up-{table.pk}"]
    assert (status, "Ny tid till nästa möte. På gång." in shown) == (200, True)
    status, answer = send(client, meeting, "report_action", action.pk, status="")
    assert (status, answer["message"]) == (400, "Välj hur det går.")
    status, answer = send(client, meeting, "take_report_back", action.pk)
    assert "På gång" not in answer["parts"][f"follow-up-{table.pk}"]
    own = followup.give_action(
        by=cast.secretary, item=meeting.items.standing()[0], text="Av i dag."
    )
    assert client.post(url(meeting, "report_action", own.pk), said).status_code == 404


@pytest.mark.parametrize("of", [snapshots.paragraphs, snapshots.headings])
def test_the_table_is_printed_in_both_styles(of: Callable[[], snapshot.Snapshot]) -> None:
    drawn = copy.deepcopy(of())
    drawn["items"][0]["follow_up"] = [LINE]
    context = pdf.minutes_context(snapshot=drawn, standing=snapshots.standing("draft", drawn))
    page = render_to_string("print/_document.html", context)
    table = re.search(r'<table class="follow-up">.*?</table>', page, re.DOTALL)
    assert table is not None
    cells = re.findall(r"<td>(.*?)</td>", table[0], re.DOTALL)
    words = [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in cells]
    assert words == [
        "Laga pollarna. 2025-12-04 § 6", "Polisen", "2026-03-05", "Klart Nio av tolv bytta."
    ]  # fmt: skip


def test_a_changed_row_is_told_to_who_reads_again() -> None:
    line = snapshots.item(1, "Uppföljning")
    before: Any = {**line, "follow_up": [{**LINE, "status": "Pågår", "news": ""}]}
    after: Any = {**line, "follow_up": [LINE]}
    change = comparing.compare_item(before, after)
    assert (change.state, change.notes) == (
        "changed",
        ["Uppdraget ”Laga pollarna.” i tabellen: läget är nu Klart, förut Pågår."],
    )
