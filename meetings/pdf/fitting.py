"""How full the last page is: minutes that end in three lines on a page of their own look unmade."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

FEW = 0.3  # of the height of a page
MOST = 1000  # texts, each some hundred bytes here
TEXT, UNDERSIGNED = "<article", '<section class="signatures"'
SIGNATURES = "underskrifter"  # where that page begins (print/_signatures.html)

# Whether a text is set closer, by what it is: a choice that costs a second setting of it all.
chosen: dict[bytes, bool] = {}


def text_of(html: str) -> bytes:
    """A hash of the minutes as they are set, without who has signed them yet."""
    body = html[html.index(TEXT) : html.rindex(UNDERSIGNED)]
    return hashlib.sha256(body.encode()).digest()


def remember(text: bytes, *, closer: bool) -> None:
    """Called by one at a time, with the renderer's lock."""
    if len(chosen) >= MOST:
        del chosen[next(iter(chosen))]
    chosen[text] = closer


def before_signatures(pages: list[Any]) -> list[Any]:
    """The pages (weasyprint.Page) of the text, as many as they are whoever has signed."""
    return pages[: next(i for i, page in enumerate(pages) if SIGNATURES in page.anchors)]


def ends_in_a_few_lines(pages: list[Any]) -> bool:
    """True when the last of several pages (weasyprint.Page) is hardly begun."""
    if len(pages) < 2:
        return False
    page = pages[-1]._page_box
    top, height = page.content_box_y(), page.height
    bottom = max((box.position_y + box.height for box in _set_boxes(page)), default=top)
    return bool(bottom - top < FEW * height)


def _set_boxes(page: Any) -> Iterator[Any]:
    """Lines of text in the body of the page; heads and feet stand in margin boxes beside it."""
    body = [child for child in page.children if not hasattr(child, "at_keyword")]
    while body:
        box = body.pop()
        if type(box).__name__ == "LineBox":
            yield box
        else:
            body.extend(getattr(box, "children", ()))
