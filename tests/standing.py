"""What stands ready when a test begins: made once, in transactions around the tests' own.

    @standing.fixture
    def round_(cast: Cast) -> SigningRound:
        return builders.in_signing(cast)

is asked for as any other fixture. A test gets a copy of it and does with the rows what it likes;
its own transaction is rolled back, and the next test finds all as it was made. A test that asks
for less, or that commits, finds less: what is too much is taken down before it begins.
"""

from __future__ import annotations

import contextlib
import copy
import inspect
import shutil
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import (
    DEFAULT_DB_ALIAS,
    InterfaceError,
    connection,
    connections,
    transaction,
)
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import override_settings
from pytest_django import DjangoDbBlocker

HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
Key = tuple[str, str]  # module and name of the fixture


@dataclass(frozen=True)
class Maker:
    function: Callable[..., Any]
    under: str  # the fixture it stands on, its only argument; "" for none


@dataclass(frozen=True)
class Standing:
    key: Key
    made: dict[Key, Any]  # this and all under it
    files: Path  # their attachments
    around: transaction.Atomic
    connection: BaseDatabaseWrapper  # that it was made on
    blocker: DjangoDbBlocker


_makers: dict[Key, Maker] = {}
_standing: list[Standing] = []
_given: dict[Key, Any] = {}  # to the test that runs


def fixture(function: Callable[..., Any]) -> Any:
    """A fixture that is made once. It takes at most one other of the same kind."""
    (under,) = inspect.signature(function).parameters or ("",)
    key = function.__module__, function.__name__
    _makers[key] = Maker(function, under)

    @pytest.fixture(name=function.__name__)
    def given(request: pytest.FixtureRequest, db: None) -> Any:
        if key in _given:
            shutil.copytree(_standing[-1].files, settings.MEDIA_ROOT, dirs_exist_ok=True)
            return _given[key]
        # The test commits, so nothing may stand around it, or it stands on something else.
        return function(*([request.getfixturevalue(under)] if under else []))

    return given


def asked_for(item: pytest.Item) -> list[Key]:
    """What a test wants to stand, the lowest first: nothing for one that commits."""
    fixtures = getattr(item, "fixturenames", [])
    marker = item.get_closest_marker("django_db")
    commits = marker is not None and marker.kwargs.get("transaction", False)
    if commits or {"transactional_db", "live_server"} & {*fixtures}:
        return []
    return max((chain(item, name) for name in fixtures), key=len, default=[])


def chain(item: pytest.Item, name: str) -> list[Key]:
    """The keys of a fixture and all it stands on; [] for what is no fixture of this kind."""
    for module in (item.module.__name__, "tests.conftest"):  # type: ignore[attr-defined]
        if maker := _makers.get((module, name)):
            return [*chain(item, maker.under), (module, name)]
    return []


def take_down(wanted: Sequence[Key] = ()) -> None:
    """Forget what the coming test does not ask for."""
    _given.clear()
    while _standing and (connection.closed_in_transaction or _standing[-1].key not in wanted):
        one = _standing.pop()
        with one.blocker.unblock(), contextlib.suppress(InterfaceError):  # closed by a test
            roll_back(one.around, one.connection)
        shutil.rmtree(one.files)


def put_up(wanted: Sequence[Key], blocker: DjangoDbBlocker) -> None:
    """Make what is missing of what it does ask for, and give it copies."""
    for key in wanted[len(_standing) :]:
        _standing.append(make(key, _standing[-1] if _standing else None, blocker))
    if _standing:
        _given.update(copy.deepcopy(_standing[-1].made))


def make(key: Key, under: Standing | None, blocker: DjangoDbBlocker) -> Standing:
    made, files = copy.deepcopy(under.made) if under else {}, Path(tempfile.mkdtemp())
    if under:
        shutil.copytree(under.files, files, dirs_exist_ok=True)
    around = transaction.atomic()
    around._from_testcase = True  # type: ignore[attr-defined] # as those of Django's own
    on = connections[DEFAULT_DB_ALIAS]
    with blocker.unblock():
        around.__enter__()
        try:
            with override_settings(PASSWORD_HASHERS=HASHERS, MEDIA_ROOT=files):
                made[key] = _makers[key].function(*([made[under.key]] if under else []))
        except BaseException:
            roll_back(around, on)
            raise
    return Standing(key, made, files, around, on, blocker)


def roll_back(around: transaction.Atomic, on: BaseDatabaseWrapper) -> None:
    """While Playwright runs an event loop, Django has a connection of its own for it, and after
    the last test another one again."""
    current, connections[DEFAULT_DB_ALIAS] = connections[DEFAULT_DB_ALIAS], on
    try:
        transaction.set_rollback(True)
        around.__exit__(None, None, None)
    finally:
        connections[DEFAULT_DB_ALIAS] = current
