from __future__ import annotations

from django.http import HttpRequest, HttpResponse


def paste_list(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    return HttpResponse("Kommer snart.")


def save_pasted(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    return HttpResponse("Kommer snart.")
