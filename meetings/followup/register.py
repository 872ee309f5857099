"""Who can be meant in the words of an uppdrag: the council's people and the organisations."""

from __future__ import annotations

from meetings.followup.guessing import Register
from meetings.models import Attendance, Meeting
from members.models import Mandate, Organisation
from members.roles import Role


def register_for(meeting: Meeting) -> Register:
    """Who has a seat that day or stands on the list, with roles and titles; in three queries."""
    seats = (
        Mandate.objects.running(meeting.date)
        .filter(council=meeting.council_id)
        .exclude(role=Role.READER)
        .values_list("person_id", "person__name", "role", "title")
    )
    people: dict[int, tuple[str, str, list[str]]] = {}
    of_the_day = {Role.CHAIR: meeting.chair_id, Role.SECRETARY: meeting.secretary_id}
    for pk, name, role, title in seats:
        # Who led and who wrote is told by the meeting, whoever has the seat.
        told = [title] if role in of_the_day else [title, Role(role).label.lower()]
        people.setdefault(pk, (f"p{pk}", name, []))[2].extend(filter(None, told))
    listed = Attendance.objects.filter(meeting=meeting, person__isnull=False)
    for key, name, title in listed.values_list("person_id", "person__name", "title"):
        if key is not None:
            titles = people.setdefault(key, (f"p{key}", name, []))[2]
            titles.extend([title] if title and title not in titles else [])
    for role, holder in of_the_day.items():
        if holder in people:
            people[holder][2].append(role.label.lower())
    organisations = Organisation.objects.filter(
        municipality=meeting.council.municipality_id
    ).values_list("pk", "name", "aliases")
    return Register(
        people=list(people.values()),
        organisations=[(f"o{pk}", name, list(aliases)) for pk, name, aliases in organisations],
    )
