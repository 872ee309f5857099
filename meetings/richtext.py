"""The restricted HTML of minutes: cleaned on every write and every render. A leaf.

One allow-list feeds the editor, the PDF and the search index. nh3 (ammonia) does the cleaning;
what it cannot know (Word's headings, tables in tables) is put right around it. A row may come in
another way (an import, a restored backup), so printing cleans again.
"""

from __future__ import annotations

import re
from collections import Counter
from html import escape
from html.parser import HTMLParser

import nh3

MAX_CHARACTERS = 400_000  # about 130 printed pages in one §
# Lists and quotations in each other. A thread of mails has quotations in quotations by the dozen,
# where the paper has no room for words any more, takes ever longer and in the end gives up.
MAX_LEVELS = 8

TAGS = {
    "p", "br", "strong", "em", "u", "sub", "sup", "blockquote", "ul", "ol", "li", "h3", "h4",
    "table", "caption", "thead", "tbody", "tr", "th", "td", "a",
}  # fmt: skip
CLEANER = nh3.Cleaner(
    tags=TAGS,
    attributes={
        "a": {"href"},
        "td": {"colspan", "rowspan"},
        "th": {"colspan", "rowspan"},
        "ol": {"start"},
    },
    # a), b) and i, ii: points are referred to by their letter, so it belongs to the words.
    tag_attribute_values={"ol": {"type": {"a", "A", "i", "I"}}},
    url_schemes={"http", "https", "mailto"},
    clean_content_tags={"script", "style", "title", "template", "noscript", "xml"},
    link_rel="noopener noreferrer",
    strip_comments=True,
)

# What Word and browsers write → what minutes know. § headings are h2, so a text begins at h3.
RENAMED = {
    "h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4", "b": "strong", "i": "em", "div": "p",
    "ins": "u",
}  # fmt: skip
RENAMING = re.compile(rf"<(/?)({'|'.join(RENAMED)})(?=[\s>/])", re.IGNORECASE)
BLOCKS = {"p", "li", "h3", "h4", "blockquote", "tr", "caption", "br", "table", "ul", "ol"}
EMPTY = re.compile(r"<(p|li|h3|h4|strong|em|u|blockquote)>(?:\s|&nbsp;|\u00a0)*</\1>")
REST_OF_TAG = r"""\b(?:[^>"]|"[^"]*")*>"""  # as nh3 writes it
TABLE_PART = re.compile(rf"(</?(?:table|thead|tbody|tr|td|th|caption){REST_OF_TAG})")
LEVELS = {"ul", "ol", "blockquote"}
LEVEL = re.compile(rf"(</?(?:ul|ol|li|blockquote|strong|em|u|sub|sup){REST_OF_TAG})")
# Control, zero-width and direction characters: a court must see what was written.
INVISIBLE = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u061c\u200b\u200e\u200f\ufeff\u202a-\u202e\u2066-\u2069]"
)


def clean(html: str) -> str:
    """The text as minutes may hold it. Never raises; what is not allowed falls away."""
    html = RENAMING.sub(lambda tag: f"<{tag[1]}{RENAMED[tag[2].lower()]}", without_invisible(html))
    html = level(flatten_tables(CLEANER.clean(html)))
    previous = None
    while previous != html:  # an emptied <em> may leave an empty <p>
        previous, html = html, EMPTY.sub("", html)
    return html.strip()


def without_invisible(text: str) -> str:
    """Text without control, zero-width and direction characters. Line breaks and tabs stay."""
    return INVISIBLE.sub("", text)


def one_line(text: str) -> str:
    """A heading or a name: no line breaks, single spaces. No-break spaces stay as typed."""
    return re.sub(r"[ \t\r\n\f\v]+", " ", without_invisible(text)).strip()


def paragraphs(text: str) -> str:
    """Plain text as HTML: an empty line parts paragraphs, a single line break becomes <br>."""
    parts = re.split(r"\n\s*\n", without_invisible(text).replace("\r\n", "\n").strip())
    whole = (escape(part.strip(), quote=False).replace("\n", "<br>") for part in parts)
    return "".join(f"<p>{part}</p>" for part in whole if part)


def plain(html: str) -> str:
    """The words alone, one block a line: for search, checks and counting."""
    reader = Words()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split()) for line in "".join(reader.parts).split("\n"))
    return "\n".join(line for line in lines if line)


def is_empty(html: str) -> bool:
    """True when no word would be seen: an emptied editor leaves "<p></p>" behind."""
    return not plain(html)


class Words(HTMLParser):
    """Collects text, with a line break at every block and a space at every cell."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.parts.append("\n" if tag in BLOCKS else " " if tag in ("td", "th") else "")

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        self.parts.append(data)


def flatten_tables(html: str) -> str:
    """Take the tags of a table inside a table away and leave its words, cell by cell."""
    if html.count("<table") < 2:
        return html
    parts: list[str] = []
    depth = 0
    for piece in TABLE_PART.split(html):
        if piece.startswith("<table"):
            depth += 1
            parts.append(piece if depth == 1 else "")
        elif piece == "</table>":
            parts.append(piece if depth == 1 else "")
            depth = max(0, depth - 1)
        elif depth > 1 and TABLE_PART.fullmatch(piece):
            parts.append(" " if piece.startswith("</") else "")
        else:
            parts.append(piece)
    return "".join(parts)


def level(html: str) -> str:
    """Let what is too deep stand on the last level that is kept, point by point."""
    levels = Levels()
    made = "".join(
        levels.take(piece) if LEVEL.fullmatch(piece) else piece for piece in LEVEL.split(html)
    )
    return html if made == html else CLEANER.clean(made)


class Levels:
    """The lists, quotations and marks one is inside of, reading from the beginning."""

    def __init__(self) -> None:
        self.opened: list[tuple[str, bool]] = []  # and whether it is kept
        self.kept: list[str] = []
        self.counts: Counter[str] = Counter()  # of those that are kept

    def take(self, piece: str) -> str:
        """A tag, or what stands instead of it."""
        if piece.startswith("</"):
            tag, keeps = self.opened.pop()
            if keeps:
                self.counts[self.kept.pop()] -= 1
            return piece if keeps else self.instead_of(tag, closing=True)
        tag = re.split(r"[\s>]", piece[1:], maxsplit=1)[0]
        keeps = self.keeps(tag)
        made = piece if keeps else self.instead_of(tag)
        self.opened.append((tag, keeps))
        if keeps:
            self.kept.append(tag)
            self.counts[tag] += 1
        return made

    def keeps(self, tag: str) -> bool:
        if tag in LEVELS:
            return sum(self.counts[one] for one in LEVELS) < MAX_LEVELS
        if tag == "li":
            return not self.opened or self.opened[-1] in ((one, True) for one in LEVELS)
        return not self.counts[tag]  # bold in bold says nothing

    def instead_of(self, tag: str, *, closing: bool = False) -> str:
        """A point of its own, or a paragraph; one that stays empty falls away afterwards."""
        if tag in LEVELS or tag == "li":
            if self.kept[-1:] == ["li"]:
                return "</li><li>"
            return "</p>" if closing else "<p>"
        return ""
