"""A prepared question answers as the queryset it is made of: for whoever asks, and every day."""

from __future__ import annotations

import datetime
from unittest import mock

import pytest
from django.db.models import QuerySet
from django.utils import timezone

from members import access, joining, prepared
from members.models import Council, Mandate, Person
from members.roles import Right, Role
from tests import builders
from tests.builders import Cast

pytestmark = pytest.mark.django_db


@prepared.question
def councils_of(person: int, right: Right, slug: str) -> QuerySet[Council]:
    rows = Council.objects.visible_to(Person(pk=person), right).select_related("municipality")
    return rows.filter(slug=slug)


@prepared.question
def running(council: int, day: datetime.date) -> QuerySet[Mandate, tuple[int, str]]:
    rows = Mandate.objects.running(day).filter(council=council).order_by("pk")
    return rows.values_list("person_id", "role")


@prepared.question
def with_mandates(pk: int) -> QuerySet[Council]:
    return Council.objects.filter(pk=pk).prefetch_related("mandates")


@prepared.question
def kinds_of_role(council: int) -> QuerySet[Mandate, tuple[str]]:
    """Ordered by what is not told: the database gives a column more than is asked for."""
    rows = Mandate.objects.filter(council=council).order_by("person__name")
    return rows.values_list("role").distinct()


@prepared.question
def nobody(person: int) -> QuerySet[Person]:
    return Person.objects.filter(pk=person, pk__in=[])


def test_each_person_right_and_council_gets_the_answer_of_the_plain_queryset(cast: Cast) -> None:
    everybody = list(Person.objects.order_by("pk"))
    found = 0
    for _ in range(2):  # the first time it is made into SQL, the second time only asked
        for person in everybody:
            for right in Right:
                for council in (cast.council, cast.other_council):
                    plain = Council.objects.visible_to(person, right).filter(pk=council.pk)
                    answer = councils_of(person.pk, right, council.slug)
                    assert answer == list(plain)
                    found += len(answer)
    assert found > len(everybody)


def test_rows_come_with_what_belongs_to_them_without_further_questions(
    cast: Cast, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    with django_assert_num_queries(1):  # type: ignore[operator]
        (council,) = councils_of(cast.member.pk, Right.READ, cast.council.slug)
        assert council.municipality == cast.council.municipality
    with django_assert_num_queries(2):  # type: ignore[operator]
        (council,) = with_mandates(cast.council.pk)
        assert {one.council_id for one in council.mandates.all()} == {cast.council.pk}


def test_several_questions_are_answered_in_one_trip(
    cast: Cast, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    council, day = cast.council.pk, builders.BEGAN
    asked = (
        councils_of.of(cast.member.pk, Right.READ, cast.council.slug),
        nobody.of(cast.member.pk),
        councils_of.of(cast.member.pk, Right.READ, "finns-inte"),
        running.of(council, day),
        kinds_of_role.of(council),
    )
    mandates = Mandate.objects.filter(council=council).order_by("person__name")
    plain = list(mandates.values_list("role").distinct())
    with django_assert_num_queries(1):  # type: ignore[operator]
        said = prepared.together(*asked)
    assert [one.rows() for one in said] == [
        [cast.council], [], [], running(council, day), plain,
    ]  # fmt: skip
    assert prepared.together(*asked) == said  # an answer is a value
    Mandate.objects.filter(person=cast.member).update(role=Role.READER)
    assert [a == b for a, b in zip(prepared.together(*asked), said, strict=True)] == [
        True, True, True, False, False,
    ]  # fmt: skip


def test_what_is_asked_ahead_is_answered_once_and_only_to_the_same_question(
    cast: Cast, django_assert_num_queries: pytest.FixtureRequest
) -> None:
    slug, day = cast.council.slug, builders.BEGAN
    theirs, own = (cast.other_member.pk, Right.READ, slug), (cast.member.pk, Right.READ, slug)
    with django_assert_num_queries(1):  # type: ignore[operator]
        ready = prepared.ahead(councils_of.of(*own), nobody.of(1), running.of(cast.council.pk, day))
        with ready:
            assert councils_of(*own) == [cast.council]
            assert nobody(1) == []
            assert running(cast.council.pk, day)
    with prepared.ahead(councils_of.of(*own), councils_of.of(*theirs)):
        Mandate.objects.filter(person=cast.member).delete()
        assert councils_of(cast.member.pk, Right.WRITE, slug) == []
        assert (councils_of(*own), councils_of(*theirs)) == ([cast.council], [])
        assert councils_of(*own) == []  # asked again, the database answers
    with prepared.ahead(councils_of.of(cast.secretary.pk, Right.READ, slug)):
        pass
    Mandate.objects.filter(person=cast.secretary).delete()
    assert councils_of(cast.secretary.pk, Right.READ, slug) == []  # nothing is left lying


def test_what_has_changed_since_is_seen_at_once(cast: Cast) -> None:
    assert councils_of(cast.other_member.pk, Right.READ, cast.council.slug) == []
    joining.give_mandate(
        by=cast.secretary, council=cast.council, person=cast.other_member, role=Role.READER,
        organisation=None, starts_on=builders.BEGAN,
    )  # fmt: skip
    assert councils_of(cast.other_member.pk, Right.READ, cast.council.slug) == [cast.council]


def test_a_mandate_that_ends_today_opens_nothing_tomorrow(cast: Cast) -> None:
    today = timezone.localdate()
    Mandate.objects.filter(person=cast.member).update(ends_on=today)
    assert councils_of(cast.member.pk, Right.READ, cast.council.slug) == [cast.council]
    assert access.rights_in(cast.member, cast.council) != frozenset()
    tomorrow = today + datetime.timedelta(days=1)
    with mock.patch.object(timezone, "localdate", return_value=tomorrow):
        assert councils_of(cast.member.pk, Right.READ, cast.council.slug) == []
        assert access.rights_in(cast.member, cast.council) == frozenset()
    assert councils_of(cast.member.pk, Right.READ, cast.council.slug) == [cast.council]


def test_a_day_is_asked_for_as_given(cast: Cast) -> None:
    for day in (builders.BEGAN, builders.BEGAN - datetime.timedelta(days=1)):
        plain = Mandate.objects.running(day).filter(council=cast.council).order_by("pk")
        assert running(cast.council.pk, day) == list(plain.values_list("person_id", "role"))


def test_a_value_that_would_be_lost_or_kept_from_the_first_time_is_refused(cast: Cast) -> None:
    @prepared.question
    def forgetful(person: int, slug: str) -> QuerySet[Council]:
        return Council.objects.filter(slug=slug)

    @prepared.question
    def by_object(council: Council) -> QuerySet[Council]:
        return Council.objects.filter(pk=council.pk)

    with pytest.raises(LookupError, match="not in its SQL"):
        forgetful(1, "x")
    with pytest.raises(TypeError, match="not asked with Council"):
        by_object(cast.council)


def test_a_question_that_nothing_can_answer_has_no_rows(cast: Cast) -> None:
    assert nobody(cast.member.pk) == []
