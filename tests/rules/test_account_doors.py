"""Every address under /konto/: for who is signed in, or public by intention."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from members.models import Person
from tests.builders import Cast
from tests.doors import ACCOUNT_DOORS, ACCOUNT_ELSEWHERE, ACCOUNT_PUBLIC, DOORS, LOGIN


@pytest.fixture(autouse=True)
def fresh_limits(db: None) -> None:
    cache.clear()


def names(patterns: list[Any], *, inside: bool = False) -> Iterator[str]:
    for pattern in patterns:
        under = inside or str(pattern.pattern).startswith("konto/")
        if isinstance(pattern, URLResolver):
            yield from names(pattern.url_patterns, inside=under)
        elif isinstance(pattern, URLPattern) and under:
            yield pattern.name or "(no name)"


def address(name: str) -> str:
    for arguments in ([], [1], ["x"], ["MQ", "x"]):
        try:
            return reverse(name, args=arguments)
        except NoReverseMatch:
            continue
    raise AssertionError(name)


def test_every_address_has_a_row() -> None:
    rows = set(ACCOUNT_DOORS) | set(ACCOUNT_PUBLIC) | set(ACCOUNT_ELSEWHERE)
    assert set(names(get_resolver().url_patterns)) - set(DOORS) == rows


def test_who_is_signed_in_gets_in(cast: Cast, as_: Callable[[Person], Client]) -> None:
    client = as_(cast.member)
    found = {name: client.get(address(name)).status_code for name in ACCOUNT_DOORS}
    assert found == ACCOUNT_DOORS


def test_without_signing_in_one_is_asked_to(cast: Cast) -> None:
    wrong = []
    for name in ACCOUNT_DOORS:
        for method in ("get", "post"):
            answer = getattr(Client(), method)(address(name))
            to_login = answer.status_code == 302 and answer.headers["Location"].startswith(LOGIN)
            if not to_login and answer.status_code != 401 and name != "account_logout":
                wrong.append(f"{method} {name}: {answer.status_code}")
    assert wrong == []


def test_a_sign_in_service_that_is_not_there_answers_nobody(cast: Cast) -> None:
    found = {name: Client().get(address(name)).status_code for name in ACCOUNT_ELSEWHERE}
    assert found == ACCOUNT_ELSEWHERE


def test_what_is_public_answers_anybody_and_lets_nobody_in(cast: Cast) -> None:
    wrong = []
    for name in ACCOUNT_PUBLIC:
        client = Client()
        status = client.get(address(name)).status_code
        if status >= 400 or "_auth_user_id" in client.session:
            wrong.append(f"{name}: {status}")
    assert wrong == []
