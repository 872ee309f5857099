"""What everyone has approved and nothing has sealed yet, and the key that should do it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from meetings import sealing, signing
from members import access
from members.roles import Right
from members.views.person import person_of


@require_safe
def unsealed(request: HttpRequest, slug: str) -> HttpResponse:
    person = person_of(request)
    council = access.council_for(person, slug, may=Right.SET_UP)
    waiting = sealing.pending_in(council.municipality, person)
    context = {
        "council": council,
        "waiting": [(round_, signing.what_of(round_)) for round_ in waiting],
        "key": sealing.state_of_key(council),
    }
    return render(request, "meetings/sealing/unsealed.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def seal_now(request: HttpRequest, slug: str) -> HttpResponse:
    person = person_of(request)
    council = access.council_for(person, slug, may=Right.SET_UP)
    if request.method != "POST":
        return redirect("unsealed", slug)
    waiting = list(sealing.pending_in(council.municipality, person))
    done = [round_ for round_ in waiting if signing.seal_at_once(round_) is not None]
    if len(done) < len(waiting):
        messages.error(request, "Allt gick inte att låsa än. Programmet fortsätter att försöka.")
    elif done:
        messages.success(request, "Allt som var godkänt är låst.")
    return redirect("unsealed", slug)
