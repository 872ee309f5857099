"""Where every line stands on the pages of a PDF; documents in which a break falls everywhere."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

import pypdfium2

from meetings import pdf, snapshot
from meetings.pdf import rendering
from tests.meetings import snapshots

HEIGHT = 841.89
TOP, BOTTOM = 105.0, HEIGHT - 76.0  # of the text, between head and foot
LEFT, TEXT, RIGHT = 70.87, 184.25, 538.6  # the margin's labels, the text beside them, its end
LINES = 44  # of 15 pt on a page


class Line(NamedTuple):
    page: int
    top: float
    left: float
    right: float
    words: str


def lines(content: bytes) -> list[Line]:
    """Every run of text, page by page, from the top. Positions in points from the upper left."""
    found: list[Line] = []
    with pypdfium2.PdfDocument(content) as document:
        for number, page in enumerate(document):
            text = page.get_textpage()
            for i in range(text.count_rects()):
                left, bottom, right, top = text.get_rect(i)
                words = text.get_text_bounded(left, bottom, right, top)
                add(found, Line(number, HEIGHT - top, left, right, " ".join(words.split())))
            text.close()
            page.close()
    return found


def add(found: list[Line], run: Line) -> None:
    """A word whose letters come from two fonts is two runs, and one here."""
    if found:
        last = found[-1]
        near = last.page == run.page and abs(last.top - run.top) < 5
        if near and -1 < run.left - last.right < 1.5:
            found[-1] = last._replace(right=run.right, words=last.words + run.words)
            return
    found.append(run)


def in_body(found: Iterable[Line]) -> list[Line]:
    return [line for line in found if TOP - 2 <= line.top <= BOTTOM]


def page_of(found: Iterable[Line], words: str) -> list[int]:
    """The page of each line that holds these words."""
    return [line.page for line in found if words in line.words]


def following(found: Iterable[Line], words: str) -> list[Line]:
    """The lines of text on one page from the one with these words on."""
    found = list(found)
    first = next(line for line in found if words in line.words)
    return [
        line for line in found
        if line.page == first.page and line.top > first.top - 2 and line.left >= TEXT - 2
    ]  # fmt: skip


def filler(count: int) -> str:
    """So many lines of text."""
    return "<p>" + "<br>".join("Fyllnad." for _ in range(count)) + "</p>"


def swept(
    base: Callable[[], snapshot.Snapshot],
    item: Callable[[int], snapshot.ItemLine],
    fills: Iterable[int],
) -> list[Line]:
    """The lines of one document: for each fill a new page with so many lines, then the item.

    One rendering instead of one a fill: the item meets the end of the page at every line.
    """
    of = base()
    of["attachments"], of["items"] = [], []
    of["members"] = of["others"] = of["apologies"] = []
    numbered = of["cover"]["style"] == "paragraphs"
    for fill in fills:
        before = {"number": 1000 + fill} if numbered else {}
        of["items"] += [
            snapshots.item(1000 + fill, "Före", f"<p>Tomt {fill}.</p>", **before),
            item(fill),
        ]
    html = pdf.minutes_html(snapshot=of, standing=snapshots.standing("signing", of))
    html = re.sub(r'(<section class="item[^>]*id="(?:paragraf|punkt)-1\d\d\d")',
                  r'\1 style="break-before: page; margin-top: 0"', html)  # fmt: skip
    html = re.sub(r"<p>Tomt\s(\d+)\.</p>", r'<p style="height: calc(\1 * 15pt)"></p>', html)
    found = in_body(lines(rendering.write(rendering.lay_out(html), identifier="")))
    begun = page_of(found, "Före")
    assert len(begun) == len(list(fills))
    # The cover, a page for each and the signatures, if none of them met the end of its page.
    assert found[-1].page > len(begun) + 1
    return found
