"""The meeting itself: date, time, place, who leads it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from meetings import moving, richtext, summoning
from meetings.minuting import attendance
from meetings.models import AgendaItem, ItemKind, Meeting, Topic
from meetings.states import BEFORE, WRITABLE, State
from members import audit
from members.models import Council, Mandate, Person
from members.roles import Role

audit.register(
    {
        "meeting.planned": "planerade mötet",
        "meeting.changed": "ändrade mötets uppgifter",
        "meeting.cancelled": "ställde in mötet",
    }
)
audit.describe(Meeting, named="{text}", unnamed="mötet", meeting=lambda meeting: meeting.pk)


class PlannedAlready(ValidationError):
    """The council has that meeting: same day, same time. `meeting` is the one."""

    def __init__(self, meeting: Meeting) -> None:
        super().__init__(
            "Rådet har redan ett möte den dagen och den tiden.", code="planned_already"
        )
        self.meeting = meeting


LONGEST = datetime.timedelta(hours=12)
EARLIEST, LATEST = datetime.date(1900, 1, 1), datetime.date(2200, 1, 1)


@transaction.atomic
def plan_meeting(
    *,
    by: Person,
    council: Council,
    date: datetime.date,
    starts_at: datetime.time | None = None,
    ends_at: datetime.time | None = None,
    place: str = "",
    registry_number: str = "",
    previous: Meeting | None = None,
) -> Meeting:
    """A new meeting with the council's standing items, style, numbering and signers.

    Clock times are local; an end before the start is read as past midnight. With `previous`,
    the topics waiting in the council join the agenda. Raises ValidationError; PlannedAlready for
    a meeting the council has, so that a second press on the button makes no second meeting.
    """
    # The council's row is locked so that two meetings planned at once get different keys.
    council = Council.objects.select_for_update().get(pk=council.pk)
    begins, ends = moments(date, starts_at, ends_at)
    refuse_twice(council, date, begins)
    meeting = Meeting.objects.create(
        council=council,
        key=free_key(council, date),
        date=date,
        starts_at=begins,
        ends_at=ends,
        place=richtext.one_line(place),
        registry_number=richtext.one_line(registry_number),
        minutes_style=council.minutes_style,
        numbering=council.numbering,
        number_prefix=council.number_prefix,
        signers=council.signers,
        chair=holder(council, date, Role.CHAIR, Role.VICE_CHAIR),
        secretary=holder(council, date, Role.SECRETARY),
        previous=previous,
    )
    for position, standing in enumerate(council.standing_items.all(), start=1):
        AgendaItem.objects.create(
            meeting=meeting, position=position, kind=standing.kind, heading=standing.heading
        )
    take_up_topics(meeting)
    attendance.fill_attendance(meeting)
    audit.record(by=by, action="meeting.planned", council=council, subject=meeting)
    return meeting


@transaction.atomic
def plan_next(*, by: Person, meeting: Meeting) -> Meeting:
    """Plan the meeting that the minutes call "nästa möte", with the topics parked for it.

    A second call returns the same meeting. Raises ValidationError without a next date.
    """
    meeting = moving.lock(meeting)
    following = Meeting.objects.filter(previous=meeting).first()
    if following is not None:
        return following
    if meeting.next_date is None:
        raise ValidationError("Skriv först när nästa möte är.")
    return plan_meeting(
        by=by,
        council=meeting.council,
        date=meeting.next_date,
        starts_at=meeting.next_starts_at,
        ends_at=meeting.next_ends_at,
        place=meeting.next_place,
        previous=meeting,
    )


@transaction.atomic
def change_meeting(
    *,
    by: Person,
    meeting: Meeting,
    date: datetime.date,
    starts_at: datetime.time | None,
    ends_at: datetime.time | None,
    **fields: Any,
) -> Meeting:
    """Change date, times, place, registry number, chair and secretary of the day.

    A new date gives a new address and, before the minutes are open, the mandates of that day.
    Those who have been called get a mail when day, start or place is another.
    """
    allowed = {"place", "registry_number", "chair", "secretary"}
    if fields.keys() - allowed:
        raise TypeError(f"not of a meeting's plan: {sorted(fields.keys() - allowed)}")
    meeting = moving.lock(meeting, *WRITABLE)
    old_date, old_key = meeting.date, meeting.key
    called = Called.to(meeting)
    meeting.starts_at, meeting.ends_at = moments(date, starts_at, ends_at)
    if date != old_date:
        council = Council.objects.select_for_update().get(pk=meeting.council_id)
        meeting.date, meeting.key = date, free_key(council, date)
    for name, value in fields.items():
        setattr(meeting, name, richtext.one_line(value) if isinstance(value, str) else value)
    meeting.clean_fields()
    meeting.save()
    if date != old_date and meeting.state in BEFORE:
        attendance.fill_attendance(meeting)
    called.tell_of(meeting)
    # Where it was is known by the trail: an old address leads on (views.moved).
    was = {} if meeting.key == old_key else {"was": old_key}
    audit.record(by=by, action="meeting.changed", council=meeting.council, subject=meeting, **was)
    return meeting


@dataclass(frozen=True)
class Called:
    """Who has been called, to when and where: what a change of the meeting is held against."""

    people: list[Person]
    when: str
    place: str
    begins: tuple[datetime.date, datetime.datetime | None, str]

    @classmethod
    def to(cls, meeting: Meeting) -> Called:
        is_called = meeting.state == State.SUMMONED
        return cls(
            people=summoning.called_people(meeting) if is_called else [],
            when=summoning.when_of(meeting),
            place=meeting.place,
            begins=(meeting.date, meeting.starts_at, meeting.place),
        )

    def tell_of(self, meeting: Meeting) -> None:
        """Also those who are not on the list of the new day: they would come on the old one."""
        if meeting.state != State.SUMMONED or self.begins == Called.to(meeting).begins:
            return
        summoning.write_to_called(
            meeting, "meeting_moved", also=self.people, old_when=self.when, old_place=self.place
        )


@transaction.atomic
def cancel_meeting(*, by: Person, meeting: Meeting) -> Meeting:
    """Cancel a planned or summoned meeting. It stays in the list, marked Inställt.

    Those who were called to it get a mail.
    """
    meeting = moving.lock(meeting, *BEFORE)
    moving.move(meeting, State.CANCELLED)
    if meeting.summoned_at is not None:
        summoning.write_to_called(meeting, "meeting_cancelled")
    audit.record(by=by, action="meeting.cancelled", council=meeting.council, subject=meeting)
    return meeting


def moments(
    date: datetime.date, start: datetime.time | None, end: datetime.time | None
) -> tuple[datetime.datetime | None, datetime.datetime | None]:
    """Start and end as moments. 17.00–04.00 ends the next day; 13.00–12.30 is a slip."""
    if not EARLIEST <= date <= LATEST:
        raise ValidationError({"date": "Årtalet ser inte ut att stämma."})
    if start is None:
        if end is not None:
            raise ValidationError({"starts_at": "Skriv också när mötet började."})
        return None, None
    zone = timezone.get_default_timezone()
    begins = datetime.datetime.combine(date, start, zone)
    if end is None:
        return begins, None
    ends = datetime.datetime.combine(date, end, zone)
    if ends <= begins:
        ends = datetime.datetime.combine(date + datetime.timedelta(days=1), end, zone)
        if ends - begins > LONGEST:
            raise ValidationError(
                {"ends_at": "Mötet slutar före det börjar. Rätta start- eller sluttiden."}
            )
    return begins, ends


def refuse_twice(council: Council, date: datetime.date, begins: datetime.datetime | None) -> None:
    """Two meetings in a day differ in when they begin. A cancelled one does not count."""
    same = council.meetings.filter(date=date, starts_at=begins).exclude(state=State.CANCELLED)
    found = same.first()
    if found is not None:
        raise PlannedAlready(found)


def free_key(council: Council, date: datetime.date) -> str:
    """2026-03-05, or 2026-03-05-2 for the second meeting of the day."""
    day = date.isoformat()
    taken = set(council.meetings.filter(key__startswith=day).values_list("key", flat=True))
    keys = [day, *(f"{day}-{number}" for number in range(2, 100))]
    return next(key for key in keys if key not in taken)


def holder(council: Council, day: datetime.date, *roles: Role) -> Person | None:
    """Who holds the first of the roles that anybody holds that day."""
    for role in roles:
        mandates = Mandate.objects.running(day).filter(council=council, role=role)
        mandate = mandates.select_related("person").order_by("starts_on", "pk").first()
        if mandate is not None:
            return mandate.person
    return None


def take_up_topics(meeting: Meeting) -> None:
    """Make the council's waiting topics items, before the round table and what closes a meeting."""
    waiting = list(Topic.objects.waiting().filter(council=meeting.council).select_related("item"))
    if not waiting:
        return
    closing = (ItemKind.ROUND_TABLE, ItemKind.COMING_EVENTS, ItemKind.NEXT_MEETING)
    items = list(meeting.items.standing())
    at = next((i for i, item in enumerate(items) if item.kind in closing), len(items))
    new = [
        AgendaItem(
            meeting=meeting,
            position=0,
            kind=ItemKind.INFORMATION,
            heading=topic.text,
            presenters=topic.who,
            topic=topic,
            secrecy=topic.item.secrecy,  # what springs from a closed item is closed
        )
        for topic in waiting
    ]
    for position, item in enumerate([*items[:at], *new, *items[at:]], start=1):
        item.position = position
        item.save()
