"""The head and the first page: what the document is, when and where, and who was there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from meetings import snapshot as snapshots
from meetings import wording
from meetings.pdf.standing import Standing
from meetings.pdf.terms import DRAFT_MARK, Terms

# Lines of attendance and signers that leave less than a third of the first page empty: then § 1
# begins on a new page, as in the mock-ups. Shorter or longer lists let it follow on.
COVER_LINES = range(14, 29)
# Characters on a line of each column of the list: name, organisation, role and attendance.
LIST_COLUMNS = (20, 29, 18)
TITLE_COLUMN = 29  # and of the council's name on the cover
SHORT_NAME = 30  # in a row of several, such a name stays on one line
# Beyond these the running head is set smaller, or it would run into its rule and its neighbour.
LONG_PLACE, LONG_NAME = 24, 34


def document_head(
    cover: snapshots.Cover, standing: Standing | None, terms: Terms, document: str = ""
) -> dict[str, Any]:
    """What stands in the running head, and what the template chooses its shape by."""
    draft = standing is not None and standing.state == "draft"
    document = document or cover["document"]
    usual = DRAFT_MARK if draft else cover["short_name"] or cover["council"]
    under = cover.get("closed") or usual
    return {
        "long_head": len(cover["municipality"]) > LONG_PLACE or len(under) > LONG_NAME,
        "style": cover["style"],
        "accent": cover.get("accent", ""),
        "draft": draft,
        "council": cover["council"],
        "document": document,
        "closed": cover.get("closed", ""),
        "under_document": under,
        "title": f"{document} {cover['date']}, {cover['council']}",
        "municipality": cover["municipality"],
        "arms_alt": f"{wording.genitive(cover['municipality'])} vapen",
        # Two lines in the narrow column of the head: "Älvhamra" over "kommun".
        "municipality_lines": "\n".join(cover["municipality"].rsplit(" ", 1)),
        "date_label": terms.date_label,
        "date": cover["date"],
        "registry": f"Dnr {cover['registry_number']}" if cover["registry_number"] else "",
    }


def subtitle(cover: snapshots.Cover) -> str:
    """ "Protokoll den 12 mars 2026", or what a small paper beside it is."""
    held = wording.long_date(day_of(cover))
    whole = f"{cover['document']} {held}"
    part = cover.get("part")
    if part is None or cover["document"] == "Rättelse":  # whose name tells the day
        return part or whole
    return f"{part}, {wording.lower_first(whole)}"


def facts(cover: snapshots.Cover) -> list[tuple[str, str]]:
    """Tid, Plats, Omfattning: those that there are. Tid needs a clock time in style B."""
    lines = []
    if cover["style"] == "paragraphs" or cover["starts_at"]:
        when = wording.date_and_clock(day_of(cover), cover["starts_at"], cover["ends_at"])
        lines.append(("Tid", when))
    lines.append(("Plats", cover["place"]))
    lines.append(("Omfattning", cover["scope"]))
    return [(label, value) for label, value in lines if value]


def people(snapshot: snapshots.Snapshot, terms: Terms) -> list[tuple[str, list[str]]]:
    """Sekreterare and Justeras; style B has them only on the page Underskrifter."""
    cover = snapshot["cover"]
    if cover["style"] == "headings":
        return []
    signers = [
        f"{line['name']}, {line['role_label'].lower()}"
        for line in snapshot["signers"]
        if line["name"]
    ]
    secretary = [cover["secretary"]] if cover["secretary"] else []
    return [(label, names) for label, names in (("Sekreterare", secretary),
                                                (terms.signs, signers)) if names]  # fmt: skip


def attendance_lists(snapshot: snapshots.Snapshot) -> list[dict[str, Any]]:
    """The lists that hold someone: flat rows in style A, grouped by organisation in style B."""
    grouped = snapshot["cover"]["style"] == "headings"
    labelled: tuple[tuple[str, list[snapshots.Present]], ...] = (
        ("Närvarande" if grouped else "Ledamöter", snapshot["members"]),
        ("Övriga närvarande", snapshot["others"]),
        ("Förhindrade", snapshot["apologies"]),
        ("Frånvarande", snapshot.get("absent", [])),
    )
    lists: list[dict[str, Any]] = []
    for label, lines in labelled:
        if lines:
            rows = grouped_rows(lines) if grouped else flat_rows(lines)
            lists.append({"label": label, "grouped": grouped, "rows": rows, "first": not lists})
    if not grouped and not any(row["note"] for part in lists for row in part["rows"]):
        for part in lists:
            part["two_columns"] = True
    return lists


def flat_rows(lines: list[snapshots.Present]) -> list[dict[str, str]]:
    return [
        {"name": line["name"], "organisation": line["organisation"], "note": _note(line)}
        for line in lines
    ]


def grouped_rows(lines: list[snapshots.Present]) -> list[dict[str, Any]]:
    """One row an organisation, in the order of its first person; its people in one sentence."""
    groups: dict[str, list[snapshots.Present]] = {}
    for line in lines:
        groups.setdefault(line["organisation"], []).append(line)
    return [
        {"organisation": name, "people": list(in_a_row(group))} for name, group in groups.items()
    ]


def in_a_row(lines: list[snapshots.Present]) -> Iterator[dict[str, Any]]:
    """Names and what stands after each: "NN (ordförande), MM och OO". Only a long one breaks."""
    for left, line in zip(range(len(lines) - 1, -1, -1), lines, strict=True):
        note, then = _note(line), {0: "", 1: " och "}.get(left, ", ")
        if "(" in note:  # which is not put in brackets once more
            note, then = f", {note}", {1: ", och "}.get(left, then)
        elif note:
            note = f" ({note})"
        whole = len(line["name"]) <= SHORT_NAME
        yield {"name": line["name"], "whole": whole, "after": note + then}


def _note(line: snapshots.Present) -> str:
    return ", ".join(filter(None, (line["title"], line["note"])))


def cover_stands_alone(snapshot: snapshots.Snapshot) -> bool:
    if snapshot["cover"]["style"] == "headings":
        return False
    lists = (
        snapshot["members"], snapshot["others"], snapshot["apologies"], snapshot.get("absent", []),
    )  # fmt: skip
    listed = sum(list_lines(line) for lines in lists for line in lines)
    title = lines_of(snapshot["cover"]["council"], TITLE_COLUMN) - 1
    return listed + len(snapshot["signers"]) + 2 * title in COVER_LINES


def list_lines(line: snapshots.Present) -> int:
    """How many lines a row of the list takes, about."""
    cells = (line["name"], line["organisation"], _note(line))
    return max(lines_of(cell, width) for cell, width in zip(cells, LIST_COLUMNS, strict=True))


def lines_of(text: str, width: int) -> int:
    return 1 + max(0, len(text) - 1) // width


def day_of(cover: snapshots.Cover) -> date:
    return date.fromisoformat(cover["date"])
