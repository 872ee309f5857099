"""A file looked at in a process of its own, with limits of time, memory and files.

pyHanko and PDFium read what strangers made. What they do with it, crash or hang or eat memory,
is theirs: this side gets facts, or "no answer", and never more than it asked for.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import json
import mmap
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import IO, Any

from meetings.verifying import inspector

PROGRAM = Path(__file__).with_name("inspector.py")
SECONDS = 15.0  # by the clock, for a busy server; the inspector's own limit is of CPU
AT_ONCE = 2  # in each worker of the web server
PATIENCE = 5.0  # seconds to wait for a place
MOST_ANSWER = 256 * 1024

_places = threading.BoundedSemaphore(AT_ONCE)


class Busy(Exception):
    """Too many files are looked at already."""


@dataclass(frozen=True, kw_only=True)
class Findings:
    """What was found in a file. `answered` is False when the inspector crashed or was stopped."""

    answered: bool = True
    readable: bool = False
    sealed: bool = False
    intact: bool = False
    whole: bool = False
    known: bool = False
    test: bool = False
    organisation: str = ""
    signed_at: datetime.datetime | None = None
    faults: tuple[str, ...] = ()
    pictures: bool = False  # pages without a letter: a scan
    # Only where asked for: the text's hash and what it says of itself, and the approvals.
    text_sha256: str = ""
    cover: dict[str, Any] = field(default_factory=dict)
    signers: list[dict[str, Any]] = field(default_factory=list)
    signatures: dict[str, Any] = field(default_factory=dict)
    # Closed items: what the text commits to, and what of them lies in this file.
    committed: dict[str, str] = field(default_factory=dict)
    closed: dict[str, str] | None = None

    @property
    def genuine(self) -> bool:
        """A known municipality's seal, and what it covers is as it was."""
        return self.sealed and self.intact and self.known


NO_ANSWER = Findings(answered=False)


def inspect(file: IO[bytes], *, certificates: Iterable[bytes], enclosed: bool = False) -> Findings:
    """Look at an open file (a real one, with a descriptor). Raises Busy."""
    if not _places.acquire(timeout=PATIENCE):
        raise Busy
    try:
        return read(ask(file, certificates, *(["enclosed"] if enclosed else [])))
    finally:
        _places.release()


def ask(file: IO[bytes], certificates: Iterable[bytes], *wanted: str) -> bytes:
    """The inspector's answer; b"" when it did not end well."""
    os.lseek(file.fileno(), 0, os.SEEK_SET)
    with tempfile.TemporaryFile() as answer, tempfile.TemporaryFile() as known:
        known.write("\n".join(der.hex() for der in certificates).encode())
        known.seek(0)
        child = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, "-I", str(PROGRAM), str(known.fileno()), *wanted],
            stdin=file.fileno(), stdout=answer, stderr=subprocess.DEVNULL,
            pass_fds=(known.fileno(),), env={"PATH": os.defpath, "LANG": "C.UTF-8"}, cwd="/",
            start_new_session=True,
        )  # fmt: skip
        try:
            child.wait(timeout=SECONDS)
        except subprocess.TimeoutExpired:
            return b""
        finally:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGKILL)
            child.wait()
        answer.seek(0)
        return answer.read(MOST_ANSWER) if child.returncode == 0 else b""


def read(answer: bytes) -> Findings:
    """Facts of the types we asked for; whatever else a taken-over inspector says is no answer."""
    try:
        told = json.loads(answer)
        if not isinstance(told, dict) or not isinstance(told.get("readable"), bool):
            return NO_ANSWER
        values = {one.name: told[one.name] for one in fields(Findings) if one.name in told}
        values["faults"] = tuple(str(one) for one in values.get("faults", ()))
        moment = values.pop("signed_at", "")
        return Findings(
            **values, signed_at=datetime.datetime.fromisoformat(moment) if moment else None
        )
    except (ValueError, TypeError, RecursionError):
        return NO_ANSWER


def revisions(file: IO[bytes]) -> list[str]:
    """SHA-256 of the file as it ended where each signature in it says that it ended.

    Looked for on this side: what the inspector says of other files than its own proves nothing.
    """
    with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return [hashlib.sha256(content[:end]).hexdigest() for end in inspector.ends(content)]
