"""The texts: saved while they are written, and their versions."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from meetings import access, minuting, richtext, secrecy, wording
from meetings.forms import minuting as forms
from meetings.models import AgendaItem, OrganisationReport
from meetings.views.minuting import answering, reading, versions
from members.models import Person
from members.views.person import person_of


@answering.act
def save_item_text(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    by = person_of(request)
    return save(request, by, access.item_text_for(by, slug, key, pk))


@answering.act
def save_report_text(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    by = person_of(request)
    return save(request, by, access.report_text_for(by, slug, key, pk))


def save(request: HttpRequest, by: Person, target: AgendaItem | OrganisationReport) -> HttpResponse:
    """200 with the new version, or 409 with what is there instead; the words are kept anyhow."""
    sent = forms.values(forms.TextForm(request.POST))
    outcome = minuting.save_text(
        by=by, target=target, html=sent["text"], base_version=sent["version"]
    )
    answer = {
        "version": outcome.version,
        "saved_at": wording.clock(timezone.localtime(outcome.at).time()),
    }
    if outcome.kind == "saved":
        # The text goes back only when cleaning changed it: most answers are a few bytes.
        return JsonResponse(
            answer if outcome.text == sent["text"] else answer | {"text": outcome.text}
        )
    theirs = {
        "error": outcome.kind, "text": richtext.clean(outcome.text), "by": outcome.by,
        "own": outcome.own,
    }  # fmt: skip
    return JsonResponse(answer | theirs | {"message": outcome.message}, status=409)


@require_safe
def revisions(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """Every wording of a §, of the reports in it and of its decisions; any two compared."""
    by = person_of(request)
    item = access.item_for(by, slug, key, pk)
    secrecy.note_reading(by=by, meeting=item.meeting, items=[item], where="revisions")
    context = {
        **reading.when(item.meeting),
        **versions.context(item, request.GET),
        "meeting": item.meeting,
        "council": item.meeting.council,
        "item": item,
        "label": reading.labels_of(item.meeting)[item.pk] or item.heading,
    }
    return render(request, "meetings/minuting/revisions.html", context)


@answering.act
def restore_text(request: HttpRequest, slug: str, key: str, pk: int, revision: int) -> HttpResponse:
    """Take a version back: it is saved anew, so the text it replaces is kept as well."""
    by = person_of(request)
    item = access.item_for(by, slug, key, pk)
    wanted = get_object_or_404(item.revisions.select_related("report"), pk=revision)
    target = wanted.report or item
    if isinstance(target, OrganisationReport):
        target.item = item
    outcome = minuting.save_text(
        by=by, target=target, html=wanted.text, base_version=target.text_version
    )
    if outcome.kind == "saved":
        messages.success(
            request, "Texten är tillbaka. Den som stod där finns kvar bland versionerna."
        )
    else:
        messages.error(request, outcome.message or "Någon skrev i texten just nu. Försök igen.")
    query = f"?text=rapport-{wanted.report_id}" if wanted.report_id else ""
    return redirect(reverse("revisions", args=[slug, key, pk]) + query)
