from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def choose_password(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    return HttpResponse("Kommer snart.")


def invitation(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    return HttpResponse("Kommer snart.")
