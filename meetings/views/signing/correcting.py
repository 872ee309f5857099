"""Rättelse of sealed minutes: what stood, what is right and why, sent to those who signed."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from meetings import access, archiving, life, signing, wording
from meetings.forms.correcting import CorrectionForm
from meetings.states import State
from members.roles import Right
from members.views.errors import add_errors
from members.views.person import person_of


@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    person = person_of(request)
    meeting = access.meeting_for(person, slug, key, may=Right.WRITE)
    if meeting.state != State.APPROVED:
        raise Http404(access.NOT_HERE)
    minutes = archiving.minutes_of(meeting)
    form = CorrectionForm(
        request.POST or None,
        content=minutes.content,
        initial={"item": request.GET.get("punkt")},
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
        "meeting": meeting,
        "steps": life.life_of(meeting),
        "form": form,
        "document": minutes.content["cover"]["document"],
        "signers": minutes.round.signers.required() if minutes.round else [],
        "corrections": signing.corrections_of(meeting),
        "rounds": [(one, signing.what_of(one)) for one in signing.unfinished_corrections(meeting)],
    }
    return render(request, "meetings/signing/correct.html", context)
