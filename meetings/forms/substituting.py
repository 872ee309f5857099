from __future__ import annotations

from typing import Any

from django import forms

from meetings.models import Signer
from members.models import Person


class StandInForm(forms.Form):
    """Who justerar in whose place, and why."""

    use_required_attribute = False

    signer = forms.ModelChoiceField(
        label="Vem kan inte justera?",
        queryset=Signer.objects.none(),
        empty_label="Välj",
        error_messages={"required": "Välj vem som ska ersättas."},
    )
    person = forms.ModelChoiceField(
        label="Vem justerar i stället?",
        queryset=Person.objects.none(),
        empty_label="Välj",
        help_text="Ledamöter som var med på mötet och kan logga in",
        error_messages={"required": "Välj vem som justerar i stället."},
    )
    reason = forms.CharField(
        label="Varför?",
        max_length=120,
        help_text="Några ord, till exempel ”sjuk”. Det står på sidan Underskrifter.",
        error_messages={
            "required": "Skriv varför någon annan justerar.",
            "max_length": "Skälet får ha högst 120 tecken.",
        },
    )

    def __init__(self, *args: Any, places: list[Signer], people: list[Person], **kwargs: Any):
        super().__init__(*args, **kwargs)
        signer, person = self.fields["signer"], self.fields["person"]
        for field in (signer, person):
            field.error_messages["invalid_choice"] = "Valet finns inte längre. Välj igen."
        signer.queryset = Signer.objects.filter(  # type: ignore[attr-defined]
            pk__in=[one.pk for one in places]
        ).select_related("round__meeting")
        person.queryset = Person.objects.filter(  # type: ignore[attr-defined]
            pk__in=[one.pk for one in people]
        )
        if len(places) == 1:
            signer.initial = places[0].pk
