"""Decisions as points, and the election of adjusters."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse

from meetings import access, minuting
from meetings.forms import minuting as forms
from meetings.views import answers
from meetings.views.minuting import answering, parts
from members.views.person import person_of


@answering.act
def set_decisions(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """Saved while written. 409 with the points as they are, when somebody else changed them."""
    by = person_of(request)
    item = access.item_for(by, slug, key, pk)
    sent = forms.values(forms.DecisionsForm(request.POST))
    try:
        points = minuting.set_decisions(by=by, item=item, **sent)
    except minuting.ChangedMeanwhile as error:
        answer = {"error": "conflict", "points": error.current, "message": " ".join(error.messages)}
        return JsonResponse(answer, status=409)
    return answering.done(request, item.meeting, points=[point.text for point in points])


@answering.act
def restore_decisions(
    request: HttpRequest, slug: str, key: str, pk: int, revision: int
) -> HttpResponse:
    """A former wording, or with `place` one point of it, stands again."""
    by = person_of(request)
    item = access.item_for(by, slug, key, pk)
    wanted = get_object_or_404(item.decision_revisions, pk=revision)
    place = forms.values(forms.PointForm(request.POST))["place"]
    points = minuting.restore_decisions(by=by, item=item, revision=wanted, place=place)
    if answers.is_fetch(request):
        return answering.done(
            request, item.meeting, item=pk, points=[point.text for point in points]
        )
    messages.success(request, "Besluten är tillbaka. De som stod där finns kvar bland versionerna.")
    return redirect(reverse("revisions", args=[slug, key, pk]) + "?text=beslut")


@answering.act
def elect_adjusters(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    by = person_of(request)
    item = access.item_for(by, slug, key, pk)
    form = forms.PersonsForm(request.POST, meeting=item.meeting)
    points = minuting.elect_adjusters(by=by, item=item, persons=form.in_order())
    return answering.done(
        request,
        item.meeting,
        parts.attendance_part(item.meeting),
        points=[point.text for point in points],
    )
