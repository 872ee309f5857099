"""How rows become printed words: the cover, the attendance list, the signers.

Objects in, plain values of meetings.snapshot out; nothing is written here.
"""

from __future__ import annotations

from typing import TypedDict

from django.db.models import QuerySet

from meetings import snapshot, wording
from meetings.minuting import sentences
from meetings.minuting.presence import Line, Roll
from meetings.models import AgendaItem, Meeting, MeetingAdjuster, Mode, Part
from meetings.models.attendance import HERE
from members import prepared
from members.models import Accent, MinutesStyle, Person
from members.roles import SignerRole


class PresentLists(TypedDict):
    members: list[snapshot.Present]
    others: list[snapshot.Present]
    apologies: list[snapshot.Present]
    absent: list[snapshot.Present]  # without notice


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
    start, end = meeting.local_start, meeting.local_end
    cover: snapshot.Cover = {
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
        "arms_sha256": council.municipality.arms_sha256,
    }
    # Only where it is another, so that the bytes of minutes without are as they were before.
    if council.accent != Accent.TEAL:
        cover["accent"] = council.accent
    return cover


def present_lists(meeting: Meeting, roll: Roll, numbers: dict[int, int]) -> PresentLists:
    """Who was there, in their lists. Those who were not only where the council prints them."""
    names = sentences.Names.of(roll.items, numbers, meeting.number_prefix)
    roles = roles_of(meeting)
    closed = {place for place, item in enumerate(roll.items) if item.is_secret}

    def printed(*modes: Mode, part: Part | None = None) -> list[snapshot.Present]:
        return [
            {
                "name": line.row.name,
                "title": line.row.title,
                "organisation": line.row.organisation_name,
                "note": note(line, roles, names, closed),
            }
            for line in roll.lines
            if line.row.mode in modes and part in (None, line.row.part)
        ]

    tells = meeting.council.lists_apologies
    return {
        "members": printed(*HERE, part=Part.MEMBER),
        "others": printed(*HERE, part=Part.OTHER),
        "apologies": printed(Mode.APOLOGY) if tells else [],
        "absent": printed(Mode.ABSENT) if tells else [],
    }


@prepared.question
def chosen(meeting: int) -> QuerySet[MeetingAdjuster, int]:
    """The elected adjusters in order, as person pks."""
    return MeetingAdjuster.objects.filter(meeting=meeting).values_list("person_id", flat=True)


def roles_of(meeting: Meeting) -> dict[int, list[str]]:
    """Role words of the day by person pk: ordförande, sekreterare, justerare."""
    return roles_among(meeting.chair_id, meeting.secretary_id, chosen(meeting.pk))


def roles_among(
    chair: int | None, secretary: int | None, adjusters: list[int]
) -> dict[int, list[str]]:
    roles: dict[int, list[str]] = {}
    if chair:
        roles.setdefault(chair, []).append("ordförande")
    if secretary:
        roles.setdefault(secretary, []).append("sekreterare")
    for pk in adjusters:
        roles.setdefault(pk, []).append("justerare")
    return roles


def note(line: Line, roles: dict[int, list[str]], names: sentences.Names, closed: set[int]) -> str:
    """ "ordförande, på distans, t.o.m. § 5": the last column of the list.

    Whose affair a closed item is, jäv could tell; there it is told in the item alone.
    """
    row = line.row
    conflicts = [place for place in line.conflicts if place not in closed]
    parts = list(roles.get(row.person_id or 0, []))
    if row.co_opted:
        parts.append("adjungerad")
    if row.is_here:
        served = sentences.serving(line, names)
        parts.append(served or ("ersättare" if row.substitute else ""))
    if row.mode == Mode.REMOTE:
        parts.append("på distans")
    if row.is_here:
        parts += [sentences.span(line.stays, names), sentences.conflicts(conflicts, names)]
    return ", ".join(part for part in parts if part)


def conflict_sentences(roll: Roll) -> dict[int, str]:
    """What is printed at an item that somebody left for jäv, by item pk."""
    away: dict[int, list[str]] = {}
    for line in roll.lines:
        for place in line.conflicts if line.row.is_here else []:
            away.setdefault(roll.items[place].pk, []).append(line.row.name)
    return {pk: sentences.conflict(names) for pk, names in away.items()}


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
