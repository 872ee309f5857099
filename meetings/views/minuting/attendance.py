"""Who is there: one tap a person, and what the list prints about them."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from meetings import access, minuting
from meetings.forms import attendance as forms
from meetings.forms import minuting as desk_forms
from meetings.forms.minuting import values
from meetings.models import Attendance, Meeting
from meetings.views.minuting import answering, parts
from members.roles import Right
from members.views.person import person_of


@answering.act
def mark(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    by = person_of(request)
    row = access.attendance_for(by, slug, key, pk)
    row = minuting.mark(by=by, row=row, **values(forms.ModeForm(request.POST)))
    return tapped(request, row)


@answering.act
def come(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    by = person_of(request)
    row = access.attendance_for(by, slug, key, pk)
    sent = values(forms.ItemAtHandForm(request.POST, meeting=row.meeting))
    return tapped(request, minuting.come(by=by, row=row, item=sent["item"], partly=sent["partly"]))


@answering.act
def go(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    by = person_of(request)
    row = access.attendance_for(by, slug, key, pk)
    sent = values(forms.ItemAtHandForm(request.POST, meeting=row.meeting))
    return tapped(request, minuting.go(by=by, row=row, item=sent["item"], partly=sent["partly"]))


@answering.act
def set_conflict(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """Jäv in the § at hand, or not."""
    by = person_of(request)
    row = access.attendance_for(by, slug, key, pk)
    sent = values(forms.ItemAtHandForm(request.POST, meeting=row.meeting))
    row = minuting.set_conflict(by=by, row=row, item=sent["item"], has=sent["has"])
    return tapped(request, row)


@answering.act
def serve(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """Somebody steps in for the row's person, or does so no more."""
    by = person_of(request)
    row = access.attendance_for(by, slug, key, pk)
    sent = values(forms.StandInForm(request.POST, meeting=row.meeting))
    if row.person is None:
        return answered(request, row.meeting)
    if sent["ends"]:
        serving = access.found(row.meeting.attendance.filter(person=sent["person"]))
        serving = minuting.stop_serving(by=by, row=serving, member=row.person)
    else:
        serving = minuting.serve(
            by=by, meeting=row.meeting, person=sent["person"], member=row.person
        )
    return tapped(request, serving)


@answering.act
def put_back(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """Ångra: the row as it was before the tap."""
    by = person_of(request)
    row = access.attendance_for(by, slug, key, pk)
    row = minuting.put_back(by=by, row=row, **values(forms.PutBackForm(request.POST, row=row)))
    return tapped(request, row)


@answering.act
def mark_rest_present(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    by = person_of(request)
    meeting = access.meeting_for(by, slug, key, may=Right.WRITE)
    rows = minuting.mark_rest_present(by=by, meeting=meeting)
    return answered(request, meeting, rows=rows)


@answering.act
def unmark_rest(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Ångra: those whom one press marked as here, and whom nobody has touched since."""
    by = person_of(request)
    meeting = access.meeting_for(by, slug, key, may=Right.WRITE)
    rows = values(forms.RowsForm(request.POST))["rows"]
    unmarked = minuting.unmark_rest(by=by, meeting=meeting, rows=rows)
    return answered(request, meeting, touched=len(rows) - unmarked)


@answering.act
def add_attendee(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """A substitute or another person of the register, or a guest by typing."""
    by = person_of(request)
    meeting = access.meeting_for(by, slug, key, may=Right.WRITE)
    sent = values(desk_forms.AttendeeForm(request.POST, meeting=meeting))
    person = sent.pop("person")
    if person is not None:
        row = minuting.add_person(by=by, meeting=meeting, person=person)
    else:
        row = minuting.add_guest(by=by, meeting=meeting, **sent)
    return tapped(request, row)


@answering.act
def set_details(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    by = person_of(request)
    row = access.attendance_for(by, slug, key, pk)
    form = forms.DetailsForm(request.POST, row=row)
    values(form)
    return tapped(request, minuting.set_details(by=by, row=row, **form.values()))


@answering.act
def remove_from_list(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    by = person_of(request)
    row = access.attendance_for(by, slug, key, pk)
    minuting.remove_from_list(by=by, row=row)
    return answered(request, row.meeting)


def tapped(request: HttpRequest, row: Attendance) -> HttpResponse:
    """The list, and the row as it is now, for Ångra."""
    return answered(request, row.meeting, row=row.pk, state=minuting.state_text(row))


def answered(request: HttpRequest, meeting: Meeting, **more: Any) -> HttpResponse:
    return answering.done(request, meeting, parts.attendance_part(meeting), **more)
