"""The agenda: items and their order."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from meetings import moving, richtext
from meetings.models import AgendaItem, ItemKind, Meeting, StandingItem
from meetings.states import WRITABLE
from members import audit
from members.models import Council, Person

audit.register(
    {
        "item.added": "lade till {what}",
        "item.changed": "ändrade {what}",
        "item.moved": "flyttade {what}",
        "item.removed": "tog bort {what}",
        "item.restored": "tog tillbaka {what}",
        "standing_items.set": "ändrade rådets stående punkter",
    }
)
audit.describe(
    AgendaItem, named="punkten {text}", unnamed="en punkt", meeting=lambda item: item.meeting_id
)

ONE_LINE = {"heading", "presenters", "registry_number", "dispatch"}
CHANGEABLE = ONE_LINE | {"kind", "planned_time", "proposed_decision"}
MOST_ITEMS = 200


@transaction.atomic
def add_item(
    *,
    by: Person,
    meeting: Meeting,
    heading: str,
    kind: ItemKind | str = ItemKind.OTHER,
    after: AgendaItem | None = None,
    **fields: Any,
) -> AgendaItem:
    """Add an item last, or right after another. Raises ValidationError for a bad heading."""
    meeting = moving.lock_writable(meeting)
    items = list(meeting.items.standing())
    if len(items) >= MOST_ITEMS:
        raise ValidationError(f"Ett möte kan ha högst {MOST_ITEMS} punkter.")
    item = AgendaItem(meeting=meeting, kind=kind, position=0)
    fill(item, {"heading": heading, **fields})
    at = next(
        (i + 1 for i, other in enumerate(items) if after and other.pk == after.pk), len(items)
    )
    items.insert(at, item)
    number_positions(items)
    audit.record(by=by, action="item.added", council=meeting.council, subject=item)
    return item


@transaction.atomic
def change_item(*, by: Person, item: AgendaItem, **fields: Any) -> AgendaItem:
    """Change heading, kind, presenters, planned time, registry number, dispatch or proposal."""
    moving.lock_item(item, *WRITABLE)
    item = AgendaItem.objects.select_for_update().select_related("meeting__council").get(pk=item.pk)
    fill(item, fields)
    item.save(update_fields=sorted(fields))
    audit.record(
        by=by, action="item.changed", council=item.meeting.council, subject=item,
        fields=sorted(fields),
    )  # fmt: skip
    return item


@transaction.atomic
def move_item(*, by: Person, item: AgendaItem, to: int) -> list[AgendaItem]:
    """Put the item at place `to` (0 is first, too large is last); the new order is returned."""
    meeting = moving.lock_writable(item.meeting)
    items = list(meeting.items.standing())
    old = next((i for i, other in enumerate(items) if other.pk == item.pk), None)
    if old is None:
        raise ValidationError("Punkten är borttagen och kan inte flyttas.")
    moved = items.pop(old)
    items.insert(max(0, min(to, len(items))), moved)
    number_positions(items)
    audit.record(by=by, action="item.moved", council=meeting.council, subject=moved, to=to)
    return items


@transaction.atomic
def remove_item(*, by: Person, item: AgendaItem) -> AgendaItem:
    """Take an item off the agenda. Its texts stay, and restore_item brings it back."""
    meeting = moving.lock_item(item, *WRITABLE)
    item = AgendaItem.objects.select_for_update().get(pk=item.pk)
    if item.removed_at is None:
        item.removed_at, item.number = timezone.now(), None
        item.save(update_fields=["removed_at", "number"])
        audit.record(by=by, action="item.removed", council=meeting.council, subject=item)
    return item


@transaction.atomic
def restore_item(*, by: Person, item: AgendaItem) -> AgendaItem:
    """Undo remove_item: the item returns to where it stood."""
    meeting = moving.lock_item(item, *WRITABLE)
    item = AgendaItem.objects.select_for_update().get(pk=item.pk)
    if item.removed_at is not None:
        item.removed_at = None
        item.save(update_fields=["removed_at"])
        audit.record(by=by, action="item.restored", council=meeting.council, subject=item)
    return item


@transaction.atomic
def set_standing_items(
    *, by: Person, council: Council, items: Sequence[tuple[ItemKind | str, str]]
) -> list[StandingItem]:
    """Replace the council's standing items, in order. Meetings already planned keep theirs."""
    council = Council.objects.select_for_update().get(pk=council.pk)
    rows = [
        StandingItem(council=council, position=i, kind=kind, heading=richtext.one_line(heading))
        for i, (kind, heading) in enumerate(items, start=1)
        if richtext.one_line(heading)
    ]
    for row in rows:
        row.clean_fields(exclude=["council"])
    council.standing_items.all().delete()
    made = StandingItem.objects.bulk_create(rows)
    audit.record(by=by, action="standing_items.set", council=council, subject=council)
    return made


def fill(item: AgendaItem, fields: dict[str, Any]) -> None:
    """Set and validate fields of an item; headings lose line breaks and invisible characters."""
    if fields.keys() - CHANGEABLE:
        raise TypeError(f"not of an agenda item: {sorted(fields.keys() - CHANGEABLE)}")
    for name, value in fields.items():
        if name in ONE_LINE:
            value = richtext.one_line(value)
        elif isinstance(value, str):
            value = richtext.without_invisible(value).strip()
        setattr(item, name, value)
    if not item.heading:
        raise ValidationError({"heading": "Skriv en rubrik."})
    item.clean_fields(exclude=["meeting", "position", "topic"])


def number_positions(items: list[AgendaItem]) -> None:
    """Write positions 1, 2, 3 … where they differ; a new item is saved whole."""
    for position, item in enumerate(items, start=1):
        if item.pk is None:
            item.position = position
            item.save()
        elif item.position != position:
            item.position = position
            item.save(update_fields=["position"])
