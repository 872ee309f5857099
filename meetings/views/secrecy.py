"""Closed items: marking one on the agenda, and reading the closed part of a meeting."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_http_methods, require_safe

from meetings import access, archiving, life, presenting, secrecy, signing, snapshot
from meetings.forms.secrecy import CloseItemForm, OpenItemForm
from meetings.models import AgendaItem, Meeting
from meetings.states import BEFORE, WRITABLE, State
from meetings.views.archiving import as_pdf, shown_document
from meetings.views.planning.agenda import to_agenda
from meetings.views.planning.meeting import refused
from members.views.errors import add_errors
from members.views.person import person_of


@require_http_methods(["GET", "HEAD", "POST"])
def close_item(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """Mark an item as closed, or change the provision and the heading that everyone sees."""
    person = person_of(request)
    item = access.item_for(person, slug, key, pk)
    if item.meeting.state not in WRITABLE:
        return refused(request, item.meeting)
    form = CloseItemForm.of(item, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            secrecy.close_item(by=person, item=item, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Punkten är markerad som sekretess.")
            return to_agenda(item.meeting, anchor=f"punkt-{item.pk}")
    return marking_page(request, item, form, OpenItemForm())


@require_http_methods(["GET", "HEAD", "POST"])
def open_item(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """Take the marking away again, with a reason."""
    person = person_of(request)
    item = access.item_for(person, slug, key, pk)
    if item.meeting.state not in WRITABLE:
        return refused(request, item.meeting)
    form = OpenItemForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            secrecy.open_item(by=person, item=item, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Punkten är öppen igen.")
            return to_agenda(item.meeting, anchor=f"punkt-{item.pk}")
    return marking_page(request, item, CloseItemForm.of(item), form)


def marking_page(
    request: HttpRequest, item: AgendaItem, form: CloseItemForm, opening: OpenItemForm
) -> HttpResponse:
    secrecy.note_reading(
        by=person_of(request), meeting=item.meeting, items=[item], where="close_item"
    )
    context = {
        "item": item, "meeting": item.meeting, "council": item.meeting.council,
        "form": form, "opening": opening,
    }  # fmt: skip
    return render(request, "meetings/secrecy/mark.html", context)


@require_safe
def closed_part(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The closed items as they stand: planned, written, out for justering or sealed."""
    person = person_of(request)
    meeting = access.closed_part_for(person, slug, key)
    closed = note_all(request, meeting, "closed_part")
    context: dict[str, object] = {
        "meeting": meeting,
        "council": meeting.council,
        "steps": life.life_of(meeting),
        "closed": closed,
    }
    if meeting.state in BEFORE or meeting.state == State.CANCELLED:
        lines = presenting.whole_agenda_of(meeting)["lines"]
        context["lines"] = [line for line in lines if line.item.is_secret]
    else:
        read = archiving.closed_part_of(meeting)
        context |= {
            **shown_document(read),
            "read": read,
            "attachments": meeting.attachments.standing().filter(item__in=closed),
            "file_hash": snapshot.grouped_hash(read.sealed.pdf_sha256) if read.sealed else "",
            "corrections": signing.closed_corrections_of(meeting),
        }
    response = render(request, "meetings/secrecy/closed_part.html", context)
    patch_cache_control(response, private=True, no_store=True)
    return response


def note_all(request: HttpRequest, meeting: Meeting, where: str) -> list[AgendaItem]:
    """All closed items of the meeting, noted as read."""
    closed = list(meeting.items.standing().under_secrecy())
    secrecy.note_reading(by=person_of(request), meeting=meeting, items=closed, where=where)
    return closed


@require_safe
def closed_pdf(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The closed part as a file of its own; sealed bytes as stored."""
    meeting = access.closed_part_for(person_of(request), slug, key)
    content, name = archiving.closed_file_of(archiving.closed_part_of(meeting))
    note_all(request, meeting, "closed_pdf")
    response = as_pdf(content, name)
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def closed_correction_pdf(request: HttpRequest, slug: str, key: str, number: int) -> HttpResponse:
    """The closed part of a correction: for who may read the closed items, and the paper itself."""
    person = person_of(request)
    round_ = access.closed_paper_for(person, slug, key, number)
    content, name = archiving.closed_paper_of(round_)
    secrecy.note_reading(
        by=person, meeting=round_.meeting, items=secrecy.items_of(round_.version),
        where="closed_correction_pdf",
    )  # fmt: skip
    response = as_pdf(content, name)
    response["Cache-Control"] = "private, no-store"
    return response
