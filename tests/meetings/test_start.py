"""Mitt BRÅ: each role meets what waits for them, of all their councils and of no other."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from meetings import followup, guiding, minuting, planning, signing, summoning, waiting
from meetings.models import Meeting
from members import joining
from members.models import Council, Municipality, Person
from members.roles import Role
from tests import builders
from tests.builders import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper")]
As = Callable[[Person], Client]
TODAY = timezone.localdate()
DAYS = datetime.timedelta


def titles(person: Person) -> list[str]:
    return [one.title for one in waiting.waiting_for(person)]


def page(client: Client) -> dict[str, Any]:
    return client.get("/").context  # type: ignore[return-value]


def held(cast: Cast, ago: int = 3) -> Meeting:
    return builders.written(cast, TODAY - DAYS(ago))


def day(ago: int = 3) -> str:
    return waiting.day_of(Meeting(date=TODAY - DAYS(ago)))


def test_signers_meet_the_minutes_to_justera_until_they_have(cast: Cast, as_: As) -> None:
    round_ = signing.open_round(by=cast.secretary, meeting=held(cast))
    assert titles(cast.chair) == [f"Justera protokollet från {day()}"]
    assert page(as_(cast.chair))["hero"]["signs"] is True
    builders.approve(round_.signers.get(person=cast.chair))
    assert titles(cast.chair) == []
    assert titles(cast.adjuster) == [f"Justera protokollet från {day()}"]
    assert (titles(cast.member), titles(cast.secretary)) == ([], [])


def test_a_signer_whose_mandate_has_ended_still_finds_the_way(cast: Cast, as_: As) -> None:
    signing.open_round(by=cast.secretary, meeting=held(cast))
    cast.chair.mandates.update(ends_on=TODAY - DAYS(1))
    answer = as_(cast.chair).get("/")
    assert answer.context["hero"]["step"].action == "Läs och justera"


def test_a_secretary_meets_each_step_of_a_meeting_in_turn(cast: Cast) -> None:
    meeting = builders.planned(cast, TODAY + DAYS(10))
    when = waiting.day_of(meeting)
    assert titles(cast.secretary) == [f"Skicka kallelsen till mötet {when}"]
    summoning.summon(by=cast.secretary, meeting=meeting)
    assert titles(cast.secretary) == [f"Öppna protokollet för mötet {when}"]
    minuting.open_minutes(by=cast.secretary, meeting=meeting)
    assert titles(cast.secretary) == [f"Förbered protokollet till {when}"]


def test_minutes_of_a_meeting_held_are_to_be_finished_and_returned_ones_put_right(
    cast: Cast,
) -> None:
    meeting = held(cast)
    assert titles(cast.secretary) == [f"Skriv klart protokollet från {day()}"]
    round_ = signing.open_round(by=cast.secretary, meeting=meeting)
    assert titles(cast.secretary) == []
    signer = round_.signers.get(person=cast.adjuster)
    signing.return_minutes(by=cast.adjuster, signer=signer, comment="Fel datum.")
    assert titles(cast.secretary) == [f"Rätta protokollet från {day()}"]
    assert titles(cast.chair) == []


def test_a_season_planned_ahead_does_not_wait_yet(cast: Cast) -> None:
    for weeks in (3, 12, 30):
        builders.planned(cast, TODAY + DAYS(weeks=weeks))
    assert len(titles(cast.secretary)) == 1


def test_ones_action_items_wait_by_date_and_late_ones_are_marked(cast: Cast) -> None:
    meeting = held(cast, ago=30)
    item = meeting.items.standing()[3]
    for due in (TODAY + DAYS(5), TODAY - DAYS(5)):
        followup.give_action(
            by=cast.secretary, item=item, text=f"Till {due}.", persons=[cast.member], due_on=due
        )
    assert titles(cast.member) == []  # the minutes are a draft
    builders.approve_all(signing.open_round(by=cast.secretary, meeting=meeting))
    found = waiting.waiting_for(cast.member)
    assert [(one.title, one.late) for one in found] == [
        (f"Till {TODAY - DAYS(5)}", True),
        (f"Till {TODAY + DAYS(5)}", False),
    ]
    assert titles(cast.adjuster) == []


def test_proposals_without_anyone_wait_for_the_secretary_alone_and_last(cast: Cast) -> None:
    meeting = held(cast)
    item = meeting.items.standing()[3]
    followup.give_action(by=cast.secretary, item=item, text="En skrivelse görs.")
    builders.approve_all(signing.open_round(by=cast.secretary, meeting=meeting))
    builders.planned(cast, TODAY + DAYS(10))
    assert titles(cast.secretary)[-1] == "Bestäm vem som tar: En skrivelse görs"
    assert titles(cast.chair) == []


def test_what_is_due_first_stands_first(cast: Cast) -> None:
    builders.planned(cast, TODAY + DAYS(20))
    builders.planned(cast, TODAY + DAYS(5))
    dates = [one.date for one in waiting.waiting_for(cast.secretary)]
    assert dates == [TODAY - DAYS(2), TODAY + DAYS(13)]


def test_nothing_of_another_council_is_seen(cast: Cast, as_: As) -> None:
    builders.in_signing(cast, TODAY - DAYS(3))
    builders.sealed(cast, TODAY - DAYS(30))
    builders.planned(cast, TODAY + DAYS(5))
    for person in (cast.other_secretary, cast.other_chair, cast.other_member):
        answer = as_(person).get("/")
        assert "Strandköping" not in answer.content.decode(), person
        assert (list(answer.context["coming"]), list(answer.context["minutes"])) == ([], [])


def test_several_councils_stand_together_each_with_its_name(cast: Cast, as_: As) -> None:
    joining.give_mandate(
        by=cast.secretary, council=cast.other_council, person=cast.member, role=Role.SECRETARY
    )
    builders.planned(cast, TODAY + DAYS(20))
    planning.plan_meeting(by=cast.member, council=cast.other_council, date=TODAY + DAYS(10))
    context = page(as_(cast.member))
    assert [meeting.council for meeting in context["coming"]] == [cast.other_council, cast.council]
    assert context["roles"] == "Du är sekreterare i BRÅ och ledamot i Strandköpings BRÅ."
    joining.give_mandate(
        by=cast.secretary, council=cast.council, person=cast.secretary, role=Role.MEMBER
    )
    roles = page(as_(cast.secretary))["roles"]
    assert roles == "Du är sekreterare och ledamot i Strandköpings BRÅ."


def test_two_councils_with_one_short_name_are_told_apart(cast: Cast, as_: As) -> None:
    third = Council.objects.create(
        municipality=Municipality.objects.get(name="Strandköpings kommun"),
        name="Brottsförebyggande rådet", short_name="BRÅ", slug="tredje-bra",
    )  # fmt: skip
    for council in (third, cast.other_council):
        joining.give_mandate(
            by=cast.secretary, council=council, person=cast.reader, role=Role.READER
        )
    names = page(as_(cast.reader))["names"]
    assert sorted(names.values()) == [
        "BRÅ, Ljungsäters kommun", "BRÅ, Strandköpings kommun", "Strandköpings BRÅ",
    ]  # fmt: skip


def test_a_member_with_nothing_to_do_reads_what_the_place_is_for(cast: Cast, as_: As) -> None:
    words = as_(cast.member).get("/").content.decode()
    assert "Inget väntar på dig" in words
    assert "Inga möten är planerade." in words
    assert "Planera ett möte" not in words


def test_somebody_without_a_council_is_told_what_to_do(cast: Cast, as_: As) -> None:
    nobody = builders.person("Nora Ny", "nora")
    words = as_(nobody).get("/").content.decode()
    assert "Du sitter inte i något råd just nu" in words
    assert "nora@kommun.example" in words


def test_the_administrator_reads_but_has_nothing_to_write(cast: Cast, as_: As) -> None:
    builders.planned(cast, TODAY + DAYS(5))
    context = page(as_(cast.administrator))
    assert titles(cast.administrator) == []
    assert context["roles"] == "Du är kommunens administratör."
    assert len(context["coming"]) == 1


def test_scripts_in_action_items_are_shown_as_text(cast: Cast, as_: As) -> None:
    item = held(cast).items.standing()[3]
    followup.give_action(
        by=cast.secretary, item=item, text="<script>alert(1)</script>", persons=[cast.secretary]
    )
    assert "<script>alert" not in as_(cast.secretary).get("/").content.decode()


def test_a_secretary_without_meetings_is_led_to_planning_one(cast: Cast, as_: As) -> None:
    url = reverse("plan_meeting", args=[cast.council.slug])
    words = as_(cast.secretary).get("/").content.decode()
    assert f'<a class="btn btn-primary" href="{url}">Planera ett möte</a>' in words
    assert url not in as_(cast.chair).get("/").content.decode()


def test_a_council_with_minnesanteckningar_is_never_told_of_a_protokoll(cast: Cast) -> None:
    by = cast.other_secretary
    planned = planning.plan_meeting(by=by, council=cast.other_council, date=TODAY)
    written = builders.notes_written(cast, TODAY - DAYS(2))
    round_ = signing.open_round(by=by, meeting=builders.notes_written(cast, TODAY - DAYS(3)))
    sealed = builders.notes_sealed(cast, TODAY - DAYS(4))
    steps = [
        guiding.next_step(guiding.situation_of(meeting, person))
        for meeting in (planned, written, round_.meeting, sealed)
        for person in (by, cast.other_chair)
    ]
    assert [one for one in steps if "rotokoll" in f"{one.text} {one.action} {one.also}"] == []
    assert steps[0].action == "Öppna minnesanteckningarna"
    assert steps[2].text.startswith("Skriv klart och skicka till justering. De ska vara justerade")


def test_a_signer_reads_who_has_and_who_has_not_justerat(cast: Cast) -> None:
    round_ = signing.open_round(by=cast.secretary, meeting=held(cast))
    asked = guiding.next_step(guiding.situation_of(round_.meeting, cast.adjuster)).text
    assert asked.endswith("Gunilla Strömvik justerar också.")
    builders.approve(round_.signers.get(person=cast.chair))
    asked = guiding.next_step(guiding.situation_of(round_.meeting, cast.adjuster)).text
    assert asked.endswith("Gunilla Strömvik har justerat.")


def test_minutes_opened_before_the_meeting_leave_the_call_to_those_who_are_called(
    cast: Cast,
) -> None:
    by = cast.secretary
    for days, said in ((2, "Du är kallad. Läs dagordningen"), (-2, "Protokollet skrivs.")):
        meeting = builders.planned(cast, TODAY + DAYS(days))
        summoning.summon(by=by, meeting=meeting)
        meeting = minuting.open_minutes(by=by, meeting=meeting)
        step = guiding.next_step(guiding.situation_of(meeting, cast.member))
        assert step.text.startswith(said)
        assert (step.action == "Kallelsen som PDF") == (days > 0)
