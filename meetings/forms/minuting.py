"""What is filled in at the desk, turned into clean values. The desk writes its own fields."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from meetings import followup
from meetings.models import ActionStatus, AgendaItem, Meeting, StandingItem
from members.models import Organisation, Person

LONGEST_GUESSED = 2000  # characters; longer is no uppdrag


def values(form: forms.Form) -> dict[str, Any]:
    """The clean values; ValidationError with the form's own sentences when something is wrong."""
    if form.is_valid():
        return form.cleaned_data
    raise ValidationError([text for texts in form.errors.values() for text in texts])


class Words(forms.CharField):
    """Text as it was typed: length and white space are the activity's to judge.

    A NUL that a paste brought along falls away; refused, nobody would find it to take it out.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, strip=False, **kwargs)

    def to_python(self, value: Any) -> str:
        text = value.replace("\0", "") if isinstance(value, str) else value
        return super().to_python(text) or ""


class TextForm(forms.Form):
    """`text` as the editor has it, and the version it was written on."""

    text = Words()
    version = forms.IntegerField(min_value=0, max_value=2_000_000_000)


class DecisionsForm(forms.Form):
    """`points` now, and `seen`: what the points were when the person began to change them."""

    points = forms.JSONField(required=False)  # an empty list takes the last one away
    seen = forms.JSONField(required=False)

    def clean_points(self) -> list[str]:
        return strings(self.cleaned_data["points"])

    def clean_seen(self) -> list[str] | None:
        seen = self.cleaned_data["seen"]
        return None if seen is None else strings(seen)


class PointForm(forms.Form):
    """Which point of a former wording; all of them when none is said."""

    place = forms.IntegerField(required=False, min_value=0, max_value=1000)


class AtDeskForm(forms.Form):
    """Where a page of the desk is. What cannot be read is nowhere: no message would help."""

    item = forms.IntegerField(required=False)
    writing = forms.BooleanField(required=False)
    leaving = forms.BooleanField(required=False)
    quiet = forms.BooleanField(required=False)  # nothing was done in this page since it last asked
    cursor = forms.IntegerField(required=False, min_value=0, max_value=2**62)


class TopicsForm(forms.Form):
    topics = forms.JSONField(required=False)

    def clean_topics(self) -> list[tuple[str, str]]:
        rows = self.cleaned_data["topics"]
        if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
            raise ValidationError("Ämnena kunde inte läsas. Ladda om sidan och försök igen.")
        pairs = [strings(row) for row in rows]
        return [(pair[0], pair[1]) for pair in pairs if len(pair) == 2]


class NextMeetingForm(forms.Form):
    date = forms.DateField(
        required=False, error_messages={"invalid": "Datumet finns inte. Skriv det som 2026-06-11."}
    )
    starts_at = forms.TimeField(
        required=False, error_messages={"invalid": "Skriv klockslaget som 13.30."}
    )
    ends_at = forms.TimeField(
        required=False, error_messages={"invalid": "Skriv klockslaget som 15.30."}
    )
    place = forms.CharField(required=False, max_length=200)


class ItemForm(forms.Form):
    """Heading and the quiet facts of an item; only what is sent is changed."""

    heading = Words()
    presenters = Words()
    registry_number = Words()
    dispatch = Words()

    def sent(self) -> dict[str, str]:
        return {name: value for name, value in values(self).items() if name in self.data}


class NewItemForm(forms.Form):
    """A new § by its heading, or one of the standing items; right after another, or last."""

    heading = Words()
    standing = forms.ModelChoiceField(
        StandingItem.objects.none(),
        required=False,
        error_messages={
            "invalid_choice": "Punkten är inte längre en av rådets stående. Skriv rubriken själv."
        },
    )
    after = forms.ModelChoiceField(
        AgendaItem.objects.none(),
        required=False,
        error_messages={"invalid_choice": "Paragrafen före finns inte längre. Försök igen."},
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["after"].queryset = meeting.items.standing()  # type: ignore[attr-defined]
        standing = StandingItem.objects.filter(council=meeting.council_id)
        self.fields["standing"].queryset = standing  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or self.cleaned_data
        standing = clean.pop("standing", None)
        return clean | ({"heading": standing.heading, "kind": standing.kind} if standing else {})


class PlaceForm(forms.Form):
    """Where something is moved: 0 is first."""

    to = forms.IntegerField(min_value=0, max_value=10_000)


class PersonsForm(forms.Form):
    """Who was elected, in the order chosen; nobody takes the election back."""

    persons = forms.ModelMultipleChoiceField(
        Person.objects.none(),
        required=False,
        error_messages={"invalid_choice": "Personen finns inte på närvarolistan."},
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        listed = Person.objects.filter(attendance__meeting=meeting)
        self.fields["persons"].queryset = listed  # type: ignore[attr-defined]

    def in_order(self) -> list[Person]:
        chosen = {str(person.pk): person for person in values(self)["persons"]}
        return [chosen[key] for key in self["persons"].value()]


class AttendeeForm(forms.Form):
    """Somebody of the register (`person`), or a guest by name."""

    person = forms.ModelChoiceField(Person.objects.none(), required=False)
    name = forms.CharField(required=False, max_length=200)
    organisation_name = forms.CharField(required=False, max_length=200)
    title = forms.CharField(required=False, max_length=100)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = Person.objects.filter(mandates__council=meeting.council_id).distinct()
        self.fields["person"].queryset = known  # type: ignore[attr-defined]


class ReportsForm(forms.Form):
    """Organisations to add reports for, by choice or by what was typed."""

    organisations = forms.ModelMultipleChoiceField(Organisation.objects.none(), required=False)
    label = forms.CharField(required=False, max_length=200)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        register = Organisation.objects.filter(municipality=meeting.council.municipality_id)
        self.fields["organisations"].queryset = register  # type: ignore[attr-defined]


class ActionForm(forms.Form):
    """`who` is a list of keys, "p12" a person and "o5" an organisation; else `role_in_words`."""

    text = Words()
    who = forms.Field(required=False, widget=forms.SelectMultiple)
    role_in_words = forms.CharField(required=False, max_length=200)
    due = forms.ChoiceField(
        choices=[("", "inget datum"), ("next", "nästa möte"), ("on", "datum")], required=False
    )
    due_on = forms.DateField(
        required=False, error_messages={"invalid": "Datumet finns inte. Skriv det som 2026-06-11."}
    )
    in_text = forms.BooleanField(required=False)
    # "1" also as a decision, "0" not, and without a word as it is.
    as_decision = forms.ChoiceField(choices=[("", "som det är"), ("1", "ja"), ("0", "nej")],
                                    required=False)  # fmt: skip
    instead_of = Words()
    asked_as = forms.UUIDField(required=False)

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.meeting = meeting

    def clean_who(self) -> tuple[list[Person], list[Organisation]]:
        keys = [str(key) for key in self.cleaned_data["who"] or []]
        council = self.meeting.council
        known = Person.objects.filter(mandates__council=council)
        present = Person.objects.filter(attendance__meeting=self.meeting)
        persons = found((known | present).distinct(), keys, "p")
        organisations = Organisation.objects.filter(municipality=council.municipality_id)
        return persons, found(organisations, keys, "o")

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        if clean.get("due") == "on" and not clean.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", "Välj vilken dag uppdraget ska vara klart.")
        return clean

    def fields_of_action(self) -> dict[str, Any]:
        clean = values(self)
        persons, organisations = clean["who"]
        return {
            "text": clean["text"],
            "persons": persons,
            "organisations": organisations,
            "role_in_words": clean["role_in_words"],
            "due_next_meeting": clean["due"] == "next",
            "due_on": clean["due_on"] if clean["due"] == "on" else None,
            "in_text": clean["in_text"],
        }

    def sentence(self) -> str:
        """The decision as the fields say it now; "" while they do not make one."""
        if not self.is_valid() or not self.wants_decision:
            return ""
        parts = self.fields_of_action()
        del parts["in_text"]
        passive = followup.is_passive(self.cleaned_data["instead_of"])
        return followup.preview(self.meeting, **parts, passive=passive)

    @property
    def wants_decision(self) -> bool | None:
        return {"1": True, "0": False}.get(values(self)["as_decision"])


class ReportForm(forms.Form):
    """What is said of an earlier uppdrag at the meeting."""

    status = forms.ChoiceField(
        choices=ActionStatus.choices, error_messages={"required": "Välj hur det går."}
    )
    note = Words()
    due = forms.ChoiceField(
        choices=[("", "som förut"), ("next", "nästa möte"), ("on", "datum")], required=False
    )
    due_on = forms.DateField(
        required=False, error_messages={"invalid": "Datumet finns inte. Skriv det som 2026-06-11."}
    )

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        due = clean.pop("due", "")
        if due == "on" and not clean.get("due_on") and "due_on" not in self.errors:
            self.add_error("due_on", "Välj vilken dag uppdraget ska vara klart.")
        clean["due_on"] = clean.get("due_on") if due == "on" else None
        return {**clean, "due_next_meeting": due == "next"}


def found(known: Any, keys: list[str], letter: str) -> list[Any]:
    """The rows that the keys name, in their order; ValidationError for one that is not there."""
    wanted = [key[1:] for key in keys if key[:1] == letter and key[1:].isdecimal()]
    rows = {str(row.pk): row for row in known.filter(pk__in=[pk for pk in wanted if len(pk) < 19])}
    if any(key not in rows for key in wanted) or any(key[:1] not in ("p", "o") for key in keys):
        raise ValidationError("Någon av de valda finns inte i rådets register. Välj om.")
    return [rows[key] for key in dict.fromkeys(wanted)]


def strings(value: object) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
        raise ValidationError("Det som skickades kunde inte läsas. Ladda om sidan och försök igen.")
    return list(value)
