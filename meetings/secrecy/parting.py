"""Public minutes and their closed part: two papers of one frozen text.

The version's own bytes are the public minutes, and hold a commitment for every closed item. The
closed items themselves are rows beside it. Whoever approves the version's hash approves both.
"""

from __future__ import annotations

import copy
import json
import secrets
from collections.abc import Mapping
from typing import cast

from django.core.exceptions import ValidationError

from meetings import snapshot, wording
from meetings.models import AgendaItem, ClosedItem, Meeting, MinutesVersion
from members.models import Person

SALT = 32  # bytes
PART = "Sekretessbelagd del"


def committed(
    public: snapshot.Snapshot, parts: Mapping[int, snapshot.ClosedPart]
) -> tuple[snapshot.Snapshot, list[ClosedItem]]:
    """The public minutes with a commitment for each closed item, and the rows these are of."""
    public, rows = copy.deepcopy(public), []
    for line in public["items"]:
        if line["key"] in parts:
            closed, salt = snapshot.canonical(parts[line["key"]]), secrets.token_bytes(SALT)
            line["commitment"] = snapshot.commitment_of(salt, closed)
            rows.append(
                ClosedItem(
                    item_id=line["key"], canonical=closed, salt=salt, commitment=line["commitment"]
                )
            )
    return public, rows


def keep(version: MinutesVersion, rows: list[ClosedItem]) -> None:
    """Store the closed items of a version that has just been frozen."""
    for row in rows:
        row.version = version
    ClosedItem.objects.bulk_create(rows)


def has_closed_part(version: MinutesVersion) -> bool:
    return version.closed_items.exists()


def items_of(version: MinutesVersion) -> list[AgendaItem]:
    """What is closed of a version, to note as read."""
    return list(AgendaItem.objects.filter(closed_in__version=version).order_by("position", "pk"))


def parts_of(version: MinutesVersion) -> dict[int, snapshot.ClosedPart]:
    """The closed items of a version, by the key of the item."""
    return {row.item_id: read(row) for row in version.closed_items.all()}


def parts_for(person: Person, version: MinutesVersion) -> dict[int, snapshot.ClosedPart]:
    """As parts_of; none for who may not read them today."""
    parts = parts_of(version)
    readable = Meeting.objects.with_closed_for(person).filter(pk=version.meeting_id)
    return parts if parts and readable.exists() else {}


def read(row: ClosedItem) -> snapshot.ClosedPart:
    return cast(snapshot.ClosedPart, json.loads(bytes(row.canonical)))


def joined(
    public: snapshot.Snapshot, parts: Mapping[int, snapshot.ClosedPart]
) -> snapshot.Snapshot:
    """The whole text, for who may read all of it: closed items in their places, and the papers."""
    if not parts:
        return public
    papers = [*public["attachments"], *(one for p in parts.values() for one in p["attachments"])]
    return {
        **public,
        "items": [
            parts[line["key"]]["item"] if line["key"] in parts else line for line in public["items"]
        ],
        "attachments": sorted(papers, key=lambda one: one["number"]),
    }


def whole(version: MinutesVersion) -> snapshot.Snapshot:
    """The frozen text with its closed items: for the signers, and who has the right."""
    return joined(public_of(version), parts_of(version))


def text_for(person: Person, version: MinutesVersion) -> snapshot.Snapshot:
    """The frozen text as far as this person may read it today."""
    public = public_of(version)
    if not any("withheld" in line for line in public["items"]):
        return public
    return joined(public, parts_for(person, version))


def public_of(version: MinutesVersion) -> snapshot.Snapshot:
    return cast(snapshot.Snapshot, json.loads(bytes(version.canonical)))


def closed_paper(
    public: snapshot.Snapshot, parts: Mapping[int, snapshot.ClosedPart]
) -> snapshot.Snapshot:
    """The closed items alone, as a paper of its own beside the public minutes."""
    lines = [parts[line["key"]]["item"] for line in public["items"] if line["key"] in parts]
    scope = scope_of(lines)
    part = f"{PART}, {scope}" if scope else PART
    if "corrects" in public:  # which is told by what it corrects, and has one item
        part = f"{public['cover']['part']}, {wording.lower_first(PART)}"
    return {
        **public,
        "cover": {
            **public["cover"],
            "scope": scope,
            "part": part,
            "closed": PART,
        },
        "items": lines,
        "attachments": [
            one
            for line in public["items"]
            if line["key"] in parts
            for one in parts[line["key"]]["attachments"]
        ],
        "dissents": [],
    }


def scope_of(lines: list[snapshot.ItemLine]) -> str:
    """ "§ 5", "§ 5 och § 7"; nothing where items have no number: headings are closed as well."""
    return wording.joined([line["label"] for line in lines if line["label"]])


def check(version: MinutesVersion) -> None:
    """Every commitment of the frozen text has its closed item, with exactly those bytes.

    Raises ValidationError, and names no words of theirs.
    """
    said = {
        line["key"]: line["commitment"]
        for line in public_of(version)["items"]
        if "commitment" in line
    }
    kept = {
        row.item_id: snapshot.commitment_of(bytes(row.salt), bytes(row.canonical))
        for row in version.closed_items.all()
    }
    if said != kept:
        raise ValidationError(
            "Den sekretessbelagda delen stämmer inte med den låsta texten.", code="approval"
        )
