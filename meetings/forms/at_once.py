from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from meetings.models import AgendaItem


class AtOnceForm(forms.Form):
    """Which items are adjusted at once."""

    items = forms.ModelMultipleChoiceField(
        label="Det som justeras omedelbart",
        queryset=AgendaItem.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Välj minst en paragraf.",
            "invalid_choice": "Paragrafen finns inte längre på dagordningen.",
            "invalid_pk_value": "Paragrafen finns inte på dagordningen.",
        },
    )

    def __init__(
        self, *args: Any, choosable: QuerySet[AgendaItem], labels: dict[int, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["items"]
        field.queryset = choosable  # type: ignore[attr-defined]
        field.label_from_instance = lambda item: labels[item.pk]  # type: ignore[attr-defined]
