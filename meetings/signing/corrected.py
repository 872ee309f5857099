"""Corrections as they are read: beside the minutes by all, and those of closed items by few."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet

from meetings import sealing, secrecy, snapshot
from meetings.models import (
    ClosedItem,
    FileKind,
    Meeting,
    RoundState,
    SealedFile,
    SigningRound,
    TextKind,
)
from meetings.signing import papers


@dataclass(frozen=True)
class Correction:
    """A correction as pages show it beside the minutes."""

    number: int
    item: int | None
    about: str
    old: str
    new: str
    reason: str
    sealed_at: datetime.datetime
    round: int  # SigningRound.number: its address
    closed: bool = False  # of a closed item
    veiled: bool = False  # and so without its words here


def corrections_of(meeting: Meeting) -> list[Correction]:
    """Sealed corrections of a meeting's minutes, first to last, as all may read them."""
    files = SealedFile.objects.filter(meeting=meeting, kind=FileKind.CORRECTION)
    rows = files.select_related("round__version").defer("pdf").order_by("sealed_at")
    return [correction(row) for row in rows]


def closed_corrections_of(meeting: Meeting) -> list[Correction]:
    """Those of closed items, with their words. The caller has asked the door of
    access.closed_part_for, and notes the reading."""
    files = SealedFile.objects.filter(
        meeting=meeting, kind=FileKind.CLOSED, round__kind=TextKind.CORRECTION
    )
    rows = files.select_related("round__version").defer("pdf").order_by("sealed_at")
    return [
        shown(part["corrects"], row, closed=True)
        for row in rows
        for part in secrecy.parts_of(row.round.version).values()
    ]


def unfinished_corrections(meeting: Meeting) -> QuerySet[SigningRound]:
    """Corrections that are out for justering, or came back; `closed` are those of closed items."""
    found = papers.rounds_of(meeting, TextKind.CORRECTION)
    closed = ClosedItem.objects.filter(version=OuterRef("version"))
    return found.exclude(state=RoundState.COMPLETED).annotate(closed=Exists(closed))


def corrected_items(meetings: Iterable[int]) -> set[tuple[int, int | None]]:
    """(meeting pk, item key) of what has been corrected in these meetings' minutes."""
    files = SealedFile.objects.filter(meeting__in=list(meetings), kind=FileKind.CORRECTION)
    rows = files.select_related("round__version").defer("pdf")
    return {(row.meeting_id, correction(row).item) for row in rows}


def correction(row: SealedFile) -> Correction:
    content = sealing.read(row.round.version)
    closed = "withheld" in content["items"][0]
    return shown(content["corrects"], row, closed=closed, veiled=closed)


def shown(
    told: snapshot.Corrects, row: SealedFile, *, closed: bool, veiled: bool = False
) -> Correction:
    return Correction(
        number=told["number"], item=told["item"], about=told["about"], old=told["old"],
        new=told["new"], reason=told["reason"], sealed_at=row.sealed_at, round=row.round.number,
        closed=closed, veiled=veiled,
    )  # fmt: skip
