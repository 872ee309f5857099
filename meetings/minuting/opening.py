"""Opening the minutes: from here on the agenda is written into."""

from __future__ import annotations

from django.db import transaction

from meetings import moving, wording
from meetings.minuting.attendance import fill_attendance
from meetings.models import Meeting
from meetings.states import BEFORE, State
from members import audit
from members.models import Person

audit.register({"minutes.opened": "öppnade {document}"}, words=wording.IN_THE_TRAIL)


@transaction.atomic
def open_minutes(*, by: Person, meeting: Meeting) -> Meeting:
    """Begin the minutes of a planned or summoned meeting; may be done before the meeting.

    A second call changes nothing. The attendance list gets the mandates valid that day.
    """
    meeting = moving.lock(meeting, *BEFORE, State.MINUTING)
    if meeting.state == State.MINUTING:
        return meeting
    fill_attendance(meeting)
    moving.move(meeting, State.MINUTING)
    audit.record(by=by, action="minutes.opened", council=meeting.council, subject=meeting)
    return meeting
