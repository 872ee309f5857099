"""What the desk asks the database of a meeting, by its key: plain values, each one query.

Prepared, because a desk with thirty §§ spent half its time on making these into SQL.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.db.models import QuerySet

from meetings.minuting import at_desk, freezing, presence, printing, quorum
from meetings.models import (
    ActionItem,
    AgendaItem,
    Attachment,
    Decision,
    Meeting,
    OrganisationReport,
    StandingItem,
    Topic,
)
from meetings.signing import remarks
from members import prepared
from members.models import Mandate, Organisation, SwedishOrder
from members.roles import Role

ITEM = (
    "pk", "kind", "heading", "text", "text_version", "presenters", "registry_number", "dispatch",
    "secrecy", "public_heading",
)  # fmt: skip
REPORT = ("pk", "label", "text", "text_version")
PAPER = ("pk", "number", "title", "filename", "pages", "item_id")


def desk(meeting: Meeting) -> list[prepared.Asked[Any]]:
    """Everything the page of the desk asks: for one trip instead of twenty."""
    return [
        *document(meeting.pk),
        *attendance(meeting),
        papers.of(meeting.pk),
        seated.of(meeting.council_id, meeting.date),
        organisations.of(meeting.council.municipality_id),
        standing_items.of(meeting.council_id),
        at_desk.last_entry.of(meeting.pk),
        remarks.last_round.of(meeting.pk),
    ]


def document(meeting: int) -> list[prepared.Asked[Any]]:
    """What stands in the minutes: the §§, what belongs to each, and which are closed."""
    wanted = (items, decisions, topics, reports, actions, fixed_items)
    return [question.of(meeting) for question in wanted]


def attendance(meeting: Meeting) -> list[prepared.Asked[Any]]:
    """What the list of who is there says, but for what the meeting itself tells."""
    return [
        places.of(meeting.pk),
        printing.chosen.of(meeting.pk),
        quorum.seated.of(meeting.council_id, meeting.date),
        *presence.asked(meeting.pk),
    ]


@prepared.question
def items(meeting: int) -> QuerySet[AgendaItem, Any]:
    return AgendaItem.objects.filter(meeting=meeting).standing().values_list(*ITEM)


@prepared.question
def places(meeting: int) -> QuerySet[AgendaItem]:
    """The §§ with what is needed to point at them."""
    rows = AgendaItem.objects.filter(meeting=meeting).standing()
    return rows.only("pk", "position", "heading", "public_heading", "secrecy", "meeting")


@prepared.question
def decisions(meeting: int) -> QuerySet[Decision, Any]:
    rows = Decision.objects.filter(item__meeting=meeting, item__removed_at=None)
    return rows.values_list("item_id", "text")


@prepared.question
def topics(meeting: int) -> QuerySet[Topic, Any]:
    rows = Topic.objects.filter(item__meeting=meeting, item__removed_at=None)
    return rows.values_list("item_id", "text", "who")


@prepared.question
def reports(meeting: int) -> QuerySet[OrganisationReport, Any]:
    rows = OrganisationReport.objects.standing().filter(item__meeting=meeting)
    return rows.values_list("item_id", *REPORT)


@prepared.question
def actions(meeting: int) -> QuerySet[ActionItem]:
    rows = ActionItem.objects.filter(item__meeting=meeting, removed_at=None)
    return rows.prefetch_related("persons", "organisations")


@prepared.question
def fixed_items(meeting: int) -> QuerySet[Any, int]:
    """Those adjusted at once, or out for it."""
    return freezing.standing_extracts(Meeting(pk=meeting)).values_list("item", flat=True)


@prepared.question
def papers(meeting: int) -> QuerySet[Attachment, Any]:
    return Attachment.objects.filter(meeting=meeting).standing().values(*PAPER)


@prepared.question
def seated(council: int, day: datetime.date) -> QuerySet[Mandate, Any]:
    """Who can be chosen: person, name, organisation, role."""
    return (
        Mandate.objects.running(day)
        .filter(council=council)
        .exclude(role=Role.READER)
        .order_by(SwedishOrder("person__name"))
        .values_list("person_id", "person__name", "organisation__name", "role")
    )


@prepared.question
def standing_items(council: int) -> QuerySet[StandingItem, Any]:
    return StandingItem.objects.filter(council=council).values_list("pk", "heading")


@prepared.question
def organisations(municipality: int) -> QuerySet[Organisation, Any]:
    return Organisation.objects.filter(municipality=municipality).values_list("pk", "name")
