"""A table of the minutes made ready to be set: head, figures, the room of its columns. A leaf.

Screens read the head, the classes of figures and the headers of cells; the rest is for paper, which
cannot scroll sideways: every column gets its share of the width by what stands in it, a wide table
takes the margin too, and only a long one is split between pages.
"""

from __future__ import annotations

import re
from itertools import zip_longest
from xml.etree import ElementTree as ET

NBSP = "\N{NO-BREAK SPACE}"
NUMBER = re.compile(r"[+\-−–±]?[\d\s.,:]*\d[\d\s.,:]*%?$")
MOST_COLUMNS = 40  # beyond these a span is taken for one cell
ROOM, WIDE_ROOM, DENSE_ROOM = 74, 98, 116  # characters on a line: beside the margin, with it, small
BESIDE = 3  # characters: the air between two columns
WORD = 15  # characters; a longer word may be divided
CELL = 48  # characters; a longer text turns over to a new line anyhow
LONG = 20  # lines; a longer table may be split between pages


def ruled(source: str) -> str:
    """The HTML of a <table> as nh3 writes it, with the <div> it scrolls in on a narrow screen."""
    try:
        # Only br is left open by nh3, and nbsp may be an entity.
        table = ET.fromstring(  # noqa: S314 - nh3's own output: no DTD, no entities
            source.replace("<br>", "<br/>").replace("&nbsp;", NBSP)
        )
    except ET.ParseError:
        return source
    rows = list(table.iter("tr"))
    if not rows:
        return ""
    put_head(table, rows)
    mark_numbers(rows)
    shape = give_room(table, rows)
    html = ET.tostring(table, encoding="unicode", method="html")
    # On a narrow screen a wide table scrolls by itself, so it must be within reach of the keys.
    return f'<div class="{shape}" tabindex="0">{html}</div>'


def put_head(table: ET.Element, rows: list[ET.Element]) -> None:
    """The first row as the head: the editor writes it in tbody, and a pasted table may have none
    at all (a table without headers is unreadable aloud)."""
    for section in [*table.findall("thead"), *table.findall("tbody")]:
        table.remove(section)
    head, body = ET.SubElement(table, "thead"), ET.SubElement(table, "tbody")
    head.append(rows[0])
    body.extend(rows[1:])
    for cell in rows[0]:
        cell.tag = "th"
        cell.set("scope", "col")


def mark_numbers(rows: list[ET.Element]) -> None:
    """Columns that hold nothing but figures below the head are ranged right."""
    width = len(rows[0])
    if any(len(row) != width for row in rows):
        return  # merged cells: columns cannot be told apart by counting
    for column in range(width):
        words = [words_of(row[column]) for row in rows[1:]]
        if words and all(NUMBER.match(word) for word in words if word) and any(words):
            for row in rows:
                row[column].set("class", "number")


def words_of(cell: ET.Element) -> str:
    return "".join(cell.itertext()).strip()


def give_room(table: ET.Element, rows: list[ET.Element]) -> str:
    """Put the columns' shares in <col>s; answers the classes of the <div> around."""
    texts = columns_of(rows)
    least = [max(map(longest_word, column), default=0) + BESIDE for column in texts]
    wanted = [
        max(few, min(max(map(longest_line, column), default=0), CELL) + BESIDE)
        for few, column in zip(least, texts, strict=True)
    ]
    room = next((one for one in (ROOM, WIDE_ROOM) if sum(least) <= one), DENSE_ROOM)
    spare = max(0, room - sum(least))
    over = sum(wanted) - sum(least) or 1
    widths = [few + spare * (much - few) / over for few, much in zip(least, wanted, strict=True)]
    columns = ET.Element("colgroup")
    for width in widths:
        ET.SubElement(columns, "col", {"class": f"w{max(1, int(100 * width / sum(widths)))}"})
    table.insert(1 if table.find("caption") is not None else 0, columns)
    lines = sum(max(lines_in_row(row, widths)) for row in zip(*texts, strict=True))
    shape = {ROOM: "", WIDE_ROOM: " wide", DENSE_ROOM: " wide dense"}[room]
    return f"ruled{shape}{' long' if lines > LONG else ''}"


def columns_of(rows: list[ET.Element]) -> list[list[str]]:
    """The words of each column, "" where a merged cell covers it."""
    grid: list[list[str]] = []
    covered: dict[int, int] = {}  # column: rows that a cell above still reaches into
    for row in rows:
        line: list[str] = []
        for cell in row:
            while covered.get(len(line), 0) > 0:
                line.append("")
            across, down = span(cell, "colspan"), span(cell, "rowspan")
            for i in range(across):
                covered[len(line)] = down
                # A text over several columns widens none of them.
                line.append(words_of(cell) if across == 1 and i == 0 else "")
        covered = {column: left - 1 for column, left in covered.items() if left > 1}
        grid.append(line)
    return [list(column) for column in zip_longest(*grid, fillvalue="")]


def span(cell: ET.Element, name: str) -> int:
    said = cell.get(name, "1")
    number = int(said) if said.isascii() and said.isdigit() and len(said) < 4 else 1
    return number if 1 <= number <= MOST_COLUMNS else 1


def longest_word(text: str) -> int:
    return min(WORD, max(map(len, re.split(r"[ \n\t]+", text))))


def longest_line(text: str) -> int:
    return max(map(len, text.splitlines()), default=0)


def lines_in_row(texts: tuple[str, ...], widths: list[float]) -> list[int]:
    """How many lines each cell of a row takes, about."""
    return [
        1 + int(len(text) / max(1.0, width - BESIDE))
        for text, width in zip(texts, widths, strict=True)
    ]
