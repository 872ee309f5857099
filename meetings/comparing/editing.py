"""Changing a text part by part as plain words, and putting two changes of it together. Pure.

A signer on a phone changes words, not HTML: each stretch of words is a field, tables are shown.
A part left as it was keeps its bold and its links, one that is changed is plain words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count

from meetings import richtext
from meetings.comparing import blocks, marking
from meetings.comparing.blocks import BREAK, Block, Node, Run, Token


@dataclass(frozen=True)
class Part:
    """A stretch of words of a text, or a table. `place` numbers them from 0."""

    place: int
    kind: str  # the element: "p", "li", "h3" …, "table"
    words: str
    html: str

    @property
    def editable(self) -> bool:
        return self.kind != "table"


def parts_of(html: str) -> list[Part]:
    """The parts of a text in order."""
    found: list[Part] = []
    collect(blocks.read(html), "p", found)
    return found


def collect(nodes: Sequence[Node], kind: str, found: list[Part]) -> None:
    for node in nodes:
        if isinstance(node, Run):
            found.append(Part(len(found), kind, plain(node), blocks.write([node])))
        elif node.tag == "table":
            found.append(Part(len(found), "table", "", blocks.write([node])))
        else:
            collect(node.children, node.tag, found)


def plain(run: Run) -> str:
    return "".join(token.text for token in run.tokens)


def with_edits(html: str, edits: Mapping[int, str]) -> str:
    """The text with some parts' words replaced. An emptied part falls away, an empty line in one
    divides it; parts with the words they had, and tables, stay as they are."""
    return richtext.clean(blocks.write(edited(blocks.read(html), edits, count())))


def edited(nodes: Sequence[Node], edits: Mapping[int, str], places: Iterator[int]) -> list[Node]:
    made: list[Node] = []
    for node in nodes:
        if isinstance(node, Run):
            made += edited_run(node, edits.get(next(places)), None)
        elif node.tag == "table":
            next(places)
            made.append(node)
        elif len(node.children) == 1 and isinstance(node.children[0], Run):
            made += edited_run(node.children[0], edits.get(next(places)), node)
        else:
            inside = edited(node.children, edits, places)
            if inside:
                made.append(Block(node.tag, node.attributes, tuple(inside)))
    return made


def edited_run(run: Run, words: str | None, block: Block | None) -> list[Node]:
    """The run, or what was written instead: none, or a block of its kind for each paragraph."""

    def wrapped(one: Run) -> Node:
        return Block(block.tag, block.attributes, (one,)) if block else one

    if words is None or same_words(words, plain(run)):
        return [wrapped(run)]
    paragraphs = re.split(r"\n[ \t]*\n", richtext.without_invisible(words).replace("\r\n", "\n"))
    runs = [Run(tokens_of(paragraph)) for paragraph in paragraphs if paragraph.strip()]
    if block is None and len(runs) > 1:
        return [Block("p", (), (one,)) for one in runs]
    return [wrapped(one) for one in runs]


def same_words(one: str, other: str) -> bool:
    """Whether a field came back as it went out: browsers send CRLF, and ends do not count."""
    return [line.split() for line in one.strip().splitlines()] == [
        line.split() for line in other.strip().splitlines()
    ]


def tokens_of(text: str) -> tuple[Token, ...]:
    """Plain words with line breaks as a run's tokens."""
    tokens: list[Token] = []
    for line in text.strip().split("\n"):
        tokens += [Token(BREAK)] if tokens else []
        tokens += blocks.words(line)
    return tuple(tokens)


def merged(base: str, ours: str, theirs: str) -> str | None:
    """Two changes of one text in one, block by block; None where they meet."""
    source = blocks.read(base)
    changes = sorted(
        {*changes_of(source, blocks.read(ours)), *changes_of(source, blocks.read(theirs))},
        key=lambda change: change[:2],
    )
    made: list[Node] = []
    at, inserted = 0, False
    for start, end, nodes in changes:
        if start < at or (start == at and made and (inserted or start == end)):
            return None
        made += [*source[at:start], *nodes]
        at, inserted = end, start == end
    return richtext.clean(blocks.write([*made, *source[at:]]))


Change = tuple[int, int, tuple[Node, ...]]  # these blocks of the source became those


def changes_of(source: tuple[Node, ...], made: tuple[Node, ...]) -> Iterator[Change]:
    for step, a, b, c, d in marking.steps(source, made):
        if step != "equal":
            yield a, b, made[c:d]
