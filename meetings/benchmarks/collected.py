"""Scripts and style sheets as production has them: collected, small, with hashed names."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.test.utils import override_settings

STORAGE = {"BACKEND": "brå.static_files.Collected", "OPTIONS": {"packed": False}}


def collect(folder: Path) -> None:
    with override_settings(STORAGES=storages(), STATIC_ROOT=folder):
        call_command("collectstatic", interactive=False, verbosity=0)


@contextmanager
def served(folder: Path) -> Iterator[None]:
    """What was collected there is what pages link to, and what StaticFilesHandler finds."""
    with override_settings(STORAGES=storages(), STATIC_ROOT=folder, STATICFILES_DIRS=[folder]):
        yield


@contextmanager
def as_in_production() -> Iterator[None]:
    with tempfile.TemporaryDirectory() as place:
        collect(Path(place))
        with served(Path(place)):
            yield


def storages() -> dict[str, object]:
    return {**settings.STORAGES, "staticfiles": STORAGE}
