"""The acts of the desk: decisions, attendance, outline, reports, uppdrag, next meeting."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client

from meetings import minuting
from meetings.models import ActionItem, ItemKind, Meeting, Mode
from members.models import Organisation, Person
from tests import builders, standing
from tests.builders import Cast
from tests.meetings.minuting.desk import item, send

pytestmark = pytest.mark.django_db


@standing.fixture
def meeting(cast: Cast) -> Meeting:
    return builders.minuting_open(cast)


@pytest.fixture
def client(cast: Cast, as_: Callable[[Person], Client]) -> Client:
    return as_(cast.secretary)


def points(meeting: Meeting, pk: int) -> list[str]:
    return [point.text for point in meeting.items.get(pk=pk).decisions.all()]


def test_decisions_are_saved_in_order_and_empty_ones_fall_away(
    client: Client, meeting: Meeting
) -> None:
    pk = item(meeting, ItemKind.AGENDA)
    status, answer = send(
        client, meeting, "set_decisions", pk, points=["Ja.", " ", "Nej."], seen=[]
    )
    assert (status, answer["points"]) == (200, ["Ja.", "Nej."])
    assert points(meeting, pk) == ["Ja.", "Nej."]


def test_decisions_changed_by_another_meanwhile_are_not_written_over(
    client: Client, meeting: Meeting
) -> None:
    pk = item(meeting, ItemKind.AGENDA)
    send(client, meeting, "set_decisions", pk, points=["Bos beslut."], seen=[])
    status, answer = send(client, meeting, "set_decisions", pk, points=["Karins."], seen=[])
    assert (status, answer["error"], answer["points"]) == (409, "conflict", ["Bos beslut."])
    assert points(meeting, pk) == ["Bos beslut."]


@pytest.mark.parametrize("bad", ['"ord"', "[1]", "{}", "null", "inte json", ""])
def test_decisions_that_cannot_be_read_are_refused(
    client: Client, meeting: Meeting, bad: str
) -> None:
    pk = item(meeting, ItemKind.AGENDA)
    path = f"/{meeting.council.slug}/moten/{meeting.key}/skriv/punkter/{pk}/beslut/"
    answer = client.post(path, {"points": bad}, headers={"X-Requested-With": "fetch"})
    assert (answer.status_code, answer.json()["error"]) == (400, "refused")


def test_a_decision_that_is_too_long_is_refused_whole(client: Client, meeting: Meeting) -> None:
    pk = item(meeting, ItemKind.AGENDA)
    status, answer = send(client, meeting, "set_decisions", pk, points=["x" * 4001])
    assert (status, "4 000 tecken" in answer["message"]) == (400, True)
    assert points(meeting, pk) == []


def test_electing_writes_the_sentence_and_who_signs(
    cast: Cast, client: Client, meeting: Meeting
) -> None:
    pk = item(meeting, ItemKind.ADJUSTER)
    chosen = [cast.member.pk, cast.adjuster.pk]
    status, answer = send(client, meeting, "elect_adjusters", pk, persons=chosen)
    sentence = "Patrik Norrbäck och Jörgen Almhöjd utses att justera dagens protokoll."
    assert (status, answer["points"]) == (200, [sentence])
    assert list(meeting.adjuster_places.values_list("person", flat=True)) == chosen
    _, answer = send(client, meeting, "elect_adjusters", pk, persons=[])
    assert (answer["points"], meeting.adjuster_places.count()) == ([], 0)


def test_the_chair_and_strangers_cannot_be_elected(
    cast: Cast, client: Client, meeting: Meeting
) -> None:
    pk = item(meeting, ItemKind.ADJUSTER)
    for person in (cast.chair, cast.other_member):
        status, _ = send(client, meeting, "elect_adjusters", pk, persons=[person.pk])
        assert status == 400
    assert meeting.adjuster_places.count() == 0


@pytest.mark.parametrize("mode", list(Mode))
def test_one_tap_marks_a_person_and_answers_with_the_list(
    cast: Cast, client: Client, meeting: Meeting, mode: Mode
) -> None:
    row = meeting.attendance.get(person=cast.member)
    status, answer = send(client, meeting, "mark", row.pk, mode=mode.value)
    row.refresh_from_db()
    assert (status, row.mode) == (200, mode)
    assert f"attendee--{mode.value}" in answer["parts"]["attendance-list"]


def test_the_rest_are_marked_at_once(cast: Cast, client: Client, meeting: Meeting) -> None:
    builders.mark(cast.secretary, meeting, cast.member, Mode.APOLOGY)
    _, answer = send(client, meeting, "mark_rest_present")
    modes = set(meeting.attendance.exclude(person=cast.member).values_list("mode", flat=True))
    assert modes == {Mode.PRESENT}
    assert "1\N{NO-BREAK SPACE}förhinder" in answer["parts"]["attendance-list"]
    others = meeting.attendance.exclude(person=cast.member)
    assert answer["rows"] == list(others.values_list("pk", flat=True))
    minuting.go(
        by=cast.secretary, row=others.get(person=cast.chair), item=meeting.items.standing()[0]
    )
    rows = ",".join(str(pk) for pk in [*answer["rows"], 99_999_999])
    status, answer = send(client, meeting, "unmark_rest", rows=rows)
    assert (status, answer["touched"]) == (200, 2)
    left = {row.name: row.mode for row in others.exclude(mode=Mode.EXPECTED)}
    assert left == {cast.chair.name: Mode.PRESENT}
    assert send(client, meeting, "unmark_rest", rows="här")[0] == 400


def test_a_substitute_and_a_guest_are_added(cast: Cast, client: Client, meeting: Meeting) -> None:
    send(client, meeting, "add_attendee", person=cast.substitute.pk)
    send(client, meeting, "add_attendee", name="Ida Gäst", organisation_name="Hamnen")
    guest = meeting.attendance.get(guest__isnull=False)
    assert meeting.attendance.get(person=cast.substitute).mode == Mode.PRESENT
    assert (guest.name, guest.organisation_name) == ("Ida Gäst", "Hamnen")
    status, _ = send(client, meeting, "add_attendee", person=cast.substitute.pk)
    assert status == 400
    status, _ = send(client, meeting, "add_attendee", person=cast.other_member.pk)
    assert status == 400


def test_an_item_is_added_after_another_renamed_moved_removed_and_taken_back(
    client: Client, meeting: Meeting
) -> None:
    first = meeting.items.standing()[0]
    _, answer = send(client, meeting, "desk_add_item", heading="Lotsgatan", after=first.pk)
    pk = answer["item"]
    assert f'id="item-{pk}"' in answer["section"]
    assert [one.pk for one in meeting.items.standing()].index(pk) == 1
    _, answer = send(client, meeting, "desk_change_item", pk, heading=" Lots \n gatan ")
    assert answer["fields"] == {"heading": "Lots gatan"}
    send(client, meeting, "desk_move_item", pk, to=0)
    assert meeting.items.standing()[0].pk == pk
    _, answer = send(client, meeting, "desk_remove_item", pk)
    assert f'data-item="{pk}"' not in answer["parts"]["outline"]
    for _ in range(2):  # a second press on Ångra shows the same
        status, answer = send(client, meeting, "desk_restore_item", pk)
        assert (status, answer["item"]) == (200, pk)
    assert meeting.items.standing()[0].pk == pk


@pytest.mark.parametrize("heading", ["", "   ", "x" * 100_000])
def test_a_heading_that_cannot_be_is_refused(
    client: Client, meeting: Meeting, heading: str
) -> None:
    first = meeting.items.standing()[0]
    for name, args in (("desk_change_item", [first.pk]), ("desk_add_item", [])):
        status, answer = send(client, meeting, name, *args, heading=heading)
        assert (status, answer["error"]) == (400, "refused")
    assert meeting.items.standing().count() == 5


def test_facts_beside_the_text_are_changed_one_at_a_time(client: Client, meeting: Meeting) -> None:
    first = meeting.items.standing()[0]
    send(client, meeting, "desk_change_item", first.pk, presenters="Karin Tallhed")
    send(client, meeting, "desk_change_item", first.pk, dispatch="Kommunstyrelsen")
    first.refresh_from_db()
    assert (first.heading, first.presenters, first.dispatch) == (
        "Inledning", "Karin Tallhed", "Kommunstyrelsen",
    )  # fmt: skip
    status, _ = send(client, meeting, "desk_change_item", first.pk)
    assert status == 400


def test_reports_are_added_by_choice_and_by_typing_moved_and_removed(
    cast: Cast, client: Client, meeting: Meeting
) -> None:
    pk = item(meeting, ItemKind.ROUND_TABLE)
    town = Organisation.objects.filter(municipality=cast.council.municipality)
    chosen = [one.pk for one in town.filter(name__in=["Polisen", "Servicenämnden"])]
    send(client, meeting, "add_report", pk, organisations=chosen)
    _, answer = send(client, meeting, "add_report", pk, label="Nattvandrarna")
    assert len(answer["reports"]) == 3
    last = answer["reports"][2]["pk"]
    _, answer = send(client, meeting, "move_report", last, to=0)
    assert answer["reports"][0]["pk"] == last
    _, answer = send(client, meeting, "remove_report", last)
    assert len(answer["reports"]) == 2
    _, answer = send(client, meeting, "restore_report", last)
    assert answer["reports"][0]["pk"] == last
    foreign = Organisation.objects.get(municipality=cast.other_council.municipality)
    status, _ = send(client, meeting, "add_report", pk, organisations=[foreign.pk])
    assert status == 400
    status, _ = send(client, meeting, "add_report", pk)
    assert status == 400


def test_uppdrag_have_who_and_when_or_are_proposals(
    cast: Cast, client: Client, meeting: Meeting
) -> None:
    pk = item(meeting, ItemKind.AGENDA)
    police = Organisation.objects.get(name="Polisen")
    _, answer = send(
        client, meeting, "give_action", pk, text="Mät trafiken.", due="next",
        who=[f"p{cast.member.pk}", f"o{police.pk}"], role_in_words="säkerhetschefen",
    )  # fmt: skip
    action = ActionItem.objects.get(pk=answer["action"])
    assert (list(action.persons.all()), list(action.organisations.all())) == (
        [cast.member], [police],
    )  # fmt: skip
    assert (action.due_next_meeting, action.status) == (True, "open")
    send(client, meeting, "change_action", action.pk, text="Mät.", due="on", due_on="2026-05-15")
    action.refresh_from_db()
    assert (str(action.due_on), action.due_next_meeting, action.status) == (
        "2026-05-15", False, "proposed",
    )  # fmt: skip
    _, answer = send(client, meeting, "remove_action", action.pk)
    assert "Mät." not in answer["parts"][f"actions-{pk}"]
    _, answer = send(client, meeting, "restore_action", action.pk)
    assert "Mät." in answer["parts"][f"actions-{pk}"]


@pytest.mark.parametrize(
    "fields",
    [
        {"text": " "},
        {"text": "x" * 2001},
        {"text": "Gör.", "who": ["p999999"]},
        {"text": "Gör.", "who": ["q1"]},
        {"text": "Gör.", "who": ["p" + "9" * 30]},
        {"text": "Gör.", "due": "on"},
        {"text": "Gör.", "due": "on", "due_on": "2026-02-30"},
        {"text": "Gör.", "due": "snart"},
    ],
)
def test_an_uppdrag_that_cannot_be_is_refused(
    client: Client, meeting: Meeting, fields: dict[str, object]
) -> None:
    status, answer = send(client, meeting, "give_action", item(meeting, ItemKind.AGENDA), **fields)
    assert (status, answer["error"], bool(answer["message"])) == (400, "refused", True)
    assert ActionItem.objects.count() == 0


def test_an_uppdrag_to_somebody_of_another_council_is_refused(
    cast: Cast, client: Client, meeting: Meeting
) -> None:
    who = [f"p{cast.other_member.pk}"]
    status, _ = send(
        client, meeting, "give_action", item(meeting, ItemKind.AGENDA), text="Gör.", who=who
    )
    assert (status, ActionItem.objects.count()) == (400, 0)


def test_the_next_meeting_and_its_topics_are_noted(client: Client, meeting: Meeting) -> None:
    _, answer = send(
        client, meeting, "set_next_meeting", date="2026-06-11", starts_at="13:30", place="Salen"
    )
    assert answer["sentence"].replace("\N{NO-BREAK SPACE}", " ") == (
        "Torsdagen den 11 juni kl. 13.30 i Salen."
    )
    status, _ = send(client, meeting, "set_next_meeting", date="2026-02-30")
    assert status == 400
    status, _ = send(client, meeting, "set_next_meeting", date="2025-06-11")
    assert status == 400
    pk = item(meeting, ItemKind.NEXT_MEETING)
    send(client, meeting, "set_topics", pk, topics=[["Larmvägar", "Bo"], ["", "Ida"]])
    topics = meeting.items.get(pk=pk).topics.values_list("text", "who")
    assert list(topics) == [("Larmvägar", "Bo")]
    status, _ = send(client, meeting, "set_topics", pk, topics=["ord"])
    assert status == 400
