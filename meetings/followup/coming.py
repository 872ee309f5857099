"""What comes after this meeting: topics to take up, and when and where the next one is."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from meetings import moving, richtext
from meetings.models import AgendaItem, Meeting, Topic
from meetings.states import State
from members import audit
from members.models import Person

audit.register(
    {
        "topics.set": "ändrade listan med ämnen att ta upp i {what}",
        "next_meeting.set": "antecknade nästa möte",
    }
)


@transaction.atomic
def set_topics(*, by: Person, item: AgendaItem, topics: list[tuple[str, str]]) -> list[Topic]:
    """Replace the item's "ämnen att ta upp" by (text, who). Rows without text fall away."""
    moving.lock_item(item, State.MINUTING)
    rows = [
        Topic(
            council=item.meeting.council, item=item, position=i,
            text=richtext.one_line(text), who=richtext.one_line(who),
        )
        for i, (text, who) in enumerate(topics, start=1)
        if richtext.one_line(text)
    ]  # fmt: skip
    for row in rows:
        row.clean_fields(exclude=["council", "item"])
    item.topics.all().delete()
    made = Topic.objects.bulk_create(rows)
    audit.record(
        by=by, action="topics.set", council=item.meeting.council, subject=item, topics=len(made)
    )
    return made


@transaction.atomic
def set_next_meeting(
    *,
    by: Person,
    meeting: Meeting,
    date: datetime.date | None,
    starts_at: datetime.time | None = None,
    ends_at: datetime.time | None = None,
    place: str = "",
) -> Meeting:
    """Note when and where the next meeting is. ValidationError if it is not after this one."""
    meeting = moving.lock(meeting, State.MINUTING)
    if date is not None and date <= meeting.date:
        raise ValidationError({"date": "Nästa möte måste vara efter det här mötet."})
    if date is None and (starts_at or ends_at):
        raise ValidationError({"date": "Skriv också vilken dag nästa möte är."})
    meeting.next_date, meeting.next_starts_at, meeting.next_ends_at = date, starts_at, ends_at
    meeting.next_place = richtext.one_line(place)
    meeting.clean_fields()
    meeting.save(update_fields=["next_date", "next_starts_at", "next_ends_at", "next_place"])
    audit.record(by=by, action="next_meeting.set", council=meeting.council, subject=meeting)
    return meeting
