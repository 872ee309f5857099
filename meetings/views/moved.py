"""A meeting that is moved to another day has another address, and the old one still leads to it:
a link in a mail does, and so does a page where somebody writes while another changes the date."""

from __future__ import annotations

from collections.abc import Callable

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse

from meetings import access
from members.views.person import person_of


class MovedMeeting:
    """Asked only when a page was not found: all other requests pass it by."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(
        self, request: HttpRequest, exception: Exception
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        if not isinstance(exception, Http404) or match is None or not request.user.is_authenticated:
            return None
        if not {"slug", "key"} <= match.kwargs.keys():
            return None
        key = access.key_since(person_of(request), match.kwargs["slug"], match.kwargs["key"])
        if key is None:
            return None
        now = match.kwargs | {"key": key}
        if request.method == "GET" and request.headers.get("X-Requested-With") != "fetch":
            query = f"?{request.GET.urlencode()}" if request.GET else ""
            return redirect(reverse(match.view_name, kwargs=now) + query)
        # What was typed is not sent round: the page that sent it would take it for signed out.
        answer: HttpResponseBase = match.func(request, **now)
        return answer
