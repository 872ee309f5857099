"""The secretary answers remarks: takes a wording over with one press, or writes why not."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from meetings import access, secrecy, signing
from meetings.forms.reviewing import AnswerForm
from meetings.minuting import printing
from meetings.models import ReviewComment
from members.views.errors import add_errors
from members.views.person import person_of


@require_http_methods(["GET", "HEAD", "POST"])
def take_over(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """Write the proposal into the minutes; when they have changed since, show both first."""
    person = person_of(request)
    comment = access.remark_for(person, slug, key, pk)
    if request.method != "POST":
        return redirect("answer_remark", slug, key, pk)
    try:
        signing.take_over(by=person, comment=comment, choice=request.POST.get("choice", ""))
    except signing.ChangedSince as changed:
        return remark_page(request, comment, AnswerForm(), changed)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect(place_of(comment))
    messages.success(request, "Ändringen är införd. Den förra texten finns kvar bland versionerna.")
    return redirect(place_of(comment))


@require_http_methods(["GET", "HEAD", "POST"])
def answer_remark(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """The remark on a page of its own, and the answer to it."""
    person = person_of(request)
    comment = access.remark_for(person, slug, key, pk)
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            signing.answer(by=person, comment=comment, text=form.cleaned_data["text"])
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Svaret är sparat. Den som justerar läser det nästa gång.")
            return redirect(place_of(comment))
    return remark_page(request, comment, form)


def remark_page(
    request: HttpRequest,
    comment: ReviewComment,
    form: AnswerForm,
    changed: signing.ChangedSince | None = None,
) -> HttpResponse:
    meeting = comment.round.meeting
    read = [comment.item] if comment.item else []
    secrecy.note_reading(by=person_of(request), meeting=meeting, items=read, where="remark")
    context = {
        "meeting": meeting,
        "the": printing.the_document(meeting),
        "remark": signing.remark_of(comment),
        "form": form,
        "differences": changed.differences if changed else [],
        "can_merge": changed is not None and all(one.merged for one in changed.differences),
        "back": place_of(comment),
    }
    return render(request, "meetings/signing/remark.html", context)


def place_of(comment: ReviewComment) -> str:
    """The § on the desk that the remark is about."""
    meeting = comment.round.meeting
    desk = reverse("desk", args=[meeting.council.slug, meeting.key])
    return f"{desk}#item-{comment.item_id}" if comment.item_id else f"{desk}#remarks"
