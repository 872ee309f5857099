from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def open_minutes(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def desk(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def save_item_text(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def revisions(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def set_decisions(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def elect_adjusters(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def set_topics(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def add_report(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def give_action(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def save_report_text(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def move_report(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def remove_report(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def restore_report(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def change_action(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def remove_action(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def restore_action(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def set_next_meeting(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def mark_rest_present(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def add_attendee(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def mark(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def set_details(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")


def remove_from_list(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("Byggs.")
