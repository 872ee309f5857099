"""Coming and going at the table: what a tap does, what is printed, and what takes it back."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client

from meetings import minuting, planning, signing
from meetings.minuting import presence, quorum
from meetings.models import AgendaItem, Attendance, Meeting, Mode
from members.models import LegalForm, Person
from members.roles import Role
from tests import builders
from tests.builders import Cast
from tests.meetings.minuting.desk import send

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    return builders.written(cast)


def items(meeting: Meeting) -> list[AgendaItem]:
    return list(meeting.items.standing())


def row_of(meeting: Meeting, person: Person) -> Attendance:
    return meeting.attendance.get(person=person)


def drawn(meeting: Meeting) -> dict[str, Any]:
    return dict(minuting.snapshot_of(Meeting.objects.get(pk=meeting.pk)))


def note(meeting: Meeting, person: Person) -> str:
    lines = [*drawn(meeting)["members"], *drawn(meeting)["others"]]
    (found,) = [line["note"] for line in lines if line["name"] == person.name]
    return str(found).replace("\N{NO-BREAK SPACE}", " ")


Tap = tuple[str, int] | tuple[str, int, bool]


TAPS: list[tuple[list[Tap], str]] = [
    ([], ""),
    ([("go", 3)], "t.o.m. § 3"),
    ([("go", 5)], ""),
    ([("come", 3)], "fr.o.m. § 3"),
    ([("come", 1)], ""),
    ([("come", 3), ("come", 2)], "fr.o.m. § 2"),
    ([("come", 2), ("go", 4)], "§§ 2–4"),
    ([("come", 3), ("go", 3)], "§ 3"),
    ([("go", 2), ("come", 4)], "§§ 1–2 och 4–5"),
    ([("go", 1), ("come", 3), ("go", 3), ("come", 5)], "§§ 1, 3 och 5"),
    ([("go", 3, True)], "t.o.m. del av § 3"),
    ([("come", 3, True)], "fr.o.m. del av § 3"),
    ([("come", 3, True), ("go", 3, True)], "del av § 3"),
    ([("go", 3, True), ("come", 3)], "§§ 1–2 och 4–5 samt del av § 3"),
    ([("go", 3), ("come", 3)], ""),
]


def test_what_is_tapped_is_what_is_printed(cast: Cast, meeting: Meeting) -> None:
    act = {"come": minuting.come, "go": minuting.go}
    order, row = items(meeting), row_of(meeting, cast.member)
    for taps, words in TAPS:
        minuting.set_details(by=cast.secretary, row=row)
        for what, number, *partly in taps:
            act[what](by=cast.secretary, row=row, item=order[number - 1], partly=any(partly))
        assert note(meeting, cast.member) == words, taps


def test_who_comes_is_marked_as_here(cast: Cast, meeting: Meeting) -> None:
    builders.mark(cast.secretary, meeting, cast.member, Mode.APOLOGY)
    minuting.come(by=cast.secretary, row=row_of(meeting, cast.member), item=items(meeting)[2])
    assert row_of(meeting, cast.member).mode == Mode.PRESENT
    assert note(meeting, cast.member) == "fr.o.m. § 3"


def test_what_cannot_be_is_refused_and_changes_nothing(cast: Cast, meeting: Meeting) -> None:
    row, order = row_of(meeting, cast.member), items(meeting)
    minuting.come(by=cast.secretary, row=row, item=order[2])
    minuting.go(by=cast.secretary, row=row, item=order[3])
    other = builders.planned(cast, date=builders.BEGAN).items.standing()[0]
    acts: list[tuple[Callable[..., object], AgendaItem, str]] = [
        (minuting.go, order[4], "redan antecknad som att ha gått"),
        (minuting.come, order[2], "komma tillbaka före det att den gick"),
        (minuting.come, other, "ett annat möte"),
        (minuting.set_conflict, other, "ett annat möte"),
    ]
    for act, item, said in acts:
        with pytest.raises(ValidationError, match=said):
            act(by=cast.secretary, row=row, item=item)
    assert note(meeting, cast.member) == "§§ 3–4"
    builders.mark(cast.secretary, meeting, cast.chair, Mode.APOLOGY)
    with pytest.raises(ValidationError, match="inte antecknad som närvarande"):
        minuting.go(by=cast.secretary, row=row_of(meeting, cast.chair), item=order[0])


def test_it_follows_its_section_when_that_is_moved(cast: Cast, meeting: Meeting) -> None:
    third = items(meeting)[2]
    minuting.go(by=cast.secretary, row=row_of(meeting, cast.member), item=third)
    planning.move_item(by=cast.secretary, item=third, to=1)
    assert note(meeting, cast.member) == "t.o.m. § 2"
    planning.move_item(by=cast.secretary, item=third, to=4)
    assert note(meeting, cast.member) == ""


def test_who_left_is_not_at_a_section_added_last(cast: Cast, meeting: Meeting) -> None:
    minuting.go(by=cast.secretary, row=row_of(meeting, cast.member), item=items(meeting)[4])
    planning.add_item(by=cast.secretary, meeting=meeting, heading="Övriga frågor")
    assert note(meeting, cast.member) == "t.o.m. § 5"


def test_a_removed_section_gives_way_to_the_next_one_and_to_the_one_before(
    cast: Cast, meeting: Meeting
) -> None:
    order = items(meeting)
    minuting.come(by=cast.secretary, row=row_of(meeting, cast.member), item=order[2])
    minuting.go(by=cast.secretary, row=row_of(meeting, cast.chair), item=order[2])
    planning.remove_item(by=cast.secretary, item=order[2])
    assert note(meeting, cast.member) == "fr.o.m. § 3"
    assert note(meeting, cast.chair) == "ordförande, t.o.m. § 2"
    planning.restore_item(by=cast.secretary, item=order[2])
    assert note(meeting, cast.member) == "fr.o.m. § 3"
    assert note(meeting, cast.chair) == "ordförande, t.o.m. § 3"
    planning.remove_item(by=cast.secretary, item=order[0])
    assert note(meeting, cast.chair) == "ordförande, t.o.m. § 2"


def test_who_was_only_at_a_section_that_is_gone_was_at_none(cast: Cast, meeting: Meeting) -> None:
    first = items(meeting)[0]
    minuting.go(by=cast.secretary, row=row_of(meeting, cast.member), item=first)
    planning.remove_item(by=cast.secretary, item=first)
    assert note(meeting, cast.member) == "inte vid någon paragraf"
    assert [one.code for one in minuting.problems(meeting)] == ["at_no_item"]


def test_headings_are_called_by_their_names(cast: Cast) -> None:
    meeting = builders.notes_written(cast)
    first = items(meeting)[0]
    minuting.go(by=cast.other_secretary, row=row_of(meeting, cast.other_member), item=first)
    assert note(meeting, cast.other_member) == ("punkten Läget i centrum")


# --- Substitutes ---


def serve(cast: Cast, meeting: Meeting, member: Person) -> Attendance:
    return minuting.serve(by=cast.secretary, meeting=meeting, person=cast.substitute, member=member)


def test_a_substitute_serves_while_the_member_is_away(cast: Cast, meeting: Meeting) -> None:
    order = items(meeting)
    serve(cast, meeting, cast.member)
    assert note(meeting, cast.substitute) == "ersättare"
    builders.mark(cast.secretary, meeting, cast.member, Mode.APOLOGY)
    assert note(meeting, cast.substitute) == "tjänstgörande för Patrik Norrbäck"
    minuting.come(by=cast.secretary, row=row_of(meeting, cast.member), item=order[2])
    assert note(meeting, cast.substitute) == "tjänstgörande för Patrik Norrbäck §§ 1–2"
    minuting.go(by=cast.secretary, row=row_of(meeting, cast.chair), item=order[3])
    serve(cast, meeting, cast.chair)
    assert note(meeting, cast.substitute) == (
        "tjänstgörande för Patrik Norrbäck §§ 1–2 och för Gunilla Strömvik § 5"
    )
    row = row_of(meeting, cast.substitute)
    minuting.stop_serving(by=cast.secretary, row=row, member=cast.member)
    assert note(meeting, cast.substitute) == "tjänstgörande för Gunilla Strömvik § 5"


def test_a_member_has_one_substitute_at_a_time_and_a_member_is_nobodys(
    cast: Cast, meeting: Meeting
) -> None:
    second = builders.seat("Ulla Brännfors", "ulla", cast.council, Role.SUBSTITUTE, None)
    builders.mark(cast.secretary, meeting, cast.member, Mode.APOLOGY)
    serve(cast, meeting, cast.member)
    row = minuting.serve(by=cast.secretary, meeting=meeting, person=second, member=cast.member)
    assert note(meeting, second) == "ersättare"
    minuting.go(by=cast.secretary, row=row_of(meeting, cast.substitute), item=items(meeting)[1])
    assert note(meeting, second) == "tjänstgörande för Patrik Norrbäck §§ 3–5"
    assert note(meeting, cast.substitute) == "tjänstgörande för Patrik Norrbäck, t.o.m. § 2"
    minuting.remove_from_list(by=cast.secretary, row=row)
    for person, member, said in (
        (cast.adjuster, cast.member, "är själv ledamot"),
        (cast.substitute, cast.substitute, "ersätta sig själv"),
        (cast.substitute, cast.other_member, "står inte på närvarolistan"),
    ):
        with pytest.raises(ValidationError, match=said):
            minuting.serve(by=cast.secretary, meeting=meeting, person=person, member=member)


# --- Jäv ---


def test_jäv_is_printed_beside_the_name_and_at_the_section(cast: Cast, meeting: Meeting) -> None:
    second = items(meeting)[1]
    assert "conflicts" not in drawn(meeting)["items"][1]
    for person in (cast.member, cast.chair):
        minuting.set_conflict(by=cast.secretary, row=row_of(meeting, person), item=second)
    assert note(meeting, cast.member) == "ej § 2 (jäv)"
    assert drawn(meeting)["items"][1]["conflicts"] == (
        "Gunilla Strömvik och Patrik Norrbäck deltar inte i ärendet på grund av jäv."
    )
    serve(cast, meeting, cast.member)
    assert note(meeting, cast.substitute) == "tjänstgörande för Patrik Norrbäck § 2"
    for person in (cast.member, cast.chair):
        row = row_of(meeting, person)
        minuting.set_conflict(by=cast.secretary, row=row, item=second, has=False)
    assert "conflicts" not in drawn(meeting)["items"][1]


def test_jäv_of_a_section_adjusted_at_once_stands(cast: Cast, meeting: Meeting) -> None:
    item = meeting.items.standing().get(kind="agenda")
    row = row_of(meeting, cast.member)
    minuting.set_conflict(by=cast.secretary, row=row, item=item)
    signing.open_at_once(by=cast.secretary, meeting=meeting, items=[item])
    for act in (
        lambda: minuting.set_conflict(by=cast.secretary, row=row, item=item, has=False),
        lambda: minuting.mark(by=cast.secretary, row=row, mode=Mode.APOLOGY),
    ):
        with pytest.raises(ValidationError, match="omedelbart justerad"):
            act()
    with pytest.raises(DatabaseError, match="bra:"), transaction.atomic():
        row.conflicts.all().delete()


def test_what_is_frozen_stands_still(cast: Cast, meeting: Meeting) -> None:
    row = row_of(meeting, cast.member)
    minuting.go(by=cast.secretary, row=row, item=items(meeting)[1])
    serve(cast, meeting, cast.chair)
    minuting.set_conflict(by=cast.secretary, row=row, item=items(meeting)[0])
    signing.open_round(by=cast.secretary, meeting=meeting)
    for attack in (
        "UPDATE meetings_stay SET last_item_id = NULL",
        "DELETE FROM meetings_service",
        "INSERT INTO meetings_conflictofinterest (attendance_id, item_id)"
        " SELECT a.id, i.id FROM meetings_attendance a, meetings_agendaitem i LIMIT 1 OFFSET 3",
    ):
        with (
            pytest.raises(DatabaseError, match="bra:"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(attack)


# --- Quorum ---


def test_quorum_is_more_than_half_and_counts_who_serves(cast: Cast, meeting: Meeting) -> None:
    order = items(meeting)

    def now() -> list[int]:
        roll = presence.roll_of(items(meeting), presence.with_presence(meeting))
        return quorum.deciding(roll, quorum.seats_of(meeting))

    seats = quorum.seats_of(meeting)
    assert (len(seats.people), seats.needed) == (4, 3)
    assert now() == [4, 4, 4, 4, 4]
    minuting.go(by=cast.secretary, row=row_of(meeting, cast.member), item=order[1])
    minuting.go(by=cast.secretary, row=row_of(meeting, cast.adjuster), item=order[3])
    assert now() == [4, 4, 3, 3, 2]
    serve(cast, meeting, cast.member)
    assert now() == [4, 4, 4, 4, 3]


def test_a_decision_without_quorum_is_warned_of_in_a_nämnd_only(
    cast: Cast, meeting: Meeting
) -> None:
    last = items(meeting)[4]
    for person in (cast.member, cast.without_login):
        minuting.go(by=cast.secretary, row=row_of(meeting, person), item=items(meeting)[3])
    minuting.set_decisions(by=cast.secretary, item=last, points=["Rådet beslutar."])
    assert minuting.problems(meeting) == []
    cast.council.legal_form = LegalForm.BOARD
    cast.council.save()
    (problem,) = minuting.problems(Meeting.objects.get(pk=meeting.pk))
    assert (problem.code, problem.blocking) == ("no_quorum", False)
    assert problem.message.replace("\N{NO-BREAK SPACE}", " ") == (
        "Inte beslutsfört vid § 5, där det finns beslut: 2 av 4 ledamöter deltog, minst 3 krävs."
    )


# --- Taking a tap back ---


def test_a_tap_is_taken_back_whole(
    cast: Cast, as_: Callable[[Person], Client], meeting: Meeting
) -> None:
    row, order = row_of(meeting, cast.member), items(meeting)
    minuting.go(by=cast.secretary, row=row, item=order[0])
    minuting.come(by=cast.secretary, row=row, item=order[2], partly=True)
    minuting.set_conflict(by=cast.secretary, row=row, item=order[3])
    before, words = minuting.state_text(row_of(meeting, cast.member)), note(meeting, cast.member)
    client = as_(cast.secretary)
    _, answer = send(client, meeting, "mark", row.pk, mode="apology")
    undo = {"state": before, "after": answer["state"]}
    status, answer = send(client, meeting, "put_back", row.pk, **undo)
    assert (status, answer["state"]) == (200, before)
    assert note(meeting, cast.member) == words
    status, answer = send(client, meeting, "put_back", row.pk, **undo)
    assert (status, "Någon annan" in answer["message"]) == (400, True)


def test_a_state_that_cannot_be_read_is_refused(
    cast: Cast, as_: Callable[[Person], Client], meeting: Meeting
) -> None:
    client, row = as_(cast.secretary), row_of(meeting, cast.member)
    for state in (
        "",
        "här|||",
        "present",
        "present|x-|||",
        "present|1-2|a|",
        "present|999999-||",
        "|||",
    ):
        sent = {"state": state, "after": "present|||"}
        status, answer = send(client, meeting, "put_back", row.pk, **sent)
        assert (status, answer["error"]) == (400, "refused"), state
    assert row_of(meeting, cast.member).mode == Mode.PRESENT


def test_the_taps_of_the_desk_answer_with_the_list(
    cast: Cast, as_: Callable[[Person], Client], meeting: Meeting
) -> None:
    client, order = as_(cast.secretary), items(meeting)
    row = row_of(meeting, cast.member)

    def tap(name: str, **fields: object) -> str:
        status, answer = send(client, meeting, name, row.pk, **fields)
        assert status == 200, answer
        return str(answer["parts"]["attendance-list"]).replace("\N{NO-BREAK SPACE}", " ")

    assert "gick efter § 2" in tap("go", item=order[1].pk)
    assert "§§ 1–2 och 4–5" in tap("come", item=order[3].pk)
    assert "ej § 1 (jäv)" in tap("set_conflict", item=order[0].pk, has="1")
    assert "tjänstgörande för Patrik Norrbäck §§ 1 och 3" in tap("serve", person=cast.substitute.pk)
    assert "tjänstgörande" not in tap("serve", person=cast.substitute.pk, ends="1")
    stays = f"{order[1].pk}p-{order[2].pk}"
    assert "kom under § 2" in tap("set_details", stays=stays, organisation_name="Polisen")
    status, answer = send(client, meeting, "go", row.pk, item=999_999)
    assert (status, answer["message"]) == (400, "Paragrafen finns inte längre.")


@pytest.mark.django_db(transaction=True)
def test_two_secretaries_tapping_at_once_lose_nothing(cast: Cast) -> None:
    meeting = builders.written(cast)
    order = items(meeting)
    people = [cast.member, cast.chair, cast.adjuster, cast.without_login, cast.co_opted]
    together = threading.Barrier(2)

    def take(act: Callable[..., object], rows: list[Attendance], **fields: object) -> None:
        together.wait()
        for row in rows:
            act(by=cast.secretary, row=row, **fields)
        connection.close()

    rows = [row_of(meeting, person) for person in people]
    threads = [
        threading.Thread(target=take, args=(minuting.go, rows), kwargs={"item": order[2]}),
        threading.Thread(target=take, args=(minuting.mark, rows), kwargs={"mode": Mode.REMOTE}),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    notes = [note(meeting, person) for person in people]
    assert all(one.endswith("på distans, t.o.m. § 3") for one in notes), notes
