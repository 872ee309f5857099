"""The councils one sees, a council's page, and its settings."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from members import access, setting_up
from members.forms.setting_up import CouncilForm
from members.models import Council, Mandate, Numbering, SwedishOrder
from members.roles import Right, Role
from members.views.errors import add_errors
from members.views.person import person_of

# First in the list of an organisation, and named on the council's page.
LEADING = (Role.CHAIR, Role.VICE_CHAIR, Role.SECRETARY)


@require_safe
def council_list(request: HttpRequest) -> HttpResponse:
    councils = list(access.visible_councils(person_of(request)))
    if len(councils) == 1:
        return redirect("council", councils[0].slug)
    return render(request, "members/setting_up/council_list.html", {"councils": councils})


@require_safe
def council(request: HttpRequest, slug: str) -> HttpResponse:
    council = access.council_for(person_of(request), slug)
    seats = seats_of(council)
    rights = access.rights_in(person_of(request), council)
    context = {
        "council": council,
        "groups": by_organisation(seats),
        "count": len({seat.person_id for seat in seats}),
        "leading": [seat for role in LEADING for seat in seats if seat.role == role],
        "settings": settings_in_words(council),
        "keeps_register": Right.KEEP_REGISTER in rights,
        "sets_up": Right.SET_UP in rights,
    }
    return render(request, "members/setting_up/council.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def council_settings(request: HttpRequest, slug: str) -> HttpResponse:
    person = person_of(request)
    council = access.council_for(person, slug, may=Right.SET_UP)
    form = CouncilForm(request.POST or None, council=council)
    if request.method == "POST" and form.is_valid():
        try:
            setting_up.change_council(by=person, council=council, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Inställningarna är sparade. De gäller nya möten.")
            return redirect("council", council.slug)
    context = {"council": council, "form": form}
    return render(request, "members/setting_up/council_settings.html", context)


def seats_of(council: Council) -> QuerySet[Mandate]:
    """Who sits in the council today, by organisation and then by name."""
    return (
        Mandate.objects.running(timezone.localdate())
        .filter(council=council)
        .select_related("person", "organisation", "personal_substitute")
        .order_by(
            SwedishOrder("organisation__name").asc(nulls_last=True), SwedishOrder("person__name")
        )
    )


def by_organisation(seats: QuerySet[Mandate]) -> list[tuple[str, list[Mandate]]]:
    """The seats under their organisation's name, in the order they come."""
    groups: dict[str, list[Mandate]] = {}
    for seat in seats:
        groups.setdefault(str(seat.organisation or "Utan organisation"), []).append(seat)
    return list(groups.items())


def settings_in_words(council: Council) -> list[tuple[str, str]]:
    """What the settings mean, for who sits in the council."""
    numbering = council.get_numbering_display().lower()
    if council.number_prefix:
        numbering += f", med {council.number_prefix} före numret"
    rows: list[tuple[str, Any]] = [
        ("Protokoll", council.get_minutes_style_display()),
        ("Nummer", "" if council.numbering == Numbering.NONE else numbering.capitalize()),
        ("Justeras av", setting_up.signers_in_words(council.signers)),
        ("Justering", f"Inom {council.days_for_signing} dagar efter mötet"),
        ("Godkänns med", setting_up.levels_in_words(council.approval_levels)),
        ("Kallelse", f"Senast {council.days_for_summons} dagar före mötet"),
        ("Anslag", "Justeringen anslås" if council.uses_posting else "Justeringen anslås inte"),
        ("Rättslig form", council.get_legal_form_display()),
    ]
    return [(label, words) for label, words in rows if words]
