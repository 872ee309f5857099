"""A meeting's page grows with the meeting, and shows each person what is theirs to see and do."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from meetings import followup, minuting, planning, signing, summoning
from meetings.models import Meeting, Mode
from members.models import Person
from tests import builders
from tests.builders import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper")]
As = Callable[[Person], Client]
TODAY = timezone.localdate()
DAYS = datetime.timedelta


def seen(client: Client, meeting: Meeting) -> Any:
    return client.get(reverse("meeting", args=[meeting.council.slug, meeting.key]))


def step(client: Client, meeting: Meeting) -> str:
    """The button of the next step, "" where there is only to wait."""
    return seen(client, meeting).context["step"].action


def steps(cast: Cast, as_: As, meeting: Meeting) -> list[str]:
    """The buttons of secretary, chair, adjuster and reader."""
    people = (cast.secretary, cast.chair, cast.adjuster, cast.reader)
    return [step(as_(person), meeting) for person in people]


def test_each_role_has_its_own_next_step_in_every_state(cast: Cast, as_: As) -> None:
    meeting = builders.planned(cast, TODAY + DAYS(9))
    assert steps(cast, as_, meeting) == ["Granska och skicka kallelsen", "", "", ""]
    summoning.summon(by=cast.secretary, meeting=meeting)
    call = "Kallelsen som PDF"
    assert steps(cast, as_, meeting) == ["Öppna protokollet", call, call, call]
    minuting.open_minutes(by=cast.secretary, meeting=meeting)
    assert steps(cast, as_, meeting) == ["Skriv protokollet", call, call, ""]
    also = seen(as_(cast.chair), meeting).context["step"].also
    assert also[0] == ("Läs utkastet", reverse("minutes", args=[cast.council.slug, meeting.key]))


def test_in_justering_the_signers_sign_and_the_others_wait(cast: Cast, as_: As) -> None:
    round_ = builders.in_signing(cast)
    meeting = round_.meeting
    read = "Läs det som justeras"
    sign = "Läs och justera"
    assert steps(cast, as_, meeting) == [read, sign, sign, ""]
    builders.approve(round_.signers.get(person=cast.chair))
    assert steps(cast, as_, meeting) == [read, read, sign, ""]
    builders.approve(round_.signers.get(person=cast.adjuster))
    assert steps(cast, as_, meeting) == ["Läs protokollet"] * 4


def test_after_justering_the_secretary_plans_the_meeting_the_minutes_name(
    cast: Cast, as_: As
) -> None:
    meeting = builders.written(cast, TODAY - DAYS(5))
    followup.set_next_meeting(by=cast.secretary, meeting=meeting, date=TODAY + DAYS(60))
    builders.approve_all(signing.open_round(by=cast.secretary, meeting=meeting))
    assert step(as_(cast.secretary), meeting) == "Planera nästa möte"
    assert step(as_(cast.member), meeting) == "Läs protokollet"
    planning.plan_next(by=cast.secretary, meeting=meeting)
    assert step(as_(cast.secretary), meeting) == "Läs protokollet"


def test_a_meeting_never_called_to_can_be_opened_once_its_day_has_come(cast: Cast, as_: As) -> None:
    assert step(as_(cast.secretary), builders.planned(cast, TODAY)) == "Öppna protokollet"


def test_members_learn_who_justerar_but_not_who_has(cast: Cast, as_: As) -> None:
    round_ = builders.in_signing(cast)
    builders.approve(round_.signers.get(person=cast.chair))
    for person, insider in ((cast.member, False), (cast.adjuster, True), (cast.secretary, True)):
        found = seen(as_(person), round_.meeting).context["round"]
        assert [signer.name for signer in found.signers] == ["Gunilla Strömvik", "Jörgen Almhöjd"]
        assert found.shows_approvals is insider, person
    waiting = "Protokollet justeras av Gunilla Strömvik och Jörgen Almhöjd"
    assert waiting in seen(as_(cast.member), round_.meeting).context["step"].text


def test_remarks_are_for_those_who_read_the_draft(cast: Cast, as_: As) -> None:
    round_ = builders.in_signing(cast)
    signer = round_.signers.get(person=cast.adjuster)
    signing.return_minutes(by=cast.adjuster, signer=signer, comment="Fel <b>datum</b>.")
    for person in (cast.secretary, cast.chair, cast.adjuster):
        words = seen(as_(person), round_.meeting).content.decode()
        assert "Fel &lt;b&gt;datum&lt;/b&gt;." in words, person
    for person in (cast.member, cast.reader, cast.administrator):
        answer = seen(as_(person), round_.meeting)
        assert "datum&lt;" not in answer.content.decode(), person
        assert answer.context["round"] is None, person
    assert step(as_(cast.secretary), round_.meeting) == "Rätta protokollet"


def test_marks_of_presence_are_part_of_the_draft(cast: Cast, as_: As) -> None:
    meeting = builders.minuting_open(cast)
    builders.mark(cast.secretary, meeting, cast.member, Mode.APOLOGY)
    assert seen(as_(cast.member), meeting).context["attendance"] == []
    groups = seen(as_(cast.chair), meeting).context["attendance"]
    assert [(group.words, len(group.rows)) for group in groups] == [
        ("förhinder", 1), ("inte avprickade", 5),
    ]  # fmt: skip


def test_what_is_written_does_not_show_before_it_is_justerat(cast: Cast, as_: As) -> None:
    meeting = builders.written(cast)
    item = meeting.items.standing()[3]
    minuting.set_decisions(by=cast.secretary, item=item, points=["Hemligt än så länge."])
    assert "Hemligt än" not in seen(as_(cast.member), meeting).content.decode()
    builders.approve_all(signing.open_round(by=cast.secretary, meeting=meeting))
    assert "Hemligt än" in seen(as_(cast.member), meeting).content.decode()


def test_beside_who_asks_and_the_meeting_everything_is_fetched_in_one_trip(
    cast: Cast, as_: As, django_assert_num_queries: Any
) -> None:
    meeting = builders.written(cast)
    for who in (cast.secretary, cast.chair):
        client = as_(who)
        seen(client, meeting)
        with django_assert_num_queries(len(["session", "person", "meeting", "rest"])):
            seen(client, meeting)


def test_the_acts_beside_the_agenda_follow_the_rights_and_the_state(cast: Cast, as_: As) -> None:
    """They are drawn once for all who may the same, so each is asked twice, between the others."""
    meeting = builders.minuting_open(cast)
    people = (cast.secretary, cast.member, cast.chair, cast.administrator)

    def told() -> list[tuple[bool, bool, bool]]:
        pages = [seen(as_(one), meeting).content.decode() for one in people]
        acts = ("Ändra dagordningen", "Justera något omedelbart", "Mötets historik")
        return [tuple(act in page for act in acts) for page in pages]  # type: ignore[misc]

    first = told()
    assert first == told()
    assert (first[0][:2], first[1]) == ((True, True), (False, False, False))
    builders.closed_item(cast, meeting)
    for person, reads in ((cast.secretary, True), (cast.member, False), (cast.reader, False)):
        page = seen(as_(person), meeting).content.decode()
        assert ("Den sekretessbelagda delen" in page) is reads, person


def test_papers_of_an_item_stand_under_it(cast: Cast, as_: As) -> None:
    meeting = builders.planned(cast)
    builders.attach(cast, meeting)
    answer = seen(as_(cast.reader), meeting)
    assert [paper.title for paper in answer.context["papers"]] == ["uppföljning"]
    url = reverse("attachment", args=[cast.council.slug, meeting.key, 1])
    assert f'href="{url}"' in answer.content.decode()


def test_a_justerat_paragraph_leads_to_its_place_in_the_minutes(cast: Cast, as_: As) -> None:
    meeting = builders.sealed(cast)
    minutes = reverse("minutes", args=[cast.council.slug, meeting.key])
    words = seen(as_(cast.reader), meeting).content.decode()
    assert f'href="{minutes}#paragraf-4"' in words
    assert 'id="paragraf-4"' in as_(cast.reader).get(minutes).content.decode()


def test_a_cancelled_meeting_says_so_and_offers_nothing(cast: Cast, as_: As) -> None:
    meeting = builders.planned(cast)
    planning.cancel_meeting(by=cast.secretary, meeting=meeting)
    assert steps(cast, as_, meeting) == ["Planera ett möte", "", "", ""]
    assert "Inställt" in seen(as_(cast.reader), meeting).content.decode()


def test_an_empty_agenda_teaches_the_secretary_and_tells_the_others(cast: Cast, as_: As) -> None:
    planning.set_standing_items(by=cast.secretary, council=cast.council, items=[])
    meeting = builders.planned(cast)
    assert "Gör dagordningen" in seen(as_(cast.secretary), meeting).content.decode()
    assert "Dagordningen är inte klar" in seen(as_(cast.reader), meeting).content.decode()


def test_only_who_writes_is_offered_to_change(cast: Cast, as_: As) -> None:
    meeting = builders.planned(cast)
    change = reverse("change_meeting", args=[cast.council.slug, meeting.key])
    offered = [
        change in seen(as_(person), meeting).content.decode()
        for person in (cast.secretary, cast.chair, cast.member, cast.administrator)
    ]
    assert offered == [True, False, False, False]


def test_a_meeting_of_another_council_is_not_found_nor_one_that_is_not(cast: Cast, as_: As) -> None:
    meeting = builders.planned(cast)
    client = as_(cast.other_secretary)
    missing = client.get(reverse("meeting", args=[cast.other_council.slug, "2031-01-01"]))
    assert (seen(client, meeting).status_code, missing.status_code) == (404, 404)
    token = re.compile(rb'name="csrfmiddlewaretoken" value="\w+"')
    assert token.sub(b"", seen(client, meeting).content) == token.sub(b"", missing.content)


def test_the_list_parts_coming_from_past_and_keeps_cancelled_ones(cast: Cast, as_: As) -> None:
    coming = builders.planned(cast, TODAY + DAYS(9))
    begun = minuting.open_minutes(
        by=cast.secretary, meeting=builders.planned(cast, TODAY + DAYS(2))
    )
    forgotten = builders.planned(cast, TODAY - DAYS(9))
    cancelled = builders.planned(cast, TODAY + DAYS(30))
    planning.cancel_meeting(by=cast.secretary, meeting=cancelled)
    context = as_(cast.member).get("/moten/").context
    assert list(context["coming"]) == [begun, coming]
    assert list(context["page"]) == [cancelled, forgotten]


def test_the_list_of_one_council_and_an_odd_filter(cast: Cast, as_: As) -> None:
    meeting = builders.planned(cast, TODAY + DAYS(9))
    for query in ("?rad=strandkopings-bra", "?rad=ljungsaters-bra", "?rad=<script>", "?sida=9"):
        context = as_(cast.member).get(f"/moten/{query}").context
        assert list(context["coming"]) == [meeting], query


def test_an_empty_list_teaches(cast: Cast, as_: As) -> None:
    words = as_(cast.secretary).get("/moten/").content.decode()
    assert "Planera ett möte, så följer rådets stående punkter med" in words
    assert "Planera ett möte" not in as_(cast.member).get("/moten/").content.decode()
