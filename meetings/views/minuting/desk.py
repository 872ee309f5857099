"""Open the minutes, and the page they are written on."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe
from js_asset import ImportMap, Media

from meetings import access, life, minuting, moving, secrecy, signing
from meetings.minuting import printing
from meetings.models import Meeting
from meetings.states import State
from meetings.views import answers, fragments
from meetings.views.minuting import answering, asking, keeping, panels, parts, presence, reading
from members import prepared
from members.roles import Right
from members.views.person import person_of


@require_POST
def open_minutes(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    by = person_of(request)
    meeting = access.meeting_for(by, slug, key, may=Right.WRITE)
    try:
        minuting.open_minutes(by=by, meeting=meeting)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("meeting", slug, key)
    return redirect("desk", slug, key)


@require_safe
def desk(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The page; to the desk's scripts only its panels, for what another page has changed."""
    by = person_of(request)
    meeting = access.meeting_for(by, slug, key, may=Right.WRITE)
    if meeting.state != State.MINUTING:
        messages.info(request, moving.CLOSED[State(meeting.state)])
        return redirect("meeting", slug, key)
    if answers.is_fetch(request):
        return answering.done(request, meeting, **asked_part(request, meeting))
    with prepared.ahead(*asking.desk(meeting)):
        context = desk_context(meeting)
    context |= {
        "csrf_cookie": settings.CSRF_COOKIE_NAME,
        "importmap": importmap(request),
    }
    context["desk_data"]["keeping"] = {"person": by.pk, "secret": keeping.secret_of(by)}
    note_closed(request, meeting, context["closed"], "desk")
    return render(request, "meetings/minuting/desk.html", context)


def desk_context(meeting: Meeting) -> dict[str, Any]:
    sections = reading.sections_of(meeting)
    names = reading.names_of(sections)
    remarks = signing.remarks_of(meeting, closed=True)
    people = presence.context(meeting, names)
    for section in sections:
        section.conflicts = people["conflicts"].get(section.pk, "")
    return {
        "meeting": meeting,
        "council": meeting.council,
        **reading.when(meeting),
        "step": life.word_of(State.MINUTING, meeting),
        "the_minutes": printing.the_document(meeting),
        "icons": fragments.icons(),
        "closed": {int(one.pk) for one in sections if one.secrecy},
        "outline": parts.outline(sections),
        "sections": parts.whole(sections),
        "given": reading.given(sections),
        "attachments": panels.attachments_of(meeting, names),
        "fixed": reading.fixed(meeting.item_word),
        "remarks": remarks,
        "unanswered": sum(remark.answer is None for remark in remarks),
        "desk_data": panels.register_of(meeting)
        | {
            "cursor": minuting.cursor_of(meeting),
            "next": panels.next_fields(meeting),
            "phrases": meeting.council.decision_phrases,
            "blocks": meeting.council.text_blocks,
            "standing": panels.standing_items_of(meeting),
            "substitutes": people["substitutes"],
        },
        **people,
    }


def asked_part(request: HttpRequest, meeting: Meeting) -> dict[str, Any]:
    """What is fetched when it is opened or when another page has changed it: a panel, a §."""
    wanted, item = request.GET.get("del", ""), request.GET.get("punkt", "")
    if wanted == "paragraf":
        pk = int(item) if item.isdecimal() and len(item) < 19 else 0
        note_closed(request, meeting, {pk}, "desk")
        return parts.section_of(meeting, pk) | {
            "by": reading.last_writer(meeting, pk, person_of(request))
        }
    if wanted == "borttaget":
        taken = minuting.taken_away(meeting)
        note_closed(request, meeting, {one.item or one.pk for one in taken}, "removed")
        return {"parts": parts.removed_part(meeting, taken)}
    part = {
        "bilagor": parts.attachments_part,
        "narvaro": parts.attendance_part,
        "paragrafer": parts.outline_part,
        "protokollets-uppdrag": parts.all_actions_part,
        "uppdrag": parts.open_actions_part,
    }.get(wanted)
    return {"parts": part(meeting) if part else {}}


def note_closed(request: HttpRequest, meeting: Meeting, pks: set[int], where: str) -> None:
    closed = meeting.items.under_secrecy().filter(pk__in=pks) if pks else []
    secrecy.note_reading(by=person_of(request), meeting=meeting, items=closed, where=where)


def importmap(request: HttpRequest) -> Media:
    """Where the browser finds the editor, under its hashed name in production."""
    editor = {"django-prose-editor/editor": "django_prose_editor/editor.js"}
    return Media(importmap=ImportMap(editor)).with_nonce(str(request.csp_nonce))  # type: ignore[attr-defined]
