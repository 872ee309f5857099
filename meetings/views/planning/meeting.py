"""The meeting itself: planned, changed, cancelled, and the next one."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from meetings import access, planning
from meetings.forms.planning import ChangeMeetingForm, MeetingForm
from meetings.models import Meeting, Topic
from meetings.states import BEFORE, WRITABLE, State
from members import access as councils_access
from members.roles import Right
from members.views.errors import add_errors
from members.views.person import person_of

SEEN_OR_SENT = ["GET", "HEAD", "POST"]


@require_http_methods(SEEN_OR_SENT)
def plan_meeting(request: HttpRequest, slug: str) -> HttpResponse:
    """A new meeting. A second press on the button leads to the meeting the first one made."""
    person = person_of(request)
    council = councils_access.council_for(person, slug, may=Right.WRITE)
    form = MeetingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            meeting = planning.plan_meeting(by=person, council=council, **form.cleaned_data)
        except planning.PlannedAlready as error:
            messages.info(request, "Mötet finns redan.")
            return redirect("meeting", council.slug, error.meeting.key)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Mötet är planerat. Nu kan du göra dagordningen klar.")
            return redirect("agenda", council.slug, meeting.key)
    context = {
        "council": council,
        "form": form,
        "standing": council.standing_items.all(),
        "topics": Topic.objects.waiting().filter(council=council).select_related("item"),
    }
    return render(request, "meetings/planning/plan_meeting.html", context)


@require_http_methods(SEEN_OR_SENT)
def change_meeting(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    person = person_of(request)
    meeting = access.meeting_for(person, slug, key, may=Right.WRITE)
    if meeting.state not in WRITABLE:
        return refused(request, meeting)
    form = ChangeMeetingForm(request.POST or None, meeting=meeting)
    if request.method == "POST" and form.is_valid():
        try:
            meeting = planning.change_meeting(by=person, meeting=meeting, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Ändringarna är sparade.")
            return redirect("meeting", slug, meeting.key)
    context = {"meeting": meeting, "council": meeting.council, "form": form}
    return render(request, "meetings/planning/change_meeting.html", context)


@require_http_methods(SEEN_OR_SENT)
def cancel_meeting(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Asks first, because a cancelled meeting stays cancelled."""
    person = person_of(request)
    meeting = access.meeting_for(person, slug, key, may=Right.WRITE)
    if request.method == "POST":
        try:
            planning.cancel_meeting(by=person, meeting=meeting)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, "Mötet är inställt.")
        return redirect("meeting", slug, key)
    if meeting.state not in BEFORE:
        return refused(request, meeting)
    context = {"meeting": meeting, "council": meeting.council}
    return render(request, "meetings/planning/cancel_meeting.html", context)


@require_http_methods(SEEN_OR_SENT)
def plan_next(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """From "nästa möte" and the topics parked for it to a planned meeting, in one press."""
    person = person_of(request)
    meeting = access.meeting_for(person, slug, key, may=Right.WRITE)
    following = Meeting.objects.filter(previous=meeting).first()
    if following is not None:
        return redirect("meeting", slug, following.key)
    if request.method == "POST":
        try:
            following = planning.plan_next(by=person, meeting=meeting)
        except planning.PlannedAlready as error:
            messages.info(request, "Mötet finns redan.")
            return redirect("meeting", slug, error.meeting.key)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect("plan_next", slug, key)
        messages.success(request, "Nästa möte är planerat, med ämnena som väntade.")
        return redirect("agenda", slug, following.key)
    context = {
        "meeting": meeting,
        "council": meeting.council,
        "standing": meeting.council.standing_items.all(),
        "topics": Topic.objects.waiting().filter(council=meeting.council).select_related("item"),
    }
    return render(request, "meetings/planning/plan_next.html", context)


def refused(request: HttpRequest, meeting: Meeting) -> HttpResponse:
    """Back to the meeting with why it can't be changed any more."""
    messages.error(request, planning.CLOSED[State(meeting.state)])
    return redirect("meeting", meeting.council.slug, meeting.key)
