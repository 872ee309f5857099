"""What is slow to make and the same for all processes of a test run: the first to come makes it.

The others wait, and take it as it is: each would else work at the same thing at the same time. A
process that runs alone makes its own, as ever.
"""

from __future__ import annotations

import contextlib
import fcntl
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import setup_databases, teardown_databases
from psycopg import sql


def made(folder: Path, name: str, make: Callable[[], None]) -> None:
    """Make it unless it is made. The lock dies with its process; a stamp tells of what is whole."""
    stamp = folder / f"{name}.made"
    with open(folder / f"{name}.lock", "a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not stamp.exists():
            make()
            stamp.touch()


def is_one_of_many(config: pytest.Config) -> bool:
    return hasattr(config, "workerinput")


def has_many(config: pytest.Config) -> bool:
    """Whether this process only hands out the tests."""
    return config.pluginmanager.hasplugin("dsession")


def migrated() -> str:
    """The name of the database that those of the processes are copies of."""
    return f"test_{connection.settings_dict['NAME']}_migrated"


@contextlib.contextmanager
def named(name: str) -> Any:
    wanted: dict[str, Any] = connection.settings_dict["TEST"]
    kept, wanted["NAME"] = wanted["NAME"], name
    try:
        yield
    finally:
        wanted["NAME"] = kept


def migrate() -> None:
    """All migrations from nothing, in a database that nobody is connected to afterwards."""
    with named(migrated()):
        before = setup_databases(verbosity=0, interactive=False, serialized_aliases=[])
        teardown_databases(before, verbosity=0, keepdb=True)


def copy_migrated(folder: Path) -> None:
    """Let the database of this process be a copy."""
    made(folder, "migrated", migrate)
    connection.settings_dict["TEST"]["TEMPLATE"] = migrated()


def drop_migrated() -> None:
    """Also from under a process that was ended while it migrated."""
    words = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(migrated()))
    with connection._nodb_cursor() as cursor:
        cursor.execute(words.as_string(cursor.connection))
