"""Forms for papers. What a file is, is told by attaching.recognise, from its content."""

from __future__ import annotations

from typing import Any

from django import forms
from django.forms import ModelChoiceField

from meetings.models import AgendaItem, Attachment, Meeting

WHOLE = "Hela mötet"


class AttachForm(forms.Form):
    file = forms.FileField(
        label="Fil",
        allow_empty_file=True,  # an empty file gets the activity's own sentence
        error_messages={"required": "Välj en fil.", "missing": "Välj en fil."},
    )
    title = forms.CharField(
        label="Rubrik", required=False, max_length=200,
        help_text="Lämna tomt för att använda filens namn",
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    item = ModelChoiceField(
        label="Hör till", queryset=AgendaItem.objects.none(), required=False, empty_label=WHOLE
    )

    def __init__(self, *args: Any, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        items = self.fields["item"]
        items.queryset = meeting.items.standing()  # type: ignore[attr-defined]


class ChangeAttachmentForm(forms.Form):
    title = forms.CharField(
        label="Rubrik", max_length=200,
        error_messages={"required": "Skriv en rubrik för handlingen."},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    item = ModelChoiceField(
        label="Hör till", queryset=AgendaItem.objects.none(), required=False, empty_label=WHOLE
    )

    def __init__(self, *args: Any, attachment: Attachment, **kwargs: Any) -> None:
        kwargs["initial"] = {"title": attachment.title, "item": attachment.item_id}
        super().__init__(*args, **kwargs)
        items = self.fields["item"]
        items.queryset = attachment.meeting.items.standing()  # type: ignore[attr-defined]
