"""The attendance panel: rows, counts, and who can be replaced by whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from meetings import wording
from meetings.minuting import printing
from meetings.models import Attendance, Meeting, Mode


@dataclass
class Row:
    """A line of the panel; `notes` are what the list will print, in the desk's words."""

    pk: str
    person: str  # "" for a guest
    name: str
    under: str  # "Kommunstyrelsen, ordf."
    notes: list[str]  # "kom till § 4", "gick efter § 6", "ersätter Ulla Brännfors"
    mode: str
    from_item: str
    to_item: str
    serves_for: str
    title: str
    organisation: str
    removable: bool
    chair: bool
    co_opted: bool
    adjuster: str  # "1" for the first elected


SHORT = {"ordförande": "ordf.", "sekreterare": "sekr."}


def context(meeting: Meeting, labels: dict[int, str]) -> dict[str, Any]:
    """`labels` is "§ 7" or "" by item pk, in order."""
    found = list(meeting.attendance.select_related("serves_for"))
    roles = printing.roles_of(meeting)
    rows = [row_of(meeting, row, roles, labels) for row in found]
    elected = [str(place.person_id) for place in meeting.adjuster_places.all()]
    for row in rows:
        if row.person in elected:
            row.adjuster = str(elected.index(row.person) + 1)
    return {
        "rows": rows,
        "counts": counts([row.mode for row in rows]),
        "unmarked": sum(row.mode == Mode.EXPECTED for row in rows),
    }


def row_of(
    meeting: Meeting, row: Attendance, roles: dict[int, list[str]], labels: dict[int, str]
) -> Row:
    held = [SHORT.get(word, word) for word in roles.get(row.person_id or 0, [])]
    extra = ["adjungerad"] if row.co_opted else ["gäst"] if row.guest_id else []
    return Row(
        pk=str(row.pk),
        person=str(row.person_id or ""),
        name=row.name,
        under=", ".join(part for part in (row.organisation_name, row.title, *held, *extra) if part),
        notes=notes(row, labels),
        mode=row.mode,
        from_item=str(row.from_item_id or ""),
        to_item=str(row.to_item_id or ""),
        serves_for=str(row.serves_for_id or ""),
        title=row.title,
        organisation=row.organisation_name,
        removable=row.guest_id is not None or row.serves_for_id is not None,
        chair=row.person_id is not None and row.person_id == meeting.chair_id,
        co_opted=row.co_opted,
        adjuster="",
    )


def notes(row: Attendance, labels: dict[int, str]) -> list[str]:
    said = []
    if row.from_item_id in labels:
        said.append(f"kom till {labels[row.from_item_id] or 'senare punkt'}")
    if row.to_item_id in labels:
        said.append(f"gick efter {labels[row.to_item_id] or 'tidigare punkt'}")
    if row.serves_for:
        said.append(f"ersätter {row.serves_for.name}")
    if row.mode == Mode.ABSENT:
        said.append("frånvarande utan anmälan")
    return said


def counts(modes: list[str]) -> list[str]:
    """ "12 här", "1 på distans", "3 förhinder": only what there is any of."""
    words = ((Mode.PRESENT, "här"), (Mode.REMOTE, "på distans"), (Mode.APOLOGY, "förhinder"),
             (Mode.ABSENT, "frånvarande"), (Mode.EXPECTED, "inte avprickade"))  # fmt: skip
    said = [(modes.count(mode), word) for mode, word in words]
    return [f"{number}{wording.NBSP}{word}" for number, word in said if number]
