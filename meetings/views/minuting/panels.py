"""What stands around the minutes on the desk: papers, earlier action items, who can be chosen."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from meetings import followup
from meetings.models import ActionItem, Attachment, Meeting
from members.models import Mandate, Organisation, SwedishOrder
from members.roles import Role

MOST_OPEN_ACTIONS = 30


def attachments_of(meeting: Meeting, names: dict[int, str]) -> list[dict[str, Any]]:
    rows = Attachment.objects.filter(meeting=meeting).standing()
    return [
        {
            **row,
            "item": names.get(row["item_id"] or 0, ""),
            "url": reverse("attachment", args=[meeting.council.slug, meeting.key, row["number"]]),
        }
        for row in rows.values("pk", "number", "title", "filename", "pages", "item_id")
    ]


def open_actions(meeting: Meeting) -> list[dict[str, Any]]:
    """What earlier meetings of the council have asked for and nobody has closed, oldest first."""
    earlier = ActionItem.objects.unfinished().filter(council=meeting.council_id)
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
            "due": followup.due(row),
            "date": row.item.meeting.date.isoformat(),
        }
        for row in rows
    ]


def register_of(meeting: Meeting) -> dict[str, list[list[Any]]]:
    """Who can be chosen: [key, name, organisation, role], and [key, name] of organisations."""
    seats = (
        Mandate.objects.running(meeting.date)
        .filter(council=meeting.council_id)
        .exclude(role=Role.READER)
        .order_by(SwedishOrder("person__name"))
        .values_list("person_id", "person__name", "organisation__name", "role")
    )
    organisations = Organisation.objects.filter(
        municipality=meeting.council.municipality_id
    ).values_list("pk", "name")
    people = {pk: [f"p{pk}", name, org or "", role] for pk, name, org, role in seats}
    return {
        "people": list(people.values()),
        "organisations": [[f"o{pk}", name] for pk, name in organisations],
    }


def next_fields(meeting: Meeting) -> dict[str, str]:
    start, end = meeting.next_starts_at, meeting.next_ends_at
    return {
        "date": meeting.next_date.isoformat() if meeting.next_date else "",
        "starts_at": f"{start:%H:%M}" if start else "",
        "ends_at": f"{end:%H:%M}" if end else "",
        "place": meeting.next_place,
    }
