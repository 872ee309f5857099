"""What has changed between two texts, word by word, as <ins> and <del> in well-formed HTML. Pure.

Blocks are compared first, then the words of two blocks that are alike; tables cell by cell. Taking
<ins> away gives the old text back, taking <del> away the new one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterator, Sequence
from difflib import SequenceMatcher
from typing import Any, Literal

from django.utils.safestring import SafeString

from meetings.comparing import blocks
from meetings.comparing.blocks import Block, Node, Run, Token

Pair = tuple[Node | None, Node | None]
Step = tuple[Literal["equal", "replace", "delete", "insert"], int, int, int, int]

ALIKE = 0.4  # share of common words from which two blocks are one that was rewritten
MOST_COMPARED = 4_000_000  # pairs of words; beyond, the differing middle is shown as replaced
MOST_ALIGNED = 1600  # pairs of blocks
FIXED = {"thead", "tbody", "caption"}  # parts that a table has one of: always the same part
LOOSE = {"tr", "table", "ul", "ol"}


class Marked(SafeString):
    """HTML with changes marked, made here and nowhere else: cleaned, escaped and well formed."""


def marked(old: str, new: str) -> Marked:
    """A text of minutes with what was added and struck since `old`."""
    return Marked(mark_nodes(blocks.read(old), blocks.read(new)))


def excerpt(old: str, new: str) -> Marked:
    """As marked, only the blocks that differ."""
    pairs = aligned(blocks.read(old), blocks.read(new))
    return Marked("".join(mark_pair(was, now) for was, now in pairs if was != now))


def marked_words(old: str, new: str) -> Marked:
    """As marked, for plain words: a heading, a decision."""
    return Marked(mark_run(blocks.words(old), blocks.words(new)))


def marked_points(old: Sequence[str], new: Sequence[str]) -> list[Marked]:
    """Points in order, each with its changes; struck ones stand where they stood."""
    return [
        Marked(mark_pair(before, after)) for before, after in aligned(as_runs(old), as_runs(new))
    ]


def as_runs(points: Sequence[str]) -> list[Node]:
    return [Run(blocks.words(point)) for point in points]


def spoken(html: str) -> Marked:
    """With words that only a screen reader says: what <ins> and <del> mean is seldom read out."""
    for tag, word in (("ins", "tillagt"), ("del", "struket")):
        before = f'<{tag}><span class="visually-hidden"> {word}: </span>'
        after = f'<span class="visually-hidden">, </span></{tag}>'
        html = html.replace(f"<{tag}>", before).replace(f"</{tag}>", after)
    return Marked(html)


def mark_nodes(old: Sequence[Node], new: Sequence[Node]) -> str:
    return "".join(mark_pair(before, after) for before, after in aligned(old, new))


def mark_pair(old: Node | None, new: Node | None) -> str:
    """One block or run: the same, rewritten, struck or added."""
    if old is None or new is None:
        return whole(new, "ins") if new is not None else whole(old, "del")
    if old == new:
        return blocks.write([new])
    if isinstance(old, Run) and isinstance(new, Run):
        return mark_run(old.tokens, new.tokens)
    if isinstance(old, Block) and isinstance(new, Block) and may_pair(old, new):
        if new.tag == "tr":
            cells = zip(old.children, new.children, strict=True)
            return blocks.within(new, "".join(mark_cell(*cell) for cell in cells))
        return blocks.within(new, mark_nodes(old.children, new.children))
    return whole(old, "del") + whole(new, "ins")


def mark_cell(old: Node, new: Node) -> str:
    """A cell of two rows of one shape is the same cell, whatever stands in it."""
    if isinstance(old, Block) and isinstance(new, Block):
        return blocks.within(new, mark_nodes(old.children, new.children))
    return mark_pair(old, new)


def whole(node: Node | None, tag: str) -> str:
    """All words of a node as added or struck, inside its blocks."""
    if isinstance(node, Run):
        return change(tag, node.tokens)
    if node is None:
        return ""
    return blocks.within(node, "".join(whole(child, tag) for child in node.children))


def change(tag: str, tokens: Sequence[Token]) -> str:
    return f"<{tag}>{blocks.inline(tokens)}</{tag}>" if tokens else ""


def mark_run(old: Sequence[Token], new: Sequence[Token]) -> str:
    parts = []
    for step, a, b, c, d in joined(list(steps(keys(old), keys(new))), new):
        if step == "equal":
            parts.append(blocks.inline(new[c:d]))
        else:
            parts.append(change("del", old[a:b]) + change("ins", new[c:d]))
    return "".join(parts)


def keys(tokens: Sequence[Token]) -> list[Hashable]:
    """What words are compared by; how a space is set nobody sees."""
    return [" " if token.is_space else token for token in tokens]


def joined(found: list[Step], new: Sequence[Token]) -> Iterator[Step]:
    """A space between two changes belongs to them: "ny text" is one change and not two."""
    pending: Step | None = None
    for index, (step, a, b, c, d) in enumerate(found):
        between = 0 < index < len(found) - 1 and all(token.is_space for token in new[c:d])
        if step == "equal" and not between:
            if pending:
                yield pending
            pending = None
            yield step, a, b, c, d
        else:
            pending = ("replace", pending[1], b, pending[3], d) if pending else (step, a, b, c, d)
    if pending:
        yield pending


def steps(old: Sequence[Hashable], new: Sequence[Hashable]) -> Iterator[Step]:
    """SequenceMatcher's opcodes. What is equal at the ends costs nothing, too much is replaced."""
    shortest = min(len(old), len(new))
    first = next((i for i in range(shortest) if old[i] != new[i]), shortest)
    rest = shortest - first
    last = next((i for i in range(rest) if old[-1 - i] != new[-1 - i]), rest)
    a, b = len(old) - last, len(new) - last
    if first:
        yield "equal", 0, first, 0, first
    if (a - first) * (b - first) > MOST_COMPARED:
        yield "replace", first, a, first, b
    else:
        matcher: Any = SequenceMatcher(
            lambda key: key == " ", old[first:a], new[first:b], autojunk=False
        )
        for step, i, j, k, m in matcher.get_opcodes():
            yield step, i + first, j + first, k + first, m + first
    if last:
        yield "equal", a, len(old), b, len(new)


