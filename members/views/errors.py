"""Answers when a form can't be taken as sent. What was typed is shown again, to be copied."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF_FAILURE_VIEW: the page was open in another session, or cookies are refused."""
    return render(request, "403_csrf.html", {"typed": typed(request)}, status=403)


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """The fields of a refused POST that a person may have typed: never secrets."""
    return [
        (name, value)
        for name, value in request.POST.items()
        if isinstance(value, str)
        and value.strip()
        and name != "csrfmiddlewaretoken"
        and "password" not in name
    ]
