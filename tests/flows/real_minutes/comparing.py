"""Is everything that was written in the printed file, letter for letter and in its order?

The file is read in the order of its structure tree, as a screen reader reads it aloud: running
heads and feet are no part of that, and a label in the margin comes before what it labels. White
space says nothing. A hyphen at the end of a line is read by PDFium as U+0002: it may be the
printer's, who parts a word, or the writer's own. Every other character counts: "–" is not "-",
"ø" is not "ö", ".." is not ".".
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterable, Iterator
from typing import Any

import pypdfium2
from pypdfium2 import raw

LINE_END = "\x02"  # PDFium's sign for a hyphen that ends a line


def not_found(expected: Iterable[str], printed: str) -> list[str]:
    """Those of the expected words that do not stand in the printed text after the one before.

    What is missing is skipped, so that one fault is told as one and not as all that follow.
    """
    text, at, lost = bare(printed), 0, []
    for words in expected:
        found = as_printed(words).search(text, at)
        if found is None:
            lost.append(words)
        else:
            at = found.end()
    return lost


def as_printed(words: str) -> re.Pattern[str]:
    """The words as a line may part them: a hyphen at its end is the printer's or their own."""
    signs = (f"[-{LINE_END}]" if sign == "-" else re.escape(sign) for sign in bare(words))
    return re.compile(f"{LINE_END}?".join(signs))


def bare(text: str) -> str:
    return re.sub(r"\s+", "", text)


# --- Reading the file -----------------------------------------------------------------------------


def read_aloud(pdf: bytes) -> str:
    """The words of a tagged PDF in the order of its structure tree, a line for each piece."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return "\n".join(words for page in document for words in spoken(page))
    finally:
        document.close()


def seen_on_page(pdf: bytes, number: int) -> str:
    """All words of one page (0 is the first), with its running head and foot."""
    document = pypdfium2.PdfDocument(pdf)
    try:
        return document[number].get_textpage().get_text_bounded()
    finally:
        document.close()


def spoken(page: Any) -> Iterator[str]:
    marked = marked_words(page)
    tree = raw.FPDF_StructTree_GetForPage(page.raw)
    try:
        for i in range(raw.FPDF_StructTree_CountChildren(tree)):
            for place in places(raw.FPDF_StructTree_GetChildAtIndex(tree, i)):
                if place in marked:
                    yield marked[place]
    finally:
        raw.FPDF_StructTree_Close(tree)


def places(element: Any) -> Iterator[int]:
    """The numbers of marked content below an element of the structure tree, in its order."""
    for i in range(raw.FPDF_StructElement_CountChildren(element)):
        child = raw.FPDF_StructElement_GetChildAtIndex(element, i)
        if child:
            yield from places(child)
        else:
            yield raw.FPDF_StructElement_GetChildMarkedContentID(element, i)


def marked_words(page: Any) -> dict[int, str]:
    """Words by the number of their marked content; artifacts have none."""
    found: dict[int, str] = {}
    text = page.get_textpage()
    for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT]):
        number = raw.FPDFPageObj_GetMarkedContentID(thing.raw)
        if number >= 0:
            found[number] = found.get(number, "") + words_in(thing, text)
    return found


def words_in(thing: Any, text: Any) -> str:
    size = raw.FPDFTextObj_GetText(thing.raw, text.raw, None, 0)
    buffer = ctypes.create_string_buffer(size)
    letters = ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort))
    raw.FPDFTextObj_GetText(thing.raw, text.raw, letters, size)
    return buffer.raw[:size].decode("utf-16-le").rstrip("\0")
