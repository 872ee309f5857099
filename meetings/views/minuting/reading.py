"""What the desk shows, read in a fixed handful of queries whatever the number of §§."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from meetings import followup, richtext, wording
from meetings.minuting import freezing, printing
from meetings.models import (
    ActionItem,
    AgendaItem,
    ItemKind,
    Meeting,
    TextRevision,
)
from meetings.models.agenda import ALWAYS_OPEN
from meetings.secrecy import PROVISIONS
from meetings.views.minuting import asking
from members import prepared
from members.models import Person

REMEMBERED = 10_000  # characters: a thousand of them are 10 MB at most


@dataclass
class Report:
    pk: str
    label: str
    text: str
    version: str


@dataclass
class Section:
    """An item as the desk shows it. `label` is "§ 7", or "" where the style has no numbers.

    Numbers that the page only repeats are words here: a template spends longer on an int.
    """

    pk: str
    label: str
    kind: str
    heading: str
    text: str
    version: str
    presenters: str
    registry_number: str
    dispatch: str
    decisions: list[str]
    actions: list[Action]
    reports: list[Report] = field(default_factory=list)
    topics: list[tuple[str, str]] = field(default_factory=list)
    next_sentence: str = ""
    conflicts: str = ""  # who has jäv, filled in with the attendance
    closed: bool = False  # adjusted at once, or out for it
    secrecy: str = ""  # the provision of an item under secrecy
    public_heading: str = ""  # what others read in the place of its heading
    table: list[followup.Row] | None = None  # of earlier uppdrag, where it is shown

    @property
    def has_text(self) -> bool:
        said = self.text or self.next_sentence or self.table
        return bool(said or any(r.text for r in self.reports))

    @property
    def is_round_table(self) -> bool:
        return self.kind == ItemKind.ROUND_TABLE

    @property
    def may_be_closed(self) -> bool:
        return self.kind not in ALWAYS_OPEN

    @property
    def is_next_meeting(self) -> bool:
        return self.kind == ItemKind.NEXT_MEETING


@dataclass
class Action:
    """An action item with what its form needs to be filled in again."""

    pk: str
    label: str
    text: str
    assignee: str
    due: str
    in_text: bool
    who: list[tuple[str, str]]
    role_in_words: str
    due_on: str
    due_next_meeting: bool
    sentence: str = ""  # the decision as it was last written from it
    is_decision: bool = False  # and a point still reads so

    @property
    def fields_json(self) -> str:
        due = "next" if self.due_next_meeting else "on" if self.due_on else ""
        return json.dumps(
            {
                "text": self.text, "who": self.who, "role_in_words": self.role_in_words,
                "due": due, "due_on": self.due_on, "in_text": self.in_text,
                "decision": self.sentence if self.is_decision else "",
            },
            ensure_ascii=False,
        )  # fmt: skip


def when(meeting: Meeting) -> dict[str, str]:
    """The day in words: "12 mars 2026", and "12 mars" where room is scarce."""
    day = wording.day(meeting.date)
    return {"when": f"{day} {meeting.date.year}", "day": day}


@functools.cache
def fixed(item_word: str) -> SafeString:
    """What is the same on every desk of a style, rendered once a process: half of the page's
    template time."""
    context = {"provisions": PROVISIONS, "item_word": item_word}
    return mark_safe(render_to_string("meetings/minuting/_fixed.html", context))  # noqa: S308 - ours


def given(sections: list[Section]) -> list[tuple[Section, Action]]:
    return [(one, action) for one in sections for action in one.actions]


def names_of(sections: list[Section]) -> dict[int, str]:
    """What a § is called when one points at it: "§ 4", or its heading where none has a §."""
    return {int(one.pk): one.label or one.heading for one in sections}


def sections_of(meeting: Meeting) -> list[Section]:
    """Plain values, not model instances: a third of the cost of a long meeting's page."""
    said = prepared.together(*asking.document(meeting.pk))
    rows, *parts, actions, fixed = (answer.rows() for answer in said)
    decisions, topics, reports = map(gathered, parts)
    tasks = gathered((row.item_id, row) for row in actions)
    earlier = earlier_in(meeting, [row[0] for row in rows if row[1] == ItemKind.FOLLOW_UP])
    first = freezing.first_number(meeting, [row[0] for row in rows]) if meeting.numbered else 0
    return [
        Section(
            closed=pk in fixed,
            table=earlier.get(pk),
            pk=str(pk),
            label=wording.section(number, meeting.number_prefix) if first else "",
            kind=kind,
            heading=heading,
            text=cleaned(text),
            version=str(version),
            presenters=presenters,
            registry_number=registry_number,
            dispatch=dispatch,
            secrecy=secrecy,
            public_heading=public_heading,
            decisions=[point for (point,) in decisions.get(pk, [])],
            actions=actions_in(tasks.get(pk, []), decisions.get(pk, [])),
            reports=[report(*row) for row in reports.get(pk, [])],
            topics=topics.get(pk, []),
            next_sentence=next_sentence(meeting) if kind == ItemKind.NEXT_MEETING else "",
        )
        for number, (
            pk, kind, heading, text, version, presenters, registry_number, dispatch, secrecy,
            public_heading,
        ) in enumerate(rows, start=first)
    ]  # fmt: skip


