"""A clock time as people write it, with errors that tell what is wrong."""

from __future__ import annotations

import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

SHAPE = re.compile(r"(?:kl\.? ?)?(\d{1,2})(?:[.:, ]?(\d{2}))?")


class ClockField(forms.Field):
    """13.30, 13:30, 1330 or 13. A text box, so that what was mistyped stays to be seen."""

    widget = forms.TextInput
    default_error_messages = {
        "required": "Fyll i ett klockslag.",
        "invalid": "Skriv klockslaget som 13.30.",
    }

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"autocomplete": "off", "maxlength": "20", "class": "clock", "size": "6"}

    def prepare_value(self, value: Any) -> Any:
        return f"{value:%H.%M}" if isinstance(value, datetime.time) else value

    def to_python(self, value: Any) -> datetime.time | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime.time):
            return value
        text = " ".join(str(value).casefold().split())
        if not text:
            return None
        found = SHAPE.fullmatch(text)
        if found is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        hour, minute = int(found[1]), int(found[2] or 0)
        if (hour, minute) == (24, 0):
            hour = 0
        if hour > 23 or minute > 59:
            raise ValidationError(
                f"Klockan blir aldrig {text}. Skriv som 13.30.", code="no_such_time"
            )
        return datetime.time(hour, minute)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True
