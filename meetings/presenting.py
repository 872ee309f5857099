"""A meeting's agenda, people and round of justering, as far as one person may see them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet

from meetings import access, wording
from meetings.minuting import freezing
from meetings.models import (
    AgendaItem,
    Attachment,
    Attendance,
    Meeting,
    Mode,
    RoundState,
    Signer,
    SigningRound,
)
from meetings.states import BEFORE, State
from members import prepared
from members.models import MinutesStyle, Person
from members.roles import Right


@dataclass(frozen=True)
class Line:
    """An item as a page shows it: "§ 4", or a running number where the style has no §.

    Of a closed one only `heading`, its number and the provision are told.
    """

    item: AgendaItem
    label: str
    papers: list[Attachment]
    closed: bool = False

    @property
    def heading(self) -> str:
        return self.item.public_name if self.closed else self.item.heading

    @property
    def anchor(self) -> str:
        """Where the item stands on the page of the minutes (meetings.pdf.items)."""
        return f"paragraf-{self.item.number}" if self.item.number else f"punkt-{self.item.pk}"


def lines_of(meeting: Meeting, papers: list[Attachment], *, whole: bool = False) -> list[Line]:
    """The agenda in order, each item with its papers; `whole` also the words of closed items."""
    # Before they are justerade, decisions are the minutes' to tell.
    items = standing_items(meeting.pk, meeting.state == State.APPROVED)
    labels = labels_of(meeting, items)
    return [
        Line(
            item,
            labels[item.pk],
            [paper for paper in papers if paper.item_id == item.pk],
            closed=item.is_secret and not whole,
        )
        for item in items
    ]


@prepared.question
def standing_items(meeting: int, decided: bool) -> QuerySet[AgendaItem]:
    rows = AgendaItem.objects.filter(meeting=meeting).standing().defer("text")
    return rows.prefetch_related("decisions") if decided else rows


@prepared.question
def listed_people(meeting: int) -> QuerySet[Attendance, Any]:
    rows = Attendance.objects.filter(meeting=meeting)
    return rows.values_list(*Listed._fields)


def labels_of(meeting: Meeting, items: list[AgendaItem]) -> dict[int, str]:
    """ "§ 4" by item pk, or "4" where the minutes have headings only."""
    if meeting.minutes_style == MinutesStyle.HEADINGS:
        return {item.pk: str(place) for place, item in enumerate(items, start=1)}
    numbers = freezing.provisional_numbers(meeting, items)
    return {pk: wording.section(number, meeting.number_prefix) for pk, number in numbers.items()}


def agenda_of(meeting: Meeting, person: Person) -> dict[str, Any]:
    """`lines`, and `papers` of the whole meeting: only those the person may open. Closed items are
    closed here for everyone: such a page is looked at together."""
    return listed(meeting, list(access.papers_of(person, meeting)))


def whole_agenda_of(meeting: Meeting) -> dict[str, Any]:
    """As agenda_of, with the words of closed items: for who writes the meeting."""
    return listed(meeting, list(meeting.attachments.standing()), whole=True)


def listed(meeting: Meeting, papers: list[Attachment], *, whole: bool = False) -> dict[str, Any]:
    return {
        "lines": lines_of(meeting, papers, whole=whole),
        "papers": [paper for paper in papers if paper.item_id is None],
    }


class Listed(NamedTuple):
    mode: str
    name: str
    organisation_name: str


@dataclass(frozen=True)
class Group:
    """People of one kind on the list: shape, word, and who."""

    kind: str  # of _parts/status.html
    words: str
    rows: list[Listed]


def attendance_of(meeting: Meeting, rights: frozenset[Right]) -> list[Group]:
    """Who is called before the meeting, who was there after it.

    Between, while the minutes are a draft, the marks belong to it: [] for who may not read it.
    """
    if meeting.state == State.CANCELLED and meeting.summoned_at is None:
        return []
    rows = [Listed(*row) for row in listed_people(meeting.pk)]
    if meeting.state in BEFORE or meeting.state == State.CANCELLED:
        away = [row for row in rows if row.mode == Mode.APOLOGY]
        called = [row for row in rows if row.mode != Mode.APOLOGY]
        words = "kallas" if meeting.summoned_at is None else "är kallade"
        return kept([Group("todo", words, called), Group("absent", "förhinder", away)])
    if meeting.state != State.APPROVED and Right.READ_DRAFT not in rights:
        return []
    groups = [
        Group("done", "här", [row for row in rows if row.mode == Mode.PRESENT]),
        Group("remote", "på distans", [row for row in rows if row.mode == Mode.REMOTE]),
        Group("absent", "förhinder", [row for row in rows if row.mode == Mode.APOLOGY]),
        Group("absent", "frånvarande", [row for row in rows if row.mode == Mode.ABSENT]),
    ]
    if meeting.state == State.MINUTING:
        groups.append(
            Group("todo", "inte avprickade", [row for row in rows if row.mode == Mode.EXPECTED])
        )
    return kept(groups)


def kept(groups: list[Group]) -> list[Group]:
    return [group for group in groups if group.rows]


@dataclass(frozen=True)
class RoundSeen:
    """A round of justering as one person may see it."""

    state: str
    round: SigningRound
    signers: list[Signer]
    shows_approvals: bool  # who has approved and when, and what was remarked


def round_of(
    meeting: Meeting, round_: SigningRound | None, person: Person, rights: frozenset[Right]
) -> RoundSeen | None:
    """Who justerar, for all members; who has approved and the remarks, for who reads the draft.

    A returned round is shown only to the latter: to others the minutes are being written.
    """
    if round_ is None:
        return None
    signers = [one for one in round_.signers.all() if not hasattr(one, "stand_in")]
    insider = Right.READ_DRAFT in rights or person.pk in {signer.person_id for signer in signers}
    if round_.state == RoundState.RETURNED and not insider:
        return None
    finished = meeting.state == State.APPROVED
    return RoundSeen(round_.state, round_, signers, shows_approvals=insider or finished)
