"""Uppdrag: all that one may see, and one with its history and, for some, a form to report on it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import F, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from meetings import access, followup, naming, secrecy
from meetings.forms.followup import FollowUpForm
from meetings.models import ActionItem, ActionStatus
from members import access as councils_access
from members.models import Person
from members.views.errors import add_errors
from members.views.person import person_of

PER_PAGE = 50
WHOSE = {"": "Alla", "mina": "Mina"}
STATES = {
    "": "Pågår",
    "forsenade": "Försenade",
    "forslag": "Förslag utan ansvarig",
    "klara": "Klara",
    "avskrivna": "Avskrivna",
    "alla": "Alla",
}


@require_safe
def action_list(request: HttpRequest) -> HttpResponse:
    """Filtered by whose (?vems=mina), state (?lage=klara) and council (?rad=)."""
    person = person_of(request)
    councils = list(councils_access.visible_councils(person))
    shown = {
        "vems": known(request, "vems", WHOSE),
        "lage": known(request, "lage", STATES),
        "rad": next((c.slug for c in councils if c.slug == request.GET.get("rad")), ""),
    }
    page = Paginator(actions_shown(person, shown), PER_PAGE).get_page(request.GET.get("sida"))
    context = {
        "page": page,
        "shown": shown,
        "whose": WHOSE.items(),
        "states": STATES.items(),
        "councils": councils,
        "names": naming.names_of(councils),
        "today": timezone.localdate(),
    }
    return render(request, "meetings/followup/action_list.html", context)


def known(request: HttpRequest, name: str, choices: dict[str, str]) -> str:
    value = request.GET.get(name, "")
    return value if value in choices else ""


def actions_shown(person: Person, shown: dict[str, str]) -> QuerySet[ActionItem]:
    """Those that match, what is due first on top, with all that a row prints."""
    actions: QuerySet[Any] = ActionItem.objects.visible_to(person).standing()
    if shown["vems"] == "mina":
        actions = followup.of_person(actions, person)
    if shown["rad"]:
        actions = actions.filter(council__slug=shown["rad"])
    actions = followup.with_due(actions)
    wanted: dict[str, Q] = {
        "": Q(status=ActionStatus.OPEN),
        "forsenade": Q(status=ActionStatus.OPEN, falls_due__lt=timezone.localdate()),
        "forslag": Q(status=ActionStatus.PROPOSED),
        "klara": Q(status=ActionStatus.DONE),
        "avskrivna": Q(status=ActionStatus.DROPPED),
    }
    return (
        actions.filter(wanted.get(shown["lage"], Q()))
        .select_related("council__municipality", "item__meeting")
        .prefetch_related("persons", "organisations")
        .order_by(F("falls_due").asc(nulls_last=True), "-item__meeting__date", "pk")
    )


@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """One action item. Who may not report on it sees it without the form, and cannot post."""
    person = person_of(request)
    if request.method != "POST":
        return action_page(request, access.action_seen_by(person, pk), person)
    action = access.action_followed_by(person, pk)
    form = FollowUpForm(request.POST)
    if not form.is_valid():
        return action_page(request, access.action_seen_by(person, pk), person, form)
    try:
        followup.follow_up(by=person, action=action, **form.cleaned_data)
    except ValidationError as error:
        add_errors(form, error)
        return action_page(request, access.action_seen_by(person, pk), person, form)
    messages.success(request, "Läget är sparat.")
    return redirect("follow_up", pk)


def action_page(
    request: HttpRequest, action: ActionItem, person: Person, form: FollowUpForm | None = None
) -> HttpResponse:
    try:
        access.action_followed_by(person, action.pk)
    except Http404:
        form = None
    else:
        form = form or FollowUpForm(initial={"status": first_choice(action)})
    secrecy.note_reading(
        by=person, meeting=action.item.meeting, items=[action.item], where="action"
    )
    dated = followup.with_due(ActionItem.objects.filter(pk=action.pk)).get()
    context = {
        "action": action,
        "council": action.council,
        "meeting": action.item.meeting,
        "form": form,
        "events": action.events.select_related("by"),
        "falls_due": dated.falls_due,
        "waits_for_next": dated.waits_for_next,
        "today": timezone.localdate(),
    }
    return render(request, "meetings/followup/follow_up.html", context)


def first_choice(action: ActionItem) -> str:
    return "" if action.status == ActionStatus.PROPOSED else action.status
