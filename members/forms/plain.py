"""A form that answers in plain Swedish where Django's own sentences speak of "values"."""

from __future__ import annotations

from typing import Any

from django import forms

SENTENCES = {
    "required": "Fyll i det här.",
    "max_length": "Skriv högst %(limit_value)d tecken. Nu är det %(show_value)d.",
    "min_value": "Det ska vara minst %(limit_value)s.",
    "max_value": "Det får vara högst %(limit_value)s.",
    "invalid_choice": "Välj något av alternativen.",
    "null_characters_not_allowed": "Det finns ett osynligt tecken i texten. Skriv den på nytt.",
}


class PlainForm(forms.Form):
    """Use in place of forms.Form. A field that brings its own sentence keeps it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            django_s = django_sentences(field)
            for code, sentence in SENTENCES.items():
                if field.error_messages.get(code) is django_s.get(code):
                    field.error_messages[code] = sentence


def django_sentences(field: forms.Field) -> dict[str, Any]:
    """What the field would say if nobody had given it words of its own."""
    sentences: dict[str, Any] = {}
    for kind in reversed(type(field).__mro__):
        if kind.__module__.startswith("django."):
            sentences |= getattr(kind, "default_error_messages", {})
    return sentences
