"""The attendance panel: rows, counts, quorum, and who can be replaced by whom."""

from __future__ import annotations

import functools
import json
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from meetings import wording
from meetings.minuting import coming_and_going, freezing, presence, printing, quorum, sentences
from meetings.minuting.presence import Line
from meetings.models import AgendaItem, Meeting, Mode
from meetings.views import fragments
from meetings.views.minuting import asking
from members import prepared


@dataclass
class Row:
    """A line of the panel; `notes` are what the list will print, in the desk's words."""

    pk: str
    person: str  # "" for a guest
    name: str
    under: str  # "Kommunstyrelsen, ordf."
    notes: list[str]  # "kom till § 4", "gick efter § 6", "tjänstgörande för Ulla Brännfors"
    mode: str
    state: str  # minuting.state_text
    title: str
    organisation: str
    removable: bool
    chair: bool
    co_opted: bool
    adjuster: str  # "1" for the first elected
    gone: bool  # was here, and has left
    missed: str  # "§§ 7–9", or "" who was there throughout
    seat: bool  # a member, whom a substitute can step in for
    offers: list[tuple[str, str]] = field(default_factory=list)  # substitutes to call in
    serves: list[tuple[str, str]] = field(default_factory=list)  # for whom: person, name


SHORT = {"ordförande": "ordf.", "sekreterare": "sekr."}


MOST = 100  # panels kept, of a hundred kB each: as many meetings are hardly written at once


class Grounds(NamedTuple):
    """Everything that the panel tells follows from this, so it is kept under this."""

    icons: str
    labels: tuple[tuple[int, str], ...]
    first: int  # the number of the first item, 0 where they have none
    prefix: str
    chair: int | None
    secretary: int | None
    binds: bool  # a quorum
    decided: frozenset[int]
    items: prepared.Answer[AgendaItem]
    chosen: prepared.Answer[int]
    seated: prepared.Answer[Any]
    roll: tuple[prepared.Answer[Any], ...]


def context(meeting: Meeting, labels: dict[int, str]) -> dict[str, Any]:
    """`labels` is "§ 7" or a heading by item pk, in order."""
    items, chosen, seated, *roll = prepared.together(*asking.attendance(meeting))
    grounds = Grounds(
        icons=fragments.icons(),
        labels=tuple(labels.items()),
        first=freezing.first_number(meeting, list(labels)) if meeting.numbered else 0,
        prefix=meeting.number_prefix,
        chair=meeting.chair_id,
        secretary=meeting.secretary_id,
        binds=quorum.binds(meeting),
        decided=quorum.decided(meeting),
        items=items,
        chosen=chosen,
        seated=seated,
        roll=tuple(roll),
    )
    return dict(panel(grounds))


@functools.lru_cache(maxsize=MOST)
def panel(grounds: Grounds) -> dict[str, Any]:
    items, labels = grounds.items.rows(), dict(grounds.labels)
    roll = presence.heard(items, *grounds.roll)
    numbers = {item.pk: grounds.first + i for i, item in enumerate(items) if grounds.first}
    names = sentences.Names.of(items, numbers, grounds.prefix)
    seats = quorum.seats_among(grounds.seated.rows())
    chosen = grounds.chosen.rows()
    roles = printing.roles_among(grounds.chair, grounds.secretary, chosen)
    elected = [str(pk) for pk in chosen]
    rows = [row_of(grounds, line, roles, labels, names, seats) for line in roll.lines]
    for row in rows:
        if row.person in elected:
            row.adjuster = str(elected.index(row.person) + 1)
    offer_substitutes(roll, rows, seats)
    modes = [row.mode for row in rows]
    conflicts = printing.conflict_sentences(roll)
    return {
        "attendees": fragments.drawn("minuting/_attendees.html", "rows", rows),
        "counts": counts(modes),
        "unmarked": modes.count(Mode.EXPECTED),
        "quorum": quorum_of(grounds, roll, seats, names),
        "many": len(rows) > MANY,
        "substitutes": list(seats.substitutes.items()),
        "conflicts": {str(item.pk): conflicts.get(item.pk, "") for item in items},
    }


def conflicts_of(meeting: Meeting) -> dict[int, str]:
    """What is printed of jäv, by item pk, when nothing else of the list is wanted."""
    return printing.conflict_sentences(presence.roll(meeting, asking.places(meeting.pk)))


MANY = 12  # more than these and one wants to search among them


