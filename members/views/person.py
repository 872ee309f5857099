"""The signed-in person of a request, with the type that says so."""

from __future__ import annotations

from django.http import HttpRequest

from members.models import Person


def person_of(request: HttpRequest) -> Person:
    """request.user where the middleware has seen to it that somebody is signed in."""
    user = request.user
    if not isinstance(user, Person):
        raise TypeError("no one is signed in: is the view exempt from the login middleware?")
    return user
