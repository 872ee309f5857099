"""The process that opens a stranger's file. Run as a program of its own, by inspection.py.

It has no database, no secrets and no settings; it takes limits upon itself before it imports
anything that reads PDF, and answers with one line of JSON. If it dies, that is an answer too.

    python -I inspector.py N [enclosed] < FILE

known certificates in descriptor N, a line of hex each; with "enclosed" also what the file holds
of the approved text and its approvals.
"""

from __future__ import annotations

import contextlib
import ctypes
import dataclasses
import hashlib
import json
import mmap
import re
import resource
import signal
import sys
from pathlib import Path
from typing import Any

MEMORY = 512 * 1024 * 1024  # bytes of address space: enough for the largest honest file
CPU_SECONDS = 4
ANSWER = 256 * 1024  # bytes written, and nothing else is
FILES = 64
BYTE_RANGE = re.compile(rb"/ByteRange\s*\[\s*0\s+\d{1,12}\s+(\d{1,12})\s+(\d{1,12})\s*\]")
MOST_REVISIONS = 4
MOST_ENCLOSED = 20
PR_SET_PDEATHSIG = 1


def limit() -> None:
    """No more than this, whatever the file makes the readers do."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, ANSWER),
        (resource.RLIMIT_NOFILE, FILES),
        (resource.RLIMIT_NPROC, 0),  # no children, no threads
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    with contextlib.suppress(OSError, AttributeError):  # not Linux: the clock of our parent does
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def main() -> None:
    limit()
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
    with open(int(sys.argv[1])) as known:
        certificates = [bytes.fromhex(line) for line in known]
    wanted = sys.argv[2:] == ["enclosed"]
    print(json.dumps(inspect(sys.stdin.buffer.read(), certificates, enclosed=wanted)))


def inspect(pdf: bytes, certificates: list[bytes], *, enclosed: bool) -> dict[str, Any]:
    """What the file's seal is worth."""
    report = look(pdf, certificates)
    if report is None:
        return {"readable": False}
    told = {
        "readable": True,
        "sealed": report.sealed,
        "intact": report.intact,
        "whole": report.whole,
        "known": report.known,
        "test": report.test,
        "organisation": report.organisation[:200],
        "signed_at": report.signed_at.isoformat() if report.signed_at else "",
        "faults": list(report.faults),
    }
    if not report.sealed:
        told["pictures"] = only_pictures(pdf)
    if enclosed:
        told |= enclosed_in(pdf, report.attachments)
    return told


def look(pdf: bytes, certificates: list[bytes]) -> Any:
    """The report of the whole file or, where that is worth nothing, of a file it grew from."""
    from meetings import stamping  # noqa: PLC0415 - once the limits stand

    reports = []
    for end in (len(pdf), *(end for end in ends(pdf) if end < len(pdf))):
        try:
            reports.append(stamping.validate(pdf[:end], certificates=certificates))
        except stamping.Unreadable:
            continue
        if reports[-1].genuine:
            return dataclasses.replace(reports[-1], whole=reports[-1].whole and end == len(pdf))
    return reports[0] if reports else None


def ends(pdf: bytes | mmap.mmap) -> list[int]:
    """Where the file ended, by what each signature in it says."""
    said = [int(one[1]) + int(one[2]) for one in BYTE_RANGE.finditer(pdf)]
    return [end for end in dict.fromkeys(said) if end <= len(pdf)][:MOST_REVISIONS]


def enclosed_in(pdf: bytes, listed: dict[str, str]) -> dict[str, Any]:
    """The approvals in the file, the hash of its text, and what that says of itself.

    Two readers must find the same bytes: pyHanko, whose hashes are `listed`, and PDFium.
    """
    import pypdfium2  # noqa: PLC0415 - once the limits stand

    found: dict[str, Any] = {}
    with pypdfium2.PdfDocument(pdf) as document:
        for number in range(min(document.count_attachments(), MOST_ENCLOSED)):
            one = document.get_attachment(number)
            content, name = bytes(one.get_data()), one.get_name()
            if hashlib.sha256(content).hexdigest() != listed.get(name):
                continue
            if name == "protokoll.json":
                text = json.loads(content)
                found["text_sha256"] = listed[name]
                found["cover"] = text.get("cover", {})
                found["signers"] = text.get("signers", [])
                found["committed"] = committed(text)
            elif name == "underskrifter.json":
                found["signatures"] = json.loads(content)
            elif name == "sekretess.json":
                found["closed"] = opened(json.loads(content))
    return found


def committed(text: dict[str, Any]) -> dict[str, str]:
    """What the approved text says of each closed item, by its key."""
    lines = [one for one in text.get("items", []) if "commitment" in one]
    return {str(one["key"]): str(one["commitment"]) for one in lines}


def opened(closed: dict[str, Any]) -> dict[str, str]:
    """The commitment of each closed item that lies in the file, counted anew (meetings.snapshot).

    Only these go back: the words stay in this process.
    """
    return {
        str(one["key"]): hashlib.sha256(
            b"par\0" + bytes.fromhex(one["salt"]) + one["canonical"].encode()
        ).hexdigest()
        for one in closed.get("items", [])
    }


def only_pictures(pdf: bytes) -> bool:
    """Pages of pictures without a letter: a scan, or something photographed."""
    import pypdfium2  # noqa: PLC0415 - once the limits stand

    try:
        with pypdfium2.PdfDocument(pdf) as document:
            pages = [document[number] for number in range(min(len(document), 3))]
            letters = any(page.get_textpage().count_chars() for page in pages)
            kinds = {one.type for page in pages for one in page.get_objects(max_depth=2)}
            return pypdfium2.raw.FPDF_PAGEOBJ_IMAGE in kinds and not letters
    except pypdfium2.PdfiumError:
        return False


if __name__ == "__main__":
    main()
