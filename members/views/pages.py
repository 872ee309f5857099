from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def accessibility(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    return HttpResponse("Kommer snart.")


def about(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    return HttpResponse("Kommer snart.")
