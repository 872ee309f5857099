"""Omedelbar justering: choose items of minutes being written, and see what became of each."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from meetings import access, life, minuting, moving, signing, wording
from meetings.forms.at_once import AtOnceForm
from meetings.minuting import printing
from meetings.models import Meeting
from meetings.states import State
from members.roles import Right
from members.views.errors import add_errors
from members.views.person import person_of


@require_http_methods(["GET", "HEAD", "POST"])
def at_once(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    person = person_of(request)
    meeting = access.meeting_for(person, slug, key, may=Right.WRITE)
    if meeting.state != State.MINUTING:
        messages.info(request, moving.CLOSED[State(meeting.state)])
        return redirect("meeting", slug, key)
    form = form_of(request, meeting)
    if request.method == "POST" and form.is_valid():
        try:
            opened = signing.open_at_once(
                by=person, meeting=meeting, items=list(form.cleaned_data["items"])
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{signing.what_of(opened)} är ute på omedelbar justering.")
            return redirect("at_once", slug, key)
    context = {
        "meeting": meeting,
        "steps": life.life_of(meeting),
        "form": form,
        "rounds": [(one, signing.what_of(one)) for one in signing.rounds_at_once(meeting)],
        **who_signs(meeting),
    }
    return render(request, "meetings/signing/at_once.html", context)


def who_signs(meeting: Meeting) -> dict[str, object]:
    """Those who will be asked, in a sentence, or which of them are not chosen yet."""
    signers = printing.signers_of(meeting)
    missing = dict.fromkeys(str(role.label).lower() for role, person in signers if not person)
    names = [f"{person.name} ({role.label.lower()})" for role, person in signers if person]
    return {
        "not_chosen": wording.joined(list(missing)),
        "names": wording.joined(names),
        "several": len(names) > 1,
    }


def form_of(request: HttpRequest, meeting: Meeting) -> AtOnceForm:
    """Items that are not adjusted already, by § and heading; one may be chosen by the address."""
    drawn = minuting.snapshot_of(meeting)
    labels = {line["key"]: f"{line['label']} {line['heading']}".strip() for line in drawn["items"]}
    frozen = moving.frozen_items().filter(version__meeting=meeting).values("item")
    return AtOnceForm(
        request.POST if request.method == "POST" else None,
        initial={"items": request.GET.getlist("punkt")},
        choosable=meeting.items.standing().open_to_everyone().exclude(pk__in=frozen),
        labels=labels,
    )
