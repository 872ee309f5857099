"""Every address × every role × own and other council: who gets in, and 404 for all others.

A new address without a row here fails. "In" means anything but 404 and a way to sign in: a page,
a redirect after an act, or a clear refusal of bad input. Nothing may answer 500.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from meetings import signing
from meetings.models import Attachment, Meeting
from members.models import AuditEntry, Person
from tests.doors import ALL, DOORS, DRAFT_DOORS, LOGIN, PUBLIC, Stage


def names(patterns: list[Any]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            if str(pattern.pattern).split("/")[0] in ("admin", "konto"):
                continue
            yield from names(pattern.url_patterns)
        elif isinstance(pattern, URLPattern):
            yield pattern.name or "(no name)"


def test_every_address_has_a_row() -> None:
    assert set(names(get_resolver().url_patterns)) == set(DOORS) | set(PUBLIC)


@pytest.mark.parametrize("role", ALL)
def test_who_gets_in(doors_stage: Stage, role: str, as_: Callable[[Person], Client]) -> None:
    """Each request is rolled back, so that one act does not change what the next one meets."""
    client, wrong = as_(person(doors_stage, role)), []
    for name, (method, allowed, meeting, wanted) in [*DOORS.items(), *DRAFT_DOORS.items()]:
        url = doors_stage.url(name, meeting, wanted)
        with rolled_back():
            status = ask(client, method, url)
        let_in = status not in (401, 404)
        if let_in != (role in allowed) or status >= 500:
            wrong.append(f"{method} {url}: {status}")
    assert wrong == []


def test_without_signing_in_one_is_asked_to(doors_stage: Stage) -> None:
    wrong = []
    for name, (method, _, meeting, wanted) in DOORS.items():
        answer = getattr(Client(), method)(doors_stage.url(name, meeting, wanted))
        to_login = answer.status_code == 302 and answer.headers["Location"].startswith(LOGIN)
        if not to_login and answer.status_code != 401:
            wrong.append(f"{name}: {answer.status_code}")
    assert wrong == []


def test_an_act_is_never_done_by_a_link(
    doors_stage: Stage, as_: Callable[[Person], Client]
) -> None:
    """GET on an address that acts changes no row: mail scanners and prefetchers open links."""
    client, wrong = as_(doors_stage.cast.secretary), []
    for name, (method, _, meeting, wanted) in DOORS.items():
        if method == "post":
            before = AuditEntry.objects.count()
            status = ask(client, "get", doors_stage.url(name, meeting, wanted))
            if status >= 500 or AuditEntry.objects.count() != before:
                wrong.append(f"{name}: {status}")
    assert wrong == []


@contextmanager
def rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def ask(client: Client, method: str, url: str) -> int:
    answer = getattr(client, method)(url)
    if answer.streaming:
        b"".join(answer)  # read to its end, so that the file is closed
    return int(answer.status_code)


def person(doors_stage: Stage, role: str) -> Person:
    found = getattr(doors_stage.cast, role)
    assert isinstance(found, Person)
    return found


def test_the_stage_is_of_the_states_it_says(doors_stage: Stage) -> None:
    states = {
        name: Meeting.objects.get(key=values["key"]).state
        for name, values in doors_stage.arguments.items()
        if name
    }
    assert states == {
        "planned": "planned", "minuting": "minuting", "signing": "signing", "sealed": "approved",
        "on_paper": "approved", "secret": "planned",
    }  # fmt: skip
    assert Attachment.objects.standing().count() == 1
    assert signing.waiting_for(Meeting.objects.get(state="signing").rounds.get()).count() == 2
