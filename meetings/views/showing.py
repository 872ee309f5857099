"""The wall screen's page, and what it asks every other second."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from meetings import access, showing
from meetings.views import fragments
from meetings.views.minuting import parts, reading
from members.roles import Right
from members.views.person import person_of


@require_safe
def wall(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Empty until its script has asked: the page itself holds nothing of the draft."""
    meeting = access.meeting_for(person_of(request), slug, key, may=Right.READ_DRAFT)
    context = {"meeting": meeting, "council": meeting.council, **reading.when(meeting)}
    return render(request, "meetings/showing/wall.html", context)


@require_safe
def wall_now(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """304 while nothing is new. `item` tells a new § from the same one with new words."""
    meeting = access.meeting_for(person_of(request), slug, key, may=Right.READ_DRAFT)
    screen = showing.screen_of(meeting)
    version = f'"{screen.version}"'
    if request.headers.get("If-None-Match") == version:
        answer: HttpResponse = HttpResponse(status=304)
    else:
        section = parts.one_section(meeting, screen.item) if screen.item else None
        html = render_to_string(
            "meetings/showing/_screen.html",
            {"section": section, "words": screen.words, "icons": fragments.icons()},
        )
        answer = JsonResponse({"item": screen.item, "html": html})
    answer["ETag"] = version
    answer["Cache-Control"] = "private, no-store"
    return answer
