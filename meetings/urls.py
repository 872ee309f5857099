"""Addresses of WHAT: the start page, and below a council's slug its meetings."""

from django.http import HttpRequest, HttpResponse
from django.urls import path


def nothing(request: HttpRequest, **kwargs: object) -> HttpResponse:
    return HttpResponse("")


MEETING = "<slug:slug>/moten/<slug:key>/"

urlpatterns = [
    path("", nothing, name="start"),
    path(MEETING, nothing, name="meeting"),
    path(f"{MEETING}protokoll/", nothing, name="minutes"),
    path(f"{MEETING}justera/", nothing, name="sign"),
]
