"""The paper path: print, sign with a pen, put the scan in."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from meetings import access, life, moving, secrecy, signing
from meetings.forms.by_pen import ScanForm
from meetings.models import FileKind, Meeting, SealedFile, SigningRound
from meetings.states import State
from meetings.views.archiving import as_pdf
from members.roles import Right
from members.views.errors import add_errors
from members.views.person import person_of


@require_http_methods(["GET", "HEAD", "POST"])
def by_pen(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    person = person_of(request)
    meeting = access.meeting_for(person, slug, key, may=Right.WRITE)
    round_ = open_round(meeting)
    if round_ is None:
        messages.info(request, moving.CLOSED[State(meeting.state)])
        return redirect("meeting", slug, key)
    try:
        signing.refuse_closed_part(round_)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("meeting", slug, key)
    form = ScanForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            signing.keep_scan(
                by=person, round_=round_, file=file, filename=file.name,
                signed_on=form.cleaned_data["signed_on"],
            )  # fmt: skip
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Det inskannade pappret är sparat.")
            return redirect("minutes", slug, key)
    context = {
        "meeting": meeting,
        "steps": life.life_of(meeting),
        "form": form,
        "waiting": signing.waiting_for(round_),
    }
    return render(request, "meetings/signing/by_pen.html", context)


def open_round(meeting: Meeting) -> SigningRound | None:
    if meeting.state != State.SIGNING:
        return None
    rounds = meeting.rounds.select_related("version__meeting", "version__frozen_by")
    return rounds.filter(state="open").first()


@require_safe
def paper_to_sign(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The locked text with lines for names."""
    meeting = access.meeting_for(person_of(request), slug, key, may=Right.WRITE)
    round_ = open_round(meeting)
    if round_ is None:
        return redirect("meeting", slug, key)
    if secrecy.has_closed_part(round_.version):
        return redirect("by_pen", slug, key)
    response = as_pdf(signing.paper_to_sign(round_), f"Att skriva under {meeting.key}.pdf")
    response["Cache-Control"] = "private, no-store"
    return response


@require_safe
def scan(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The scanned original of sealed minutes that were signed on paper."""
    sealed = access.sealed_for(person_of(request), slug, key)
    file = access.found(SealedFile.objects.filter(round=sealed.round, kind=FileKind.SCAN))
    response = as_pdf(bytes(file.pdf), f"Inskannat original {sealed.meeting.key}.pdf")
    response["Cache-Control"] = "private, no-cache"
    return response
