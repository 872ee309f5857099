"""Telling what happened three years ago, with the times it had then.

The activities stamp what they do with the time it is done; nobody can backdate anything through
them, and that stays so. Here, and only in the process that fills an empty demo database, the
clock itself is put back: `timezone.now` is replaced, and with it the defaults of the fields that
take the time from Python or from the database. (Rejected: a date argument to the activities, which
would be a door; correcting the rows afterwards, which the triggers refuse, as they should.)
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest import mock

from django.apps import apps
from django.db.models import Field
from django.db.models.functions import Now
from django.utils import timezone

TICK = datetime.timedelta(seconds=7)


class Clock:
    """Stands where it was put, but for a few seconds between one thing and the next."""

    def __init__(self) -> None:
        self.moment = timezone.now()

    def put(self, day: datetime.date, hour: int, minute: int = 0) -> None:
        """Local time."""
        at = datetime.datetime.combine(day, datetime.time(hour, minute))
        self.moment = timezone.make_aware(at)

    def now(self) -> datetime.datetime:
        self.moment += TICK
        return self.moment.astimezone(datetime.UTC)


@contextmanager
def put_back() -> Iterator[Clock]:
    """Within this, and in this process alone, the program's time is the clock's."""
    clock = Clock()
    with ExitStack() as stack:
        for field in stamped_fields():
            defaults = {"_get_default": clock.now}
            stack.enter_context(mock.patch.dict(field.__dict__, defaults))
        stack.enter_context(mock.patch.object(timezone, "now", clock.now))
        yield clock


def stamped_fields() -> list[Field]:
    """Fields of our models that are given the time when a row is made."""
    return [
        field
        for app in ("members", "meetings")
        for model in apps.get_app_config(app).get_models()
        for field in model._meta.local_fields
        if field.default is timezone.now or isinstance(field.db_default, Now)
    ]
