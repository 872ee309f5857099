"""What waits for a person, over all their councils: to sign, to write, to do, to give away."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.urls import reverse
from django.utils import timezone

from meetings import followup, signing, wording
from meetings.models import (
    ActionItem,
    ActionStatus,
    Meeting,
    RoundState,
    Signer,
    SigningRound,
    UnlockRequest,
)
from meetings.states import BEFORE, State
from members.models import Council, MinutesStyle, Person
from members.roles import Right, SignerRole

# How long before a meeting its preparation begins to wait (domain.md d2: four weeks).
AHEAD = datetime.timedelta(weeks=4)
LONGEST_TITLE = 90


@dataclass(frozen=True)
class Waiting:
    """One thing to do. Without a date it has waited since it arose, and stands last."""

    kind: str  # "sign", "meeting", "action" or "proposal"
    title: str
    note: str
    url: str
    council: Council
    date: datetime.date | None
    late: bool = False
    meeting: Meeting | None = None


def waiting_for(person: Person) -> list[Waiting]:
    """Everything that waits for the person, soonest first; the same few queries however much."""
    today = timezone.localdate()
    found = [
        *to_sign(person, today),
        *to_agree(person),
        *to_write(person, today),
        *to_do(person, today),
        *to_give_away(person),
    ]
    return sorted(found, key=lambda one: (one.date is None, one.date or today, one.kind != "sign"))


def to_sign(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """Open rounds where the person has not approved; their mandate may have ended."""
    places = Signer.objects.filter(
        person=person,
        round__state=RoundState.OPEN,
        approval__isnull=True,
        stand_in__isnull=True,
    ).select_related("round__meeting__council__municipality", "round__version")
    for signer in places:
        meeting = signer.round.meeting
        yield Waiting(
            kind="sign",
            title=f"Justera {signing.what_of(signer.round)} från {day_of(meeting)}",
            note=f"du är {SignerRole(signer.role).label.lower()}",
            url=address("sign", meeting),
            council=meeting.council,
            date=signer.round.due_on,
            late=signer.round.due_on < today,
            meeting=meeting,
        )


def to_agree(person: Person) -> Iterator[Waiting]:
    """Texts that somebody else asks to open again, where the person's yes would do."""
    requests = (
        UnlockRequest.objects.filter(
            round__state=RoundState.OPEN, round__signers__in=Signer.objects.required(),
            round__signers__person=person,
        )
        .exclude(by=person)
        .select_related("by", "round__version", "round__meeting__council__municipality")
    )  # fmt: skip
    for request in requests:
        meeting = request.round.meeting
        yield Waiting(
            kind="sign",
            title=f"Får {signing.what_of(request.round)} från {day_of(meeting)} öppnas igen?",
            note=f"{request.by.name} ber om det",
            url=address("unlock", meeting),
            council=meeting.council,
            date=request.round.due_on,
            meeting=meeting,
        )


def to_write(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """Meetings the person shall prepare, open, write or put right."""
    returned = SigningRound.objects.filter(meeting=OuterRef("pk"), state=RoundState.RETURNED)
    meetings = (
        Meeting.objects.visible_to(person, Right.WRITE)
        .filter(state__in=(*BEFORE, State.MINUTING))
        .exclude(state__in=BEFORE, date__gt=today + AHEAD)
        .select_related("council__municipality")
        .annotate(is_returned=Exists(returned))
    )
    for meeting in meetings:
        title, note, name, date = task_of(meeting, today, returned=meeting.is_returned)
        yield Waiting(
            kind="meeting", title=title, note=note, url=address(name, meeting),
            council=meeting.council, date=date, late=date < today, meeting=meeting,
        )  # fmt: skip


def task_of(
    meeting: Meeting, today: datetime.date, *, returned: bool
) -> tuple[str, str, str, datetime.date]:
    """What a secretary shall do with a meeting: title, note, page and date."""
    day, minutes = day_of(meeting), minutes_word(meeting)
    if meeting.state == State.MINUTING and returned:
        return (
            f"Rätta {minutes} från {day}",
            "återlämnat med synpunkter",
            "desk",
            meeting.signing_due_on,
        )
    if meeting.state == State.MINUTING and meeting.date <= today:
        due = f"ska vara justerat {wording.day(meeting.signing_due_on)}"
        return f"Skriv klart {minutes} från {day}", due, "desk", meeting.signing_due_on
    if meeting.state == State.MINUTING:
        return f"Förbered {minutes} till {day}", "mötet är inte hållet än", "desk", meeting.date
    if meeting.state == State.SUMMONED or meeting.date <= today:
        return (
            f"Öppna {minutes_word(meeting)} för mötet {day}",
            "dagordningen följer med",
            "meeting",
            meeting.date,
        )
    return (
        f"Skicka kallelsen till mötet {day}",
        "mötet är planerat",
        "summon",
        meeting.summons_due_on,
    )


def to_do(person: Person, today: datetime.date) -> Iterator[Waiting]:
    """The person's own action items, and those of the organisation they stand for."""
    actions = followup.with_due(
        followup.of_person(ActionItem.objects.visible_to(person).unfinished(), person)
    )
    for action in with_origin(actions.filter(status=ActionStatus.OPEN)):
        yield Waiting(
            kind="action",
            title=shortened(action.public_text),
            note=f"uppdrag, {origin(action)}",
            url=reverse("follow_up", args=[action.pk]),
            council=action.council,
            date=action.falls_due,
            late=action.falls_due is not None and action.falls_due < today,
        )


def to_give_away(person: Person) -> Iterator[Waiting]:
    """Proposals of justerade minutes that nobody has taken on, for those who write."""
    proposals = ActionItem.objects.visible_to(person).filter(
        status=ActionStatus.PROPOSED,
        removed_at__isnull=True,
        council__in=Council.objects.visible_to(person, Right.WRITE),
        item__meeting__state=State.APPROVED,
    )
    for action in with_origin(proposals):
        yield Waiting(
            kind="proposal",
            title=f"Bestäm vem som tar: {shortened(action.public_text)}",
            note=f"förslag utan ansvarig, {origin(action)}",
            url=reverse("follow_up", args=[action.pk]),
            council=action.council,
            date=None,
        )


def with_origin(actions: QuerySet[Any]) -> QuerySet[Any]:
    """With what `origin` and the council's name need."""
    return actions.select_related("council__municipality", "item__meeting")


def origin(action: ActionItem) -> str:
    """ "§ 9 den 4 december": where an action item was given. Needs item.meeting loaded."""
    meeting, number = action.item.meeting, action.item.number
    where = wording.section(number, meeting.number_prefix) if number else action.item.public_name
    return f"{where} den {day_of(meeting)}"


def minutes_word(meeting: Meeting) -> str:
    """ "protokollet", or "minnesanteckningarna" where that is what the council writes."""
    paragraphs = meeting.minutes_style == MinutesStyle.PARAGRAPHS
    return "protokollet" if paragraphs else "minnesanteckningarna"


def day_of(meeting: Meeting) -> str:
    return wording.day_beside(meeting.date, timezone.localdate())


def address(name: str, meeting: Meeting) -> str:
    return reverse(name, args=[meeting.council.slug, meeting.key])


def shortened(text: str) -> str:
    """One line of an action item: up to LONGEST_TITLE characters, cut between words."""
    text = " ".join(text.split()).rstrip(".")
    if len(text) <= LONGEST_TITLE:
        return text
    return text[:LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(",;:–- ") + " …"
