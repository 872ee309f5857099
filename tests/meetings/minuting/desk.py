"""Posting to the desk as its scripts do."""

from __future__ import annotations

import json
from typing import Any

from django.test import Client
from django.urls import reverse

from meetings.models import ItemKind, Meeting


def url(meeting: Meeting, name: str, *args: object) -> str:
    return reverse(name, args=[meeting.council.slug, meeting.key, *args])


def send(
    client: Client, meeting: Meeting, name: str, /, *args: object, **fields: Any
) -> tuple[int, dict[str, Any]]:
    """Status and JSON of a fetch to one of the desk's addresses."""
    fields = {
        key: json.dumps(value) if key in ("points", "seen", "topics") else value
        for key, value in fields.items()
    }
    answer = client.post(url(meeting, name, *args), fields, headers={"X-Requested-With": "fetch"})
    return answer.status_code, answer.json()


def item(meeting: Meeting, kind: ItemKind) -> int:
    return meeting.items.standing().get(kind=kind).pk
