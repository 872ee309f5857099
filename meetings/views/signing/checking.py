"""Before justering: the list of what is missing, and sending out."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from meetings import access, life, minuting, moving, planning, sealing, signing, wording
from meetings.forms.attendance import ReplaceForm
from meetings.forms.minuting import values
from meetings.minuting import printing
from meetings.models import Meeting
from meetings.states import State
from members.roles import Right
from members.views.person import person_of


@require_safe
def check(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    meeting = access.meeting_for(person_of(request), slug, key, may=Right.WRITE)
    if meeting.state != State.MINUTING:
        messages.info(request, moving.CLOSED[State(meeting.state)])
        return redirect("meeting", slug, key)
    problems = [*minuting.problems(meeting), *sealing.problems(meeting)]
    found = [(problem, place_of(meeting, problem)) for problem in problems]
    signers = printing.signers_of(meeting)
    context = {
        "meeting": meeting,
        "steps": life.life_of(meeting),
        "the": printing.the_document(meeting),
        "names": wording.joined([person.name for _, person in signers if person]),
        "blocking": [line for line in found if line[0].blocking],
        "warnings": [line for line in found if not line[0].blocking],
        "signers": signers,
        "due": signing.due_on(meeting),
        "remarks": signing.remarks_of(meeting),
    }
    return render(request, "meetings/signing/check.html", context)


def place_of(meeting: Meeting, problem: minuting.Problem) -> tuple[str, str]:
    """Where a problem is mended: address and words of the link."""
    slug, key = meeting.council.slug, meeting.key
    if problem.place == "register":
        return reverse("register", args=[slug]), "Till registret"
    if problem.place == "seal":
        return reverse("unsealed", args=[slug]), "Till stämpeln"
    if problem.place == "meeting":
        return reverse("change_meeting", args=[slug, key]), "Till mötets uppgifter"
    if problem.place.startswith("synpunkt-"):
        return f"{reverse('check', args=[slug, key])}#{problem.place}", "Till synpunkten"
    words = "Till närvaron" if problem.place == "attendance" else "Till texten"
    return f"{reverse('desk', args=[slug, key])}#{problem.place}", words


@require_POST
def replace_signer(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Somebody who was there throughout instead of a justerare, or chair, who was not."""
    by = person_of(request)
    meeting = access.meeting_for(by, slug, key, may=Right.WRITE)
    try:
        sent = values(ReplaceForm(request.POST, meeting=meeting))
        if sent["person"] == meeting.chair:
            planning.change_meeting(
                by=by, meeting=meeting, date=meeting.date, starts_at=meeting.local_start,
                ends_at=meeting.local_end, chair=sent["instead"],
            )  # fmt: skip
        else:
            minuting.replace_adjuster(by=by, meeting=meeting, **sent)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"{sent['instead'].name} är nu vald i stället.")
    return redirect("check", slug, key)


@require_http_methods(["GET", "HEAD", "POST"])
def open_round(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    by = person_of(request)
    meeting = access.meeting_for(by, slug, key, may=Right.WRITE)
    if request.method != "POST":
        return redirect("check", slug, key)
    try:
        opened = signing.open_round(by=by, meeting=meeting)
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
        return redirect("check", slug, key)
    names = wording.joined([signer.name for signer in opened.signers.all()])
    messages.success(request, f"Skickat till justering. Mejl är på väg till {names}.")
    return redirect("meeting", slug, key)
