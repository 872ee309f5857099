"""The items and the two lists at the end: what is only known by looking at the whole of them."""

from __future__ import annotations

from typing import Any

from meetings import snapshot as snapshots
from meetings import wording

PROPOSAL = "Förslag"
SHORT_REPORT = 900  # characters; such a report is never split between pages
LONG_NAME = 48
NBSP = wording.NBSP


def item_lines(line: snapshots.ItemLine) -> dict[str, Any]:
    """An item with what is only known by looking at the whole of it."""
    reports = [
        {
            **report,
            "whole": len(report["text"]) < SHORT_REPORT,
            "whose": f"{NBSP}{NBSP}{shortened(report['label'])}",
        }
        for report in line["reports"]
    ]
    name = shortened(line["label"] or line["heading"])
    bars = [bar(action) for action in line["actions"] if not action["in_text"]]
    return {
        **line,
        "anchor": f"paragraf-{line['number']}" if line["number"] else f"punkt-{line['key']}",
        "bookmark": f"{line['label']} {line['heading']}".strip(),
        "withheld": line.get("withheld", ""),
        "fingerprint": snapshots.grouped_hash(line.get("commitment", "")),
        "reports": reports,
        "bars": grouped_bars(bars),
        "going": f"{name}, forts.",
    }


def shortened(name: str) -> str:
    """A name for the line above a page that goes on from the one before."""
    return name if len(name) <= LONG_NAME else f"{name[:LONG_NAME].rstrip()} …"


def bar(action: snapshots.ActionLine) -> dict[str, str]:
    """An action in the text. Who is told apart only if the sentence does not say it."""
    told = not action["assignee"] or action["assignee"].lower() in action["text"].lower()
    told = told or " får i uppdrag" in action["text"]
    who = "" if told else f"Ansvarig: {action['assignee']}."
    return {"label": action["label"], "text": action["text"], "who": who}


def grouped_bars(bars: list[dict[str, str]]) -> list[dict[str, Any]]:
    """Neighbours under one label share one bar: two "Uppdrag" in a row say it once."""
    groups: list[dict[str, Any]] = []
    for line in bars:
        if not groups or groups[-1]["label"] != line["label"]:
            groups.append({"label": line["label"], "lines": []})
        groups[-1]["lines"].append(line)
    return groups


def action_lines(snapshot: snapshots.Snapshot) -> list[dict[str, Any]]:
    """Uppdragslista: what someone shall do. Proposals stay in the text, they bind nobody."""
    return [
        {
            "number": line["number"] or "",
            "text": action["text"],
            "assignee": action["assignee"] or "Ingen utsedd",
            "due": action["due"] or "–",
        }
        for line in snapshot["items"]
        for action in line["actions"]
        if action["label"] != PROPOSAL
    ]


def attachment_lines(snapshot: snapshots.Snapshot) -> list[dict[str, Any]]:
    return [
        {
            "number": line["number"],
            "title": line["title"],
            "item": line["item_label"] or "hela mötet",
            "extent": wording.counted(line["pages"], "sida", "sidor")
            if line["pages"]
            else wording.file_size(line["size"]),
        }
        for line in snapshot["attachments"]
    ]
