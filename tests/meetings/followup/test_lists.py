"""Uppdrag: who sees them, in what order and state, and who may report on them."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from meetings import followup, signing
from meetings.models import ActionItem, ActionStatus, Meeting
from members import joining
from members.models import Mandate, Organisation, Person
from members.roles import Role
from tests import builders
from tests.builders import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper")]
As = Callable[[Person], Client]
TODAY = timezone.localdate()
DAYS = datetime.timedelta


def given(cast: Cast, date: datetime.date = builders.DAY, **fields: Any) -> ActionItem:
    """An action item in minutes that are still being written."""
    item = builders.written(cast, date).items.standing()[3]
    fields.setdefault("persons", [cast.member])
    return followup.give_action(by=cast.secretary, item=item, **{"text": "Se över.", **fields})


def seal(cast: Cast, meeting: Meeting) -> None:
    builders.approve_all(signing.open_round(by=cast.secretary, meeting=meeting))


def sealed(cast: Cast, **fields: Any) -> ActionItem:
    action = given(cast, **fields)
    seal(cast, action.item.meeting)
    return action


def shown(client: Client, query: str = "") -> list[ActionItem]:
    return list(client.get(f"/uppdrag/{query}").context["page"])


def report(client: Client, action: ActionItem, **fields: str) -> Any:
    return client.post(
        reverse("follow_up", args=[action.pk]), {"status": "done", "note": "", **fields}
    )


def test_members_see_an_action_item_when_its_minutes_are_justerade(cast: Cast, as_: As) -> None:
    action = given(cast)
    assert shown(as_(cast.member)) == []
    assert shown(as_(cast.chair)) == [action]
    seal(cast, action.item.meeting)
    assert shown(as_(cast.member)) == [action]
    assert shown(as_(cast.other_secretary)) == []


def test_what_is_due_first_stands_first_and_what_has_no_date_last(cast: Cast, as_: As) -> None:
    item = builders.written(cast).items.standing()[3]
    dues = [None, TODAY + DAYS(9), TODAY - DAYS(3)]
    for due in dues:
        followup.give_action(
            by=cast.secretary, item=item, text=f"{due}", persons=[cast.member], due_on=due
        )
    found = [action.falls_due for action in shown(as_(cast.chair))]  # type: ignore[attr-defined]
    assert found == [TODAY - DAYS(3), TODAY + DAYS(9), None]


def test_nasta_mote_follows_the_meeting_when_it_moves(cast: Cast, as_: As) -> None:
    sealed(cast, due_next_meeting=True)
    later = builders.planned(cast, builders.DAY + DAYS(90))
    row = shown(as_(cast.member))[0]
    assert row.falls_due == later.date  # type: ignore[attr-defined]
    builders.planned(cast, builders.DAY + DAYS(40))
    row = shown(as_(cast.member))[0]
    assert row.falls_due == builders.DAY + DAYS(40)  # type: ignore[attr-defined]


def test_the_filters_pick_mine_late_done_and_proposals(cast: Cast, as_: As) -> None:
    item = builders.written(cast).items.standing()[3]
    give = lambda **f: followup.give_action(by=cast.secretary, item=item, **f)  # noqa: E731
    late = give(text="Sen", persons=[cast.member], due_on=TODAY - DAYS(1))
    own = give(text="Egen", persons=[cast.chair])
    proposal = give(text="Förslag")
    done = give(text="Gjord", persons=[cast.member])
    followup.follow_up(by=cast.chair, action=done, status="done")
    chair = as_(cast.chair)
    assert shown(chair) == [late, own]
    assert shown(chair, "?vems=mina") == [own]
    assert shown(chair, "?lage=forsenade") == [late]
    assert shown(chair, "?lage=forslag") == [proposal]
    assert shown(chair, "?lage=klara") == [done]
    assert set(shown(chair, "?lage=alla")) == {late, own, proposal, done}


@pytest.mark.parametrize(
    "query", ["?lage=hej", "?vems=<script>", "?rad=ljungsaters-bra", "?sida=x"]
)
def test_odd_filters_show_the_usual_list(cast: Cast, as_: As, query: str) -> None:
    action = given(cast)
    assert shown(as_(cast.chair), query) == [action]


def test_an_organisations_action_item_is_its_members_own(cast: Cast, as_: As) -> None:
    police = Organisation.objects.get(name="Polisen")
    action = sealed(cast, persons=[], organisations=[police])
    assert shown(as_(cast.member), "?vems=mina") == [action]
    assert shown(as_(cast.substitute), "?vems=mina") == []


def test_whose_seat_has_ended_no_longer_has_the_organisations_action_items(cast: Cast) -> None:
    police = Organisation.objects.get(name="Polisen")
    given(cast, persons=[], organisations=[police])
    Mandate.objects.filter(person=cast.member).update(ends_on=TODAY - DAYS(1))
    assert list(followup.of_person(ActionItem.objects.all(), cast.member)) == []


def test_secretary_chair_and_who_has_it_may_report(cast: Cast, as_: As) -> None:
    action = sealed(cast)
    for person in (cast.secretary, cast.chair, cast.member):
        assert report(as_(person), action, note=person.name).status_code == 302, person
    for person in (cast.adjuster, cast.reader, cast.administrator, cast.other_secretary):
        assert report(as_(person), action).status_code == 404, person
    assert [event.by for event in action.events.all()] == [
        cast.secretary, cast.secretary, cast.chair, cast.member,
    ]  # fmt: skip


def test_who_may_not_report_reads_without_a_form(cast: Cast, as_: As) -> None:
    action = sealed(cast)
    url = reverse("follow_up", args=[action.pk])
    assert as_(cast.reader).get(url).context["form"] is None
    assert as_(cast.member).get(url).context["form"] is not None
    assert as_(cast.other_member).get(url).status_code == 404


def test_a_report_is_kept_with_who_when_and_the_words(cast: Cast, as_: As) -> None:
    action = sealed(cast)
    report(as_(cast.member), action, note="<b>Klart</b> i går")
    action.refresh_from_db()
    assert action.status == ActionStatus.DONE
    page = as_(cast.reader).get(reverse("follow_up", args=[action.pk])).content.decode()
    assert "&lt;b&gt;Klart&lt;/b&gt; i går" in page


def test_a_new_day_is_the_one_that_counts_and_stands_in_the_history(cast: Cast, as_: As) -> None:
    action = sealed(cast, due_on=builders.DAY + DAYS(30))
    report(as_(cast.member), action, status="open", note="Delar fattas", due_on="5 mars 2199")
    page = as_(cast.reader).get(reverse("follow_up", args=[action.pk]))
    assert page.context["falls_due"] == datetime.date(2199, 3, 5)
    assert "Ny tid: tisdag 5\N{NO-BREAK SPACE}mars 2199" in page.content.decode()
    report(as_(cast.member), action, status="open", note="De har kommit")
    page = as_(cast.reader).get(reverse("follow_up", args=[action.pk]))
    assert page.context["falls_due"] == datetime.date(2199, 3, 5)


def test_a_second_press_writes_no_second_event(cast: Cast, as_: As) -> None:
    action = sealed(cast)
    for _ in range(2):
        report(as_(cast.member), action, note="Klart")
    assert action.events.count() == 2


@pytest.mark.parametrize(
    "fields",
    [
        {"status": ""},
        {"status": "proposed"},
        {"note": "å" * 501},
        {"due_on": "30 februari 2099"},
        {"due_on": "2001-02-03"},
    ],
    ids=["none", "odd", "long", "no day", "past"],
)
def test_a_report_that_cannot_be_is_refused_and_stays(
    cast: Cast, as_: As, fields: dict[str, str]
) -> None:
    action = sealed(cast)
    page = report(as_(cast.member), action, **{"note": "Detta hände", **fields})
    assert list(page.context["form"].errors) == list(fields)
    for typed in {"note": "Detta hände", **fields}.values():
        assert typed in page.content.decode()
    assert action.events.count() == 1


def test_someone_replaced_since_may_still_report_on_what_they_were_given(
    cast: Cast, as_: As
) -> None:
    """As long as they may read the council at all; afterwards it does not exist for them."""
    action = sealed(cast)
    Mandate.objects.filter(person=cast.member).update(ends_on=TODAY - DAYS(1))
    assert report(as_(cast.member), action).status_code == 404
    joining.give_mandate(
        by=cast.secretary, council=cast.council, person=cast.member, role=Role.READER
    )
    assert report(as_(cast.member), action).status_code == 302
