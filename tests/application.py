"""The role that the web server logs in with, as the README sets it up: it owns nothing."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest
from django.db import connection

from members import granting

PASSWORD = "bara-i-test"


@contextmanager
def application_role() -> Iterator[str]:
    """A role of this test database's own, granted what the application needs."""
    name = f"{connection.settings_dict['NAME']}_app".lower()[-60:].lstrip("_0123456789")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolcreaterole OR rolsuper FROM pg_roles WHERE rolname = current_user"
        )
        if not cursor.fetchone()[0]:
            pytest.skip("the tests' own role may not make others here")
        drop(name)
        cursor.execute(f"CREATE ROLE {name} LOGIN PASSWORD '{PASSWORD}'")
    granting.grant(name)
    try:
        yield name
    finally:
        drop(name)


def drop(name: str) -> None:
    if granting.exists(name):
        with connection.cursor() as cursor:
            cursor.execute(f"DROP OWNED BY {name}")
            cursor.execute(f"DROP ROLE {name}")


def connect(role: str) -> psycopg.Connection[Any]:
    """A connection of its own, logged in as the role; each statement commits."""
    wanted = connection.get_connection_params()
    named = {key: wanted[key] for key in ("host", "port", "dbname") if wanted.get(key)}
    return psycopg.connect(
        **named, user=role, password=PASSWORD, autocommit=True, prepare_threshold=None
    )
