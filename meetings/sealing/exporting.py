"""Copies outside the database, named by their SHA-256: for write-once storage.

Where settings.EXPORT names a folder, every sealed file is put there when its seal is committed,
and the worker puts there what a crash or a full disk left out. Never a half file: written beside,
made durable, then given its name; a name that is taken is the same bytes already.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import time
from pathlib import Path

from django.conf import settings

from meetings.models import FileKind, SealedFile, SealedMinutes

log = logging.getLogger(__name__)
REST = 600.0  # seconds until the worker looks again
_resting_until = 0.0


def export(digest: str, pdf: bytes) -> Path | None:
    """Put one file in the storage; None where none is set. Raises OSError when it cannot be."""
    if settings.EXPORT is None:
        return None
    path = place_of(settings.EXPORT, digest)
    if path.exists():
        return path
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(f".{digest}.{os.getpid()}.new")
    try:
        with open(new, "xb") as file:
            file.write(pdf)
            file.flush()
            os.fsync(file.fileno())
        new.chmod(0o444)
        new.rename(path)
    finally:
        with contextlib.suppress(FileNotFoundError):
            new.unlink()
    sync(path.parent)
    return path


def place_of(folder: Path, digest: str) -> Path:
    return folder / digest[:2] / f"{digest}.pdf"


def sync(folder: Path) -> None:
    """The name too is on the disk when this returns."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def export_missing() -> int | None:
    """For the worker: whatever the storage lacks; how many, None when it lacks nothing."""
    global _resting_until
    if settings.EXPORT is None or time.monotonic() < _resting_until:
        return None
    _resting_until = time.monotonic() + REST
    done = 0
    # What is closed leaves the database only for those who may read it.
    for rows in (SealedMinutes.objects.all(), SealedFile.objects.exclude(kind=FileKind.CLOSED)):
        for digest in rows.values_list("pdf_sha256", flat=True):
            if place_of(settings.EXPORT, digest).exists():
                continue
            pdf = bytes(rows.values_list("pdf", flat=True).get(pdf_sha256=digest))
            if hashlib.sha256(pdf).hexdigest() != digest:
                log.error("the register's file %s is not the file of that hash", digest)
                continue
            export(digest, pdf)
            done += 1
    return done or None
