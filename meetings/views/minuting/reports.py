"""The round table: one report block per organisation."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse

from meetings import access, minuting
from meetings.forms import minuting as forms
from meetings.models import AgendaItem
from meetings.views.minuting import answering, parts
from members.views.person import person_of


@answering.act
def add_report(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """One for each chosen organisation, or for what was typed; all of them or none."""
    by = person_of(request)
    item = access.item_for(by, slug, key, pk)
    sent = forms.values(forms.ReportsForm(request.POST, meeting=item.meeting))
    with transaction.atomic():
        for organisation in sent["organisations"]:
            minuting.add_report(by=by, item=item, organisation=organisation)
        if sent["label"] or not sent["organisations"]:
            minuting.add_report(by=by, item=item, label=sent["label"])
    return answered(request, item)


@answering.act
def move_report(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    by = person_of(request)
    report = access.report_for(by, slug, key, pk)
    minuting.move_report(by=by, report=report, **forms.values(forms.PlaceForm(request.POST)))
    return answered(request, report.item)


@answering.act
def remove_report(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    by = person_of(request)
    report = access.report_for(by, slug, key, pk)
    minuting.remove_report(by=by, report=report)
    return answered(request, report.item)


@answering.act
def restore_report(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    by = person_of(request)
    report = access.report_for(by, slug, key, pk)
    minuting.restore_report(by=by, report=report)
    return answered(request, report.item)


def answered(request: HttpRequest, item: AgendaItem) -> HttpResponse:
    """All blocks in order; the page keeps those it has, because somebody may be writing in them."""
    return answering.done(request, item.meeting, reports=parts.report_blocks(item))
