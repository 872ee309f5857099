"""Every reading of what is closed stands in the trail: who, what and when."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from meetings.models import AgendaItem, Meeting
from members import audit
from members.models import Person

audit.register({"closed.read": "läste {which}, som omfattas av sekretess"})


def note_reading(*, by: Person, meeting: Meeting, items: Iterable[AgendaItem], where: str) -> None:
    """One entry for a request that showed these items' words; none when none is closed.

    `where` names the page or file: "desk", "sign", "closed_pdf".
    """
    read = [item.pk for item in items if item.is_secret]
    if not read:
        return
    with transaction.atomic():
        audit.record(
            by=by, action="closed.read", council=meeting.council, subject=meeting,
            items=read, where=where,
        )  # fmt: skip
