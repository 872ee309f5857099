"""The program's addresses, and an empty page as the bench's reference."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import include, path


def empty(request: HttpRequest) -> HttpResponse:
    """Nothing, for somebody who is signed in."""
    return HttpResponse()


urlpatterns = [path("tom/", empty), path("", include("brå.urls"))]
