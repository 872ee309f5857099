"""Förra gången: what earlier meetings of the council said of what an item is about. Reads only.

An item is found again by its matter (the topic it sprang from, or its diary number), by its kind
where a meeting has one of the kind, or by a heading that is like its own. Closed items are never
shown here, to anybody: they are read, and their reading is logged, in their own part.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db.models import Case, IntegerField, Prefetch, Q, QuerySet, Value, When

from meetings import followup, richtext, signing, wording
from meetings.models import ActionItem, AgendaItem, ItemKind, Meeting, OrganisationReport
from meetings.models.archive import Folded
from meetings.states import State
from members.models import Council, Person
from members.roles import Right

MOST_MEETINGS, MOST_ACTIONS = 8, 10
LIKE, TOUCHES = 0.4, 0.6  # how alike headings are, and how much of a heading an uppdrag says
ONE_A_MEETING = (
    ItemKind.OPENING, ItemKind.ADJUSTER, ItemKind.AGENDA, ItemKind.ROUND_TABLE,
    ItemKind.FOLLOW_UP, ItemKind.COMING_EVENTS, ItemKind.NEXT_MEETING,
)  # fmt: skip


@dataclass(frozen=True)
class GivenThen:
    """An uppdrag of an earlier meeting and how it goes today."""

    pk: int
    text: str
    assignee: str
    due: str
    status: str
    date: str = ""


@dataclass(frozen=True)
class Earlier:
    """One earlier meeting's item: what was said, decided and given."""

    pk: int
    date: str
    when: str
    name: str
    key: str
    anchor: str
    sealed: bool
    corrected: bool  # after it was sealed: the words here are those that were
    text: str
    reports: list[tuple[str, str]] = field(default_factory=list)
    decisions: list[str] = field(default_factory=list)
    actions: list[GivenThen] = field(default_factory=list)
    topics: list[str] = field(default_factory=list)


def earlier(*, user: Person, item: AgendaItem) -> list[Earlier]:
    """The item that answers to this one at each earlier meeting the person may read, newest
    first. In a fixed number of queries."""
    rows = list(with_everything(likest(matching(readable(user, item.meeting), item))))
    corrected = signing.corrected_items({row.meeting_id for row in rows})
    return [told(row, corrected=(row.meeting_id, row.pk) in corrected) for row in rows]


def readable(user: Person, meeting: Meeting) -> QuerySet[Meeting]:
    """Justerade minutes of the same council before this meeting, and drafts if one reads those."""
    justerade = Q(state=State.APPROVED, council__in=Council.objects.visible_to(user))
    drafts = Q(
        state__in=(State.MINUTING, State.SIGNING),
        council__in=Council.objects.visible_to(user, Right.READ_DRAFT),
    )
    return Meeting.objects.filter(council=meeting.council_id, date__lt=meeting.date).filter(
        justerade | drafts
    )


def matching(meetings: QuerySet[Meeting], item: AgendaItem) -> QuerySet[AgendaItem]:
    """Their items that answer to this one, the surest of each meeting first."""
    sure = Q(pk=item.topic.item_id) if item.topic else Q(pk=None)
    if item.registry_number:
        sure |= Q(registry_number=item.registry_number)
    of_kind = Q(kind=item.kind) if item.kind in ONE_A_MEETING else Q(pk=None)
    likeness = TrigramSimilarity(Folded("heading"), folded(item.heading))
    surest = Case(
        When(sure, then=Value(0)), When(of_kind, then=Value(1)), default=Value(2),
        output_field=IntegerField(),
    )  # fmt: skip
    return (
        AgendaItem.objects.standing()
        .filter(meeting__in=meetings, secrecy="")
        .annotate(likeness=likeness, surest=surest)
        .filter(sure | of_kind | Q(likeness__gte=LIKE))
        .order_by("-meeting__date", "-meeting__pk", "surest", "-likeness", "position")
    )


def folded(text: str) -> str:
    """As the database folds headings (models.archive.Folded)."""
    return text.translate(str.maketrans("ÅÄÖÉÜ", "åäöéü")).lower()


def likest(items: QuerySet[AgendaItem]) -> list[int]:
    """The first of each meeting, of the newest meetings."""
    chosen: dict[int, int] = {}
    for pk, meeting in items.values_list("pk", "meeting_id")[: MOST_MEETINGS * 8]:
        chosen.setdefault(meeting, pk)
    return list(chosen.values())[:MOST_MEETINGS]


def with_everything(keys: list[int]) -> QuerySet[AgendaItem]:
    given = ActionItem.objects.standing().prefetch_related("persons", "organisations")
    return (
        AgendaItem.objects.filter(pk__in=keys)
        .select_related("meeting")
        .prefetch_related(
            "decisions",
            "topics",
            Prefetch("reports", OrganisationReport.objects.standing()),
            Prefetch("action_items", given),
        )
        .order_by("-meeting__date", "-meeting__pk")
    )


def told(item: AgendaItem, *, corrected: bool) -> Earlier:
    meeting = item.meeting
    label = wording.section(item.number, meeting.number_prefix) if item.number else ""
    return Earlier(
        pk=item.pk,
        date=meeting.date.isoformat(),
        when=wording.plain_date(meeting.date),
        name=f"{label} {item.heading}".strip(),
        key=meeting.key,
        anchor=f"paragraf-{item.number}" if item.number else f"punkt-{item.pk}",
        sealed=meeting.state == State.APPROVED,
        corrected=corrected,
        text=richtext.clean(item.text),
        reports=[(one.label, richtext.clean(one.text)) for one in item.reports.all() if one.text],
        decisions=[point.text for point in item.decisions.all()],
        actions=[given_then(one, followup.due(one)) for one in item.action_items.all()],
        topics=[str(topic) for topic in item.topics.all()],
    )


def given_then(action: ActionItem, due: str, date: str = "") -> GivenThen:
    return GivenThen(
        pk=action.pk,
        text=action.text,
        assignee=followup.assignee(action),
        due=due,
        status=action.get_status_display(),
        date=date,
    )


def open_actions(*, user: Person, item: AgendaItem, found: list[Earlier]) -> list[GivenThen]:
    """Open uppdrag of earlier meetings that touch the matter: given in one of the items found
    that is not shown first, or saying most of the heading."""
    touching = Q(item__in=[one.pk for one in found])
    if item.kind not in ONE_A_MEETING:
        touching |= Q(says__gte=TOUCHES)
    rows = followup.with_due(
        ActionItem.objects.visible_to(user)
        .unfinished()
        .open_to_everyone()
        .filter(item__meeting__in=readable(user, item.meeting))
        .annotate(says=TrigramWordSimilarity(folded(item.heading), Folded("text")))
        .filter(touching)
        .select_related("item__meeting")
        .prefetch_related("persons", "organisations")
        .order_by("-item__meeting__date", "position", "pk")
    )
    return [
        given_then(row, followup.due_now(row), wording.plain_date(row.item.meeting.date))
        for row in rows[:MOST_ACTIONS]
    ]
