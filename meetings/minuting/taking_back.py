"""What is kept of minutes being written: every former wording, and what was taken away."""

from __future__ import annotations

import datetime
import difflib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise, zip_longest
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Length

from meetings.models import (
    ActionItem,
    AgendaItem,
    Attachment,
    DecisionRevision,
    Meeting,
    OrganisationReport,
)
from members.models import AuditEntry

PAUSE = datetime.timedelta(minutes=2)
LONGEST_RUN = datetime.timedelta(minutes=15)
CUT = 40  # characters: so much shorter is something taken away, not a word put better
MOST_WORDINGS = 5000
EDITED = 0.5  # share of common letters from which a point is the same one, put otherwise


@dataclass(frozen=True)
class Wording:
    """One saved wording. `stood`: it was in the minutes; else somebody else saved first."""

    pk: int
    at: datetime.datetime
    by: str
    length: int
    points: int = 0  # of decisions
    stood: bool = True
    current: bool = False


def wordings_of_text(
    item: AgendaItem, report: OrganisationReport | None = None, *, every: bool = False
) -> list[Wording]:
    """Newest first. A text saves itself every other second, so unless `every` is asked for, only
    the last of each stretch of writing is told."""
    current = (report or item).text_version
    rows = item.revisions.filter(report=report).order_by("-pk").annotate(length=Length("text"))
    found = [
        Wording(
            pk,
            at,
            by,
            length,
            stood=version is not None,
            current=version is not None and version == current,
        )
        for pk, at, by, length, version in rows.values_list(
            "pk", "at", "by__name", "length", "version"
        )[:MOST_WORDINGS]
    ]
    return found if every else stretches(found)


def wordings_of_decisions(item: AgendaItem, *, every: bool = False) -> list[Wording]:
    """As wordings_of_text, of the item's decisions."""
    found = written(item.decision_revisions.order_by("-pk")[:MOST_WORDINGS])
    return found if every else stretches(found)


def written(rows: QuerySet[DecisionRevision]) -> list[Wording]:
    values = rows.values_list("pk", "at", "by__name", "points")
    return [
        Wording(pk, at, by or "", sum(map(len, points)), len(points), current=place == 0)
        for place, (pk, at, by, points) in enumerate(values)
    ]


def stretches(newest_first: Sequence[Wording]) -> list[Wording]:
    """The last wording of every stretch one person wrote in, and whatever was then cut short."""
    kept: list[Wording] = []
    began: datetime.datetime | None = None
    oldest_first = list(reversed(newest_first))
    for one, after in zip_longest(oldest_first, oldest_first[1:]):
        began = began or one.at
        ends = (
            after is None
            or one.current
            or (after.by, after.stood) != (one.by, one.stood)
            or after.at - one.at > PAUSE
            or one.at - began > LONGEST_RUN
            or one.length - after.length > CUT
            or one.points > after.points
        )
        if ends:
            kept.append(one)
            began = None
    return kept[::-1]


@dataclass(frozen=True)
class Removed:
    """Something taken away that can come back. `place` is of a decision's point in its wording."""

    kind: str  # item, report, action, attachment, decision
    pk: int
    name: str
    item: int | None
    by: str
    at: datetime.datetime
    wording: int = 0
    place: int = 0


REMOVALS = {"item.removed", "report.removed", "action.removed", "attachment.removed"}


def taken_away(meeting: Meeting) -> list[Removed]:
    """What was taken from the minutes and is not back, the latest first.

    What stands in a § that was itself taken away comes back with it, and is not told apart.
    """
    entries = AuditEntry.objects.filter(meeting_id=meeting.pk, action__in=REMOVALS).order_by("pk")
    who = {
        (kind, pk): name
        for kind, pk, name in entries.values_list("subject_type", "subject_id", "person_name")
    }

    def removed(model: Any, kind: str, name: str, item: str | None, **where: Any) -> list[Removed]:
        rows = model._default_manager.filter(removed_at__isnull=False, **where)
        fields = ["pk", name, "removed_at", *([item] if item else [])]
        return [
            Removed(
                kind, pk, text, rest[0] if rest else None,
                who.get((model._meta.label_lower, pk), ""), at,
            )
            for pk, text, at, *rest in rows.values_list(*fields)
        ]  # fmt: skip

    here = {"item__meeting": meeting, "item__removed_at__isnull": True}
    found = [
        *removed(AgendaItem, "item", "heading", None, meeting=meeting),
        *removed(OrganisationReport, "report", "label", "item_id", **here),
        *removed(ActionItem, "action", "text", "item_id", **here),
        *removed(Attachment, "attachment", "title", "item_id", meeting=meeting),
        *points_taken_away(meeting),
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)


def points_taken_away(meeting: Meeting) -> list[Removed]:
    """Decisions that stood in an earlier wording of their §, and neither stand nor were put
    otherwise."""
    rows = (
        DecisionRevision.objects.filter(item__meeting=meeting, item__removed_at__isnull=True)
        .select_related("by")
        .order_by("item_id", "-pk")[:MOST_WORDINGS]
    )
    found: list[Removed] = []
    for item, group in groupby(rows, key=lambda row: row.item_id):
        revisions = {row.pk: row for row in group}
        told = [
            Wording(
                row.pk,
                row.at,
                row.by.name if row.by else "",
                sum(map(len, row.points)),
                len(row.points),
            )
            for row in revisions.values()
        ]
        steps = [revisions[one.pk] for one in reversed(stretches(told))]
        stands = set(steps[-1].points)
        lost: dict[str, Removed] = {}
        for before, after in pairwise(steps):
            for place, text in enumerate(before.points):
                if text not in stands and not goes_on(text, after.points):
                    by = after.by.name if after.by else ""
                    lost[text] = Removed(
                        "decision", item, text, item, by, after.at, before.pk, place
                    )
        found += lost.values()
    return found


def goes_on(text: str, points: Sequence[str]) -> bool:
    """True when one of the points is the text itself, or the text written on or put otherwise."""
    return any(
        text == other or difflib.SequenceMatcher(None, text, other).ratio() >= EDITED
        for other in points
    )