def aligned(old: Sequence[Node], new: Sequence[Node]) -> Iterator[Pair]:
    """Old and new nodes side by side, in order; None where there is no other side."""
    for step, a, b, c, d in steps(old, new):
        if step == "equal":
            yield from zip(old[a:b], new[c:d], strict=True)
        else:
            yield from rewritten(old[a:b], new[c:d])


def rewritten(old: Sequence[Node], new: Sequence[Node]) -> Iterator[Pair]:
    """The pairs that have most words in common, in order; the others alone."""
    if len(old) * len(new) > MOST_ALIGNED:
        pairs = [(i, i) for i in range(min(len(old), len(new))) if likeness(old[i], new[i]) > ALIKE]
    else:
        pairs = best_pairs(old, new)
    a = c = 0
    for i, j in [*pairs, (len(old), len(new))]:
        yield from ((node, None) for node in old[a:i])
        yield from ((None, node) for node in new[c:j])
        if i < len(old) and j < len(new):
            yield old[i], new[j]
        a, c = i + 1, j + 1


def best_pairs(old: Sequence[Node], new: Sequence[Node]) -> list[tuple[int, int]]:
    """The alignment in order whose likenesses sum up to most."""
    like = [[likeness(before, after) for after in new] for before in old]
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    for i in reversed(range(len(old))):
        for j in reversed(range(len(new))):
            together = best[i + 1][j + 1] + like[i][j] if like[i][j] > ALIKE else 0.0
            best[i][j] = max(together, best[i + 1][j], best[i][j + 1])
    found, i, j = [], 0, 0
    while i < len(old) and j < len(new):
        if like[i][j] > ALIKE and best[i][j] == best[i + 1][j + 1] + like[i][j]:
            found.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def likeness(old: Node, new: Node) -> float:
    """The share of words two nodes have in common; 0 for those that are not of one kind."""
    if not may_pair(old, new):
        return 0.0
    if isinstance(new, Block) and new.tag in FIXED:
        return 1.0
    before, after = counted(old), counted(new)
    total = before.total() + after.total()
    share = 2 * (before & after).total() / total if total else 1.0
    # A row with one figure in common was corrected, a list with one word in common was written on.
    return 0.5 + share / 2 if share and isinstance(new, Block) and new.tag in LOOSE else share


def counted(node: Node) -> Counter[str]:
    return Counter(
        token.text.lower()
        for run in blocks.runs([node])
        for token in run.tokens
        if not token.is_space
    )


def may_pair(old: Node, new: Node) -> bool:
    """Whether changes inside can be shown inside: same element, and rows with the same cells."""
    if isinstance(old, Run) or isinstance(new, Run):
        return isinstance(old, Run) and isinstance(new, Run)
    if (old.tag, old.attributes) != (new.tag, new.attributes):
        return False
    if new.tag == "tr":
        return shape(old) == shape(new)
    if new.tag == "table" and (spans(old) or spans(new)):
        return shapes(old) == shapes(new)
    return True


def shape(row: Block) -> list[Any]:
    return [
        (cell.tag, cell.attributes) if isinstance(cell, Block) else None for cell in row.children
    ]


def shapes(table: Block) -> list[Any]:
    """The rows of a table, in their parts, by the shape of each."""
    return [
        (part.tag, shape(part) if part.tag == "tr" else shapes(part))
        for part in table.children
        if isinstance(part, Block)
    ]


def spans(table: Block) -> bool:
    """Whether a cell reaches over rows: then a row more or less would move the others."""
    return any(
        (isinstance(part, Block) and any(name == "rowspan" for name, _ in part.attributes))
        or (isinstance(part, Block) and spans(part))
        for part in table.children
    )
