"""Papers: added, renamed, removed, and opened. A fetch gets {"pk", "html"} or a fault."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.http import (
    FileResponse,
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
)
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings import access, attaching, secrecy
from meetings.forms.attaching import AttachForm, ChangeAttachmentForm
from meetings.models import Attachment, Meeting
from meetings.states import WRITABLE
from meetings.views import answers
from meetings.views.planning.agenda import failed, to_agenda
from meetings.views.planning.meeting import refused
from members.models import Person
from members.roles import Right
from members.views.errors import add_errors
from members.views.person import person_of

# Shown in the browser; everything else is saved to disk. HTML and SVG are never taken in at all.
INLINE = ("application/pdf", "image/png", "image/jpeg")


@require_http_methods(["GET", "HEAD", "POST"])
def attach(request: HttpRequest, slug: str, key: str) -> HttpResponseBase:
    """Add a paper to an item (?punkt=12) or to the whole meeting."""
    person = person_of(request)
    meeting = access.meeting_for(person, slug, key, may=Right.WRITE)
    if meeting.state not in WRITABLE and not answers.is_fetch(request):
        return refused(request, meeting)
    form = AttachForm(
        request.POST or None, request.FILES or None, meeting=meeting,
        initial={"item": request.GET.get("punkt")},
    )  # fmt: skip
    if request.method == "POST" and answers.is_second_press(request):
        return to_agenda(meeting)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            paper = attaching.attach(
                by=person, meeting=meeting, file=file, filename=file.name or "",
                title=form.cleaned_data["title"], item=form.cleaned_data["item"],
            )  # fmt: skip
        except ValidationError as error:
            add_errors(form, error)
        else:
            return attached(request, paper)
    if request.method == "POST" and answers.is_fetch(request):
        return answers.refusal(form)
    context = {
        "meeting": meeting, "council": meeting.council, "form": form,
        "ticket": answers.new_ticket(), "welcome": attaching.WELCOME,
    }  # fmt: skip
    return render(request, "meetings/attaching/attach.html", context)


def attached(request: HttpRequest, paper: Attachment) -> HttpResponseBase:
    if not answers.is_fetch(request):
        return to_agenda(paper.meeting, anchor=place_of(paper))
    return JsonResponse({"pk": paper.pk, "html": paper_row(request, paper)}, status=201)


def paper_row(request: HttpRequest, paper: Attachment) -> str:
    context = {"paper": paper, "meeting": paper.meeting, "council": paper.meeting.council}
    return render_to_string("meetings/attaching/_paper.html", context, request)


def place_of(paper: Attachment) -> str:
    """Where the paper stands on the page of the agenda."""
    return f"punkt-{paper.item_id}" if paper.item_id else "handlingar"


@require_safe
def attachment(request: HttpRequest, slug: str, key: str, number: int) -> HttpResponseBase:
    """The file itself. It can run nothing, and is never taken for another kind than it is."""
    person = person_of(request)
    paper = access.attachment_for(person, slug, key, number)
    try:
        file = default_storage.open(paper.stored_as)
    except FileNotFoundError as error:
        raise Http404("Filen finns inte.") from error
    if paper.item is not None:
        secrecy.note_reading(by=person, meeting=paper.meeting, items=[paper.item], where="paper")
    shown = paper.content_type in INLINE
    response = FileResponse(
        file, as_attachment=not shown, filename=paper.filename, content_type=paper.content_type
    )
    if paper.content_type == "text/plain":
        response["Content-Type"] = "text/plain; charset=utf-8"
    # In place of the site's policy: nothing runs, nothing is fetched.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-cache"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def change_attachment(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """Another title, or another item."""
    person = person_of(request)
    paper = paper_for(person, slug, key, pk)
    if paper.meeting.state not in WRITABLE:
        return refused(request, paper.meeting)
    form = ChangeAttachmentForm(request.POST or None, attachment=paper)
    if request.method == "POST" and form.is_valid():
        try:
            attaching.change_attachment(by=person, attachment=paper, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            return to_agenda(paper.meeting, anchor=place_of(paper))
    context = {
        "meeting": paper.meeting, "council": paper.meeting.council, "form": form, "paper": paper,
    }  # fmt: skip
    return render(request, "meetings/attaching/change_attachment.html", context)


@require_POST
def remove_attachment(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponseBase:
    person = person_of(request)
    paper = paper_for(person, slug, key, pk, removed=None)
    try:
        attaching.remove_attachment(by=person, attachment=paper)
    except ValidationError as error:
        return failed(request, paper.meeting, error)
    if not answers.is_fetch(request):
        return to_agenda(paper.meeting, query=f"?borttagen-bilaga={paper.pk}", anchor="messages")
    undo = reverse("restore_attachment", args=[slug, key, paper.pk])
    return JsonResponse({"message": f"{paper} är borttagen.", "undo": undo})


@require_POST
def restore_attachment(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponseBase:
    person = person_of(request)
    paper = paper_for(person, slug, key, pk, removed=None)
    try:
        attaching.restore_attachment(by=person, attachment=paper)
    except ValidationError as error:
        return failed(request, paper.meeting, error)
    paper.refresh_from_db()
    if answers.is_fetch(request):
        return JsonResponse({"pk": paper.pk, "html": paper_row(request, paper)})
    return to_agenda(paper.meeting, anchor=place_of(paper))


def paper_for(
    person: Person, slug: str, key: str, pk: int, *, removed: bool | None = False
) -> Attachment:
    """A paper of a meeting the person writes; removed ones too when `removed` is None."""
    meeting: Meeting = access.meeting_for(person, slug, key, may=Right.WRITE)
    papers: Any = meeting.attachments.all() if removed is None else meeting.attachments.standing()
    paper = access.found(papers.filter(pk=pk))
    paper.meeting = meeting
    return paper
