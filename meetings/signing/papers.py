"""Small papers beside the minutes, frozen, approved and sealed like them.

An extract of omedelbar justering and a correction (rättelse) are snapshots of the same shape as
the minutes, so one template prints them, one page signs them and one seal closes them. They move
no meeting: only their own round opens and closes.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from django.conf import settings
from django.db.models import Max, QuerySet

from meetings import sealing, secrecy, snapshot
from meetings.models import Meeting, MinutesVersion, Signer, SigningRound, TextKind
from meetings.signing import rounds
from members.models import Person
from members.roles import SignerRole


class Place(NamedTuple):
    """Who signs, as what, and the name as printed."""

    role: str
    person: Person
    name: str


def open_paper(
    *,
    by: Person,
    meeting: Meeting,
    kind: TextKind,
    content: snapshot.Snapshot,
    places: Iterable[Place],
    due_on: datetime.date,
    closed: Mapping[int, snapshot.ClosedPart] | None = None,
) -> SigningRound:
    """Freeze the paper, what of it is `closed` apart, and ask its signers. The caller holds the
    meeting's lock.

    Raises ValidationError while another text of the meeting is out for justering, or when the
    municipality's key will not do.
    """
    rounds.refuse_two_at_once(meeting)
    sealing.require_ready(meeting)
    content, apart = secrecy.committed(content, closed or {})
    version = freeze(by=by, meeting=meeting, kind=kind, content=content)
    secrecy.keep(version, apart)
    opened = SigningRound.every.create(
        meeting=meeting, version=version, kind=kind, number=version.number, due_on=due_on
    )
    for position, place in enumerate(places, start=1):
        Signer.objects.create(
            round=opened, person=place.person, role=place.role, name=place.name, position=position
        )
    for signer in opened.signers.select_related("person"):
        rounds.write_to(signer.person, "signing_asked", opened, signer=signer)
    return opened


def freeze(
    *, by: Person, meeting: Meeting, kind: TextKind, content: snapshot.Snapshot
) -> MinutesVersion:
    last = MinutesVersion.every.filter(meeting=meeting, kind=kind).aggregate(n=Max("number"))["n"]
    frozen = snapshot.canonical(content)
    return MinutesVersion.every.create(
        meeting=meeting,
        kind=kind,
        number=(last or 0) + 1,
        canonical=frozen,
        sha256=snapshot.sha256_of(frozen),
        program_version=settings.PROGRAM_VERSION,
        frozen_by=by,
        frozen_by_name=by.name,
    )


def signer_lines(places: Iterable[Place]) -> list[snapshot.SignerLine]:
    return [
        {
            "role": place.role,
            "role_label": SignerRole(place.role).label,
            "name": place.name,
            "person": place.person.pk,
        }
        for place in places
    ]


def rounds_of(meeting: Meeting, kind: TextKind) -> QuerySet[SigningRound]:
    """All rounds of a kind, whatever became of them, with signers and what they said."""
    return (
        SigningRound.every.filter(meeting=meeting, kind=kind)
        .select_related("version", "returned_by")
        .prefetch_related("signers__approval", "comments__person")
        .order_by("number")
    )
