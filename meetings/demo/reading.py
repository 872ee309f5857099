"""Reads what was said at the meetings (minutes/*.txt).

# 2024-02-08 13.30–15.30, Sessionssalen         a meeting; times and place may be left out
läge: signing                                   how far it has come; archived if not said
förhindrade: NN; MM      distans: NN            gäst: NN, title, organisation
omedelbart: Rubrik       justerat: på papper    rättelse: Rubrik | old | new | why
ersätter: NN för MM      gick: NN efter Rubrik  justerare: NN
kom: NN till Rubrik      jäv: NN i Rubrik       kom after gick: came back
## Rubrik                                       an item
föredrar: …   dnr: …   till: …   slag: …   klockan: …   förslag till beslut: …
sekretess: provision | public heading           a closed item
Text, - points, 1. points, > quotations, | tables |, **bold**
! decision            + action | who | when      += the same, already said in the text
? proposal            ~ action's first words | klart, pågår, avskrivet | what was said
@ organisation / reporter: report                * topic for the next meeting (who)
^ file name | title | what it holds              nästa: date times place
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from itertools import groupby
from pathlib import Path

from meetings.demo.calendar import Calendar

FOLDER = Path(__file__).parent / "minutes"
ITEM_WORDS = ("föredrar", "dnr", "till", "slag", "klockan", "förslag till beslut", "nästa",
              "sekretess")  # fmt: skip
SETTING = re.compile(r"^([a-zåäö ]+): ?(.*)$")
MARKS = {"!": "decisions", "?": "proposals", "~": "followed_up", "*": "topics", "^": "papers"}
REPORT = re.compile(r"^@ ([^:/]+?)(?: / ([^:]+))?: ?(.*)$")
ACTION = re.compile(r"^(\+=?) (.+)$")


@dataclass
class Report:
    organisation: str
    reporter: str
    lines: list[str]


@dataclass
class Action:
    text: str
    who: list[str]
    due: str
    in_text: bool


@dataclass
class Item:
    heading: str
    settings: dict[str, str] = field(default_factory=dict)
    lines: list[str] = field(default_factory=list)
    reports: list[Report] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    decisions: list[str] = field(default_factory=list)
    proposals: list[str] = field(default_factory=list)
    followed_up: list[str] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)
    papers: list[str] = field(default_factory=list)


@dataclass
class Told:
    """One meeting as told."""

    when: str  # "2024-02-08 13.30–15.30"
    place: str
    settings: dict[str, list[str]] = field(default_factory=dict)
    items: list[Item] = field(default_factory=list)

    def setting(self, name: str, default: str = "") -> str:
        return next(iter(self.settings.get(name, [])), default)

    def names(self, name: str) -> list[str]:
        """The names in "förhindrade: NN; MM"."""
        return [one.strip() for one in self.setting(name).split(";") if one.strip()]

    @property
    def state(self) -> str:
        return self.setting("läge", "archived")


def meetings_in(name: str, calendar: Calendar) -> list[Told]:
    """The meetings of one text file, in its order."""
    told: list[Told] = []
    text = calendar.told((FOLDER / f"{name}.txt").read_text(encoding="utf-8"))
    for line in text.splitlines():
        if line.startswith("# "):
            when, _, place = line[2:].partition(", ")
            told.append(Told(when=when, place=place))
        elif line.startswith("## "):
            told[-1].items.append(Item(heading=line[3:]))
        elif told[-1].items:
            take(told[-1].items[-1], line)
        elif found := SETTING.match(line):
            told[-1].settings.setdefault(found[1], []).append(found[2])
    return told


def take(item: Item, line: str) -> None:
    """Put one line of an item where it belongs."""
    setting = SETTING.match(line)
    if setting and setting[1] in ITEM_WORDS:
        item.settings[setting[1]] = setting[2]
    elif action := ACTION.match(line):
        text, *more = [part.strip() for part in action[2].split(" | ")]
        text = text if text.endswith(".") else f"{text}."
        who = [name.strip() for name in more[0].split(";")] if more else []
        due = more[1] if len(more) > 1 else ""
        item.actions.append(Action(text, who, due, in_text=action[1] == "+="))
    elif report := REPORT.match(line):
        item.reports.append(Report(report[1], report[2] or "", [report[3]]))
    elif line[:2] in {f"{mark} " for mark in MARKS}:
        getattr(item, MARKS[line[0]]).append(line[2:].strip())
    elif item.reports and line:
        item.reports[-1].lines.append(line)
    else:
        item.lines.append(line)


# --- Text as the editor would save it ------------------------------------------------------------


def html_of(lines: list[str]) -> str:
    """Paragraphs, lists, quotations and tables; "" when nothing is written."""
    blocks = groupby((line for line in lines if line.strip()), key=block_of)
    return "".join(BLOCKS[kind]([inline(bare(line)) for line in part]) for kind, part in blocks)


def block_of(line: str) -> str:
    if re.match(r"\d+\. ", line):
        return "ol"
    return {"- ": "ul", "> ": "quote", "| ": "table"}.get(line[:2], "p")


def bare(line: str) -> str:
    return re.sub(r"^(\d+\.|[->|]) ", "", line).strip()


def inline(line: str) -> str:
    return re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", escape(line, quote=False))


def table_of(rows: list[str]) -> str:
    """The first row is the head, as the editor writes it: th in the first row."""
    cells = [[cell.strip() for cell in row.strip("|").split("|")] for row in rows]
    made = [
        "".join(f"<{tag}><p>{cell}</p></{tag}>" for cell in row)
        for row, tag in zip(cells, ["th", *["td"] * len(cells)], strict=False)
    ]
    return f"<table><tbody>{''.join(f'<tr>{row}</tr>' for row in made)}</tbody></table>"


def list_of(tag: str, lines: list[str]) -> str:
    return f"<{tag}>{''.join(f'<li><p>{line}</p></li>' for line in lines)}</{tag}>"


def paragraphs_of(lines: list[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


BLOCKS: dict[str, Callable[[list[str]], str]] = {
    "p": paragraphs_of,
    "quote": lambda lines: f"<blockquote>{paragraphs_of(lines)}</blockquote>",
    "ul": lambda lines: list_of("ul", lines),
    "ol": lambda lines: list_of("ol", lines),
    "table": table_of,
}
