from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def action_list(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def follow_up(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")
