from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def check(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def open_round(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def sign(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def approve(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def return_minutes(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def receipt(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")
