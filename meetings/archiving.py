"""The archive: justerade minutes by council and year, and the words of one of them."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, QuerySet
from django.db.models.functions import ExtractYear

from meetings.models import Meeting
from meetings.states import State
from members.models import Council, Person


def archived_meetings(
    *, user: Person, council: Council | None = None, year: int | None = None
) -> QuerySet[Meeting]:
    """Justerade meetings one may read, newest first, with council and sealed facts (no PDF)."""
    meetings = (
        Meeting.objects.visible_to(user)
        .archived()
        .select_related("council", "sealed")
        .defer("sealed__pdf")
        .annotate(item_count=Count("archived_items"))
    )
    if council is not None:
        meetings = meetings.filter(council=council)
    return meetings.filter(date__year=year) if year else meetings


def archive_years(*, user: Person) -> list[dict[str, Any]]:
    """[{"council": pk, "year": 2026, "n": 4}, …] for the councils one may read, newest first."""
    return list(
        Meeting.objects.visible_to(user)
        .filter(state=State.APPROVED)
        .order_by()
        .annotate(year=ExtractYear("date"))
        .values("council", "year")
        .annotate(n=Count("pk"))
        .order_by("-year")
    )
