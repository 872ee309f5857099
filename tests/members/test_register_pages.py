"""The register's pages: what they show, and that bad input is told, kept and harmless."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from members import joining
from members.forms.days import DayField
from members.models import Mandate, Person
from members.roles import Role
from tests import builders
from tests.builders import Cast

As = Callable[[Person], Client]
SCRIPT = "<script>alert('å')</script>"


def fields(**changes: str) -> dict[str, str]:
    return {
        "name": "Asta Ek",
        "email": "",
        "organisation": "Socialnämnden",
        "role": "member",
        "title": "utredare",
        "starts_on": "2026-01-01",
        "ends_on": "",
        "personal_substitute": "",
    } | changes


def add(client: Client, cast: Cast, **changes: str) -> Any:
    return client.post(reverse("add_member", args=[cast.council.slug]), fields(**changes))


def test_the_register_shows_everyone_and_their_way_in(cast: Cast, as_: As) -> None:
    joining.add_member(
        by=cast.secretary, council=cast.council, name="Asta Ek", email="asta@kommun.example"
    )
    joining.add_member(
        by=cast.secretary,
        council=cast.council,
        name="Bo Ny",
        email="bo@kommun.example",
        invited=True,
    )
    page = as_(cast.secretary).get(reverse("register", args=[cast.council.slug])).content.decode()
    for words in ("saknar e-post", "inte inbjuden", "inbjuden", "kan logga in"):
        assert words in page
    assert "Niklas Törngren" not in page


def test_the_tabs_part_running_coming_and_ended(cast: Cast, as_: As) -> None:
    today = timezone.localdate()
    day = datetime.timedelta(days=1)
    for name, starts_on, ends_on in (
        ("Kommer Sen", today + day, None),
        ("Har Gått", builders.BEGAN, today - day),
        ("Sista Dagen", builders.BEGAN, today),
    ):
        joining.add_member(
            by=cast.secretary, council=cast.council, name=name, starts_on=starts_on, ends_on=ends_on
        )
    client, address = as_(cast.secretary), reverse("register", args=[cast.council.slug])
    seen = {
        tab: {seat.person.name for seat in client.get(f"{address}?visa={tab}").context["seats"]}
        for tab in ("kommande", "avslutade")
    }
    running = client.get(address)
    assert seen == {"kommande": {"Kommer Sen"}, "avslutade": {"Har Gått"}}
    assert "Sista Dagen" in {seat.person.name for seat in running.context["seats"]}
    assert running.context["counts"] == {"running": 9, "coming": 1, "ended": 1}


@pytest.mark.parametrize("name", ["register", "council", "organisations"])
def test_a_long_register_asks_the_database_no_more_often(cast: Cast, as_: As, name: str) -> None:
    client, address = as_(cast.secretary), reverse(name, args=[cast.council.slug])
    few = queries(client, address)
    for number in range(30):
        joining.add_member(
            by=cast.secretary,
            council=cast.council,
            name=f"Person {number}",
            organisation=f"Organisation {number}",
        )
    assert queries(client, address) == few


def test_adding_a_person_by_the_form(cast: Cast, as_: As) -> None:
    answer = add(as_(cast.secretary), cast, save="1")
    assert answer["Location"] == reverse("register", args=[cast.council.slug])
    seat = Mandate.objects.get(person__name="Asta Ek")
    assert (str(seat.starts_on), seat.title) == ("2026-01-01", "utredare")


def test_the_same_form_twice_adds_one(cast: Cast, as_: As) -> None:
    client = as_(cast.secretary)
    add(client, cast)
    page = add(client, cast, person="new").content.decode()
    assert "Inget lades till" in page
    assert Person.objects.filter(name="Asta Ek").count() == 1


def test_a_known_name_is_asked_about(cast: Cast, as_: As) -> None:
    client = as_(cast.secretary)
    asked = add(client, cast, name="leif kvarnbo").content.decode()
    assert "Välj vem du menar." in asked
    add(client, cast, name="leif kvarnbo", person=str(cast.without_login.pk), role="substitute")
    assert cast.without_login.mandates.filter(role=Role.SUBSTITUTE).count() == 1
    add(client, cast, name="leif kvarnbo", person="new")
    assert Person.objects.filter(name__iexact="leif kvarnbo").count() == 2


def test_somebody_known_without_an_address_is_given_one_and_invited(cast: Cast, as_: As) -> None:
    chosen = {"person": str(cast.without_login.pk), "role": "substitute", "invite": "1"}
    add(as_(cast.secretary), cast, name="Leif Kvarnbo", email="leif@kommun.example", **chosen)
    cast.without_login.refresh_from_db()
    assert cast.without_login.email == "leif@kommun.example"
    assert cast.without_login.invited_at is not None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"name": ""}, "Fyll i det här."),
        ({"name": "x" * 100_000}, "Skriv högst 200 tecken."),
        ({"name": "Asta\0Ek"}, "Det finns ett osynligt tecken i texten."),
        ({"email": "inte en adress"}, "giltig e-postadress"),
        ({"email": f"{'a' * 300}@kommun.example"}, "Skriv högst 254 tecken."),
        ({"organisation": "x" * 100_000}, "Skriv högst 200 tecken."),
        ({"role": "administrator"}, "Välj något av alternativen."),
        ({"role": "kung"}, "Välj något av alternativen."),
        ({"starts_on": "2026-02-29"}, "Februari 2026 har 28 dagar."),
        ({"starts_on": "2026-03-42"}, "Mars har 31 dagar."),
        ({"starts_on": "i morgon"}, "Skriv datumet som 2026-03-05."),
        ({"starts_on": ""}, "Fyll i ett datum."),
        ({"ends_on": "2025-12-31"}, "Sista dagen kan inte vara före första dagen."),
        ({"personal_substitute": "999999"}, "Välj något av alternativen."),
        ({"invite": "1"}, "Fyll i en e-postadress, så går det att bjuda in personen."),
    ],
)
def test_bad_input_is_told_and_nothing_typed_is_lost(
    cast: Cast, as_: As, changes: dict[str, str], sentence: str
) -> None:
    before = (Person.objects.count(), Mandate.objects.count())
    page = add(as_(cast.secretary), cast, **changes).content.decode()
    assert sentence in page
    for name, typed in fields(**changes).items():
        if typed and len(typed) < 60 and name not in ("role", "personal_substitute"):
            assert f'value="{typed}"' in page
    assert (Person.objects.count(), Mandate.objects.count()) == before


def test_scripts_in_every_field_are_words_and_nothing_else(cast: Cast, as_: As) -> None:
    client, slug = as_(cast.secretary), cast.council.slug
    add(client, cast, name=SCRIPT, organisation=SCRIPT + "nämnden", title=SCRIPT)
    seat = Mandate.objects.get(person__name=SCRIPT)
    for address in (
        reverse("register", args=[slug]),
        reverse("council", args=[slug]),
        reverse("change_member", args=[slug, seat.pk]),
        reverse("organisations", args=[slug]),
        reverse("add_member", args=[slug]),
    ):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "&lt;script&gt;alert" in page


def test_a_mandate_elsewhere_is_not_there(cast: Cast, as_: As) -> None:
    client = as_(cast.secretary)
    foreign = builders.mandate(cast.other_member, cast.other_council)
    for name in ("change_member", "end_mandate", "resume_mandate", "invite"):
        address = reverse(name, args=[cast.council.slug, foreign.pk])
        assert client.post(address, {"last_day": "2026-01-01"}).status_code == 404
    foreign.refresh_from_db()
    assert foreign.ends_on is None


def test_a_substitute_from_elsewhere_cannot_be_chosen(cast: Cast, as_: As) -> None:
    page = add(as_(cast.secretary), cast, personal_substitute=str(cast.other_member.pk))
    assert page.status_code == 200
    assert Person.objects.filter(name="Asta Ek").count() == 0


def test_changing_a_member_by_the_form(cast: Cast, as_: As) -> None:
    seat = builders.mandate(cast.without_login, cast.council)
    as_(cast.secretary).post(
        reverse("change_member", args=[cast.council.slug, seat.pk]),
        fields(name="Leif Kvarnbo-Ek", email="leif@kommun.example", role="vice_chair"),
    )
    seat.refresh_from_db()
    assert (seat.role, seat.title, str(seat.organisation)) == (
        "vice_chair", "utredare", "Socialnämnden",
    )  # fmt: skip
    assert (seat.person.name, seat.person.email) == ("Leif Kvarnbo-Ek", "leif@kommun.example")


def test_the_details_of_an_account_are_locked_in_the_form(cast: Cast, as_: As) -> None:
    seat = builders.mandate(cast.member, cast.council)
    answer = as_(cast.secretary).post(
        reverse("change_member", args=[cast.council.slug, seat.pk]),
        fields(name="Kapad", email="kapad@annan.example", title="polischef"),
    )
    assert answer.status_code == 302
    cast.member.refresh_from_db()
    seat.refresh_from_db()
    assert (cast.member.name, cast.member.email) == ("Patrik Norrbäck", "patrik@kommun.example")
    assert seat.title == "polischef"


def test_ending_and_taking_it_back_by_the_buttons(cast: Cast, as_: As) -> None:
    seat = builders.mandate(cast.member, cast.council)
    client, key = as_(cast.secretary), [cast.council.slug, seat.pk]
    client.post(reverse("end_mandate", args=key), {"last_day": "31 december 2026"})
    seat.refresh_from_db()
    assert seat.ends_on == datetime.date(2026, 12, 31)
    client.post(reverse("resume_mandate", args=key))
    seat.refresh_from_db()
    assert seat.ends_on is None


def test_an_end_that_cannot_be_is_told_beside_its_box(cast: Cast, as_: As) -> None:
    seat = builders.mandate(cast.secretary, cast.council)
    address = reverse("end_mandate", args=[cast.council.slug, seat.pk])
    client = as_(cast.secretary)
    wrong = client.post(address, {"last_day": "2026-04-31"}).content.decode()
    assert "April har 30 dagar." in wrong
    assert 'value="2026-04-31"' in wrong
    alone = client.post(address, {"last_day": "2026-12-31"}).content.decode()
    assert "Rådet skulle stå utan sekreterare." in alone


def test_one_changes_ones_own_name_by_the_form(cast: Cast, as_: As) -> None:
    client = as_(cast.member)
    client.post(reverse("my_account"), {"name": "Patrik Ny"})
    cast.member.refresh_from_db()
    assert cast.member.name == "Patrik Ny"
    empty = client.post(reverse("my_account"), {"name": "  "}).content.decode()
    assert "Fyll i det här." in empty


@pytest.mark.parametrize(
    "typed",
    [
        "2026-03-05",
        "20260305",
        "2026-3-5",
        "5/3 2026",
        "5 mars 2026",
        "den 5 mar 2026",
        " 2026.03.05 ",
    ],
)
def test_a_day_is_read_as_people_write_it(typed: str) -> None:
    assert DayField().clean(typed) == datetime.date(2026, 3, 5)


@pytest.mark.parametrize(
    "typed",
    ["2026-13-01", "2026-00-10", "2026-01-00", "0001-01-01", "9999-12-31", "²026-01-01", "x" * 999],
)
def test_no_day_is_made_up(typed: str) -> None:
    with pytest.raises(ValidationError):
        DayField().clean(typed)


def test_a_year_that_cannot_be_is_told_as_such() -> None:
    with pytest.raises(ValidationError, match="Året 1850"):
        DayField().clean("1850-01-01")


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)
