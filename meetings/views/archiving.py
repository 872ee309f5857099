from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def archive(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def minutes(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def minutes_pdf(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def extract_pdf(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")
