"""The organisations of a municipality, reached through a council whose register one keeps."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from members import access, organising
from members.forms.organising import OrganisationForm
from members.models import Council, Organisation, Person
from members.roles import Right
from members.views.errors import add_errors
from members.views.person import person_of


@require_safe
def organisations(request: HttpRequest, slug: str) -> HttpResponse:
    council = access.council_for(person_of(request), slug, may=Right.KEEP_REGISTER)
    today = timezone.localdate()
    running = Q(mandates__council=council, mandates__starts_on__lte=today) & (
        Q(mandates__ends_on__isnull=True) | Q(mandates__ends_on__gte=today)
    )
    rows = Organisation.objects.filter(municipality=council.municipality_id).annotate(
        seats=Count("mandates", filter=running)
    )
    context = {"council": council, "organisations": rows}
    return render(request, "members/organising/organisations.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def add_organisation(request: HttpRequest, slug: str) -> HttpResponse:
    person = person_of(request)
    council = access.council_for(person, slug, may=Right.KEEP_REGISTER)
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            added = organising.add_organisation(
                by=person, municipality=council.municipality, **form.cleaned_data
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"{added} är tillagd.")
            return redirect("organisations", council.slug)
    context = {"council": council, "form": form}
    return render(request, "members/organising/organisation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def change_organisation(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    person = person_of(request)
    council, organisation = organisation_for(person, slug, pk)
    initial = {
        "name": organisation.name,
        "kind": organisation.kind,
        "aliases": "\n".join(organisation.aliases),
    }
    form = OrganisationForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            organising.change_organisation(
                by=person, organisation=organisation, **form.cleaned_data
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Organisationen är sparad.")
            return redirect("organisations", council.slug)
    context = {"council": council, "form": form, "organisation": organisation}
    return render(request, "members/organising/organisation.html", context)


def organisation_for(person: Person, slug: str, pk: int) -> tuple[Council, Organisation]:
    """An organisation of the municipality whose register the person keeps; else Http404."""
    council = access.council_for(person, slug, may=Right.KEEP_REGISTER)
    found = Organisation.objects.filter(municipality=council.municipality_id, pk=pk).first()
    if found is None:
        raise Http404("Organisationen finns inte.")
    return council, found
