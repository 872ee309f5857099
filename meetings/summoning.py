"""Calling a meeting: everyone who is expected is told, and the meeting is kallat."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse

from meetings import moving, wording
from meetings.models import Meeting
from meetings.states import State
from members import audit, mail
from members.models import Person

audit.register({"meeting.summoned": "kallade till mötet"})


@transaction.atomic
def summon(*, by: Person, meeting: Meeting) -> int:
    """Mail everyone on the list who has an address, and move to kallat; returns how many mails.

    Raises ValidationError when there is no agenda to call to.
    """
    meeting = moving.lock(meeting, State.PLANNED)
    if not meeting.items.standing().exists():
        raise ValidationError("Dagordningen är tom. Lägg till minst en punkt först.")
    moving.move(meeting, State.SUMMONED)
    rows = meeting.attendance.select_related("person").filter(person__email__isnull=False)
    people = [row.person for row in rows if row.person and row.person.is_active]
    when = wording.date_and_clock(meeting.date, meeting.local_start, meeting.local_end)
    path = reverse("meeting", args=[meeting.council.slug, meeting.key])
    context = {"meeting": meeting, "when": when, "link": settings.BASE_URL + path}
    for person in people:
        mail.queue_letter(to=person, letter="summons", context=context, council=meeting.council)
    audit.record(
        by=by, action="meeting.summoned", council=meeting.council, subject=meeting, mails=len(people)
    )
    return len(people)
