"""What every test shares: the cast, a client for each of them, and a quick password hasher."""

from __future__ import annotations

import io
import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pydyf
import pytest
from django.db import OperationalError, connection
from django.test import Client, TransactionTestCase
from pytest_django import DjangoDbBlocker, Settings
from pytest_django.plugin import blocking_manager_key

from meetings import pdf
from meetings.models import Meeting, SigningRound
from members.models import Person
from tests import builders, emptying, once, standing
from tests.builders import Cast
from tests.doors import Stage, set_stage
from tests.postbox import postbox

__all__ = ["postbox"]

PASSWORD = builders.PASSWORD
NUMBERS = itertools.count()
BROWSER = Path(__file__).parent / "browser"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="also what takes minutes")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long runs wait for `./run test --slow`; tests of one beginning follow each other.

    The browser's files are the longest, and first, so that two cores are done at the same time.
    """
    items.sort(key=standing.asked_for, reverse=True)
    items.sort(key=lambda item: BROWSER not in item.path.parents)
    if config.getoption("--slow"):
        return
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="takes minutes: ./run test --slow"))


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    standing.take_down(standing.asked_for(item))


@pytest.hookimpl(tryfirst=True)
def pytest_fixture_setup(
    fixturedef: pytest.FixtureDef[Any], request: pytest.FixtureRequest
) -> None:
    """What stands is made when there is a database, and before the test's own transaction."""
    if fixturedef.argname == "_django_db_helper":
        blocker = request.getfixturevalue("django_db_blocker")
        standing.put_up(standing.asked_for(request.node), blocker)


@pytest.fixture(autouse=True)
def quick(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Hashing slowly on purpose is Django's to test, and files of a test are its own.

    Numbered here: tmp_path_factory would look through all folders there are for the next number.
    """
    own = tmp_path_factory.getbasetemp() / f"files-{next(NUMBERS)}"
    settings.PASSWORD_HASHERS = standing.HASHERS
    # Each client has middleware of its own, and this one would look up all files there are.
    settings.WHITENOISE_AUTOREFRESH = True
    settings.MEDIA_ROOT = own / "media"
    settings.ANCHORS = own / "anchors" / "trail.jsonl"
    for folder in (settings.MEDIA_ROOT, settings.ANCHORS.parent):
        folder.mkdir(parents=True)


@pytest.fixture(scope="session", autouse=True)
def emptied_quickly() -> None:
    """Tests with a live server end in TRUNCATE, which is slow and refused by our triggers."""

    def teardown(self: TransactionTestCase) -> None:
        # A last request of the page that was closed may still hold what is emptied.
        for left in (2, 1, 0):
            try:
                emptying.empty()
                break
            except OperationalError:
                if not left:
                    raise

    TransactionTestCase._fixture_teardown = teardown  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings: None,
    pytestconfig: pytest.Config,
    tmp_path_factory: pytest.TempPathFactory,
    django_db_blocker: DjangoDbBlocker,
) -> None:
    """Migrations take six seconds, the database they give a tenth of one to copy."""
    if once.is_one_of_many(pytestconfig):
        with django_db_blocker.unblock():
            once.copy_migrated(tmp_path_factory.getbasetemp().parent)


def pytest_unconfigure(config: pytest.Config) -> None:
    if once.has_many(config):
        with config.stash[blocking_manager_key].unblock():
            once.drop_migrated()


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Threads of live servers and races may leave connections; the database is dropped without."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        standing.take_down()
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@standing.fixture
def cast() -> Cast:
    """Two councils in two municipalities, one of each style, and the people of both."""
    return builders.cast()


@standing.fixture
def round_in_signing(cast: Cast) -> SigningRound:
    """Minutes of the cast's council, out for justering."""
    return builders.in_signing(cast)


@standing.fixture
def sealed_meeting(cast: Cast) -> Meeting:
    """Justerade minutes of the cast's council."""
    return builders.sealed(cast)


@standing.fixture
def doors_stage(cast: Cast) -> Stage:
    """Something behind every address."""
    return set_stage(cast)


@pytest.fixture
def quick_paper(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty page instead of minutes, for tests of what sealing does and not of what it prints.

    It is stamped, validated and stored as any other. What stands was made before, with its words.
    """

    def page(**kwargs: object) -> bytes:
        document, written = pydyf.PDF(), io.BytesIO()
        document.add_page(pydyf.Dictionary({"Type": "/Page", "Parent": document.pages.reference}))
        document.write(written)
        return written.getvalue() + b"%% %d\n" % next(NUMBERS)

    monkeypatch.setattr(pdf, "render_minutes", page)


@pytest.fixture
def as_(client: Client) -> Callable[[Person], Client]:
    """`as_(cast.secretary).get(…)`: a client signed in as somebody, a new one each time."""

    def signed_in(person: Person) -> Client:
        fresh = Client()
        fresh.force_login(person)
        return fresh

    return signed_in
