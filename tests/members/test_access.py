"""Who gets to a council's pages, and that "not yours" and "not there" read alike."""

from __future__ import annotations

import datetime
from collections.abc import Callable

import pytest
from django.http import Http404
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members import access, joining, setting_up
from members.models import Administrator, Council, Municipality, Person
from members.roles import Right, Role
from tests import builders
from tests.builders import Cast

As = Callable[[Person], Client]
OTHER_ARMS = builders.ARMS.replace(b"0b5a63", b"8a1c2b")


def test_another_council_answers_as_one_that_does_not_exist(cast: Cast, as_: As) -> None:
    client = as_(cast.secretary)
    foreign = client.get(reverse("register", args=[cast.other_council.slug]))
    missing = client.get(reverse("register", args=["finns-inte"]))
    assert foreign.status_code == missing.status_code == 404
    assert without_token(foreign.content) == without_token(missing.content)


def test_a_member_does_not_reach_the_register_of_the_own_council(cast: Cast, as_: As) -> None:
    answer = as_(cast.member).get(reverse("register", args=[cast.council.slug]))
    assert answer.status_code == 404


def test_the_lists_hold_only_ones_own_councils(cast: Cast) -> None:
    assert list(access.visible_councils(cast.member)) == [cast.council]
    assert list(access.visible_councils(cast.other_member)) == [cast.other_council]


def test_a_mandate_opens_on_its_first_day_and_closes_after_its_last(cast: Cast) -> None:
    today = timezone.localdate()
    tomorrow, yesterday = today + datetime.timedelta(1), today - datetime.timedelta(1)
    coming = builders.person("Kommer Sen", "kommer")
    gone = builders.person("Har Gått", "gatt")
    last_day = builders.person("Sista Dagen", "sista")
    give(cast, coming, starts_on=tomorrow)
    give(cast, gone, starts_on=builders.BEGAN, ends_on=yesterday)
    give(cast, last_day, starts_on=builders.BEGAN, ends_on=today)
    seen = [list(access.visible_councils(person)) for person in (coming, gone, last_day)]
    assert seen == [[], [], [cast.council]]


def test_an_administrator_sees_every_council_of_the_municipality_and_no_other(cast: Cast) -> None:
    second = Council.objects.create(
        municipality=cast.council.municipality, name="Andra rådet", short_name="Andra", slug="andra"
    )
    assert list(access.visible_councils(cast.administrator)) == [second, cast.council]
    rights = access.rights_in(cast.administrator, second)
    assert rights == {Right.READ, Right.KEEP_REGISTER, Right.SET_UP, Right.RESET_SIGN_IN}
    assert Right.RESET_SIGN_IN not in access.rights_in(cast.secretary, cast.council)


def test_a_former_administrator_sees_nothing(cast: Cast) -> None:
    Administrator.objects.filter(person=cast.administrator).update(ends_on=builders.DAY)
    Administrator.objects.filter(person=cast.administrator).update(
        ends_on=timezone.localdate() - datetime.timedelta(1)
    )
    with pytest.raises(Http404):
        access.council_for(cast.administrator, cast.council.slug)


def test_somebody_in_one_council_goes_straight_to_it(cast: Cast, as_: As) -> None:
    answer = as_(cast.member).get(reverse("council_list"))
    assert answer["Location"] == reverse("council", args=[cast.council.slug])


def test_somebody_in_two_councils_chooses(cast: Cast, as_: As) -> None:
    joining.give_mandate(
        by=cast.other_secretary, council=cast.other_council, person=cast.member, role=Role.MEMBER
    )
    page = as_(cast.member).get(reverse("council_list")).content.decode()
    assert cast.council.name in page
    assert cast.other_council.name in page


def test_the_arms_are_for_the_municipalitys_own(cast: Cast, as_: As) -> None:
    town = cast.council.municipality
    address = reverse("arms", args=[town.pk, town.arms_sha256])
    own, foreign = as_(cast.reader).get(address), as_(cast.other_member).get(address)
    assert (own.status_code, own["Content-Type"]) == (200, "image/svg+xml")
    assert own["Content-Security-Policy"].endswith("sandbox")
    assert own["X-Content-Type-Options"] == "nosniff"
    assert foreign.status_code == 404
    unknown = reverse("arms", args=[town.pk, "0" * 64])
    assert as_(cast.reader).get(unknown).status_code == 404


def test_arms_that_are_exchanged_are_still_where_they_were(cast: Cast, as_: As) -> None:
    town = cast.council.municipality
    address = reverse("arms", args=[town.pk, town.arms_sha256])
    town = setting_up.set_arms(by=cast.administrator, municipality=town, drawing=OTHER_ARMS)
    assert as_(cast.reader).get(address).content == builders.ARMS
    assert as_(cast.reader).get(reverse("arms", args=[town.pk, town.arms_sha256])).content != b""
    setting_up.set_arms(by=cast.administrator, municipality=town, drawing=b"")
    assert Municipality.objects.get(pk=town.pk).arms_sha256 == ""
    assert as_(cast.reader).get(address).content == builders.ARMS


def give(
    cast: Cast,
    person: Person,
    *,
    starts_on: datetime.date,
    ends_on: datetime.date | None = None,
) -> None:
    joining.give_mandate(
        by=cast.secretary,
        council=cast.council,
        person=person,
        role=Role.MEMBER,
        starts_on=starts_on,
        ends_on=ends_on,
    )


def without_token(content: bytes) -> list[bytes]:
    return [line for line in content.splitlines() if b"csrf" not in line]
