"""Calling a meeting: everyone who is expected is told, and the meeting is kallat."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.template.loader import render_to_string
from django.urls import reverse

from meetings import moving, wording
from meetings.models import Attendance, ItemKind, Meeting
from meetings.states import State
from members import audit, mail
from members.models import Person

STANDING = Q(attachments__removed_at__isnull=True)

audit.register({"meeting.summoned": "kallade till mötet"})


@transaction.atomic
def summon(*, by: Person, meeting: Meeting) -> int:
    """Mail everyone on the list who has an address, and move to kallat; returns how many mails.

    Raises ValidationError when there is no agenda to call to.
    """
    meeting = moving.lock(meeting, State.PLANNED)
    if not meeting.items.standing().exists():
        raise ValidationError("Dagordningen är tom. Lägg till minst en punkt först.")
    moving.move(meeting, State.SUMMONED)
    sent = write_to_called(meeting, "summons")
    audit.record(
        by=by,
        action="meeting.summoned",
        council=meeting.council,
        subject=meeting,
        mails=sent,
    )
    return sent


def write_to_called(
    meeting: Meeting, letter: str, *, also: Iterable[Person] = (), **words: object
) -> int:
    """Queue a letter to everyone on the list who can be reached, and to those who also were
    called; returns how many. `words` are the letter's own."""
    people = {person.pk: person for person in (*called_people(meeting), *also)}
    context = {**words_of(meeting), **words}
    for person in people.values():
        mail.queue_letter(to=person, letter=letter, context=context, council=meeting.council)
    return len(people)


@dataclass(frozen=True)
class Point:
    """One line of the list "Innan du skickar". Nothing of it stands in the way of sending."""

    done: bool
    text: str
    page: str  # the name of the page where it is put right


def checklist(meeting: Meeting) -> list[Point]:
    """What to look at before the call goes out."""
    items = list(meeting.items.standing().annotate(papers=Count("attachments", filter=STANDING)))
    rows = list(called(meeting))
    when, where = meeting.starts_at is not None, bool(meeting.place)
    missing = [word for word, there in (("tid", when), ("plats", where)) if not there]
    points = [
        Point(False, f"Mötet saknar {wording.joined(missing)}.", "change_meeting")
        if missing
        else Point(True, "Tid och plats är bestämda", "change_meeting")
    ]
    points.append(
        Point(True, f"Dagordningen har {wording.counted(len(items), 'punkt', 'punkter')}", "agenda")
        if items
        else Point(False, "Dagordningen är tom.", "agenda")
    )
    for item in items:
        if item.kind == ItemKind.DECISION and not (item.proposed_decision or item.papers):
            points.append(Point(False, f"{item.public_name} saknar förslag till beslut.", "agenda"))
    unreached = [row.name for row in rows if row.person and not reachable(row.person)]
    if unreached:
        points.append(Point(False, f"Får inget mejl: {wording.joined(unreached)}.", "summon"))
    return points


def called(meeting: Meeting) -> QuerySet[Attendance]:
    """Everyone on the list, in its order, with their addresses."""
    return meeting.attendance.select_related("person", "guest")


def called_people(meeting: Meeting) -> list[Person]:
    """Those on the list who can be reached by mail."""
    return [row.person for row in called(meeting) if row.person and reachable(row.person)]


def reachable(person: Person) -> bool:
    """Whether a mail to the person would be sent and read."""
    return bool(person.email) and person.is_active


def letter(meeting: Meeting, *, to: Person) -> str:
    """The words of the call as one person gets it, to look at before it goes."""
    context = {"person": to, "council": meeting.council, **words_of(meeting)}
    return render_to_string("mail/summons.txt", context).strip()


def words_of(meeting: Meeting) -> dict[str, object]:
    path = reverse("meeting", args=[meeting.council.slug, meeting.key])
    return {
        "meeting": meeting,
        "when": when_of(meeting),
        "link": settings.BASE_URL + path,
    }


def when_of(meeting: Meeting) -> str:
    return wording.date_and_clock(meeting.date, meeting.local_start, meeting.local_end)
