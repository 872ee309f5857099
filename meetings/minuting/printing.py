"""How rows become printed words: the cover, the attendance list, the signers.

Objects in, plain values of meetings.snapshot out; nothing is written here.
"""

from __future__ import annotations

from typing import TypedDict

from meetings import snapshot, wording
from meetings.models import AgendaItem, Attendance, Meeting, Mode, Part
from meetings.models.attendance import HERE
from members.models import MinutesStyle, Person
from members.roles import SignerRole


class PresentLists(TypedDict):
    members: list[snapshot.Present]
    others: list[snapshot.Present]
    apologies: list[snapshot.Present]


def labels_of(meeting: Meeting, items: list[AgendaItem], numbers: dict[int, int]) -> dict[int, str]:
    """What an item is called when one points at it: "§ 4", or its heading where none has a §.

    The minutes of a meeting are public but for the closed items, so these have their public name.
    """
    prefix = meeting.number_prefix
    return {
        item.pk: wording.section(numbers[item.pk], prefix)
        if item.pk in numbers
        else item.public_name
        for item in items
    }


def document_name(meeting: Meeting) -> str:
    """What the meeting's style calls its minutes."""
    paragraphs = meeting.minutes_style == MinutesStyle.PARAGRAPHS
    return "Protokoll" if paragraphs else "Minnesanteckningar"


def the_document(meeting: Meeting) -> str:
    """ "Protokollet" or "Minnesanteckningarna": in a sentence about them."""
    return {"Protokoll": "Protokollet"}.get(document_name(meeting), "Minnesanteckningarna")


def cover_of(meeting: Meeting, numbers: list[int]) -> snapshot.Cover:
    council = meeting.council
    arms = council.municipality.arms_file
    start, end = meeting.local_start, meeting.local_end
    return {
        "municipality": council.municipality.name,
        "council": council.name,
        "short_name": council.short_name,
        "document": document_name(meeting),
        "style": meeting.minutes_style,
        "date": meeting.date.isoformat(),
        "starts_at": f"{start:%H:%M}" if start else "",
        "ends_at": f"{end:%H:%M}" if end else "",
        "place": meeting.place,
        "scope": wording.sections(numbers, meeting.number_prefix),
        "registry_number": meeting.registry_number,
        "chair": meeting.chair.name if meeting.chair else "",
        "secretary": meeting.secretary.name if meeting.secretary else "",
        "arms_sha256": snapshot.sha256_of(arms) if arms else "",
    }


def present_lists(
    meeting: Meeting,
    rows: list[Attendance],
    items: list[AgendaItem],
    numbers: dict[int, int],
) -> PresentLists:
    """Who was there, in their lists. Apologies only where the council prints them."""
    labels = labels_of(meeting, items, numbers)
    roles = roles_of(meeting)
    last = items[-1].pk if items else None

    def printed(row: Attendance) -> snapshot.Present:
        return {
            "name": row.name,
            "title": row.title,
            "organisation": row.organisation_name,
            "note": note(row, roles, labels, numbers, last),
        }

    here = [row for row in rows if row.mode in HERE]
    apologies = [row for row in rows if row.mode == Mode.APOLOGY]
    return {
        "members": [printed(row) for row in here if row.part == Part.MEMBER],
        "others": [printed(row) for row in here if row.part == Part.OTHER],
        "apologies": [printed(row) for row in apologies] if meeting.council.lists_apologies else [],
    }


def roles_of(meeting: Meeting) -> dict[int, list[str]]:
    """Role words of the day by person pk: ordförande, sekreterare, justerare."""
    roles: dict[int, list[str]] = {}
    if meeting.chair_id:
        roles.setdefault(meeting.chair_id, []).append("ordförande")
    if meeting.secretary_id:
        roles.setdefault(meeting.secretary_id, []).append("sekreterare")
    for place in meeting.adjuster_places.all():
        roles.setdefault(place.person_id, []).append("justerare")
    return roles


def note(
    row: Attendance,
    roles: dict[int, list[str]],
    labels: dict[int, str],
    numbers: dict[int, int],
    last: int | None,
) -> str:
    """ "ordförande, på distans, t.o.m. § 5": the last column of the list."""
    parts = list(roles.get(row.person_id or 0, []))
    if row.co_opted:
        parts.append("adjungerad")
    if row.serves_for:
        parts.append(f"ersätter {row.serves_for.name}")
    if row.mode == Mode.REMOTE:
        parts.append("på distans")
    if row.is_here:
        parts.append(span(row, labels, numbers, last))
    return ", ".join(part for part in parts if part)


def span(row: Attendance, labels: dict[int, str], numbers: dict[int, int], last: int | None) -> str:
    """ "t.o.m. § 5", "fr.o.m. § 4", "§§ 3–6" or ""; leaving after the last item is staying."""
    first_pk = row.from_item_id if row.from_item_id in labels else None
    last_pk = row.to_item_id if row.to_item_id in labels and row.to_item_id != last else None
    if first_pk and last_pk:
        if first_pk in numbers and last_pk in numbers:
            return wording.sections(range(numbers[first_pk], numbers[last_pk] + 1))
        return f"fr.o.m. {labels[first_pk]} t.o.m. {labels[last_pk]}"
    if last_pk:
        return f"t.o.m. {labels[last_pk]}"
    return f"fr.o.m. {labels[first_pk]}" if first_pk else ""


def signers_of(meeting: Meeting) -> list[tuple[SignerRole, Person | None]]:
    """Who shall sign, in the order the meeting's rules give; None where nobody is chosen."""
    elected = [place.person for place in meeting.adjuster_places.select_related("person")]
    wanted = [SignerRole(role) for role in meeting.signers]
    found: list[tuple[SignerRole, Person | None]] = []
    for role in wanted:
        if role == SignerRole.CHAIR:
            found.append((role, meeting.chair))
        elif role == SignerRole.SECRETARY:
            found.append((role, meeting.secretary))
        else:
            found.append((role, elected.pop(0) if elected else None))
    # More elected than the rules ask for: each of them was chosen to sign.
    found += [(SignerRole.ADJUSTER, person) for person in elected]
    return found


def signer_lines(meeting: Meeting) -> list[snapshot.SignerLine]:
    return [
        {
            "role": role.value,
            "role_label": role.label,
            "name": person.name if person else "",
            "person": person.pk if person else None,
        }
        for role, person in signers_of(meeting)
    ]
