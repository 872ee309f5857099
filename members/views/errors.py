"""Answers when a form can't be taken as sent. What was typed is shown again, to be copied."""

from __future__ import annotations

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from members import sign_in


def form_too_old(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Django's CSRF_FAILURE_VIEW: the page was open in another session, or cookies are refused."""
    return render(request, "403_csrf.html", {"typed": sign_in.typed(request)}, status=403)


def add_errors(form: forms.BaseForm, error: ValidationError) -> None:
    """Put an activity's ValidationError on the form: by field where the form has it."""
    by_field = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    for name, sentences in by_field.items():
        field = name if name in form.fields and name != NON_FIELD_ERRORS else None
        for sentence in sentences:
            form.add_error(field, sentence)
