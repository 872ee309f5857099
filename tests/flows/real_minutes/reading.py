"""The text files as a plain structure: what a secretary has in front of them when typing it in.

A reader for these two files and no others. It knows the words every protocol has (Tid, Plats,
Ledamöter, "läggs till handlingarna") and the marks of a list; everything else it takes as it is.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

MONTHS = (
    "januari februari mars april maj juni juli augusti september oktober november december".split()  # noqa: SIM905
)
COVER = ("Tid", "Plats", "Omfattning", "Ledamöter", "Övriga närvarande", "Sammanträdesdatum",
         "Sekreterare", "Justeras")  # fmt: skip
DOCUMENT = "PROTOKOLL"
TOPICS = "Ämnen att ta upp:"
DECISION = re.compile(r"läggs till handlingarna|fastställs\.|utses att justera")
PRESENTER = re.compile(r"informerar\.$|^[^,.]+, [^,.]+\.$")
NUMBERED, BULLET = re.compile(r"^\d+\. "), re.compile(r"^- ")


@dataclass
class Item:
    """One § or heading. Blocks are lines of the file: paragraphs, "- points", "1. points"."""

    heading: str
    number: int | None = None
    presenters: str = ""
    blocks: list[str] = field(default_factory=list)
    decisions: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    after_topics: list[str] = field(default_factory=list)


@dataclass
class Source:
    council: str
    short_name: str
    date: datetime.date
    items: list[Item]
    members: list[tuple[str, str]]  # name, organisation
    signers: list[tuple[str, str]]  # name, role in print
    others: list[tuple[str, str]] = field(default_factory=list)
    cover: dict[str, list[str]] = field(default_factory=dict)

    @property
    def paragraphs(self) -> bool:
        return self.items[0].number is not None

    @property
    def secretary(self) -> str:
        named = self.cover.get("Sekreterare", [])
        return named[0] if named else self.signer("Sekreterare")

    def signer(self, role: str) -> str:
        return next((name for name, printed in self.signers if printed == role), "")

    def words(self) -> list[str]:
        """Everything below the cover, in its order, as it shall stand on paper."""
        return [words for item in self.items for words in words_of(item)]


def words_of(item: Item) -> list[str]:
    """The words of one item: number, heading, presenters, text or reports, topics, decisions."""
    number = [f"§ {item.number}"] if item.number else []
    words = [*number, item.heading, *([item.presenters] if item.presenters else [])]
    if item.heading.startswith("Aktuellt från"):
        reports, proposals = reports_of(item.blocks)
        for report in reports:
            words += [report.label, *report.blocks]
        words += proposals
    else:
        words += [line.removeprefix("- ") for line in item.blocks]
    topics = [TOPICS.rstrip(":"), *item.topics] if item.topics else []
    return [*words, *topics, *item.after_topics, *item.decisions]


def lines_of(path: Path) -> list[str]:
    """The lines that say something, in order. A byte order mark is no word."""
    text = path.read_text(encoding="utf-8-sig")
    return [line.strip() for line in text.splitlines() if line.strip()]


# --- With §: a cover of labels, then § after § ---------------------------------------------------


def read_paragraphs(path: Path) -> Source:
    lines = lines_of(path)
    first = next(i for i, line in enumerate(lines) if re.fullmatch(r"§ \d+", line))
    cover = cover_of(lines[:first])
    signing = cover["Justeras"]
    return Source(
        council=lines[0],
        short_name=lines[lines.index(DOCUMENT) - 1],
        date=datetime.date.fromisoformat(cover["Sammanträdesdatum"][0]),
        items=[numbered_item(part) for part in parts(lines[first:], r"§ \d+")],
        members=[tabbed(line) for line in cover["Ledamöter"]],
        others=[last_word_apart(line) for line in cover["Övriga närvarande"]],
        signers=list(zip(signing[::2], signing[1::2], strict=True)),
        cover=cover,
    )


def cover_of(lines: list[str]) -> dict[str, list[str]]:
    """What stands under each label, until the next; the short name before PROTOKOLL falls off."""
    found: dict[str, list[str]] = {}
    label = ""
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if line in COVER:
            label = line
            found[label] = []
        elif line == DOCUMENT:
            label = ""
        elif label and following != DOCUMENT:
            found[label].append(line)
    return found


def parts(lines: list[str], begins: str) -> Iterator[list[str]]:
    part: list[str] = []
    for line in lines:
        if re.fullmatch(begins, line) and part:
            yield part
            part = []
        part.append(line)
    yield part


def numbered_item(lines: list[str]) -> Item:
    number, heading, *words = lines
    item = Item(heading=heading, number=int(number.removeprefix("§ ")))
    if words and PRESENTER.search(words[0]):
        item.presenters = words.pop(0)
    while words and DECISION.search(words[-1]):
        item.decisions.insert(0, words.pop())
    item.blocks = words
    return item


def tabbed(line: str) -> tuple[str, str]:
    name, organisation = line.split("\t")
    return name.strip(), organisation.strip()


def last_word_apart(line: str) -> tuple[str, str]:
    name, _, organisation = line.rpartition(" ")
    return name, organisation


# --- Bare headings -------------------------------------------------------------------------------


def read_headings(path: Path) -> Source:
    lines = lines_of(path)
    title = re.fullmatch(r"(.+) (\d+) (\w+) (\d{4})", lines[0])
    assert title, lines[0]
    council, day, month, year = title.groups()
    present = lines[2 : next(i for i, line in enumerate(lines) if i > 2 and is_heading(line))]
    signing = lines[-4:]
    return Source(
        council=council,
        short_name="BRÅ",
        date=datetime.date(int(year), MONTHS.index(month) + 1, int(day)),
        items=list(headed_items(lines[2 + len(present) : -4])),
        members=[pair for line in present for pair in joined_names(line)],
        signers=list(zip(signing[::2], signing[1::2], strict=True)),
    )


def is_heading(line: str) -> bool:
    """Short, no sentence: without a full stop, or with that of "m.m."; and no list of people."""
    if line.endswith("m.m."):
        return True
    return len(line) < 70 and line[-1] not in ".:" and "," not in line


def joined_names(line: str) -> list[tuple[str, str]]:
    """ "A och B, organisation"."""
    names, organisation = line.split(", ", 1)
    return [(name, organisation) for name in names.split(" och ")]


def headed_items(lines: list[str]) -> Iterator[Item]:
    item: Item | None = None
    topics = False
    for line in lines:
        if is_heading(line):
            if item:
                yield item
            item, topics = Item(heading=line), False
        elif line == TOPICS:
            topics = True
        elif item and topics and not is_task(line) and not item.after_topics:
            item.topics.append(line)
        elif item and topics:
            item.after_topics.append(line)
        elif item:
            item.blocks.append(line)
    if item:
        yield item


def is_task(line: str) -> bool:
    return " får i uppdrag att " in line


# --- Reports in a round table --------------------------------------------------------------------


@dataclass
class Report:
    label: str
    blocks: list[str]


LEAD_IN = re.compile(r"^([^.,]{3,40}?) [-–] (?=[A-ZÅÄÖ])|^(\w+) (?=informerar om att )")
PROPOSAL = re.compile(r"^\w+ \w+ föreslår att ")


def reports_of(blocks: Iterable[str]) -> tuple[list[Report], list[str]]:
    """Reports by their lead-ins, and the proposals that stand after them.

    "X – text": X is the label and leaves the text. "X informerar om att …": X is the label, and
    the sentence stays a sentence. A paragraph without lead-in goes on with the report before.
    """
    reports: list[Report] = []
    proposals: list[str] = []
    for block in blocks:
        lead = LEAD_IN.match(block)
        if PROPOSAL.match(block):
            proposals.append(block)
        elif lead and lead[1]:
            reports.append(Report(lead[1], [block[lead.end() :]]))
        elif lead:
            reports.append(Report(lead[2], [block]))
        else:
            reports[-1].blocks.append(block)
    return reports, proposals


# --- Is the reader itself to be trusted? ----------------------------------------------------------


def overlooked(path: Path, source: Source) -> list[str]:
    """Lines of the file that stand nowhere in the structure read from it."""
    people = [f"{name} {organisation}" for name, organisation in (*source.members, *source.others)]
    signers = [f"{name} {role}" for name, role in source.signers]
    values = [line for lines in source.cover.values() for line in lines]
    known = letters(
        " ".join([*source.words(), *people, *signers, *values, source.council, source.short_name])
    )
    return [
        line for line in lines_of(path) if letters(line) not in known and not said_otherwise(line)
    ]


def letters(text: str) -> str:
    return re.sub(r"[\s:,–-]+", "", text)


def said_otherwise(line: str) -> bool:
    """Labels, a title with its date, and a line where two people share an organisation."""
    title = re.fullmatch(r"\D+ \d+ \w+ \d{4}", line)
    labels = (*COVER, DOCUMENT, "Närvarande:")
    return bool(line in labels or title or re.fullmatch(r"[^,.]+ och [^,.]+, [\w ]+", line))
