"""Answers to pages and to their scripts: one view serves both.

A script sends the header X-Requested-With: fetch and gets JSON; without scripts the same address
answers with a redirect. Signed-out scripts get 401 from members.sign_in.LoginRequired.
"""

from __future__ import annotations

import uuid
from typing import Any

from django import forms
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import HttpRequest, JsonResponse

from meetings.moving import WrongState

AN_HOUR = 3600


def is_fetch(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def refusal(error: ValidationError | forms.BaseForm, **more: Any) -> JsonResponse:
    """400 for what was typed, 409 when the meeting has moved on: {"message", "errors"?}."""
    if isinstance(error, ValidationError):
        status = 409 if isinstance(error, WrongState) else 400
        return JsonResponse({"message": " ".join(error.messages), **more}, status=status)
    errors = {name: [str(one) for one in found] for name, found in error.errors.items()}
    message = " ".join(one for found in errors.values() for one in found)
    return JsonResponse({"message": message, "errors": errors, **more}, status=400)


def new_ticket() -> str:
    """A ticket for a form whose second sending shall do nothing (a hidden field `ticket`)."""
    return uuid.uuid4().hex


def is_second_press(request: HttpRequest) -> bool:
    """True when the form's ticket has been used. Without a ticket every press counts."""
    ticket = request.POST.get("ticket", "")[:64]
    return bool(ticket) and not cache.add(f"ticket:{ticket}", 1, timeout=AN_HOUR)
