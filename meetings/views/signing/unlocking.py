"""Opening a text that is out for justering again: the secretary asks, another may agree."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from meetings import access, life, secrecy, signing
from meetings.forms.unlocking import UnlockForm
from meetings.models import SigningRound, TextKind
from members import access as councils_access
from members.models import Person
from members.roles import Right
from members.views.errors import add_errors
from members.views.person import person_of

SEEN_OR_SENT = ["GET", "HEAD", "POST"]


@require_http_methods(SEEN_OR_SENT)
def unlock(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """For whoever writes: the reason. For the others concerned: what is asked, and a yes."""
    person = person_of(request)
    round_ = access.open_round_for(person, slug, key)
    if round_ is None:
        messages.info(request, "Ingen text från mötet är ute på justering just nu.")
        return redirect("start")
    writes = Right.WRITE in councils_access.rights_in(person, round_.meeting.council)
    form = UnlockForm(request.POST or None)
    if request.method == "POST" and writes and form.is_valid():
        try:
            waits = signing.unlock(by=person, round_=round_, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, outcome(round_, waits=waits is not None))
            return redirect("meeting", slug, key)
    return render(request, "meetings/signing/unlock.html", about(person, round_, form, writes))


def outcome(round_: SigningRound, *, waits: bool) -> str:
    if waits:
        return "Frågan är skickad. Texten öppnas när någon av dem som justerar håller med."
    if round_.kind == TextKind.MINUTES:
        return "Texten är öppen igen. Du kan skriva vidare."
    return "Texten är öppen igen."


def about(
    person: Person, round_: SigningRound, form: UnlockForm, writes: bool
) -> dict[str, object]:
    request = signing.request_of(round_)
    veiled = signing.is_closed_paper(round_) and not access.reads_closed(person, round_.meeting)
    if request is not None and signing.is_closed_paper(round_) and not veiled:
        closed = secrecy.items_of(round_.version)
        secrecy.note_reading(by=person, meeting=round_.meeting, items=closed, where="unlock")
    return {
        "meeting": round_.meeting,
        "steps": life.life_of(round_.meeting),
        "round": round_,
        "what": signing.what_of(round_),
        "approved": round_.approvals.select_related("signer"),
        "form": form,
        "writes": writes,
        "asked": request,
        "veiled": veiled,
        "may_agree": request is not None
        and request.by_id != person.pk
        and signing.may_agree(person, round_),
    }


@require_http_methods(SEEN_OR_SENT)
def agree_to_unlock(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    person = person_of(request)
    round_ = access.open_round_for(person, slug, key)
    if request.method != "POST" or round_ is None:
        return redirect("unlock", slug, key)
    try:
        signing.agree(by=person, round_=round_)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("unlock", slug, key)
    messages.success(request, "Texten är öppen igen. Sekreteraren har fått veta det.")
    return redirect("sign", slug, key)
