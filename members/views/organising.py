from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def organisations(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    return HttpResponse("Kommer snart.")


def add_organisation(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    return HttpResponse("Kommer snart.")


def change_organisation(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    return HttpResponse("Kommer snart.")
