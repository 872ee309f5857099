"""What every test shares: the cast, a client for each of them, and a quick password hasher."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.test import Client
from pytest_django import Settings

from members.models import Person
from tests import builders
from tests.builders import Cast

PASSWORD = builders.PASSWORD


@pytest.fixture(autouse=True)
def quick(settings: Settings, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Hashing slowly on purpose is Django's to test, and files of a test go with the test."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.MEDIA_ROOT = tmp_path_factory.mktemp("media")


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
