"""What every test shares: the cast, a client for each of them, and a quick password hasher."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.core.management import CommandError
from django.db import OperationalError, connection
from django.test import Client, TransactionTestCase
from pytest_django import DjangoDbBlocker, Settings

from members.models import Person
from tests import builders
from tests.builders import Cast
from tests.postbox import postbox

__all__ = ["postbox"]

PASSWORD = builders.PASSWORD


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--slow", action="store_true", help="also what takes minutes")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Long runs wait for `./run test --slow`."""
    if config.getoption("--slow"):
        return
    for item in items:
        if "slow" in item.keywords:
            item.add_marker(pytest.mark.skip(reason="takes minutes: ./run test --slow"))


@pytest.fixture(autouse=True)
def quick(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Hashing slowly on purpose is Django's to test, and files of a test go with the test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")
    settings.ANCHORS = tmp_path_factory.mktemp("anchors") / "trail.jsonl"


SWITCH = """
DO $$ DECLARE t record; BEGIN
    FOR t IN SELECT tgrelid::regclass AS name FROM pg_trigger WHERE tgname = 'bra_no_truncate' LOOP
        EXECUTE format('ALTER TABLE %s {} TRIGGER bra_no_truncate', t.name);
    END LOOP;
END $$"""


@pytest.fixture(scope="session", autouse=True)
def flushing_past_the_guards() -> None:
    """Tests with a live server end in TRUNCATE, which our triggers refuse, as they should.

    Only here, as owner of the test database, are they put aside while Django cleans up.
    """
    flush = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]

    def switched(how: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute(SWITCH.format(how))

    def past_the_guards(self: TransactionTestCase) -> None:
        # A last request of the page that was closed may still hold what is flushed.
        for left in (2, 1, 0):
            try:
                switched("DISABLE")
                flush(self)
                break
            except (CommandError, OperationalError):
                if not left:
                    raise
        switched("ENABLE ALWAYS")

    TransactionTestCase._fixture_teardown = past_the_guards  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Threads of live servers and races may leave connections; the database is dropped without."""
    yield
    with django_db_blocker.unblock(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND pid <> pg_backend_pid()"
        )


@pytest.fixture
def cast(db: None) -> Cast:
    """Two councils in two municipalities, one of each style, and the people of both."""
    return builders.cast()


@pytest.fixture
def as_(client: Client) -> Callable[[Person], Client]:
    """`as_(cast.secretary).get(…)`: a client signed in as somebody, a new one each time."""

    def signed_in(person: Person) -> Client:
        fresh = Client()
        fresh.force_login(person)
        return fresh

    return signed_in