def row_of(
    grounds: Grounds,
    line: Line,
    roles: dict[int, list[str]],
    labels: dict[int, str],
    names: sentences.Names,
    seats: quorum.Seats,
) -> Row:
    row = line.row
    held = [SHORT.get(word, word) for word in roles.get(row.person_id or 0, [])]
    extra = ["adjungerad"] if row.co_opted else ["gäst"] if row.guest_id else []
    extra += ["ersättare"] if row.substitute else []
    return Row(
        pk=str(row.pk),
        person=str(row.person_id or ""),
        name=row.name,
        under=", ".join(part for part in (row.organisation_name, row.title, *held, *extra) if part),
        notes=notes(line, labels, names),
        mode=row.mode,
        state=coming_and_going.state_of(row, line.held),
        title=row.title,
        organisation=row.organisation_name,
        removable=row.guest_id is not None or row.substitute or bool(line.held.services),
        chair=row.person_id is not None and row.person_id == grounds.chair,
        co_opted=row.co_opted,
        adjuster="",
        gone=row.is_here
        and bool(line.held.stays)
        and all(stay.last_item_id for stay in line.held.stays),
        missed=names.several(line.missed) if row.is_here and line.missed else "",
        seat=row.person_id in seats.people,
        serves=[(str(one.member_id), one.member.name) for one in line.held.services],
    )


def notes(line: Line, labels: dict[int, str], names: sentences.Names) -> list[str]:
    said = came_and_went(line, labels, names) if line.row.is_here else []
    if line.row.is_here:
        said += [sentences.serving(line, names), sentences.conflicts(line.conflicts, names)]
    if line.row.mode == Mode.ABSENT:
        said.append("frånvarande utan anmälan")
    return [note for note in said if note]


def came_and_went(line: Line, labels: dict[int, str], names: sentences.Names) -> list[str]:
    """ "kom till § 4" and "gick efter § 6"; who came back is told as it is printed."""
    if len(line.held.stays) != 1:
        return [sentences.span(line.stays, names)]
    (stay,) = line.held.stays
    said = []
    if stay.first_item_id in labels:
        said.append(f"kom {'under' if stay.first_partly else 'till'} {labels[stay.first_item_id]}")
    if stay.last_item_id in labels:
        said.append(f"gick {'under' if stay.last_partly else 'efter'} {labels[stay.last_item_id]}")
    removed = bool(stay.first_item_id) + bool(stay.last_item_id) > len(said)
    return [sentences.span(line.stays, names)] if removed else said


def offer_substitutes(roll: presence.Roll, rows: list[Row], seats: quorum.Seats) -> None:
    """Beside a member who is away, whom to call in: the personal substitute before all others.

    Only those nobody has stepped in for, and only who is not stepping in already.
    """
    served = {person.pk for line in roll.lines for person, _ in line.serves}
    wanted = {service.member_id for line in roll.lines for service in line.held.services}
    serving = {line.row.person_id for line in roll.lines if line.serves}
    for line, row in zip(roll.lines, rows, strict=True):
        person = line.row.person_id
        away = line.row.mode in (Mode.APOLOGY, Mode.ABSENT) or row.gone
        if person is None or not row.seat or not away or person in served | wanted:
            continue
        personal = seats.personal.get(person)
        if personal in seats.substitutes and personal not in serving:
            row.offers = [(str(personal), seats.substitutes[personal])]


def quorum_of(
    grounds: Grounds, roll: presence.Roll, seats: quorum.Seats, names: sentences.Names
) -> dict[str, Any]:
    """What the panel tells of the members at the § at hand (its script says which)."""
    if not seats.people or not any(line.row.is_here for line in roll.lines):
        return {}
    counted = quorum.deciding(roll, seats)
    return {
        "members": len(seats.people),
        "needed": seats.needed,
        "binding": grounds.binds,
        "counts": json.dumps(
            {str(item.pk): count for item, count in zip(roll.items, counted, strict=True)}
        ),
        "lost": quorum.lost(grounds.decided, roll, seats, names),
    }


def counts(modes: list[str]) -> list[str]:
    """ "12 här", "1 på distans", "3 förhinder": only what there is any of."""
    words = ((Mode.PRESENT, "här"), (Mode.REMOTE, "på distans"), (Mode.APOLOGY, "förhinder"),
             (Mode.ABSENT, "frånvarande"), (Mode.EXPECTED, "inte avprickade"))  # fmt: skip
    said = [(modes.count(mode), word) for mode, word in words]
    return [f"{number}{wording.NBSP}{word}" for number, word in said if number]
