"""Who is there: one tap a person, and what the list prints about them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse

from meetings import access, minuting
from meetings.forms import minuting as forms
from meetings.models import Meeting
from meetings.views.minuting import answering, parts
from members.roles import Right
from members.views.person import person_of


@answering.act
def mark(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    by = person_of(request)
    row = access.attendance_for(by, slug, key, pk)
    minuting.mark(by=by, row=row, **forms.values(forms.ModeForm(request.POST)))
    return answered(request, row.meeting)


@answering.act
def mark_rest_present(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    by = person_of(request)
    meeting = access.meeting_for(by, slug, key, may=Right.WRITE)
    minuting.mark_rest_present(by=by, meeting=meeting)
    return answered(request, meeting)


@answering.act
def add_attendee(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """A substitute or another person of the register, or a guest by typing."""
    by = person_of(request)
    meeting = access.meeting_for(by, slug, key, may=Right.WRITE)
    sent = forms.values(forms.AttendeeForm(request.POST, meeting=meeting))
    person = sent.pop("person")
    if person is not None:
        row = minuting.add_person(by=by, meeting=meeting, person=person)
    else:
        row = minuting.add_guest(by=by, meeting=meeting, **sent)
    return answered(request, meeting, row=row.pk)


@answering.act
def set_details(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    by = person_of(request)
    row = access.attendance_for(by, slug, key, pk)
    sent = forms.values(forms.DetailsForm(request.POST, row=row))
    minuting.set_details(by=by, row=row, **sent)
    return answered(request, row.meeting, row=pk)


@answering.act
def remove_from_list(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    by = person_of(request)
    row = access.attendance_for(by, slug, key, pk)
    minuting.remove_from_list(by=by, row=row)
    return answered(request, row.meeting)


def answered(request: HttpRequest, meeting: Meeting, **more: int) -> HttpResponse:
    return answering.done(request, meeting, parts.attendance_part(meeting), **more)
