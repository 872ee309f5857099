"""A meeting is planned, changed, cancelled, followed by the next; standing items are kept."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.test import Client
from django.urls import reverse

from meetings import followup, planning, summoning
from meetings.models import ItemKind, Meeting
from meetings.states import State
from members.models import AuditEntry, OutgoingMail, Person
from tests import builders
from tests.builders import Cast

pytestmark = pytest.mark.django_db
As = Callable[[Person], Client]
FACTS = {"date": "2027-03-04", "starts_at": "13.30", "ends_at": "15.30", "place": "Rådhusalen"}
SCRIPT = "<script>alert('hej')</script>"


def plan(client: Client, cast: Cast, **fields: str) -> Any:
    return client.post(reverse("plan_meeting", args=[cast.council.slug]), {**FACTS, **fields})


def said(answer: Any) -> list[str]:
    return [str(message) for message in get_messages(answer.wsgi_request)]


def test_a_new_meeting_takes_the_standing_items_and_leads_to_its_agenda(
    cast: Cast, as_: As
) -> None:
    answer = plan(as_(cast.secretary), cast)
    meeting = Meeting.objects.get()
    assert answer["Location"] == reverse("agenda", args=[cast.council.slug, "2027-03-04"])
    assert [item.heading for item in meeting.items.standing()] == [
        "Inledning", "Val av justerare", "Fastställande av dagordningen",
        "Aktuellt från verksamheterna", "Nästa möte",
    ]  # fmt: skip
    assert (meeting.local_start, meeting.local_end) == (
        datetime.time(13, 30),
        datetime.time(15, 30),
    )


def test_the_form_shows_what_will_come_along(cast: Cast, as_: As) -> None:
    page = as_(cast.secretary).get(reverse("plan_meeting", args=[cast.council.slug]))
    assert [item.heading for item in page.context["standing"]][:2] == [
        "Inledning", "Val av justerare",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("fields", "name", "words"),
    [
        ({"date": "2027-02-30"}, "date", "Februari 2027 har 28 dagar."),
        ({"date": ""}, "date", "Fyll i ett datum."),
        ({"date": "i morgon"}, "date", "Skriv datumet som 2026-03-05."),
        ({"starts_at": "25.00"}, "starts_at", "Klockan blir aldrig 25.00. Skriv som 13.30."),
        ({"starts_at": "halv två"}, "starts_at", "Skriv klockslaget som 13.30."),
        (
            {"ends_at": "13.00"}, "ends_at",
            "Mötet slutar före det börjar. Rätta start- eller sluttiden.",
        ),
        (
            {"starts_at": ""}, "starts_at",
            "Fyll i när mötet börjar, eftersom det står när det slutar.",
        ),
    ],
)  # fmt: skip
def test_bad_facts_get_a_sentence_and_what_was_typed_stays(
    cast: Cast, as_: As, fields: dict[str, str], name: str, words: str
) -> None:
    page = plan(as_(cast.secretary), cast, place="Sal 7", **fields)
    assert page.context["form"].errors == {name: [words]}
    assert 'value="Sal 7"' in page.content.decode()
    assert Meeting.objects.count() == 0


def test_a_place_of_a_hundred_thousand_letters_is_refused(cast: Cast, as_: As) -> None:
    page = plan(as_(cast.secretary), cast, place="å" * 100_000)
    assert list(page.context["form"].errors) == ["place"]
    assert Meeting.objects.count() == 0


def test_a_meeting_may_end_past_midnight(cast: Cast, as_: As) -> None:
    plan(as_(cast.secretary), cast, starts_at="17.00", ends_at="04.00")
    meeting = Meeting.objects.get()
    assert meeting.ends_at - meeting.starts_at == datetime.timedelta(hours=11)  # type: ignore[operator]


def test_a_second_press_makes_no_second_meeting(cast: Cast, as_: As) -> None:
    client = as_(cast.secretary)
    plan(client, cast)
    again = plan(client, cast)
    assert Meeting.objects.count() == 1
    assert again["Location"] == reverse("meeting", args=[cast.council.slug, "2027-03-04"])
    assert said(again)[-1] == "Mötet finns redan."


def test_two_meetings_in_a_day_at_different_times_both_stand(cast: Cast, as_: As) -> None:
    client = as_(cast.secretary)
    plan(client, cast)
    plan(client, cast, starts_at="09.00", ends_at="10.00")
    assert sorted(Meeting.objects.values_list("key", flat=True)) == ["2027-03-04", "2027-03-04-2"]


def test_scripts_in_fields_are_shown_as_text(cast: Cast, as_: As) -> None:
    client = as_(cast.secretary)
    plan(client, cast, place=SCRIPT, registry_number="<b>1</b>")
    page = client.get(reverse("meeting", args=[cast.council.slug, "2027-03-04"])).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page
    assert "<b>1</b>" not in page


def test_a_member_cannot_plan_and_gets_the_answer_for_what_does_not_exist(
    cast: Cast, as_: As
) -> None:
    assert plan(as_(cast.member), cast).status_code == 404
    assert plan(as_(cast.other_secretary), cast).status_code == 404
    assert Meeting.objects.count() == 0


def test_a_change_of_date_moves_the_address(cast: Cast, as_: As) -> None:
    meeting = builders.planned(cast)
    url = reverse("change_meeting", args=[cast.council.slug, meeting.key])
    chosen = {"chair": cast.chair.pk, "secretary": cast.secretary.pk}
    answer = as_(cast.secretary).post(url, {**FACTS, **chosen})
    assert answer["Location"] == reverse("meeting", args=[cast.council.slug, "2027-03-04"])
    meeting.refresh_from_db()
    assert (meeting.place, meeting.chair) == ("Rådhusalen", cast.chair)


def test_only_people_of_the_council_can_lead_a_meeting(cast: Cast, as_: As) -> None:
    meeting = builders.planned(cast)
    url = reverse("change_meeting", args=[cast.council.slug, meeting.key])
    page = as_(cast.secretary).post(url, {**FACTS, "chair": cast.other_chair.pk})
    assert list(page.context["form"].errors) == ["chair"]
    meeting.refresh_from_db()
    assert meeting.chair == cast.chair


def test_sealed_minutes_are_not_changed_and_it_says_why(cast: Cast, as_: As) -> None:
    meeting = builders.sealed(cast)
    for name in ("change_meeting", "agenda", "cancel_meeting", "summon", "attach"):
        answer = as_(cast.secretary).get(reverse(name, args=[cast.council.slug, meeting.key]))
        assert said(answer) == ["Protokollet är justerat och kan inte ändras."], name


def test_a_cancelled_meeting_is_asked_about_first_and_stays_in_the_list(
    cast: Cast, as_: As
) -> None:
    meeting = builders.planned(cast)
    client, url = (
        as_(cast.secretary),
        reverse("cancel_meeting", args=[cast.council.slug, meeting.key]),
    )
    client.get(url)
    meeting.refresh_from_db()
    assert meeting.state == State.PLANNED
    client.post(url)
    again = client.post(url)
    meeting.refresh_from_db()
    assert meeting.state == State.CANCELLED
    assert said(again)[-1] == "Mötet är inställt."
    assert "Inställt" in client.get(reverse("meeting_list")).content.decode()


def test_those_who_were_called_are_told_that_it_is_cancelled(cast: Cast) -> None:
    meeting = builders.planned(cast)
    called = summoning.summon(by=cast.secretary, meeting=meeting)
    OutgoingMail.objects.all().delete()
    meeting.refresh_from_db()
    planning.cancel_meeting(by=cast.secretary, meeting=meeting)
    assert OutgoingMail.objects.filter(subject__startswith="Inställt").count() == called


def test_nobody_is_told_of_a_cancelled_meeting_they_were_not_called_to(cast: Cast) -> None:
    planning.cancel_meeting(by=cast.secretary, meeting=builders.planned(cast))
    assert OutgoingMail.objects.count() == 0


def minutes_with_next(cast: Cast) -> Meeting:
    meeting = builders.written(cast)
    item = meeting.items.get(kind=ItemKind.NEXT_MEETING)
    followup.set_topics(by=cast.secretary, item=item, topics=[("Larmgatan", "Anna Ek")])
    return followup.set_next_meeting(
        by=cast.secretary, meeting=meeting, date=datetime.date(2026, 6, 11),
        starts_at=datetime.time(13), place="Kajutan",
    )  # fmt: skip


def test_the_next_meeting_is_planned_in_one_press_with_its_topics(cast: Cast, as_: As) -> None:
    meeting = minutes_with_next(cast)
    client, url = as_(cast.secretary), reverse("plan_next", args=[cast.council.slug, meeting.key])
    assert "Larmgatan" in client.get(url).content.decode()
    client.post(url)
    client.post(url)
    following = Meeting.objects.get(previous=meeting)
    assert (following.key, following.place) == ("2026-06-11", "Kajutan")
    headings = [item.heading for item in following.items.standing()]
    assert headings == [
        "Inledning", "Val av justerare", "Fastställande av dagordningen", "Larmgatan",
        "Aktuellt från verksamheterna", "Nästa möte",
    ]  # fmt: skip


def test_without_a_next_date_the_page_says_what_to_do(cast: Cast, as_: As) -> None:
    meeting = builders.written(cast)
    client, url = as_(cast.secretary), reverse("plan_next", args=[cast.council.slug, meeting.key])
    assert said(client.post(url)) == ["Skriv först när nästa möte är."]
    assert "Nästa möte är inte bestämt" in client.get(url).content.decode()


STANDING = {"heading": ["Inledning", "Larmgatan", ""], "kind": ["opening", "other", "other"]}


def standing(client: Client, cast: Cast, **fields: object) -> Any:
    return client.post(reverse("standing_items", args=[cast.council.slug]), {**STANDING, **fields})


def headings_of(cast: Cast) -> list[str]:
    return list(cast.council.standing_items.values_list("heading", flat=True))


def test_standing_items_are_saved_in_order_without_empty_rows(cast: Cast, as_: As) -> None:
    standing(as_(cast.secretary), cast)
    assert headings_of(cast) == ["Inledning", "Larmgatan"]
    assert AuditEntry.objects.filter(action="standing_items.set").count() == 2


@pytest.mark.parametrize(
    ("press", "rows"),
    [
        ({"up": "1"}, ["Larmgatan", "Inledning", ""]),
        ({"down": "0"}, ["Larmgatan", "Inledning", ""]),
        ({"up": "0"}, ["Inledning", "Larmgatan", ""]),
        ({"drop": "0"}, ["Larmgatan", ""]),
        ({"add": "1"}, ["Inledning", "Larmgatan", "", ""]),
        ({"drop": "99"}, ["Inledning", "Larmgatan", ""]),
        ({"up": "hej"}, ["Inledning", "Larmgatan", ""]),
    ],
)
def test_without_scripts_the_buttons_rearrange_and_save_nothing(
    cast: Cast, as_: As, press: dict[str, str], rows: list[str]
) -> None:
    before = headings_of(cast)
    page = standing(as_(cast.secretary), cast, **press)
    assert [heading for _, heading in page.context["rows"].pairs] == rows
    assert headings_of(cast) == before


def test_a_standing_item_too_long_is_refused_and_stays(cast: Cast, as_: As) -> None:
    before = headings_of(cast)
    long = "å" * 251
    page = standing(as_(cast.secretary), cast, heading=["Inledning", long, ""])
    assert [bool(form.errors) for form in page.context["rows"].forms] == [False, True, False]
    assert long in page.content.decode()
    assert headings_of(cast) == before


def test_a_council_begins_without_standing_items_and_can_get_its_first(cast: Cast, as_: As) -> None:
    planning.set_standing_items(by=cast.secretary, council=cast.council, items=[])
    page = as_(cast.secretary).get(reverse("standing_items", args=[cast.council.slug]))
    assert page.context["rows"].pairs == []
    standing(as_(cast.secretary), cast)
    assert headings_of(cast) == ["Inledning", "Larmgatan"]
