from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def attach(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def attachment(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def change_attachment(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def remove_attachment(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def restore_attachment(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")
