"""The pages of a draft as they will print, for whoever writes it.

The paper itself is made, by the template of the sealed one, and shown page by page as pictures.
It is made once for each text: the workers share it until the text is another. At most two ask for
a new one at a time in a process, so that those who save always have a thread left.
"""

from __future__ import annotations

import io
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pypdfium2
from django.conf import settings
from django.core.cache import cache
from django.utils import timezone

from meetings import archiving, snapshot, wording
from meetings.models import Meeting

KEPT = 15 * 60  # seconds
ASKING = threading.BoundedSemaphore(2)
# PDFium is not made for two threads.
_pdfium = threading.Lock()
# Pixels a point: an A4 page in a panel 600 px wide on a screen with two pixels to each.
SCALE = 2.0
COLOURS = 32  # the arms, the accent and the greys of the letters; a third of the bytes of more


class Busy(Exception):
    """Others are waiting for theirs already."""


@dataclass(frozen=True)
class Preview:
    """The paper of one text. `text` tells the texts apart, for pages that are asked for later."""

    text: str
    made: str  # "14.52"
    pdf: bytes
    pages: list[str]  # what begins on each page, in words
    places: dict[int, int]  # the page where each item begins, by its key


def preview_of(meeting: Meeting) -> Preview:
    """The paper of what is saved now. Raises Busy, and RenderingError when it cannot be made."""
    minutes = archiving.minutes_of(meeting)
    drawn = snapshot.canonical(minutes.content)
    text = snapshot.sha256_of(drawn + settings.PROGRAM_VERSION.encode())[:24]
    # One for each meeting: what is written next throws the one before away.
    place = f"preview:{meeting.pk}"
    kept = cache.get(place)
    if isinstance(kept, Preview) and kept.text == text:
        return kept
    with room_to_ask():
        made = read(text, archiving.file_of(minutes), minutes.content)
    cache.set(place, made, KEPT)
    return made


@contextmanager
def room_to_ask() -> Iterator[None]:
    if not ASKING.acquire(blocking=False):
        raise Busy
    try:
        yield
    finally:
        ASKING.release()


def read(text: str, pdf: bytes, content: snapshot.Snapshot) -> Preview:
    """What begins where, by the file's own bookmarks: title, items in order, what closes."""
    with _pdfium, pypdfium2.PdfDocument(pdf) as document:
        marks = [
            (mark.get_title(), dest.get_index())
            for mark in document.get_toc()
            if (dest := mark.get_dest()) is not None
        ]
        count = len(document)
    begins: list[list[str]] = [[] for _ in range(count)]
    for title, page in marks:
        begins[page].append(title)
    items = [line["key"] for line in content["items"]]
    return Preview(
        text=text,
        made=wording.clock(timezone.localtime().time()),
        pdf=pdf,
        pages=[described(page, count, titles) for page, titles in enumerate(begins, start=1)],
        places={key: page + 1 for key, (_, page) in zip(items, marks[1:], strict=False)},
    )


def described(page: int, count: int, titles: list[str]) -> str:
    """ "Sida 2 av 5: § 4 Lägesbild, § 5 Nästa möte": a picture in words. The text is beside it."""
    begins = ", ".join(titles)
    return f"Sida {page} av {count}: {begins}" if begins else f"Sida {page} av {count}"


def picture(preview: Preview, page: int) -> bytes:
    """A page as PNG. IndexError when there is no such page."""
    if not 1 <= page <= len(preview.pages):
        raise IndexError(page)
    with _pdfium, pypdfium2.PdfDocument(preview.pdf) as document:
        drawn = document[page - 1].render(scale=SCALE).to_pil()
    out = io.BytesIO()
    drawn.convert("RGB").quantize(COLOURS, method=2, dither=0).save(out, "PNG")
    return out.getvalue()
