"""The register of a council: who sits in it, added, corrected, ended, invited. And oneself."""

from __future__ import annotations

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from members import access, audit, joining, securing
from members.forms.joining import AddMemberForm, ChangeMemberForm, EndForm, OwnNameForm
from members.models import Council, Mandate, SwedishOrder
from members.roles import Right
from members.views.errors import add_errors
from members.views.person import person_of

FILTERS = {"": "running", "kommande": "coming", "avslutade": "ended"}


@require_safe
def register(request: HttpRequest, slug: str) -> HttpResponse:
    council = access.council_for(person_of(request), slug, may=Right.KEEP_REGISTER)
    shown = request.GET.get("visa", "")
    shown = shown if shown in FILTERS else ""
    seats = getattr(Mandate.objects.filter(council=council), FILTERS[shown])(timezone.localdate())
    context = {
        "council": council,
        "shown": shown,
        "counts": counts(council),
        "seats": seats.select_related("person", "organisation").order_by(
            SwedishOrder("person__name"), "starts_on"
        ),
        "waiting": len(joining.waiting_for_invitation(council)),
    }
    return render(request, "members/joining/register.html", context)


def counts(council: Council) -> dict[str, int]:
    """How many mandates run, come and have ended."""
    today = timezone.localdate()
    ended, coming = Q(ends_on__lt=today), Q(starts_on__gt=today)
    return Mandate.objects.filter(council=council).aggregate(
        running=Count("pk", filter=~ended & ~coming),
        coming=Count("pk", filter=coming),
        ended=Count("pk", filter=ended),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def add_member(request: HttpRequest, slug: str) -> HttpResponse:
    person = person_of(request)
    council = access.council_for(person, slug, may=Right.KEEP_REGISTER)
    initial = {"name": request.GET.get("namn", ""), "email": request.GET.get("epost", "")}
    form = AddMemberForm(request.POST or None, council=council, by=person, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            mandate = joining.add_member(
                by=person, council=council, invited=form.wants_invitation, **form.cleaned_data
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            done = "och inbjuden" if form.wants_invitation else "i registret"
            messages.success(request, f"{mandate.person} är tillagd {done}.")
            return redirect("register", council.slug)
    return render(request, "members/joining/add_member.html", {"council": council, "form": form})


@require_http_methods(["GET", "HEAD", "POST"])
def change_member(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    person = person_of(request)
    mandate = access.mandate_for(person, slug, pk)
    form = ChangeMemberForm(request.POST or None, mandate=mandate, by=person)
    if request.method == "POST" and form.is_valid():
        try:
            joining.change_member(by=person, mandate=mandate, **form.cleaned_data)
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, f"Uppgifterna om {mandate.person} är sparade.")
            return redirect("register", slug)
    return member_page(request, mandate, form=form, end_form=EndForm())


@require_http_methods(["GET", "HEAD", "POST"])
def end_mandate(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    person = person_of(request)
    mandate = access.mandate_for(person, slug, pk)
    if request.method != "POST":
        return redirect("change_member", slug, pk)
    end_form = EndForm(request.POST)
    if end_form.is_valid():
        try:
            mandate = joining.end_mandate(by=person, mandate=mandate, **end_form.cleaned_data)
        except ValidationError as error:
            add_errors(end_form, error)
        else:
            messages.success(
                request, f"Uppdraget för {mandate.person} slutar {mandate.ends_on:%Y-%m-%d}."
            )
            return redirect("register", slug)
    return member_page(
        request, mandate, form=ChangeMemberForm(mandate=mandate, by=person), end_form=end_form
    )


@require_POST
def resume_mandate(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    by = person_of(request)
    mandate = access.mandate_for(by, slug, pk)
    try:
        joining.change_mandate(by=by, mandate=mandate, ends_on=None)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"Uppdraget för {mandate.person} fortsätter.")
    return redirect("change_member", slug, pk)


def member_page(
    request: HttpRequest, mandate: Mandate, *, form: forms.Form, end_form: forms.Form
) -> HttpResponse:
    person, today = mandate.person, timezone.localdate()
    by = person_of(request)
    context = {
        "council": mandate.council,
        "mandate": mandate,
        "can_reset": securing.may_reset(by=by, council=mandate.council, person=person)
        and securing.has_second_factor(person),
        "form": form,
        "end_form": end_form,
        "can_be_invited": bool(person.email)
        and person.is_active
        and (mandate.ends_on is None or mandate.ends_on >= today),
        "history": [(entry, audit.sentence(entry)) for entry in audit.history_of(mandate)[:20]],
    }
    return render(request, "members/joining/change_member.html", context)


@require_POST
def invite(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    by = person_of(request)
    mandate = access.mandate_for(by, slug, pk)
    try:
        joining.invite(by=by, council=mandate.council, person=mandate.person)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, f"Ett mejl till {mandate.person} är på väg.")
    return redirect("register", slug)


@require_POST
def invite_all(request: HttpRequest, slug: str) -> HttpResponse:
    by = person_of(request)
    council = access.council_for(by, slug, may=Right.KEEP_REGISTER)
    try:
        invited = joining.invite_all(by=by, council=council)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        many = f"{len(invited)} inbjudningar är" if len(invited) != 1 else "En inbjudan är"
        messages.success(request, f"{many} på väg." if invited else "Alla är redan inbjudna.")
    return redirect("register", council.slug)


@require_http_methods(["GET", "HEAD", "POST"])
def my_account(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    form = OwnNameForm(request.POST or None, initial={"name": person.name})
    if request.method == "POST" and form.is_valid():
        try:
            joining.change_own_name(by=person, name=form.cleaned_data["name"])
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(request, "Namnet är sparat.")
            return redirect("my_account")
    seats = person.mandates.running(timezone.localdate()).select_related("council", "organisation")
    context = {"form": form, "seats": seats.order_by(SwedishOrder("council__name"))}
    return render(request, "members/joining/my_account.html", context)
