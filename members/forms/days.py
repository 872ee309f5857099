"""A day, typed or pasted: one field for every form, with errors that tell what is wrong."""

from __future__ import annotations

import calendar
import datetime
import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
SHAPES = (
    re.compile(r"(?P<year>\d{4})[-./ ]?(?P<month>\d{2})[-./ ]?(?P<day>\d{2})"),
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})[- ]+(?P<year>\d{4})"),
    re.compile(r"(?:den )?(?P<day>\d{1,2})\.? (?P<word>[a-zåäö]{3,9})\.? (?P<year>\d{4})"),
)
YEARS = range(1900, 2200)


class DayField(forms.Field):
    """A date as people write it: 2026-03-05, 20260305, 5/3 2026, 5 mars 2026.

    A text box and not the browser's date picker: that one throws away a date that does not
    exist, and what was typed shall stay (a mistyped 2026-03-42 can be seen and corrected).
    """

    widget = forms.TextInput
    default_error_messages = {
        "required": "Fyll i ett datum.",
        "invalid": "Skriv datumet som 2026-03-05.",
    }

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", "År, månad och dag, som 2026-03-05")
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        return {"autocomplete": "off", "maxlength": "40", "class": "day"}

    def prepare_value(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime.date) else value

    def to_python(self, value: Any) -> datetime.date | None:
        if value in self.empty_values:
            return None
        if isinstance(value, datetime.date):
            return value
        text = " ".join(str(value).casefold().split())
        for shape in SHAPES:
            found = shape.fullmatch(text)
            if found:
                return self.day_of(found.groupdict())
        raise ValidationError(self.error_messages["invalid"], code="invalid")

    def day_of(self, parts: dict[str, str | None]) -> datetime.date:
        year, day = int(parts["year"] or 0), int(parts["day"] or 0)
        month = int(parts.get("month") or 0) or month_called(parts.get("word") or "")
        if year not in YEARS:
            raise ValidationError(f"Året {year:04} kan inte stämma.", code="no_such_year")
        if not 1 <= month <= 12:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        last = calendar.monthrange(year, month)[1]
        if not 1 <= day <= last:
            name = MONTHS[month - 1]
            when = f"{name} {year}" if month == 2 else name
            raise ValidationError(f"{when.capitalize()} har {last} dagar.", code="no_such_day")
        return datetime.date(year, month, day)

    def has_changed(self, initial: Any, data: Any) -> bool:
        try:
            return self.to_python(initial) != self.to_python(data)
        except ValidationError:
            return True


def month_called(word: str) -> int:
    """The number of a month by its name or its first three letters; 0 for no month."""
    for number, name in enumerate(MONTHS, start=1):
        if word == name or (len(word) >= 3 and name.startswith(word)):
            return number
    return 0
