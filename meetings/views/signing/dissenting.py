"""Disagreement at justering: note a differing view, or hand the question to a later meeting."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from meetings import access, life, moving, presenting, secrecy, signing, wording
from meetings.forms.dissenting import DissentForm, HandOnForm
from meetings.minuting import printing
from meetings.models import Meeting, ReviewComment
from meetings.states import State
from members.roles import Right
from members.views.errors import add_errors
from members.views.person import person_of


@require_http_methods(["GET", "HEAD", "POST"])
def note_dissent(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The form, begun from a remark (?synpunkt=), and what is noted already."""
    by = person_of(request)
    meeting = access.meeting_for(by, slug, key, may=Right.WRITE)
    if meeting.state != State.MINUTING:
        messages.info(request, moving.CLOSED[State(meeting.state)])
        return redirect("meeting", slug, key)
    remark = remark_in(meeting, request.GET.get("synpunkt", ""))
    form = DissentForm(
        request.POST or None,
        people=signing.those_who_sign(meeting),
        meeting=meeting,
        labels=presenting.labels_of(meeting, list(meeting.items.standing())),
        initial={"person": remark.person_id, "item": remark.item_id, "text": remark.text}
        if remark
        else None,
    )
    if request.method == "POST" and form.is_valid():
        try:
            signing.note_dissent(by=by, meeting=meeting, remark=remark, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Den avvikande meningen står nu i texten.")
            return redirect("note_dissent", slug, key)
    read = meeting.items.standing().under_secrecy().filter(dissents__isnull=False).distinct()
    secrecy.note_reading(by=by, meeting=meeting, items=read, where="dissent")
    context = page_of(meeting) | {"form": form, "noted": noted_in(meeting)}
    return render(request, "meetings/signing/dissent.html", context)


def remark_in(meeting: Meeting, pk: str) -> ReviewComment | None:
    if not (pk.isascii() and pk.isdecimal() and len(pk) < 19):
        return None
    return ReviewComment.objects.filter(round__meeting=meeting, pk=int(pk)).first()


def noted_in(meeting: Meeting) -> list[object]:
    return list(meeting.dissents.select_related("person", "item"))


def page_of(meeting: Meeting) -> dict[str, object]:
    return {
        "meeting": meeting,
        "steps": life.life_of(meeting),
        "the": printing.the_document(meeting),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def remove_dissent(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    by = person_of(request)
    meeting = access.meeting_for(by, slug, key, may=Right.WRITE)
    dissents = meeting.dissents.select_related("meeting__council", "item")
    dissent = access.found(dissents.filter(pk=pk))
    if request.method == "POST":
        try:
            signing.remove_dissent(by=by, dissent=dissent)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            messages.success(request, "Den avvikande meningen är borttagen.")
    return redirect("note_dissent", slug, key)


@require_http_methods(["GET", "HEAD", "POST"])
def hand_on(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Hand the justering over to a later meeting of the council."""
    by = person_of(request)
    meeting = access.meeting_for(by, slug, key, may=Right.WRITE)
    if meeting.state != State.SIGNING:
        messages.info(request, moving.CLOSED[State(meeting.state)])
        return redirect("meeting", slug, key)
    later = signing.later_meetings(meeting)
    form = HandOnForm(request.POST or None, meetings=later)
    if request.method == "POST" and form.is_valid():
        try:
            signing.hand_on(by=by, meeting=meeting, to=form.cleaned_data["to"])
        except ValidationError as error:
            add_errors(form, error)
        else:
            when = wording.named_day(form.cleaned_data["to"].date)
            messages.success(request, f"Överlämnat. Frågan står på dagordningen {when}.")
            return redirect("meeting", slug, key)
    context = page_of(meeting) | {"form": form, "later": later}
    return render(request, "meetings/signing/hand_on.html", context)
