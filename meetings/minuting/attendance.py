"""Who is there: filled from the mandates of the day, marked at the table, printed as it was.

When they came and went, for whom they serve and jäv is coming_and_going's.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from meetings import moving, richtext
from meetings.models import Attendance, Guest, Meeting, Mode, Part
from members import audit
from members.models import Mandate, Organisation, Person, SwedishOrder
from members.roles import EXPECTED_ROLES, Role

audit.register(
    {
        "attendance.marked": "antecknade {what} {mode}",
        "attendance.changed": "ändrade närvaron för {what}",
        "attendance.added": "lade till {what} på närvarolistan",
        "attendance.removed": "tog bort {what} från närvarolistan",
    },
    words={
        "mode": {
            Mode.EXPECTED: "som inte avprickad",
            Mode.PRESENT: "som närvarande",
            Mode.REMOTE: "som närvarande på distans",
            Mode.APOLOGY: "med förhinder",
            Mode.ABSENT: "som frånvarande",
        }
    },
)
audit.describe(Attendance, named="{text}", unnamed="en person", meeting=lambda row: row.meeting_id)

# One row a person: the first of these they hold decides organisation and list.
PRECEDENCE = (
    Role.CHAIR,
    Role.VICE_CHAIR,
    Role.MEMBER,
    Role.SUBSTITUTE,
    Role.CO_OPTED,
    Role.SECRETARY,
)
IN_THE_COUNCIL = (Role.CHAIR, Role.VICE_CHAIR, Role.MEMBER, Role.SUBSTITUTE)


def fill_attendance(meeting: Meeting) -> None:
    """Bring the list in step with the mandates valid that day.

    Someone already marked, or added by hand, is left as they are; someone not yet marked whose
    mandate does not run that day goes. Called inside a transaction, with the meeting locked.
    """
    seats = seats_of(meeting)
    known = {row.person_id: row for row in meeting.attendance.filter(person__isnull=False)}
    for position, (person_id, mandate) in enumerate(seats.items(), start=1):
        row = known.get(person_id)
        if row is None:
            row = Attendance(meeting=meeting, person_id=person_id)
        elif row.mode != Mode.EXPECTED:
            continue
        describe(row, mandate)
        row.position = position
        row.save()
    meeting.attendance.filter(mode=Mode.EXPECTED, guest__isnull=True).exclude(
        person__in=seats
    ).delete()


def seats_of(meeting: Meeting) -> dict[int, Mandate]:
    """The mandate that seats each expected person, in printed order (organisation, name)."""
    mandates = (
        Mandate.objects.running(meeting.date)
        .filter(council=meeting.council_id, role__in=EXPECTED_ROLES)
        .select_related("person", "organisation")
        .order_by(SwedishOrder("organisation__name"), SwedishOrder("person__name"))
    )
    seats: dict[int, Mandate] = {}
    for mandate in mandates:
        held = seats.get(mandate.person_id)
        if held is None or precedence(mandate) < precedence(held):
            seats[mandate.person_id] = mandate
    return seats


def precedence(mandate: Mandate) -> int:
    role = Role(mandate.role)
    return PRECEDENCE.index(role) if role in PRECEDENCE else len(PRECEDENCE)


def describe(row: Attendance, mandate: Mandate) -> None:
    """Name, title and organisation as printed that day; frozen with the minutes."""
    row.name, row.title = mandate.person.name, mandate.title
    row.organisation = mandate.organisation
    row.organisation_name = mandate.organisation.name if mandate.organisation else ""
    row.part = Part.MEMBER if mandate.role in IN_THE_COUNCIL else Part.OTHER
    row.co_opted = mandate.role == Role.CO_OPTED


@transaction.atomic
def mark(*, by: Person, row: Attendance, mode: Mode | str) -> Attendance:
    """Mark here, remote, apology or absent (one tap).

    Who was not there came and went at no item, served for nobody and had no jäv.
    """
    moving.lock_writable(row.meeting)
    row = locked(row)
    row.mode = Mode(mode)
    if not row.is_here:
        forget_presence(row)
    row.save()
    audit.record(
        by=by, action="attendance.marked", council=row.meeting.council, subject=row,
        text=row.name, mode=row.mode,
    )  # fmt: skip
    return row


@transaction.atomic
def mark_rest_present(*, by: Person, meeting: Meeting) -> list[int]:
    """Mark everyone not yet marked as here; returns the keys of their rows."""
    meeting = moving.lock_writable(meeting)
    rest = list(meeting.attendance.filter(mode=Mode.EXPECTED).values_list("pk", flat=True))
    mark_many(by, meeting, rest, Mode.PRESENT)
    return rest


@transaction.atomic
def unmark_rest(*, by: Person, meeting: Meeting, rows: Sequence[int]) -> int:
    """Take that back, for those of the rows that nobody has touched since; returns how many."""
    meeting = moving.lock_writable(meeting)
    untouched = meeting.attendance.filter(
        pk__in=rows, mode=Mode.PRESENT, stays=None, services=None, conflicts=None
    )
    keys = list(untouched.values_list("pk", flat=True))
    mark_many(by, meeting, keys, Mode.EXPECTED)
    return len(keys)


def mark_many(by: Person, meeting: Meeting, rows: Sequence[int], mode: Mode) -> None:
    if not rows:
        return
    meeting.attendance.filter(pk__in=rows).update(mode=mode)
    audit.record(
        by=by, action="attendance.marked", council=meeting.council, subject=meeting,
        text=f"resten ({len(rows)})", mode=mode,
    )  # fmt: skip


def forget_presence(row: Attendance) -> None:
    """Take away when they were there, for whom they served, and jäv."""
    conflicts = row.conflicts.select_related("item")
    for conflict in conflicts:
        moving.refuse_frozen(conflict.item)
    row.stays.all().delete()
    row.services.all().delete()
    conflicts.delete()


@transaction.atomic
def add_guest(
    *,
    by: Person,
    meeting: Meeting,
    name: str,
    organisation_name: str = "",
    title: str = "",
    mode: Mode | str = Mode.PRESENT,
) -> Attendance:
    """Add a guest by typing. Somebody of the register by that name gets their own row instead."""
    meeting = moving.lock_writable(meeting)
    name = richtext.one_line(name)
    if not name:
        raise ValidationError({"name": "Skriv gästens namn."})
    known = Person.objects.filter(
        mandates__council=meeting.council, name__iexact=name, mandates__starts_on__lte=meeting.date
    )
    person = known.order_by("-pk").first()
    if person is not None and not meeting.attendance.filter(person=person).exists():
        return add_person(by=by, meeting=meeting, person=person, mode=mode, part=Part.OTHER)
    guest, _ = Guest.objects.get_or_create(
        council=meeting.council,
        name=name[:200],
        organisation_name=richtext.one_line(organisation_name)[:200],
        defaults={"title": richtext.one_line(title)[:100]},
    )
    return enlist(
        by, meeting, Mode(mode), guest=guest, name=name, title=richtext.one_line(title),
        organisation_name=guest.organisation_name, part=Part.OTHER,
    )  # fmt: skip


@transaction.atomic
def add_person(
    *,
    by: Person,
    meeting: Meeting,
    person: Person,
    mode: Mode | str = Mode.PRESENT,
    part: Part = Part.MEMBER,
    serves_for: Person | None = None,
) -> Attendance:
    """Add somebody of the register who was not expected, such as a serving substitute."""
    meeting = moving.lock_writable(meeting)
    mandates = Mandate.objects.filter(person=person, council=meeting.council)
    running = sorted(mandates.running(meeting.date), key=precedence)
    mandate = running[0] if running else mandates.order_by("-starts_on").first()
    organisation: Organisation | None = mandate.organisation if mandate else None
    row = enlist(
        by, meeting, Mode(mode), person=person, name=person.name, part=part,
        title=mandate.title if mandate else "", organisation=organisation,
        organisation_name=organisation.name if organisation else "",
        substitute=mandate is not None and mandate.role == Role.SUBSTITUTE,
    )  # fmt: skip
    if serves_for is not None:
        row.services.create(member=serves_for)
    return row


def enlist(by: Person, meeting: Meeting, mode: Mode, **fields: object) -> Attendance:
    """Add a row last in the list; ValidationError when the person or guest is there already."""
    row = Attendance(meeting=meeting, mode=mode, position=meeting.attendance.count() + 1)
    for name, value in fields.items():
        setattr(row, name, value)
    row.clean_fields()
    same = {"person": row.person} if row.person_id else {"guest": row.guest}
    if meeting.attendance.filter(**same).exists():
        raise ValidationError(f"{row.name} står redan på listan.")
    row.save()
    audit.record(
        by=by, action="attendance.added", council=meeting.council, subject=row, text=row.name
    )
    return row


@transaction.atomic
def remove_from_list(*, by: Person, row: Attendance) -> None:
    """Take away a row added by mistake. Whoever has a seat that day is marked absent instead."""
    meeting = moving.lock_writable(row.meeting)
    if row.person_id in seats_of(meeting):
        raise ValidationError(f"{row.name} har en plats i rådet. Markera frånvaro i stället.")
    audit.record(
        by=by, action="attendance.removed", council=meeting.council, subject=row, text=row.name
    )
    row.delete()


def locked(row: Attendance) -> Attendance:
    return (
        Attendance.objects.select_for_update(of=("self",))
        .select_related("meeting__council")
        .get(pk=row.pk)
    )
