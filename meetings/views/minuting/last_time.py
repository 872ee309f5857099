"""Förra gången: a panel of the desk, fetched when it is opened and when another § is chosen."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from meetings import access, recalling
from meetings.views.minuting import answering, parts
from members.views.person import person_of


@require_safe
def last_time(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    person = person_of(request)
    item = access.item_for(person, slug, key, pk)
    found = recalling.earlier(user=person, item=item)
    context = {
        "council": item.meeting.council,
        "item": item,
        "earlier": found,
        "open_actions": recalling.open_actions(user=person, item=item, found=found),
    }
    return answering.done(
        request, item.meeting, {"last-time": parts.part("_last_time.html", context)}
    )
