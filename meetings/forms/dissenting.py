"""Disagreement at justering: a view to be noted, or the question handed to a later meeting."""

from __future__ import annotations

from typing import Any

from django import forms

from meetings import wording
from meetings.models import AgendaItem, Meeting
from members.models import Person

GONE = "Valet finns inte längre. Välj igen."


class ItemChoice(forms.ModelChoiceField):
    labels: dict[int, str]

    def label_from_instance(self, obj: AgendaItem) -> str:
        return f"{self.labels.get(obj.pk, '')} {obj.heading}".strip()


class MeetingChoice(forms.ModelChoiceField):
    def label_from_instance(self, obj: Meeting) -> str:
        return wording.upper_first(wording.named_date(obj.date))


class DissentForm(forms.Form):
    use_required_attribute = False

    person = forms.ModelChoiceField(
        label="Vem har en annan mening?",
        queryset=Person.objects.none(),
        empty_label="Välj",
        error_messages={"required": "Välj vem det är.", "invalid_choice": GONE},
    )
    item = ItemChoice(
        label="Gäller",
        queryset=AgendaItem.objects.none(),
        required=False,
        empty_label="Hela texten",
        error_messages={"invalid_choice": GONE},
    )
    text = forms.CharField(
        label="Avvikande mening",
        max_length=4000,
        help_text="Så som det ska stå i protokollet",
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={
            "required": "Skriv vad den avvikande meningen är.",
            "max_length": "Den avvikande meningen får ha högst 4 000 tecken.",
        },
    )

    def __init__(
        self, *args: Any, people: list[Person], meeting: Meeting, labels: dict[int, str],
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        person, item = self.fields["person"], self.fields["item"]
        person.queryset = Person.objects.filter(pk__in=[one.pk for one in people])  # type: ignore[attr-defined]
        item.queryset = meeting.items.standing()  # type: ignore[attr-defined]
        item.labels = labels  # type: ignore[attr-defined]


class HandOnForm(forms.Form):
    use_required_attribute = False

    to = MeetingChoice(
        label="Till vilket möte?",
        queryset=Meeting.objects.none(),
        empty_label="Välj",
        error_messages={"required": "Välj ett möte.", "invalid_choice": GONE},
    )

    def __init__(self, *args: Any, meetings: list[Meeting], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        to = self.fields["to"]
        to.queryset = Meeting.objects.filter(pk__in=[one.pk for one in meetings]).order_by("date")  # type: ignore[attr-defined]
        if meetings:
            to.initial = meetings[0].pk