def earlier_in(meeting: Meeting, keys: list[int]) -> dict[int, list[followup.Row]]:
    """The table of earlier uppdrag, under the first § that follows up."""
    return {pk: followup.table_of(meeting) for pk in keys[:1]}


def gathered(rows: Iterable[tuple[Any, ...]]) -> dict[int, list[Any]]:
    """Rows by their first value, in their order."""
    found: dict[int, list[Any]] = {}
    for key, *rest in rows:
        found.setdefault(key, []).append(tuple(rest))
    return found


def reports_of(item: AgendaItem) -> list[Report]:
    return [report(*row) for row in item.reports.standing().values_list(*asking.REPORT)]


def report(pk: int, label: str, text: str, version: int) -> Report:
    return Report(str(pk), label, cleaned(text), str(version))


def actions_in(rows: list[tuple[ActionItem]], decisions: list[tuple[str]]) -> list[Action]:
    points = {point for (point,) in decisions}
    return [action(row, points) for (row,) in rows]


def cleaned(text: str) -> str:
    """Stored text as it may be shown. Remembered, because a desk is opened again and again."""
    return clean_of(text) if len(text) <= REMEMBERED else richtext.clean(text)


clean_of = functools.lru_cache(maxsize=1000)(richtext.clean)


def action(row: ActionItem, points: set[str]) -> Action:
    """`points` are the decisions of its item."""
    assignee = followup.assignee(row)
    return Action(
        pk=str(row.pk),
        label="Uppdrag" if assignee else "Förslag",
        text=row.text,
        assignee=assignee,
        due=followup.due(row),
        in_text=row.in_text,
        who=[(f"p{person.pk}", person.name) for person in row.persons.all()]
        + [(f"o{one.pk}", one.name) for one in row.organisations.all()],
        role_in_words=row.role_in_words,
        due_on=row.due_on.isoformat() if row.due_on else "",
        due_next_meeting=row.due_next_meeting,
        sentence=row.decision_text,
        is_decision=row.decision_text in points,
    )


def next_sentence(meeting: Meeting) -> str:
    if meeting.next_date is None:
        return ""
    return wording.next_meeting(
        when=meeting.next_date,
        start=meeting.next_starts_at,
        end=meeting.next_ends_at,
        place=meeting.next_place,
    )


def labels_of(meeting: Meeting) -> dict[int, str]:
    """As names_of, when nothing else of the §§ is wanted."""
    items = list(meeting.items.standing())
    numbers = freezing.provisional_numbers(meeting, items)
    return printing.labels_of(meeting, items, numbers)


def last_writer(meeting: Meeting, pk: int, reader: Person) -> str:
    """Whose words came last into a § or a report of it; "" while there are none."""
    rows = TextRevision.objects.filter(item=pk, item__meeting=meeting, version__isnull=False)
    by, name = rows.order_by("-pk").values_list("by", "by__name").first() or (None, "")
    return "Du själv i en annan flik" if by == reader.pk else name or ""
