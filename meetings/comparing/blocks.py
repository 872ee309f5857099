"""The restricted HTML of minutes as blocks and runs of words, and back. Pure, a leaf.

A text is read once into values that can be compared, and written again from them alone: tags
that we chose, words that are escaped. Whatever the input, what comes out is well formed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from itertools import groupby
from typing import NamedTuple

from meetings import richtext

INLINE = {"strong", "em", "u", "sub", "sup", "a"}
BLOCKS = richtext.TAGS - INLINE - {"br"}
BREAK = "\n"  # the token of a <br>
# A number with its parts ("13.30", "1,4"), a word with its parts ("BRÅ:s"), space, or one sign.
TOKENS = re.compile(r"\d+(?:[.,:]\d+)*|\w+(?:[-:’'/]\w+)*|\s+|.", re.DOTALL)

Attributes = tuple[tuple[str, str], ...]
Marks = tuple[tuple[str, Attributes], ...]  # the inline elements around a word, outermost first


class Token(NamedTuple):
    """A word, a sign or a space, and how it is set."""

    text: str
    marks: Marks = ()

    @property
    def is_space(self) -> bool:
        return self.text != BREAK and self.text.isspace()


@dataclass(frozen=True)
class Run:
    """Words that follow on each other in one block."""

    tokens: tuple[Token, ...]


@dataclass(frozen=True)
class Block:
    tag: str
    attributes: Attributes = ()
    children: tuple[Node, ...] = ()


Node = Run | Block


def read(html: str) -> tuple[Node, ...]:
    """The blocks of a text, which is cleaned first."""
    reader = Reader()
    reader.feed(richtext.clean(html))
    reader.close()
    return reader.finished()


def words(text: str) -> tuple[Token, ...]:
    """Plain words as a run's tokens. Any white space is one space."""
    tokens = (Token(" " if part.isspace() else part) for part in TOKENS.findall(text))
    return trimmed(tuple(tokens))


def trimmed(tokens: tuple[Token, ...]) -> tuple[Token, ...]:
    """Without spaces at the ends."""
    first, last = 0, len(tokens)
    while first < last and tokens[first].is_space:
        first += 1
    while last > first and tokens[last - 1].is_space:
        last -= 1
    return tokens[first:last]


def write(nodes: Iterable[Node]) -> str:
    """Nodes as HTML."""
    return "".join(
        inline(node.tokens) if isinstance(node, Run) else within(node, write(node.children))
        for node in nodes
    )


def within(block: Block, inside: str) -> str:
    return f"<{block.tag}{attributes(block.attributes)}>{inside}</{block.tag}>"


def inline(tokens: Iterable[Token]) -> str:
    """Words as HTML, each stretch of them in the elements it is set in."""
    parts = []
    for marks, stretch in groupby(tokens, key=lambda token: token.marks):
        inside = "".join(
            "<br>" if token.text == BREAK else escape(token.text, quote=False) for token in stretch
        )
        for tag, given in reversed(marks):
            inside = f"<{tag}{attributes(given)}>{inside}</{tag}>"
        parts.append(inside)
    return "".join(parts)


def attributes(given: Attributes) -> str:
    return "".join(f' {name}="{escape(value)}"' for name, value in given)


def runs(nodes: Iterable[Node]) -> Iterator[Run]:
    """Every run, in the order of the text."""
    for node in nodes:
        if isinstance(node, Run):
            yield node
        else:
            yield from runs(node.children)


class Frame:
    """A block that is being read."""

    def __init__(self, tag: str = "", attributes: Attributes = ()) -> None:
        self.tag, self.attributes = tag, attributes
        self.children: list[Node] = []
        self.tokens: list[Token] = []

    def end_run(self) -> None:
        tokens = trimmed(tuple(self.tokens))
        self.tokens = []
        if tokens:
            self.children.append(Run(tokens))


class Reader(HTMLParser):
    """Reads cleaned HTML. An inline element around blocks is moved to the words inside them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.frames = [Frame()]
        self.marks: list[tuple[str, Attributes]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = tuple(sorted((name, value or "") for name, value in attrs))
        if tag == "br":
            self.frames[-1].tokens.append(Token(BREAK))
        elif tag in INLINE:
            self.marks.append((tag, given))
        elif tag in BLOCKS:
            self.frames[-1].end_run()
            self.frames.append(Frame(tag, given))

    def handle_endtag(self, tag: str) -> None:
        if tag in INLINE:
            places = [i for i, (name, _) in enumerate(self.marks) if name == tag]
            if places:
                del self.marks[places[-1]]
        elif any(frame.tag == tag for frame in self.frames[1:]):
            while self.close_frame() != tag:
                pass

    def close_frame(self) -> str:
        frame = self.frames.pop()
        frame.end_run()
        made = Block(frame.tag, frame.attributes, tuple(frame.children))
        self.frames[-1].children.append(made)
        return frame.tag

    def handle_data(self, data: str) -> None:
        marks = tuple(dict.fromkeys(self.marks))
        self.frames[-1].tokens += [
            Token(" ") if part.isspace() else Token(part, marks) for part in TOKENS.findall(data)
        ]

    def finished(self) -> tuple[Node, ...]:
        while len(self.frames) > 1:
            self.close_frame()
        self.frames[0].end_run()
        return tuple(self.frames[0].children)
