"""A meeting's agenda, people and round of justering, as far as one person may see them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import QuerySet

from meetings import access, wording
from meetings.minuting import freezing
from meetings.models import (
    AgendaItem,
    Attachment,
    Attendance,
    Decision,
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
    decisions: tuple[str, ...] = ()  # of justerade minutes

    @property
    def heading(self) -> str:
        return self.item.public_name if self.closed else self.item.heading

    @property
    def anchor(self) -> str:
        """Where the item stands on the page of the minutes (meetings.pdf.items)."""
        return f"paragraf-{self.item.number}" if self.item.number else f"punkt-{self.item.pk}"


@dataclass(frozen=True)
class Agenda:
    """The lines as anyone may see them. Read when they are looked at; equal to others that follow
    from the same, so that what is drawn of them can be kept under them."""

    labels: tuple[tuple[int, str], ...]
    items: prepared.Answer[AgendaItem]
    decisions: prepared.Answer[tuple[int, str]]
    papers: prepared.Answer[Attachment]

    def __len__(self) -> int:
        return len(self.items.said)

    def __iter__(self) -> Iterator[Line]:
        decided: dict[int, list[str]] = {}
        for pk, text in self.decisions.rows():
            decided.setdefault(pk, []).append(text)
        papers, labels = self.papers.rows(), dict(self.labels)
        for item in self.items.rows():
            yield Line(
                item, labels.get(item.pk, ""), papers_at(item, papers),
                closed=item.is_secret, decisions=tuple(decided.get(item.pk, ())),
            )  # fmt: skip


def papers_at(item: AgendaItem, papers: list[Attachment]) -> list[Attachment]:
    return [paper for paper in papers if paper.item_id == item.pk]


def asked(meeting: Meeting) -> list[prepared.Asked[Any]]:
    """What agenda_of asks whoever looks, beside their papers."""
    return [one.of(meeting.pk) for one in (marks_of_items, standing_items, told_decisions)]


@prepared.question
def marks_of_items(meeting: int) -> QuerySet[AgendaItem, Any]:
    items = AgendaItem.objects.filter(meeting=meeting).standing()
    return items.values_list("pk", "secrecy")


@prepared.question
def standing_items(meeting: int) -> QuerySet[AgendaItem]:
    return AgendaItem.objects.filter(meeting=meeting).standing().defer("text")


@prepared.question
def told_decisions(meeting: int) -> QuerySet[Decision, Any]:
    """Before the minutes are justerade, decisions are theirs to tell."""
    decisions = Decision.objects.filter(item__meeting=meeting, item__meeting__state=State.APPROVED)
    return decisions.values_list("item_id", "text")


@prepared.question
def listed_people(meeting: int) -> QuerySet[Attendance, Any]:
    rows = Attendance.objects.filter(meeting=meeting)
    return rows.values_list(*Listed._fields)


def labels_of(meeting: Meeting, items: list[AgendaItem]) -> dict[int, str]:
    """ "§ 4" by item pk, or "4" where the minutes have headings only."""
    return labels_at(meeting, [item.pk for item in items])


def labels_at(meeting: Meeting, keys: list[int]) -> dict[int, str]:
    if meeting.minutes_style == MinutesStyle.HEADINGS:
        return {pk: str(place) for place, pk in enumerate(keys, start=1)}
    if not meeting.numbered:
        return {}
    numbers = enumerate(keys, start=freezing.first_number(meeting, keys))
    return {pk: wording.section(number, meeting.number_prefix) for number, pk in numbers}


def agenda_of(meeting: Meeting, person: Person) -> dict[str, Any]:
    """`lines`, whether any of them is `closed`, and `papers` of the whole meeting: only those the
    person may open. Closed items are closed here for everyone: such a page is looked at together.
    """
    marks, items, decisions = prepared.together(*asked(meeting))
    labels = labels_at(meeting, [pk for pk, _ in marks.rows()])
    papers = access.papers_told(person, meeting)
    return {
        "lines": Agenda(tuple(labels.items()), items, decisions, papers),
        "closed": any(secrecy for _, secrecy in marks.rows()),
        "papers": [paper for paper in papers.rows() if paper.item_id is None],
    }


def whole_agenda_of(meeting: Meeting) -> dict[str, Any]:
    """As agenda_of, with the words of closed items: for who writes the meeting."""
    items, papers = standing_items(meeting.pk), list(meeting.attachments.standing())
    labels = labels_of(meeting, items)
    return {
        "lines": [Line(item, labels[item.pk], papers_at(item, papers)) for item in items],
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
