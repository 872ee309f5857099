"""How the desk answers: JSON to its own scripts, a redirect back to the desk to a plain form.

A JSON answer holds `parts` (HTML by element id, to be put in place), `saved_at`, and what else
the act has to tell. A refusal holds `error` and `message`, a Swedish sentence; nothing typed is
ever taken from the page because of it.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from meetings import moving, wording
from meetings.models import Meeting
from meetings.views import answers

View = Callable[..., HttpResponse]


def act(view: View) -> View:
    """POST only, and a ValidationError of an activity or a form becomes a sentence to read."""

    @require_POST
    @functools.wraps(view)
    def answering(request: HttpRequest, slug: str, key: str, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, slug, key, **kwargs)
        except ValidationError as error:
            return refused(request, slug, key, error)

    return answering


def refused(request: HttpRequest, slug: str, key: str, error: ValidationError) -> HttpResponse:
    if not answers.is_fetch(request):
        messages.error(request, " ".join(error.messages))
        return redirect("desk", slug, key)
    closed = isinstance(error, moving.WrongState)
    answer = {"error": "closed" if closed else "refused", "message": " ".join(error.messages)}
    return JsonResponse(answer, status=409 if closed else 400)


def done(
    request: HttpRequest, meeting: Meeting, parts: dict[str, str] | None = None, **more: Any
) -> HttpResponse:
    """The act is done and saved; `parts` are shown in place, `more` is for the script."""
    if not answers.is_fetch(request):
        return redirect("desk", meeting.council.slug, meeting.key)
    return JsonResponse({"saved_at": clock(), "parts": parts or {}, **more})


def clock() -> str:
    """ "14.52", for "Sparat 14.52"."""
    return wording.clock(timezone.localtime().time())
