from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def plan_meeting(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def standing_items(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def change_meeting(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def cancel_meeting(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def plan_next(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def agenda(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def agenda_pdf(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def add_item(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def change_item(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def move_item(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def remove_item(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def restore_item(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")
