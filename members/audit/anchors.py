"""Heads of the chains, kept outside the database: what shows that a chain was rewritten whole.

Whoever owns the database can recompute every hash of it, or cut the end off. Then the rows fit
each other, but not a head that was noted before. One line of JSON a chain and day:

    {"day": "2026-03-12", "at": "…", "council": 3, "name": "…", "sequence": 1482, "hash": "…"}
"""

from __future__ import annotations

import contextlib
import datetime
import fcntl
import json
import logging
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from members.audit import chain
from members.models import AuditEntry, Council

log = logging.getLogger(__name__)
REST = 3600.0  # seconds until the worker tries again to write where it may not
_resting_until = 0.0


@dataclass(frozen=True)
class Anchor:
    """A head as it was on a day. `council` is a pk, None the installation's own chain."""

    day: str
    at: str
    council: int | None
    name: str
    sequence: int
    hash: str

    @property
    def head(self) -> tuple[int, str]:
        return self.sequence, self.hash

    @property
    def words(self) -> str:
        return chain.Head(self.sequence, bytes.fromhex(self.hash)).printed


def anchor(path: Path | None = None) -> list[Anchor]:
    """Note the heads of today in the file; the lines written. A head noted today is left out.

    Raises OSError when the file cannot be written.
    """
    path = path or settings.ANCHORS
    path.parent.mkdir(parents=True, exist_ok=True)
    with opened(path) as descriptor:
        noted = {one.council: one for one in read(path)[0]}
        new = [
            one
            for one in anchors_now()
            if one.council not in noted
            or (noted[one.council].day, noted[one.council].head) != (one.day, one.head)
        ]
        if new:
            append(descriptor, new)
    return new


@contextlib.contextmanager
def opened(path: Path) -> Iterator[int]:
    """The file, for adding at its end, by one process at a time."""
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o640)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield descriptor
    finally:
        os.close(descriptor)


def append(descriptor: int, new: list[Anchor]) -> None:
    """All lines in one write, on the disk when this returns.

    Not a new file renamed over the old: that cannot be done where a file may only be added to
    (chattr +a, write-once storage), which is where this one belongs. A line that a power cut
    left half is closed here and passed over by `read`.
    """
    size = os.fstat(descriptor).st_size
    torn = size > 0 and os.pread(descriptor, 1, size - 1) != b"\n"
    lines = [json.dumps(asdict(one), ensure_ascii=False) + "\n" for one in new]
    content = ("\n" * torn + "".join(lines)).encode()
    if os.write(descriptor, content) != len(content):
        raise OSError("the anchors were not written whole")
    os.fsync(descriptor)


def anchors_now() -> list[Anchor]:
    names = dict(Council.objects.values_list("pk", "slug"))
    now = timezone.now()
    return [
        Anchor(
            day=timezone.localdate(now).isoformat(),
            at=now.astimezone(datetime.UTC).isoformat(timespec="seconds"),
            council=council,
            name=names.get(council, "") if council else "",
            sequence=head.sequence,
            hash=head.hash.hex(),
        )
        for council, head in chain.heads().items()
    ]


def anchor_daily() -> list[Anchor] | None:
    """For the worker: once a day; None when it is done or there is nothing to note."""
    global _resting_until
    if time.monotonic() < _resting_until or last_day() == timezone.localdate().isoformat():
        return None
    try:
        return anchor() or None
    except OSError:
        _resting_until = time.monotonic() + REST
        log.exception("the trail could not be anchored in %s", settings.ANCHORS)
        return None


def last_day() -> str:
    """The day of the last line of the file; "" without one."""
    try:
        with settings.ANCHORS.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - 2000))
            last = file.read().decode(errors="replace").splitlines()[-1:]
    except FileNotFoundError:
        return ""
    found = understood(last[0]) if last else None
    return found.day if found else ""


def read(path: Path) -> tuple[list[Anchor], list[int]]:
    """The anchors of a file, oldest first, and the numbers of lines that make no sense."""
    anchors, unreadable = [], []
    for number, line in enumerate(path.read_text("utf-8", "replace").splitlines(), start=1):
        found = understood(line)
        if found is not None:
            anchors.append(found)
        elif line.strip():
            unreadable.append(number)
    return anchors, unreadable


def understood(line: str) -> Anchor | None:
    try:
        found = Anchor(**json.loads(line))
        whole = isinstance(found.sequence, int) and len(bytes.fromhex(found.hash)) == 32
    except (ValueError, TypeError):
        return None
    return found if whole and isinstance(found.council, int | None) else None


def first_break(council: int | None, anchors: Iterable[Anchor]) -> chain.Break | None:
    """The first of a chain's anchors that its rows do not fit, told in Swedish."""
    noted = sorted((one for one in anchors if one.council == council), key=lambda one: one.sequence)
    rows = AuditEntry.objects.filter(council=council, sequence__in={one.sequence for one in noted})
    found = {n: bytes(link or b"").hex() for n, link in rows.values_list("sequence", "hash")}
    wrong = next((one for one in noted if found.get(one.sequence) != one.hash), None)
    return told(wrong, missing=wrong.sequence not in found) if wrong else None


def told(one: Anchor, *, missing: bool) -> chain.Break:
    number = chain.grouped(one.sequence)
    if missing:
        words = (
            f"Händelse nr {number} finns inte, men antecknades i ankarfilen {one.day}: "
            "händelser har tagits bort."
        )
    else:
        words = (
            f"Händelse nr {number} är inte den som antecknades i ankarfilen {one.day} "
            f"({chain.mark_of(bytes.fromhex(one.hash))}): loggen har räknats om."
        )
    return chain.Break(one.sequence, words)
