"""What the desk shows, read in a fixed handful of queries whatever the number of §§."""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from meetings import followup, richtext, wording
from meetings.minuting import freezing, printing
from meetings.models import (
    ActionItem,
    AgendaItem,
    Attachment,
    ItemKind,
    Meeting,
    OrganisationReport,
    TextRevision,
)
from meetings.views.minuting import presence
from members.models import Mandate, Organisation, SwedishOrder
from members.roles import Role

MOST_OPEN_ACTIONS, MOST_VERSIONS = 30, 200
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

    @property
    def has_text(self) -> bool:
        return bool(self.text or self.next_sentence or any(r.text for r in self.reports))

    @property
    def is_round_table(self) -> bool:
        return self.kind == ItemKind.ROUND_TABLE

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

    @property
    def fields_json(self) -> str:
        due = "next" if self.due_next_meeting else "on" if self.due_on else ""
        return json.dumps(
            {
                "text": self.text, "who": self.who, "role_in_words": self.role_in_words,
                "due": due, "due_on": self.due_on, "in_text": self.in_text,
            },
            ensure_ascii=False,
        )  # fmt: skip


def desk_context(meeting: Meeting) -> dict[str, Any]:
    sections = sections_of(meeting)
    return {
        "meeting": meeting,
        "council": meeting.council,
        **when(meeting),
        "icons": icons(),
        "sections": sections,
        "given": given(sections),
        "attachments": attachments_of(meeting, names_of(sections)),
        "fixed": fixed(),
        "desk_data": register_of(meeting)
        | {"next": next_fields(meeting), "phrases": meeting.council.decision_phrases},
        **presence.context(meeting, names_of(sections)),
    }


def when(meeting: Meeting) -> dict[str, str]:
    """The day in words: "12 mars 2026", and "12 mars" where room is scarce."""
    day = wording.day(meeting.date)
    return {"when": f"{day} {meeting.date.year}", "day": day}


def icons() -> str:
    return static("img/icons.svg")


@functools.cache
def fixed() -> SafeString:
    """What is the same on every desk, rendered once a process: half of the page's template time."""
    return mark_safe(render_to_string("meetings/minuting/_fixed.html"))  # noqa: S308 - ours


def given(sections: list[Section]) -> list[tuple[Section, Action]]:
    return [(one, action) for one in sections for action in one.actions]


def names_of(sections: list[Section]) -> dict[int, str]:
    """What a § is called when one points at it: "§ 4", or its heading where none has a §."""
    return {int(one.pk): one.label or one.heading for one in sections}


def next_fields(meeting: Meeting) -> dict[str, str]:
    start, end = meeting.next_starts_at, meeting.next_ends_at
    return {
        "date": meeting.next_date.isoformat() if meeting.next_date else "",
        "starts_at": f"{start:%H:%M}" if start else "",
        "ends_at": f"{end:%H:%M}" if end else "",
        "place": meeting.next_place,
    }


def sections_of(meeting: Meeting) -> list[Section]:
    items = freezing.items_with_everything(meeting)
    numbers = freezing.provisional_numbers(meeting, items)
    return [section(meeting, item, numbers.get(item.pk)) for item in items]


def section(meeting: Meeting, item: AgendaItem, number: int | None) -> Section:
    is_next = item.kind == ItemKind.NEXT_MEETING
    return Section(
        pk=str(item.pk),
        label=wording.section(number, meeting.number_prefix) if number else "",
        kind=item.kind,
        heading=item.heading,
        text=cleaned(item.text),
        version=str(item.text_version),
        presenters=item.presenters,
        registry_number=item.registry_number,
        dispatch=item.dispatch,
        decisions=[point.text for point in item.decisions.all()],
        actions=[action(row) for row in item.action_items.all()],
        reports=reports_of(item.reports.all()),
        topics=[(topic.text, topic.who) for topic in item.topics.all()],
        next_sentence=next_sentence(meeting) if is_next else "",
    )


def reports_of(rows: Iterable[OrganisationReport]) -> list[Report]:
    return [
        Report(str(row.pk), row.label, cleaned(row.text), str(row.text_version)) for row in rows
    ]


def cleaned(text: str) -> str:
    """Stored text as it may be shown. Remembered, because a desk is opened again and again."""
    return clean_of(text) if len(text) <= REMEMBERED else richtext.clean(text)


clean_of = functools.lru_cache(maxsize=1000)(richtext.clean)


def action(row: ActionItem) -> Action:
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


def attachments_of(meeting: Meeting, names: dict[int, str]) -> list[dict[str, Any]]:
    rows = Attachment.objects.filter(meeting=meeting).standing()
    return [
        {
            **row,
            "item": names.get(row["item_id"] or 0, ""),
            "url": reverse("attachment", args=[meeting.council.slug, meeting.key, row["number"]]),
        }
        for row in rows.values("pk", "number", "title", "filename", "pages", "item_id")
    ]


def open_actions(meeting: Meeting) -> list[dict[str, Any]]:
    """What earlier meetings of the council have asked for and nobody has closed, oldest first."""
    earlier = ActionItem.objects.unfinished().filter(council=meeting.council_id)
    rows = (
        earlier.exclude(item__meeting=meeting.pk)
        .select_related("item__meeting")
        .prefetch_related("persons", "organisations")
        .order_by("item__meeting__date", "pk")[:MOST_OPEN_ACTIONS]
    )
    return [
        {
            "pk": row.pk,
            "text": row.text,
            "assignee": followup.assignee(row),
            "due": followup.due(row),
            "date": row.item.meeting.date.isoformat(),
        }
        for row in rows
    ]


def register_of(meeting: Meeting) -> dict[str, list[list[Any]]]:
    """Who can be chosen: [key, name, organisation, role], and [key, name] of organisations."""
    seats = (
        Mandate.objects.running(meeting.date)
        .filter(council=meeting.council_id)
        .exclude(role=Role.READER)
        .order_by(SwedishOrder("person__name"))
        .values_list("person_id", "person__name", "organisation__name", "role")
    )
    organisations = Organisation.objects.filter(
        municipality=meeting.council.municipality_id
    ).values_list("pk", "name")
    people = {pk: [f"p{pk}", name, org or "", role] for pk, name, org, role in seats}
    return {
        "people": list(people.values()),
        "organisations": [[f"o{pk}", name] for pk, name in organisations],
    }


@dataclass
class Version:
    """A saved wording; `current` is the one that stands in the minutes now."""

    row: TextRevision
    current: bool

    @property
    def when(self) -> str:
        return wording.moment(self.row.at)

    @property
    def shown(self) -> SafeString:
        return mark_safe(richtext.clean(self.row.text))  # noqa: S308 - cleaned here


def versions_of(item: AgendaItem) -> list[Version]:
    """Newest first, of the § and of every report in it."""
    rows = item.revisions.select_related("by", "report").order_by("-pk")[:MOST_VERSIONS]
    return [
        Version(row, row.version is not None and row.version == (row.report or item).text_version)
        for row in rows
    ]
