"""What has been done with a meeting, for who keeps the council: its secretary, the municipality."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meetings import access
from meetings import history as histories
from members import access as councils_access
from members.roles import Right
from members.views.person import person_of

PER_PAGE = 200


@require_safe
def history(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    person = person_of(request)
    meeting = access.meeting_for(person, slug, key, may=Right.SET_UP)
    rights = councils_access.rights_in(person, meeting.council)
    lines = histories.history_of(
        meeting,
        reads_draft=Right.READ_DRAFT in rights,
        reads_closed=Right.READ_CLOSED in rights,
    )
    page = Paginator(lines, PER_PAGE).get_page(request.GET.get("sida"))
    context = {
        "meeting": meeting,
        "council": meeting.council,
        "page": page,
        "days": histories.by_day(page),
    }
    return render(request, "meetings/history/history.html", context)
