"""Taps in the attendance list, and the details of a row, turned into clean values."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from meetings import minuting
from meetings.models import AgendaItem, Attendance, Meeting, Mode
from members.models import Person

UNREADABLE = "Det som skickades kunde inte läsas. Ladda om sidan och försök igen."


class ModeForm(forms.Form):
    mode = forms.ChoiceField(choices=Mode.choices)


class ItemAtHandForm(forms.Form):
    """The § at hand; `partly` when it was in the middle of it, `has` for jäv or not."""

    item = forms.ModelChoiceField(
        AgendaItem.objects.none(),
        error_messages={
            "required": "Välj först vilken paragraf det gäller.",
            "invalid_choice": "Paragrafen finns inte längre.",
        },
    )
    partly = forms.BooleanField(required=False)
    has = forms.BooleanField(required=False)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["item"].queryset = meeting.items.standing()  # type: ignore[attr-defined]


class StandInForm(forms.Form):
    """Who steps in for the row's person, or (`ends`) does so no more."""

    person = forms.ModelChoiceField(
        Person.objects.none(),
        error_messages={
            "required": "Välj vem som ersätter.",
            "invalid_choice": "Personen finns inte i rådets register.",
        },
    )
    ends = forms.BooleanField(required=False)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = Person.objects.filter(mandates__council=meeting.council_id)
        personal = Person.objects.filter(substitute_for__council=meeting.council_id)
        self.fields["person"].queryset = (known | personal).distinct()  # type: ignore[attr-defined]


class ReplaceForm(forms.Form):
    """Who shall sign instead of whom, among those on the list."""

    person = forms.ModelChoiceField(Person.objects.none())
    instead = forms.ModelChoiceField(
        Person.objects.none(),
        error_messages={"invalid_choice": "Personen finns inte på närvarolistan."},
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = Person.objects.filter(attendance__meeting=meeting)
        for field in self.fields.values():
            field.queryset = listed  # type: ignore[attr-defined]


class DetailsForm(forms.Form):
    """When the person was there ("12-15p;17-": item keys, p for a part), and how it is printed."""

    stays = forms.CharField(required=False, max_length=400)
    title = forms.CharField(required=False, max_length=100)
    organisation_name = forms.CharField(required=False, max_length=200)

    def __init__(self, *args: Any, row: Attendance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row

    def clean_stays(self) -> tuple[minuting.Stretch, ...]:
        return stretches(self.row.meeting, self.cleaned_data["stays"])

    def values(self) -> dict[str, Any]:
        clean = dict(self.cleaned_data)
        return {"stretches": clean.pop("stays"), **clean}


class RowsForm(forms.Form):
    """Keys of rows ("12,15"); those that are not of the meeting are nobody's."""

    rows = forms.CharField(max_length=20_000)

    def clean_rows(self) -> list[int]:
        return keys(self.cleaned_data["rows"])


class PutBackForm(forms.Form):
    """A row as it was before a tap (minuting.state_text), and as it was after it."""

    state = forms.CharField(max_length=600)
    after = forms.CharField(max_length=600)

    def __init__(self, *args: Any, row: Attendance, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.row = row

    def clean_state(self) -> minuting.State:
        parts = self.cleaned_data["state"].split("|")
        if len(parts) != 4 or parts[0] not in Mode.values:
            raise ValidationError(UNREADABLE)
        meeting = self.row.meeting
        members = Person.objects.filter(attendance__meeting=meeting).in_bulk(keys(parts[2]))
        conflicts = meeting.items.in_bulk(keys(parts[3]))
        return minuting.State(
            mode=Mode(parts[0]),
            stretches=stretches(meeting, parts[1]),
            members=tuple(members.values()),
            conflicts=tuple(conflicts.values()),
        )


def stretches(meeting: Meeting, text: str) -> tuple[minuting.Stretch, ...]:
    """ "12-15p;17-" as stretches; ValidationError when it is not that."""
    pairs = [part.split("-") for part in text.split(";") if part]
    if any(len(pair) != 2 for pair in pairs):
        raise ValidationError(UNREADABLE)
    wanted = {end.removesuffix("p") for pair in pairs for end in pair} - {""}
    # Also items that have been removed: somebody may have come at one of them.
    items = {str(pk): item for pk, item in meeting.items.in_bulk(keys(",".join(wanted))).items()}
    if wanted - items.keys():
        raise ValidationError("Paragrafen finns inte längre.")
    return tuple(
        minuting.Stretch(
            first=items.get(first.removesuffix("p")),
            last=items.get(last.removesuffix("p")),
            first_partly=first.endswith("p") and first != "p",
            last_partly=last.endswith("p") and last != "p",
        )
        for first, last in pairs
    )


def keys(text: str) -> list[int]:
    found = [part for part in text.split(",") if part]
    if not all(part.isdecimal() and part.isascii() and len(part) < 19 for part in found):
        raise ValidationError(UNREADABLE)
    return [int(part) for part in found]
