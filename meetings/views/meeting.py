from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def meeting_list(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def meeting(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")
