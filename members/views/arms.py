from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def arms(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    return HttpResponse("Kommer snart.")
