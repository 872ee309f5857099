"""For who runs the municipality's councils: what waits to be sealed, and the key for it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from meetings import snapshot, stamping
from meetings.models import SigningRound
from meetings.sealing import finishing, locking
from members.models import Council, Municipality, Person
from members.roles import Right


@dataclass(frozen=True)
class KeyState:
    """`fault` says why it will not do; the rest is "" of a key that could not be read."""

    fault: str = ""
    organisation: str = ""
    ends: datetime.date | None = None
    test: bool = False
    mark: str = ""  # the first digits of the certificate's SHA-256


def pending_in(municipality: Municipality, person: Person) -> QuerySet[SigningRound]:
    """What everyone has approved and nothing is sealed of, in the councils the person sets up."""
    councils = Council.objects.visible_to(person, Right.SET_UP).filter(municipality=municipality)
    rounds = locking.pending().filter(meeting__council__in=councils)
    return rounds.select_related("meeting__council__municipality", "version")


def state_of_key(council: Council) -> KeyState:
    town = council.municipality
    try:
        key = stamping.key_for(town.code, town.name)
    except stamping.Unusable as error:
        return KeyState(fault=str(error.messages[0]))
    fault = ""
    try:
        newest = finishing.newest_seal(council)
        key.require_valid(timezone.now(), lasting=stamping.LASTING, newest=newest)
    except stamping.Unusable as error:
        fault = str(error.messages[0])
    ends = timezone.localtime(key.ends).date()
    return KeyState(fault, key.organisation, ends, key.test, snapshot.short_hash(key.sha256))
