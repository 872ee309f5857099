from __future__ import annotations

from django import forms

from meetings.models import ActionStatus
from members.forms.days import DayField

CHOICES = [
    (ActionStatus.OPEN.value, "Pågår"),
    (ActionStatus.DONE.value, "Klart"),
    (ActionStatus.DROPPED.value, "Avskrivet, ska inte göras"),
]


class FollowUpForm(forms.Form):
    """How an action item goes. A proposal becomes an uppdrag when somebody takes it on."""

    status = forms.ChoiceField(label="Läge", choices=CHOICES, widget=forms.RadioSelect)
    note = forms.CharField(
        label="Anteckning", required=False, max_length=500,
        help_text="Vad som har hänt, eller vem som tar uppdraget",
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip
    due_on = DayField(
        label="Ny dag", required=False,
        help_text="Bara om uppdraget ska vara klart en annan dag. Skriv den som 2026-03-05.",
    )  # fmt: skip
