"""Calling a meeting: who gets the call and what it says, before it goes."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from meetings import access, presenting, summoning
from meetings.states import State
from meetings.views.planning.meeting import refused
from members.roles import Right
from members.views.person import person_of


@require_http_methods(["GET", "HEAD", "POST"])
def summon(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    person = person_of(request)
    meeting = access.meeting_for(person, slug, key, may=Right.WRITE)
    if meeting.state == State.SUMMONED:
        # A second press, or Back after the first: the page says when the call went.
        return redirect("meeting", slug, key)
    if meeting.state != State.PLANNED:
        return refused(request, meeting)
    if request.method == "POST":
        try:
            sent = summoning.summon(by=person, meeting=meeting)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("summon", slug, key)
        many = "en person" if sent == 1 else f"{sent} personer"
        messages.success(request, f"Kallelsen är på väg till {many}.")
        return redirect("meeting", slug, key)
    rows = list(summoning.called(meeting))
    reached = [row for row in rows if row.person and summoning.reachable(row.person)]
    context = {
        "meeting": meeting,
        "council": meeting.council,
        "reached": reached,
        "unreached": [row for row in rows if row not in reached],
        "checklist": [p for p in summoning.checklist(meeting) if p.page != "summon"],
        "letter": summoning.letter(meeting, to=person),
        "lines": presenting.agenda_of(meeting, person)["lines"],
    }
    return render(request, "meetings/summoning/summon.html", context)
