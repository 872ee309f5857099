"""The items every new meeting of a council begins with."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from meetings import planning
from meetings.forms.planning import StandingRows
from members import access
from members.roles import Right
from members.views.person import person_of


@require_http_methods(["GET", "HEAD", "POST"])
def standing_items(request: HttpRequest, slug: str) -> HttpResponse:
    """All of them in one form; buttons that move, add and remove rows save nothing yet."""
    person = person_of(request)
    council = access.council_for(person, slug, may=Right.SET_UP)
    rows = (
        StandingRows.sent(request.POST)
        if request.method == "POST"
        else StandingRows.of(council.standing_items.all())
    )
    if request.method == "POST" and not rows.rearranged and rows.is_valid():
        try:
            planning.set_standing_items(by=person, council=council, items=rows.items())
        except ValidationError as error:
            rows.faults = error.messages
        else:
            messages.success(request, "De stående punkterna är sparade. De gäller nya möten.")
            return redirect("standing_items", council.slug)
    context = {"council": council, "rows": rows, "blank": StandingRows.blank()}
    return render(request, "meetings/planning/standing_items.html", context)
