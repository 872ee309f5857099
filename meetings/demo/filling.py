"""Fills an empty database with the demo, whole or not at all."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from unittest import mock

from django.conf import settings
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.db import transaction
from django.utils import timezone

from meetings.demo import cast, clock, reading, settling, telling
from meetings.demo.calendar import Calendar
from members import joining
from members.models import Council, Municipality, Person

OURS = frozenset(town.slug for town in cast.TOWNS)


def is_empty() -> bool:
    """Whether nobody has begun to use the database."""
    return not (Municipality.objects.exists() or Person.objects.exists())


def is_ours() -> bool:
    """Whether the councils are those of the demo, and no others."""
    return set(Council.objects.values_list("slug", flat=True)) == OURS


@transaction.atomic
def fill() -> None:
    """Everything, in the order it happened."""
    calendar = Calendar(timezone.localdate())
    with clock.put_back() as time, quickly():
        time.put(calendar.day(cast.FIRST_DAY), 9)
        towns = [settling.settle(town, calendar) for town in cast.TOWNS]
        for town, told in in_order(towns, calendar, time):
            town.tell(told)
        invite(towns[0], calendar, time)


def in_order(
    towns: list[settling.Settled], calendar: Calendar, time: clock.Clock
) -> Iterator[tuple[telling.Telling, reading.Told]]:
    """The meetings of both towns by date, as they would have been held."""
    everything = [
        (teller, told)
        for teller in [telling.Telling(town, calendar, time) for town in towns]
        for name in teller.settled.town.files
        for told in reading.meetings_in(name, calendar)
    ]
    yield from sorted(everything, key=lambda pair: pair[0].date_of(pair[1]))


def invite(town: settling.Settled, calendar: Calendar, time: clock.Clock) -> None:
    """Those with an address and no account yet: invited the day before yesterday."""
    time.put(calendar.today - datetime.timedelta(days=2), 11, 20)
    joining.invite_all(by=town.secretary, council=town.council)


@contextmanager
def quickly() -> Iterator[None]:
    """Without the two things that are slow on purpose and of no use to an invented past.

    The password stands in the open in manage.py demo --accounts, so a costly hash hides nothing;
    Django makes it a costly one the first time somebody signs in. And mail to .example is sent
    nowhere.
    """
    dummy = "django.core.mail.backends.dummy.EmailBackend"
    with ExitStack() as stack:
        stack.enter_context(mock.patch.object(PBKDF2PasswordHasher, "iterations", 1))
        stack.enter_context(mock.patch.object(settings, "EMAIL_BACKEND", dummy))
        yield
