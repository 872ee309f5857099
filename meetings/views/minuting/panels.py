"""What stands around the minutes on the desk: papers, earlier action items, who can be chosen."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from meetings import followup, minuting, wording
from meetings.models import ActionItem, Meeting
from meetings.views.minuting import asking

MOST_OPEN_ACTIONS = 30


def attachments_of(meeting: Meeting, names: dict[int, str]) -> list[dict[str, Any]]:
    return [
        {
            **row,
            "item": names.get(row["item_id"] or 0, ""),
            "url": reverse("attachment", args=[meeting.council.slug, meeting.key, row["number"]]),
        }
        for row in asking.papers(meeting.pk)
    ]


def open_actions(meeting: Meeting) -> list[dict[str, Any]]:
    """What earlier meetings of the council have asked for and nobody has closed, oldest first."""
    unfinished = ActionItem.objects.unfinished().filter(council=meeting.council_id)
    earlier = followup.with_due(unfinished)
    rows = (
        earlier.exclude(item__meeting=meeting.pk)
        .select_related("item__meeting")
        .prefetch_related("persons", "organisations")
        .order_by("item__meeting__date", "pk")[:MOST_OPEN_ACTIONS]
    )
    return [
        {
            "pk": row.pk,
            "text": row.public_text,
            "assignee": followup.assignee(row),
            "due": followup.due_now(row),
            "date": wording.plain_date(row.item.meeting.date),
        }
        for row in rows
    ]


def register_of(meeting: Meeting) -> dict[str, list[list[Any]]]:
    """Who can be chosen: [key, name, organisation, role], and [key, name] of organisations."""
    seats = asking.seated(meeting.council_id, meeting.date)
    organisations = asking.organisations(meeting.council.municipality_id)
    people = {pk: [f"p{pk}", name, org or "", role] for pk, name, org, role in seats}
    return {
        "people": list(people.values()),
        "organisations": [[f"o{pk}", name] for pk, name in organisations],
    }


def standing_items_of(meeting: Meeting) -> list[tuple[int, str]]:
    return asking.standing_items(meeting.council_id)


def next_fields(meeting: Meeting) -> dict[str, str]:
    start, end = meeting.next_starts_at, meeting.next_ends_at
    return {
        "date": meeting.next_date.isoformat() if meeting.next_date else "",
        "starts_at": f"{start:%H:%M}" if start else "",
        "ends_at": f"{end:%H:%M}" if end else "",
        "place": meeting.next_place,
    }


KINDS = {
    "item": ("Paragraf", "file-earmark-text"),
    "report": ("Rapport", "mark-text"),
    "action": ("Uppdrag", "mark-action"),
    "attachment": ("Bilaga", "paperclip"),
    "decision": ("Beslut", "mark-decision"),
}


def removed_from(
    meeting: Meeting, taken: list[minuting.Removed], names: dict[int, str]
) -> list[dict[str, Any]]:
    """What can be taken back, and the address that does it."""
    return [
        {
            "kind": KINDS[one.kind][0],
            "icon": KINDS[one.kind][1],
            "is": one.kind,
            "pk": one.pk,
            "name": one.name,
            "where": names.get(one.item or 0, ""),
            "by": one.by,
            "when": wording.moment(one.at),
            "url": restoring(meeting, one),
            "item": one.item or "",
            "place": one.place if one.kind == "decision" else "",
        }
        for one in taken
    ]


def restoring(meeting: Meeting, one: minuting.Removed) -> str:
    name = {
        "item": "desk_restore_item",
        "report": "restore_report",
        "action": "restore_action",
        "attachment": "restore_attachment",
        "decision": "restore_decisions",
    }[one.kind]
    last = [one.pk, one.wording] if one.kind == "decision" else [one.pk]
    return reverse(name, args=[meeting.council.slug, meeting.key, *last])
