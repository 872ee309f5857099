"""Reading a PDF back: its words, its pages' own bytes, what validators say of it."""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable

import page
import pypdfium2

from meetings import pdf, snapshot
from tests.meetings import snapshots

STREAM = re.compile(rb"\d+ 0 obj\n(<<.{0,400}?>>)\nstream\n(.*?)\nendstream", re.S)


def minutes(
    of: snapshot.Snapshot, state: str = "approved", *, arms: bytes | None = snapshots.ARMS
) -> bytes:
    return pdf.render_minutes(snapshot=of, standing=snapshots.standing(state, of), arms=arms)


EVERY_PAPER: dict[str, Callable[[], bytes]] = {
    "approved, style A": lambda: minutes(snapshots.paragraphs()),
    "in signing, style A": lambda: minutes(snapshots.paragraphs(), "signing"),
    "draft, style A": lambda: minutes(snapshots.paragraphs(), "draft"),
    "approved, style B": lambda: minutes(snapshots.headings()),
    "draft, style B": lambda: minutes(snapshots.headings(), "draft", arms=None),
    "extract": lambda: extract(6),
    "agenda": lambda: pdf.render_agenda(agenda=snapshots.agenda(), arms=snapshots.ARMS),
}


def extract(item_key: int, state: str = "approved") -> bytes:
    of = snapshots.paragraphs()
    return pdf.render_extract(
        snapshot=of, item_key=item_key, standing=snapshots.standing(state, of),
        arms=snapshots.ARMS, certified_by="Petra Lindh Åström, sekreterare",
        certified_at=snapshots.SEALED,
    )  # fmt: skip


def page_texts(content: bytes) -> list[str]:
    """The words of each page, white space made single and hyphens at line ends mended."""
    with pypdfium2.PdfDocument(content) as document:
        texts = []
        for one in document:
            textpage = one.get_textpage()
            text = textpage.get_text_range()
            textpage.close()
            one.close()
            # PDFium marks a hyphen at the end of a line, which hyphenation put there, with U+FFFE.
            texts.append(" ".join(re.sub("\ufffe\\s*", "", text).split()))
        return texts


def words(content: bytes) -> str:
    return " ".join(page_texts(content))


def page_streams(content: bytes) -> list[bytes]:
    """What each page draws, in order: the bytes that must not differ once they are approved."""
    streams = []
    for head, raw in STREAM.findall(content):
        if b"/Type " in head or b"/Length1" in head or b"/N " in head:
            continue
        drawn = zlib.decompress(raw) if b"FlateDecode" in head else raw
        if b"\nBDC\n" in drawn:
            streams.append(drawn)
    return streams


def failures(content: bytes, profile: str) -> list[str]:
    report = page.validate_pdf_bytes(content, profile=profile)
    return [f"{failure.rule_id}: {failure.message}" for failure in report.failures]
