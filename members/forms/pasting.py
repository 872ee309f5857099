from __future__ import annotations

import dataclasses
from typing import Any, cast

from django import forms
from django.forms.formsets import BaseFormSet, formset_factory
from django.utils import timezone

from members import organising, pasting
from members.forms.days import DayField
from members.forms.joining import ROLE_CHOICES, SOMEBODY_NEW, who_it_is
from members.forms.plain import PlainForm
from members.models import Council, Person
from members.roles import Role

TEXT_MAX = 100_000


class PasteForm(PlainForm):
    text = forms.CharField(
        label="Lista",
        max_length=TEXT_MAX,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "class": "paste"}),
        error_messages={"required": "Klistra in eller skriv minst en rad."},
    )
    starts_on = DayField(label="Uppdragen gäller från och med")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = timezone.localdate

    def clean_text(self) -> str:
        text = self.cleaned_data["text"]
        lines = pasting.read(text)
        if not lines:
            raise forms.ValidationError("Klistra in eller skriv minst en rad.")
        if len(lines) > pasting.MAX_LINES:
            raise forms.ValidationError(
                f"Listan har {len(lines)} personer. Ta högst {pasting.MAX_LINES} åt gången."
            )
        return text


class StartForm(PlainForm):
    """The day of the second step."""

    starts_on = DayField(label="Uppdragen gäller från och med")


class LineForm(PlainForm):
    """One understood line, to be corrected."""

    number = forms.IntegerField(widget=forms.HiddenInput)
    included = forms.BooleanField(label="Ta med", required=False, initial=True)
    name = forms.CharField(label="Namn", max_length=200, required=False)
    # Not a ChoiceField: whom it may be depends on the name, which is being corrected.
    person = forms.CharField(label="Vem", required=False, widget=forms.Select)
    offered = forms.CharField(required=False, widget=forms.HiddenInput)
    organisation = forms.CharField(
        label="Organisation",
        max_length=200,
        required=False,
        widget=forms.TextInput(attrs={"list": "organisations", "autocomplete": "off"}),
    )
    title = forms.CharField(label="Titel", max_length=100, required=False)
    email = forms.EmailField(label="E-post", max_length=254, required=False)
    role = forms.ChoiceField(label="Roll", choices=ROLE_CHOICES)

    understood: pasting.Understood | None = None

    def as_understood(self, understood: pasting.Understood) -> None:
        """Show beside the fields what they are taken to mean, and whom they may be."""
        self.understood = understood
        self.fields["person"].widget.choices = [
            *((str(person.pk), who_it_is(person)) for person in understood.candidates),
            (SOMEBODY_NEW, "Ny person"),
        ]

    @property
    def offered_now(self) -> str:
        """Whom this page offers to choose among, sent back as `offered`."""
        candidates = self.understood.candidates if self.understood else ()
        return " ".join(str(person.pk) for person in candidates)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("included"):
            return cleaned
        if not (cleaned.get("name") or "").strip() and "name" not in self.errors:
            self.add_error("name", "Fyll i ett namn, eller ta inte med raden.")
        if set(self.offered_now.split()) - set((cleaned.get("offered") or "").split()):
            self.add_error("person", "Det finns redan någon med det namnet. Välj vem du menar.")
        return cleaned

    @property
    def line(self) -> pasting.Line:
        """The line as it stands in the fields now, also when they do not pass."""
        return pasting.Line(
            number=as_number(self["number"].value()),
            text="",
            name=str(self["name"].value() or ""),
            organisation=str(self["organisation"].value() or ""),
            title=str(self["title"].value() or ""),
            email=str(self["email"].value() or "").strip().lower(),
            role=Role(self["role"].value()) if self["role"].value() in Role else Role.MEMBER,
        )


class BaseLineFormSet(BaseFormSet):
    def chosen(self) -> list[tuple[pasting.Line, Person | None]]:
        """The lines to save, each with the person chosen among those the page offered."""
        return [
            (form.line, person_chosen(form))
            for form in self.forms
            if form.cleaned_data.get("included")
        ]


LineFormSet = cast(
    "type[BaseLineFormSet]",
    formset_factory(
        LineForm,
        formset=BaseLineFormSet,
        extra=0,
        max_num=pasting.MAX_LINES,
        absolute_max=pasting.MAX_LINES,
        validate_max=True,
    ),
)


def from_text(council: Council, text: str, starts_on: Any) -> BaseLineFormSet:
    """The second step's table for a pasted text; nothing is saved."""
    understood = pasting.understand(council, pasting.read(text), day=starts_on)
    formset = LineFormSet(
        prefix="rad",
        initial=[
            {
                **dataclasses.asdict(one.line),
                "included": not one.seated,
                "person": str(one.person.pk) if one.person else SOMEBODY_NEW,
                "offered": " ".join(str(person.pk) for person in one.candidates),
            }
            for one in understood
        ],
    )
    for form, one in zip(formset.forms, understood, strict=True):
        form.as_understood(one)
    return formset


def from_post(council: Council, data: Any, starts_on: Any) -> BaseLineFormSet:
    """The table as it was corrected, understood again."""
    formset = LineFormSet(data, prefix="rad")
    lines = [form.line for form in formset.forms]
    understood = pasting.understand(council, lines, day=starts_on)
    for form, one in zip(formset.forms, understood, strict=True):
        form.as_understood(one)
    return formset


def person_chosen(form: LineForm) -> Person | None:
    chosen = form.cleaned_data.get("person")
    candidates = form.understood.candidates if form.understood else ()
    return next((person for person in candidates if str(person.pk) == chosen), None)


def as_number(value: Any) -> int:
    text = str(value or "")
    return int(text) if text.isdigit() and len(text) < 6 else 0


def organisation_names(council: Council) -> list[str]:
    return [organisation.name for organisation in organising.organisations_of(council)]
