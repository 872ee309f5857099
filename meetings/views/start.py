"""Mitt BRÅ: what waits for one, the meeting at hand, what comes and what has been decided."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Max, Min, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from meetings import followup, guiding, life, naming, summoning, waiting, wording
from meetings.models import ActionItem, ActionStatus, Meeting
from meetings.states import BEFORE, State
from members import access
from members.models import Council, Person
from members.roles import COUNCIL_ROLES, Right, Role
from members.views.person import person_of

HOW_MANY = 4  # of each list beside


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    person = person_of(request)
    councils = list(access.visible_councils(person))
    things = waiting.waiting_for(person)
    if not councils and not things:
        return render(request, "meetings/start/no_council.html", {"today": timezone.localdate()})
    coming = list(coming_meetings(person)[:HOW_MANY])
    hero = hero_of(person, things, coming)
    context = {
        "today": timezone.localdate(),
        "roles": roles_in_words(person, councils),
        "hero": hero,
        "things": [one for one in things if hero is None or one is not hero["thing"]],
        "coming": coming,
        "minutes": latest_minutes(person)[:HOW_MANY],
        "actions": actions_in_short(person),
        "writes_in": list(Council.objects.visible_to(person, Right.WRITE)),
        "names": naming.names_of(councils),
    }
    return render(request, "meetings/start/start.html", context)


def hero_of(
    person: Person, things: list[waiting.Waiting], coming: list[Meeting]
) -> dict[str, Any] | None:
    """The one thing on top: minutes to sign, else the meeting to work on, else the next meeting."""
    for kind in ("sign", "meeting"):
        thing = next((one for one in things if one.kind == kind), None)
        if thing is not None and thing.meeting is not None:
            return hero(person, thing.meeting, thing)
    return hero(person, coming[0], None) if coming else None


def hero(person: Person, meeting: Meeting, thing: waiting.Waiting | None) -> dict[str, Any]:
    situation = guiding.situation_of(meeting, person)
    prepares = meeting.state == State.PLANNED and situation.writes
    return {
        "thing": thing,
        "meeting": meeting,
        "signs": thing is not None and thing.kind == "sign",
        "steps": life.life_of(meeting),
        "step": guiding.next_step(situation),
        "checklist": summoning.checklist(meeting) if prepares else [],
    }


def coming_meetings(person: Person) -> QuerySet[Meeting]:
    """From today on and not held, also those whose minutes are already open, soonest first."""
    return (
        Meeting.objects.visible_to(person)
        .filter(state__in=(*BEFORE, State.MINUTING), date__gte=timezone.localdate())
        .select_related("council__municipality")
        .order_by("date", "starts_at", "pk")
    )


def latest_minutes(person: Person) -> QuerySet[Meeting]:
    """Meetings held whose minutes are being written, justeras or are justerade, newest first."""
    numbered = Q(items__removed_at__isnull=True)
    return (
        Meeting.objects.visible_to(person)
        .filter(state__in=(State.MINUTING, State.SIGNING, State.APPROVED))
        .exclude(state=State.MINUTING, date__gte=timezone.localdate())
        .select_related("council__municipality")
        .annotate(
            first=Min("items__number", filter=numbered), last=Max("items__number", filter=numbered)
        )
        .order_by("-date", "-pk")
    )


def actions_in_short(person: Person) -> dict[str, Any]:
    """How many action items go on in one's councils, and the ones that are late."""
    going_on = ActionItem.objects.visible_to(person).unfinished().filter(status=ActionStatus.OPEN)
    rows = followup.with_due(going_on).select_related("council", "item")
    late = Q(falls_due__lt=timezone.localdate())
    counts = rows.aggregate(open=Count("pk"), late=Count("pk", filter=late))
    return {**counts, "latest": rows.filter(late).order_by("falls_due", "pk")[:2]}


def roles_in_words(person: Person, councils: list[Council]) -> str:
    """ "Du är sekreterare i Strandköpings BRÅ och ledamot i Norrhamnsgruppen." """
    names = naming.names_of(councils)
    held: dict[str, list[str]] = {}
    mandates = list(person.mandates.running(timezone.localdate()).values_list("role", "council"))
    for role in COUNCIL_ROLES:
        for held_role, council in mandates:
            if held_role == role and council in names:
                held.setdefault(role.label.lower(), []).append(names[council])
    # Two roles in the same council are said of it once.
    together: dict[str, list[str]] = {}
    for label, where in held.items():
        together.setdefault(wording.joined(where), []).append(label)
    parts = [f"{wording.joined(labels)} i {where}" for where, labels in together.items()]
    if not parts and councils:
        parts = [Role.ADMINISTRATOR.label.lower()]
    return f"Du är {wording.joined(parts)}." if parts else ""
