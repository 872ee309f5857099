"""All one's meetings, and the page of one: before it the call, after it the way to its minutes."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from meetings import access, guiding, life, naming, presenting, signing, summoning
from meetings.minuting import printing
from meetings.models import Meeting, RoundState
from meetings.states import BEFORE, WRITABLE, State
from members import access as councils_access
from members import prepared
from members.models import Council, Person
from members.roles import Right
from members.views.person import person_of

PER_PAGE = 25


@require_safe
def meeting_list(request: HttpRequest) -> HttpResponse:
    """Coming meetings, and those that have been, of all one's councils or of one (?rad=)."""
    person = person_of(request)
    councils = list(councils_access.visible_councils(person))
    shown = next((one for one in councils if one.slug == request.GET.get("rad")), None)
    meetings = Meeting.objects.visible_to(person).select_related("council__municipality")
    if shown is not None:
        meetings = meetings.filter(council=shown)
    ahead = Q(state__in=(*BEFORE, State.MINUTING), date__gte=timezone.localdate())
    past = Paginator(meetings.exclude(ahead).order_by("-date", "-pk"), PER_PAGE)
    context = {
        "councils": councils,
        "shown": shown,
        "names": naming.names_of(councils),
        "coming": meetings.filter(ahead).order_by("date", "starts_at", "pk"),
        "page": past.get_page(request.GET.get("sida")),
        "writes_in": writes_in(person, shown),
    }
    return render(request, "meetings/meeting/meeting_list.html", context)


def writes_in(person: Person, shown: Council | None) -> QuerySet[Council]:
    """The councils where the person may plan a meeting, of those shown."""
    councils = Council.objects.visible_to(person, Right.WRITE)
    return councils if shown is None else councils.filter(pk=shown.pk)


@require_safe
def meeting(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    person = person_of(request)
    meeting = access.meeting_for(person, slug, key)
    with prepared.ahead(*asked(meeting, person)):
        context = meeting_context(meeting, person)
    return render(request, "meetings/meeting/meeting.html", context)


def asked(meeting: Meeting, person: Person) -> list[prepared.Asked[Any]]:
    """What the page asks whatever the meeting's state: for one trip instead of ten."""
    council = meeting.council
    return [
        councils_access.roles_by_mandate.of(person.pk, council.pk),
        councils_access.administers.of(person.pk, council.municipality_id),
        access.councils_with.of(person.pk, Right.READ_DRAFT, council.pk),
        access.open_papers.of(meeting.pk),
        guiding.last_rounds.of(meeting.pk),
        guiding.small_places.of(person.pk, meeting.pk),
        *presenting.asked(meeting),
        presenting.listed_people.of(meeting.pk),
    ]


def meeting_context(meeting: Meeting, person: Person) -> dict[str, Any]:
    situation = guiding.situation_of(meeting, person)
    rights = situation.rights
    agenda = presenting.agenda_of(meeting, person)
    return {
        "meeting": meeting,
        "council": meeting.council,
        "steps": life.life_of(meeting),
        "the": printing.the_document(meeting),
        "step": guiding.next_step(situation),
        "keeps": Right.SET_UP in rights,
        "writes": Right.WRITE in rights,
        "changeable": Right.WRITE in rights and meeting.state in WRITABLE,
        "cancellable": Right.WRITE in rights and meeting.state in BEFORE,
        **agenda,
        "attendance": presenting.attendance_of(meeting, rights),
        "round": presenting.round_of(meeting, situation.round, person, rights),
        "remarks": signing.remarks_of(meeting) if returned(situation) else [],
        "corrections": signing.corrections_of(meeting) if meeting.state == State.APPROVED else [],
        "closed_part": agenda["closed"] and access.reads_closed(person, meeting),
        "checklist": summoning.checklist(meeting)
        if situation.writes and meeting.state == State.PLANNED
        else [],
    }


def returned(situation: guiding.Situation) -> bool:
    return situation.round is not None and situation.round.state == RoundState.RETURNED
