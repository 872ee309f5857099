"""Coming and going while the meeting sits: at which item, serving for whom, and jäv.

One tap, one act. Each is asked of the row as it is in the database, locked, so that two
secretaries who tap at once end with what both of them said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from meetings import moving, richtext
from meetings.minuting import attendance, presence, quorum
from meetings.models import (
    AgendaItem,
    Attendance,
    ConflictOfInterest,
    Meeting,
    Mode,
    Part,
    Service,
    Stay,
)
from members import audit
from members.models import Person

audit.register(
    {
        "attendance.came": "antecknade när {what} kom",
        "attendance.left": "antecknade när {what} gick",
        "attendance.conflict": "antecknade jäv för {what}",
        "attendance.no_conflict": "tog bort jäv för {what}",
        "attendance.serves": "antecknade att {what} tjänstgör",
        "attendance.serves_no_more": "tog bort att {what} tjänstgör",
    }
)

MOST_STAYS = 12


@dataclass(frozen=True)
class Stretch:
    """A stay as it is filled in: from an item (None: the beginning) to one (None: the end)."""

    first: AgendaItem | None = None
    last: AgendaItem | None = None
    first_partly: bool = False
    last_partly: bool = False


@transaction.atomic
def come(*, by: Person, row: Attendance, item: AgendaItem, partly: bool = False) -> Attendance:
    """Came at the item, or came back. Somebody not here yet is marked as here.

    Raises ValidationError when they had not gone before that.
    """
    meeting = moving.lock_writable(row.meeting)
    row = attendance.locked(row)
    if not row.is_here:
        row.mode = Mode.PRESENT
        row.save(update_fields=["mode"])
    gone = [one for one in stretches_of(row) if one.last is not None]
    back = Stretch(first=item, first_partly=partly)
    if gone and gone[-1].last == item and not gone[-1].last_partly:
        # Had hardly reached the door.
        last = gone.pop()
        back = Stretch(last.first, None, last.first_partly)
    elif gone and gone[-1].last == item:
        back = Stretch(item, None, True)
    write_stays(meeting, row, [*gone, back])
    record(by, "attendance.came", row, item=item.pk)
    return row


@transaction.atomic
def go(*, by: Person, row: Attendance, item: AgendaItem, partly: bool = False) -> Attendance:
    """Left after the item, or while it was going on.

    Raises ValidationError for somebody who is not here, has left already or came later.
    """
    meeting = moving.lock_writable(row.meeting)
    row = attendance.locked(row)
    require_here(row)
    stretches = stretches_of(row)
    staying = [one for one in stretches if one.last is None]
    if stretches and not staying:
        raise ValidationError(f"{row.name} är redan antecknad som att ha gått.")
    first = staying[0] if staying else Stretch()
    gone = Stretch(first.first, item, first.first_partly, partly)
    write_stays(meeting, row, [*(one for one in stretches if one.last is not None), gone])
    record(by, "attendance.left", row, item=item.pk)
    return row


@transaction.atomic
def set_details(
    *,
    by: Person,
    row: Attendance,
    stretches: Sequence[Stretch] = (),
    title: str = "",
    organisation_name: str = "",
) -> Attendance:
    """All stretches at once (none is the whole meeting), and how the row is printed."""
    meeting = moving.lock_writable(row.meeting)
    row = attendance.locked(row)
    if stretches and list(stretches) != [Stretch()]:
        require_here(row)
    write_stays(meeting, row, stretches)
    row.title = richtext.one_line(title)[:100]
    if organisation_name:
        row.organisation_name = richtext.one_line(organisation_name)
    row.clean_fields()
    row.save()
    record(by, "attendance.changed", row)
    return row


@transaction.atomic
def set_conflict(*, by: Person, row: Attendance, item: AgendaItem, has: bool = True) -> Attendance:
    """Jäv: left the room for the item and took no part in it."""
    moving.lock_writable(row.meeting)
    moving.refuse_frozen(item)
    row = attendance.locked(row)
    require_of(row, item)
    if has:
        require_here(row)
        ConflictOfInterest.objects.get_or_create(attendance=row, item=item)
    else:
        row.conflicts.filter(item=item).delete()
    record(by, "attendance.conflict" if has else "attendance.no_conflict", row, item=item.pk)
    return row


@transaction.atomic
def serve(*, by: Person, meeting: Meeting, person: Person, member: Person) -> Attendance:
    """Have a substitute step in for a member, for as long as the member is away.

    Puts the substitute on the list as here. Raises ValidationError for one who has a seat.
    """
    meeting = moving.lock_writable(meeting)
    refuse_service(meeting, person, member)
    row = meeting.attendance.filter(person=person).first()
    if row is None:
        row = attendance.add_person(by=by, meeting=meeting, person=person)
    row = attendance.locked(row)
    if not row.is_here or row.part != Part.MEMBER:
        row.mode = row.mode if row.is_here else Mode.PRESENT
        row.part = Part.MEMBER
        row.save(update_fields=["mode", "part"])
    Service.objects.get_or_create(attendance=row, member=member)
    record(by, "attendance.serves", row, member=member.pk)
    return row


@transaction.atomic
def stop_serving(*, by: Person, row: Attendance, member: Person) -> Attendance:
    """Take back that a substitute serves for a member."""
    moving.lock_writable(row.meeting)
    row = attendance.locked(row)
    if row.services.filter(member=member).delete()[0]:
        record(by, "attendance.serves_no_more", row, member=member.pk)
    return row


def refuse_service(meeting: Meeting, person: Person, member: Person) -> None:
    if person == member:
        raise ValidationError("Ingen kan ersätta sig själv.")
    seats = quorum.seats_of(meeting)
    if person.pk in seats.people:
        raise ValidationError(f"{person.name} är själv ledamot och kan inte ersätta någon annan.")
    if not meeting.attendance.filter(person=member).exists():
        raise ValidationError(f"{member.name} står inte på närvarolistan.")


# --- The row as it was, for Ångra ---


@dataclass(frozen=True)
class State:
    """Everything one tap can change of a row. As text it tells whether somebody else has since."""

    mode: Mode
    stretches: tuple[Stretch, ...] = ()
    members: tuple[Person, ...] = ()
    conflicts: tuple[AgendaItem, ...] = ()


@transaction.atomic
def put_back(*, by: Person, row: Attendance, state: State, after: str) -> Attendance:
    """Make the row what it was before a tap, unless somebody has changed it since."""
    meeting = moving.lock_writable(row.meeting)
    row = attendance.locked(row)
    if state_text(row) != after:
        raise ValidationError(
            f"Någon annan har ändrat närvaron för {row.name} sedan dess. Ändra direkt i listan."
        )
    attendance.forget_presence(row)
    row.mode = state.mode
    row.save(update_fields=["mode"])
    if row.is_here:
        write_stays(meeting, row, state.stretches)
        for member in state.members:
            if row.person is not None:
                refuse_service(meeting, row.person, member)
                row.services.create(member=member)
        for item in state.conflicts:
            require_of(row, item)
            row.conflicts.create(item=item)
    record(by, "attendance.changed", row)
    return row


def state_text(row: Attendance) -> str:
    return state_of(row, presence.held_by(row))


def state_of(row: Attendance, held: presence.Held) -> str:
    """ "present|-12;15p-|33|21": mode, stays, for whom, jäv. The desk sends it back as it was."""
    stays = ";".join(
        f"{stay.first_item_id or ''}{'p' * stay.first_partly}-"
        f"{stay.last_item_id or ''}{'p' * stay.last_partly}"
        for stay in held.stays
    )
    services = ",".join(str(service.member_id) for service in held.services)
    conflicts = ",".join(str(conflict.item_id) for conflict in held.conflicts)
    return f"{row.mode}|{stays}|{services}|{conflicts}"


# --- Stays ---


def stretches_of(row: Attendance) -> list[Stretch]:
    return [
        Stretch(stay.first_item, stay.last_item, stay.first_partly, stay.last_partly)
        for stay in row.stays.select_related("first_item", "last_item")
    ]


def write_stays(meeting: Meeting, row: Attendance, stretches: Sequence[Stretch]) -> bool:
    """Replace the stays where they differ; one over everything needs no row."""
    wanted = [] if list(stretches) == [Stretch()] else list(stretches)
    if wanted == stretches_of(row):
        return False
    refuse_disorder(meeting, row, wanted)
    row.stays.all().delete()
    Stay.objects.bulk_create(
        Stay(
            attendance=row, first_item=one.first, last_item=one.last,
            first_partly=one.first_partly, last_partly=one.last_partly,
        )
        for one in wanted
    )  # fmt: skip
    return True


def refuse_disorder(meeting: Meeting, row: Attendance, stretches: Sequence[Stretch]) -> None:
    """Nobody goes before they come, or comes back before they went."""
    if len(stretches) > MOST_STAYS:
        raise ValidationError(f"Högst {MOST_STAYS} gånger kan antecknas för en person.")
    items = list(meeting.items.standing())
    earlier = -1
    for i, one in enumerate(stretches):
        for item in (one.first, one.last):
            if item is not None:
                require_of(row, item)
        if (one.first is None and i > 0) or (one.last is None and i < len(stretches) - 1):
            raise ValidationError("Fyll i när personen gick, och när den kom tillbaka.")
        first = presence.place_from(items, one.first) if one.first else 0
        last = presence.place_from(items, one.last) if one.last else len(items) - 1
        if first > last:
            raise ValidationError("Personen kan inte gå före det att den kom.")
        again = first == earlier and one.first_partly and stretches[i - 1].last_partly
        if first <= earlier and not again:
            raise ValidationError("Personen kan inte komma tillbaka före det att den gick.")
        earlier = last


def require_here(row: Attendance) -> None:
    if not row.is_here:
        raise ValidationError(f"{row.name} är inte antecknad som närvarande.")


def require_of(row: Attendance, item: AgendaItem) -> None:
    if item.meeting_id != row.meeting_id:
        raise ValidationError("Punkten hör till ett annat möte.")


def record(by: Person, action: str, row: Attendance, **details: int) -> None:
    audit.record(
        by=by, action=action, council=row.meeting.council, subject=row, text=row.name, **details
    )
