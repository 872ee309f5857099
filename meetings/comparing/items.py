"""What has changed in one item of the minutes: the same line, with changes marked. Pure.

A marked line has the shape of a snapshot's ItemLine, so the template that prints an item shows
it as well. What cannot be seen in it is said in `notes`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, cast

from meetings import snapshot, wording
from meetings.comparing import blocks, marking
from meetings.comparing.blocks import Block, Run

State = Literal["same", "changed", "new", "removed"]

# Where an item stands follows from the others; that it moved is said of the document.
PLACE = {"key", "number", "label"}
PLAIN = ("heading", "registry_number", "presenters", "next_meeting", "dispatch")
MARKED = {
    *PLAIN, "text", "reports", "topics", "decisions", "actions", "dissents", "follow_up",
    "conflicts",
}  # fmt: skip


@dataclass(frozen=True)
class ItemChange:
    """An item now, beside what somebody read before. `line` has the changes marked."""

    state: State
    line: snapshot.ItemLine
    notes: list[str] = field(default_factory=list)


def is_same(old: snapshot.ItemLine, new: snapshot.ItemLine) -> bool:
    """Whether everything printed of an item is as it was, but for its number."""
    return content(old) == content(new)


def content(line: snapshot.ItemLine) -> dict[str, Any]:
    """What an item says, whatever keys the format has or will have."""
    return {key: value for key, value in line.items() if key not in PLACE and value != []}


def compare_item(old: snapshot.ItemLine | None, new: snapshot.ItemLine | None) -> ItemChange:
    """An item as it was and as it is; one of them may be missing."""
    if new is None:
        if old is None:
            raise ValueError("nothing to compare")
        return ItemChange("removed", old)
    if old is None:
        return ItemChange("new", new)
    if is_same(old, new):
        return ItemChange("same", new)
    return ItemChange("changed", marked_line(old, new), notes_of(old, new))


def marked_line(old: snapshot.ItemLine, new: snapshot.ItemLine) -> snapshot.ItemLine:
    """The item with every change marked, to be shown by the template that prints it."""
    before, after = cast(dict[str, Any], old), cast(dict[str, Any], new)
    line = {
        **new,
        **{key: shown(marking.marked_words(before[key], after[key])) for key in PLAIN},
        "text": shown(marking.marked(old["text"], new["text"])),
        "reports": marked_reports(old["reports"], new["reports"]),
        "topics": [shown(one) for one in marking.marked_points(old["topics"], new["topics"])],
        "decisions": [
            shown(one) for one in marking.marked_points(old["decisions"], new["decisions"])
        ],
        "actions": marked_actions(old["actions"], new["actions"]),
    }
    line |= marked_dissents(before, after)
    if before.get("conflicts") or after.get("conflicts"):
        line["conflicts"] = shown_words(before.get("conflicts", ""), after.get("conflicts", ""))
    return cast(snapshot.ItemLine, line)


def shown(html: marking.Marked) -> marking.Marked:
    """With words for screen readers, where there is a change at all."""
    return marking.spoken(html) if html else html


def marked_reports(
    old: Sequence[snapshot.ReportLine], new: Sequence[snapshot.ReportLine]
) -> list[snapshot.ReportLine]:
    """Reports by organisation; a struck one stands last."""
    left = list(old)
    lines: list[snapshot.ReportLine] = []
    for report in new:
        before = next((one for one in left if one["label"] == report["label"]), None)
        if before:
            left.remove(before)
        lines.append(
            {
                "label": report["label"] if before else shown_words("", report["label"]),
                "reporter": shown_words(before["reporter"] if before else "", report["reporter"]),
                "text": shown(marking.marked(before["text"] if before else "", report["text"])),
            }
        )
    lines += [
        {
            "label": shown_words(gone["label"], ""),
            "reporter": shown_words(gone["reporter"], ""),
            "text": shown(marking.marked(gone["text"], "")),
        }
        for gone in left
    ]
    return lines


def shown_words(old: str, new: str) -> marking.Marked:
    return shown(marking.marked_words(old, new))


def marked_actions(
    old: Sequence[snapshot.ActionLine], new: Sequence[snapshot.ActionLine]
) -> list[snapshot.ActionLine]:
    """Action items with their words marked. Who and when are told in notes."""
    lines: list[snapshot.ActionLine] = []
    for before, after in paired_actions(old, new):
        line = after or before
        if line is not None:
            text = shown_words(before["text"] if before else "", after["text"] if after else "")
            # One that stands in the text already is marked there and only noted here.
            lines.append({**line, "text": line["text"] if line["in_text"] else text})
    return lines


def paired_actions(
    old: Sequence[snapshot.ActionLine], new: Sequence[snapshot.ActionLine]
) -> list[tuple[snapshot.ActionLine | None, snapshot.ActionLine | None]]:
    """Action items side by side: the words say which is which, for a snapshot has no other key."""
    before, after = ([Block("p", (), (Run(blocks.words(a["text"])),)) for a in one]
                     for one in (old, new))  # fmt: skip
    pairs: list[tuple[snapshot.ActionLine | None, snapshot.ActionLine | None]] = []
    old_left, new_left = list(old), list(new)
    for left, right in marking.aligned(before, after):
        pairs.append(
            (old_left.pop(0) if left is not None else None,
             new_left.pop(0) if right is not None else None)
        )  # fmt: skip
    return pairs


def marked_dissents(old: dict[str, Any], new: dict[str, Any]) -> dict[str, Any]:
    """The differing views noted at the item: an optional key of the format."""
    before, after = old.get("dissents", []), new.get("dissents", [])
    if not before and not after:
        return {}
    names = [one["name"] for one in after] + [
        one["name"] for one in before if one["name"] not in {other["name"] for other in after}
    ]
    texts = ({one["name"]: one["text"] for one in side} for side in (before, after))
    was, now = texts
    return {
        "dissents": [
            {"name": name, "text": shown_words(was.get(name, ""), now.get(name, ""))}
            for name in names
        ]
    }


def notes_of(old: snapshot.ItemLine, new: snapshot.ItemLine) -> list[str]:
    """What the marked text cannot show: who shall do what until when, and order alone."""
    notes = [
        note
        for before, after in paired_actions(old["actions"], new["actions"])
        for note in notes_of_action(before, after)
    ]
    notes += notes_of_follow_up(old.get("follow_up", []), new.get("follow_up", []))
    order = [[report["label"] for report in line["reports"]] for line in (old, new)]
    if order[0] != order[1] and sorted(order[0]) == sorted(order[1]):
        notes.append("Rapporterna står i en annan ordning.")
    before, after = content(old), content(new)
    unseen = {key for key in before.keys() | after.keys() if before.get(key) != after.get(key)}
    if unseen - MARKED - {"kind"}:
        notes.append("Något som inte syns i texten är också ändrat. Läs hela paragrafen.")
    return notes


def notes_of_action(old: snapshot.ActionLine | None, new: snapshot.ActionLine | None) -> list[str]:
    if new is None or old is None:
        line = new or old
        if line is None or not line["in_text"]:
            return []
        what = "har kommit till i uppdragslistan" if new else "är borttaget ur uppdragslistan"
        return [f"{line['label']}et ”{short(line['text'])}” {what}."]
    called = f"{new['label']}et ”{short(new['text'])}”"
    notes = []
    if old["assignee"] != new["assignee"]:
        notes.append(f"{called}: {instead('ansvarig', old['assignee'], new['assignee'])}")
    if old["due"] != new["due"]:
        notes.append(f"{called}: {instead('klart senast', old['due'], new['due'])}")
    if old["label"] != new["label"]:
        notes.append(f"{called} var förut ett {old['label'].lower()}.")
    if new["in_text"] and old["text"] != new["text"]:
        notes.append(f"{called} löd förut ”{short(old['text'])}”.")
    return notes


def notes_of_follow_up(
    old: Sequence[snapshot.FollowUpLine], new: Sequence[snapshot.FollowUpLine]
) -> list[str]:
    """The table of earlier uppdrag, row by row: an uppdrag is known by its words and its day."""
    was = {(one["given"], one["text"]): one for one in old}
    now = {(one["given"], one["text"]): one for one in new}
    notes = []
    for key, line in now.items():
        called = f"Uppdraget ”{short(line['text'])}” i tabellen"
        if key not in was:
            notes.append(f"{called} har kommit till.")
        elif was[key]["status"] != line["status"]:
            notes.append(f"{called}: {instead('läget', was[key]['status'], line['status'])}")
        elif was[key] != line:
            notes.append(f"{called} är ändrat.")
    notes += [
        f"Uppdraget ”{short(line['text'])}” är borttaget ur tabellen."
        for key, line in was.items()
        if key not in now
    ]
    return notes


def instead(label: str, old: str, new: str) -> str:
    """ "klart senast är nu 2026-04-30, förut 2026-03-31."""
    return f"{label} är nu {new or 'inte angivet'}, förut {old or 'inte angivet'}."


def short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= 60 else f"{text[:57].rstrip()}…"


def name_of(line: snapshot.ItemLine) -> str:
    """ "§ 4 Lägesbild", or the heading in quotes where there are no numbers."""
    heading = line["heading"]
    return f"{line['label']} {heading}" if line["label"] else f"”{heading}”"


def names_of(lines: Sequence[snapshot.ItemLine]) -> str:
    """ "§§ 1–6 och 8–9", or the headings."""
    numbers = [line["number"] for line in lines if line["number"]]
    if len(numbers) == len(lines) and lines:
        prefix = lines[0]["label"].split("§")[0].strip()
        return wording.sections(numbers, prefix)
    return wording.joined([name_of(line) for line in lines])
