"""Handing justering over to the council's next meeting, when those who justerar do not agree.

The round is closed and the minutes are open for writing; the council says its word at the meeting
it was handed to, and then they can be sent out again (domain.md b2.6).
"""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from meetings import moving, planning, wording
from meetings.minuting import printing
from meetings.models import Meeting, RoundState, SigningRound
from meetings.signing import rounds
from meetings.states import WRITABLE, State
from members import audit
from members.models import Person

audit.register(
    {"signing.handed_on": "lämnade över justeringen av {document} till nästa möte"},
    words=wording.IN_THE_TRAIL,
)


def later_meetings(meeting: Meeting) -> list[Meeting]:
    """The council's meetings that can still get an item on their agenda, soonest first."""
    coming = Meeting.objects.filter(
        council=meeting.council_id, state__in=WRITABLE, date__gt=meeting.date
    )
    return list(coming.order_by("date", "pk"))


@transaction.atomic
def hand_on(*, by: Person, meeting: Meeting, to: Meeting) -> SigningRound:
    """Close the open round and put its question on the agenda of a later meeting. All are told.

    Raises ValidationError when no round is open or the meeting cannot take the item.
    """
    meeting = moving.lock(meeting, State.SIGNING)
    round_ = (
        SigningRound.objects.select_related("meeting__council", "version")
        .filter(meeting=meeting, state=RoundState.OPEN)
        .first()
    )
    if round_ is None:
        raise ValidationError("Ingen justering pågår.")
    if to not in later_meetings(meeting):
        raise ValidationError({"to": "Välj ett senare möte vars dagordning går att ändra."})
    round_.state, round_.closed_at = RoundState.HANDED_ON, timezone.now()
    round_.returned_by, round_.handed_to = by, to
    round_.save(update_fields=["state", "closed_at", "returned_by", "handed_to"])
    moving.move(meeting, State.MINUTING)
    planning.add_item(by=by, meeting=to, heading=heading_of(meeting, meeting.date))
    void = list(round_.approvals.values_list("signer__person", flat=True))
    audit.record(
        by=by, action="signing.handed_on", council=meeting.council, subject=meeting,
        round=round_.number, to=to.pk, approvals_void=len(void),
    )  # fmt: skip
    for person in rounds.concerned(round_):
        if person.pk != by.pk:
            rounds.write_to(
                person, "signing_handed_on", round_, void=person.pk in void,
                next_date=wording.weekday_date(to.date),
            )  # fmt: skip
    return round_


def heading_of(meeting: Meeting, held: datetime.date) -> str:
    """ "Justering av protokoll från den 12 mars 2026"."""
    document = printing.document_name(meeting).lower()
    return f"Justering av {document} från {wording.long_date(held)}"
