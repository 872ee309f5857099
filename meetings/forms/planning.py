"""Forms for a meeting's facts and for the items of its agenda."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, cast

from django import forms
from django.db.models import Q
from django.http import QueryDict
from django.utils.functional import cached_property

from meetings.forms.clocks import ClockField
from meetings.models import AgendaItem, ItemKind, Meeting, StandingItem
from members.forms.days import DayField
from members.models import Council, Person

HEADING_FAULTS = {
    "required": "Skriv en rubrik.",
    "max_length": "Rubriken får ha högst %(limit_value)d tecken. Nu har den %(show_value)d.",
}


class MeetingForm(forms.Form):
    """Date, time, place and registry number: what planning and changing have in common."""

    date = DayField(label="Datum")
    starts_at = ClockField(label="Börjar", required=False, help_text="Klockslag, som 13.30")
    ends_at = ClockField(
        label="Slutar", required=False, help_text="Får vara efter midnatt, som 01.00"
    )
    place = forms.CharField(
        label="Plats",
        required=False,
        max_length=200,
        help_text="Rum och hus",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    registry_number = forms.CharField(
        label="Diarienummer",
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if (
            cleaned.get("ends_at")
            and not cleaned.get("starts_at")
            and "starts_at" not in self.errors
        ):
            self.add_error(
                "starts_at", "Fyll i när mötet börjar, eftersom det står när det slutar."
            )
        return cleaned


class ChangeMeetingForm(MeetingForm):
    """Also who leads and who writes that day."""

    chair = forms.ModelChoiceField(
        label="Ordförande vid mötet", queryset=Person.objects.none(), required=False,
        empty_label="Inte bestämt",
    )  # fmt: skip
    secretary = forms.ModelChoiceField(
        label="Sekreterare vid mötet", queryset=Person.objects.none(), required=False,
        empty_label="Inte bestämt",
    )  # fmt: skip

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        names = ("date", "place", "registry_number", "chair", "secretary")
        kwargs["initial"] = {
            **{name: getattr(meeting, name) for name in names},
            "starts_at": meeting.local_start,
            "ends_at": meeting.local_end,
        }
        super().__init__(*args, **kwargs)
        people = seated(meeting.council, meeting)
        for name in ("chair", "secretary"):
            field = cast(forms.ModelChoiceField, self.fields[name])
            field.queryset = people


def seated(council: Council, meeting: Meeting) -> Any:
    """Who may lead or write: anyone with a seat at the time, and who does now."""
    seats = council.mandates.not_ended(meeting.date).values("person")
    return Person.objects.filter(
        Q(pk__in=seats) | Q(pk__in=[meeting.chair_id, meeting.secretary_id])
    )


class AddItemForm(forms.Form):
    """A heading is enough; the rest comes when the item is changed."""

    heading = forms.CharField(
        label="Ny punkt",
        max_length=250,
        error_messages=HEADING_FAULTS,
        widget=forms.TextInput(attrs={"autocomplete": "off", "enterkeyhint": "enter"}),
    )
    kind = forms.ChoiceField(choices=ItemKind.choices, required=False)
    after = forms.IntegerField(required=False)


class ItemForm(forms.Form):
    """Everything of an item but its place and its papers."""

    heading = forms.CharField(
        label="Rubrik", max_length=250, error_messages=HEADING_FAULTS,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    presenters = forms.CharField(
        label="Föredragande", required=False, max_length=300,
        help_text="Namn och titel, som Åsa Vinterlund, kommunpolis",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    planned_time = ClockField(label="Klockslag", required=False, help_text="Som 13.50")
    kind = forms.ChoiceField(label="Slag av punkt", choices=ItemKind.choices)
    registry_number = forms.CharField(
        label="Diarienummer", required=False, max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    proposed_decision = forms.CharField(
        label="Förslag till beslut", required=False, max_length=5000,
        help_text="Skrivs ut i kallelsen", widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip

    @classmethod
    def of(cls, item: AgendaItem, data: Any = None) -> ItemForm:
        """The form filled from an item, or from what was sent about it."""
        initial = {name: getattr(item, name) for name in cls.base_fields}
        return cls(data, initial=initial, auto_id=f"id_{item.pk}_%s")


class MoveForm(forms.Form):
    """Where an item goes: a place counted from 0 (`to`), or one step (`by`, -1 or 1)."""

    to = forms.IntegerField(required=False, min_value=0)
    by = forms.ChoiceField(required=False, choices=[("-1", "upp"), ("1", "ned")])


class StandingItemForm(forms.Form):
    """One row; an empty heading drops it."""

    heading = forms.CharField(
        label="Rubrik", required=False, max_length=250, error_messages=HEADING_FAULTS
    )
    kind = forms.ChoiceField(label="Slag av punkt", choices=ItemKind.choices)


MOST_ROWS = 100


class StandingRows:
    """The rows of the standing items' form, with the buttons that work without scripts.

    `up`, `down` and `drop` carry the place of their row, `add` nothing. Any of them rearranges
    what was sent and saves nothing.
    """

    def __init__(self, pairs: list[tuple[str, str]]) -> None:
        self.pairs = pairs
        self.rearranged = False
        self.focus: int | None = None
        self.faults: list[str] = []

    @classmethod
    def of(cls, items: Iterable[StandingItem]) -> StandingRows:
        return cls([(item.kind, item.heading) for item in items])

    @classmethod
    def sent(cls, data: QueryDict) -> StandingRows:
        pairs = list(zip(data.getlist("kind"), data.getlist("heading"), strict=False))
        rows = cls(pairs[:MOST_ROWS])
        rows.rearrange(data)
        return rows

    def rearrange(self, data: QueryDict) -> None:
        for name in ("up", "down", "drop", "add"):
            if name in data:
                self.rearranged = True
                said = str(data[name])[:9]
                self.press(name, int(said) if said.isdecimal() else -1)

    def press(self, name: str, place: int) -> None:
        if name == "add":
            self.pairs.append((ItemKind.OTHER, ""))
            self.focus = len(self.pairs) - 1
        elif 0 <= place < len(self.pairs):
            row = self.pairs.pop(place)
            if name != "drop":
                self.focus = max(0, min(place + (1 if name == "down" else -1), len(self.pairs)))
                self.pairs.insert(self.focus, row)

    @cached_property
    def forms(self) -> list[StandingItemForm]:
        return [
            StandingItemForm({"kind": kind, "heading": heading}, auto_id=f"id_{place}_%s")
            for place, (kind, heading) in enumerate(self.pairs)
        ]

    @staticmethod
    def blank() -> StandingItemForm:
        """An empty row, for the script that adds one."""
        return StandingItemForm({"kind": ItemKind.OTHER, "heading": ""}, auto_id="id_blank_%s")

    def is_valid(self) -> bool:
        """Every row is looked at, so that each shows its own fault."""
        return [form.is_valid() for form in self.forms].count(False) == 0

    def items(self) -> list[tuple[str, str]]:
        return [(f.cleaned_data["kind"], f.cleaned_data["heading"]) for f in self.forms]
