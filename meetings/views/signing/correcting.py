"""Rättelse of sealed minutes: what stood, what is right and why, sent to those who signed."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from meetings import access, archiving, life, secrecy, signing, snapshot, wording
from meetings.forms.correcting import CorrectionForm
from meetings.models import Meeting, SigningRound
from meetings.states import State
from members.models import Person
from members.roles import Right
from members.views.errors import add_errors
from members.views.person import person_of


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def correct(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    person = person_of(request)
    meeting = access.meeting_for(person, slug, key, may=Right.WRITE)
    if meeting.state != State.APPROVED:
        raise Http404(access.NOT_HERE)
    round_ = cast(SigningRound, archiving.minutes_of(meeting).round)
    content = content_for(person, round_)
    form = CorrectionForm(
        request.POST or None, content=content, initial={"item": request.GET.get("punkt")}
    )
    if request.method == "POST" and form.is_valid():
        try:
            opened = signing.open_correction(by=person, meeting=meeting, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            names = wording.joined([signer.name for signer in opened.signers.all()])
            messages.success(request, f"Rättelsen är skickad till justering hos {names}.")
            return redirect("minutes", slug, key)
    context = {
        **about(meeting, round_),
        "form": form,
        "document": content["cover"]["document"],
        "closed_part": reads_closed(content),
    }
    return render(request, "meetings/signing/correct.html", context)


def content_for(person: Person, round_: SigningRound) -> snapshot.Snapshot:
    """The sealed text as far as one may read, and so correct, it. The headings of closed items
    and what is said of their corrections stand on the page: that is noted as a reading."""
    content = secrecy.text_for(person, round_.version)
    if reads_closed(content):
        closed = secrecy.items_of(round_.version)
        secrecy.note_reading(by=person, meeting=round_.meeting, items=closed, where="correct")
    return content


def reads_closed(content: snapshot.Snapshot) -> bool:
    return any("secrecy" in line for line in content["items"])


def about(meeting: Meeting, round_: SigningRound) -> dict[str, object]:
    """Who signs, and what has been corrected before or is being."""
    out = signing.unfinished_corrections(meeting)
    return {
        "meeting": meeting,
        "steps": life.life_of(meeting),
        "signers": round_.signers.required(),
        "corrections": signing.corrections_of(meeting),
        "rounds": [(one, signing.what_of(one)) for one in out],
    }
