"""Sealed files without a database: a key that lasts the session, and papers with its seal."""

from __future__ import annotations

import datetime
import functools
import tempfile
from pathlib import Path

from meetings import snapshot, stamping
from meetings.stamping import keys, sources
from tests.meetings import paper, snapshots

TOWN = "Älvhamra kommun"
AT = datetime.datetime(2026, 3, 13, 8, 12, tzinfo=datetime.UTC)
ENCLOSED = {"protokoll.json": b'{"a":1}', "underskrifter.json": b'{"b":2}'}
ENCLOSURES = [stamping.Enclosure(name, content, "Bilaga") for name, content in ENCLOSED.items()]


@functools.cache
def key_of(name: str = TOWN, number: int = 0) -> stamping.Key:
    """A key of its own for each name and number."""
    with tempfile.TemporaryDirectory() as folder:
        stamping.make_test_key(Path(folder), "key", name)
        return keys.Key(sources.read(Path(folder) / "key.p12"))


@functools.cache
def sealed(style: str = "paragraphs") -> bytes:
    of: snapshot.Snapshot = getattr(snapshots, style)()
    return stamping.stamp(paper.minutes(of), key=key_of(), at=AT, enclosures=ENCLOSURES)


def look(content: bytes, *certificates: bytes) -> stamping.Report:
    return stamping.validate(content, certificates=certificates or [key_of().certificate])
