"""A pasted list in two steps: understood and shown, then corrected and saved."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from members import access, pasting
from members.forms.pasting import (
    BaseLineFormSet,
    PasteForm,
    StartForm,
    from_post,
    from_text,
    organisation_names,
)
from members.models import Council
from members.roles import Right
from members.views.person import person_of


@require_http_methods(["GET", "HEAD", "POST"])
def paste_list(request: HttpRequest, slug: str) -> HttpResponse:
    """The first step. A POST shows what was understood and saves nothing."""
    council = access.council_for(person_of(request), slug, may=Right.KEEP_REGISTER)
    form = PasteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        starts_on = form.cleaned_data["starts_on"]
        formset = from_text(council, form.cleaned_data["text"], starts_on)
        return review(request, council, formset, StartForm(initial={"starts_on": starts_on}))
    return render(request, "members/pasting/paste_list.html", {"council": council, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def save_pasted(request: HttpRequest, slug: str) -> HttpResponse:
    """The second step: save all of it, or show again what is wrong."""
    person = person_of(request)
    council = access.council_for(person, slug, may=Right.KEEP_REGISTER)
    if request.method != "POST":
        return redirect("paste_list", council.slug)
    start = StartForm(request.POST)
    starts_on = start.cleaned_data["starts_on"] if start.is_valid() else timezone.localdate()
    formset = from_post(council, request.POST, starts_on)
    if "check" in request.POST or not (formset.is_valid() and start.is_valid()):
        return review(request, council, formset, start)
    try:
        saved = pasting.save_list(
            by=person, council=council, lines=formset.chosen(), starts_on=starts_on
        )
    except ValidationError as error:
        return review(request, council, formset, start, error.messages)
    messages.success(request, in_words(saved))
    return redirect("register", council.slug)


def review(
    request: HttpRequest,
    council: Council,
    formset: BaseLineFormSet,
    start: StartForm,
    faults: list[str] | None = None,
) -> HttpResponse:
    context = {
        "council": council,
        "formset": formset,
        "start": start,
        "faults": faults or [],
        "organisations": organisation_names(council),
    }
    return render(request, "members/pasting/review.html", context)


def in_words(saved: pasting.Saved) -> str:
    """ "12 personer är tillagda. 3 fanns redan." """
    many = len(saved.given)
    words = "En person är tillagd." if many == 1 else f"{many} personer är tillagda."
    if not many:
        words = "Ingen lades till."
    if saved.passed_over:
        words += f" {len(saved.passed_over)} fanns redan."
    return words
