"""A stand-in for a justerare who cannot: the secretary appoints one, with the reason."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from meetings import access, life, moving, signing
from meetings.forms.substituting import StandInForm
from meetings.minuting import printing
from meetings.states import State
from members.roles import Right
from members.views.errors import add_errors
from members.views.person import person_of


@require_http_methods(["GET", "HEAD", "POST"])
def stand_in(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    by = person_of(request)
    meeting = access.meeting_for(by, slug, key, may=Right.WRITE)
    places = signing.replaceable(meeting)
    if meeting.state != State.SIGNING and not places:  # nor is a small paper out
        messages.info(request, moving.CLOSED[State(meeting.state)])
        return redirect("meeting", slug, key)
    people = signing.candidates(meeting)
    form = StandInForm(request.POST or None, places=places, people=people)
    if request.method == "POST" and form.is_valid():
        try:
            made = signing.appoint_stand_in(by=by, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{made.name} justerar nu. Mejl är på väg till båda.")
            return redirect("meeting", slug, key)
    context = {
        "meeting": meeting,
        "steps": life.life_of(meeting),
        "the": printing.the_document(meeting),
        "form": form,
        "places": places,
        "people": people,
    }
    return render(request, "meetings/signing/stand_in.html", context)
