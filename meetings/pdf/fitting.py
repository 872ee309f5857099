"""How full the last page is: minutes that end in three lines on a page of their own look unmade."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

FEW = 0.3  # of the height of a page


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
