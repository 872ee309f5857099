from __future__ import annotations

from django import forms

from members.forms.plain import PlainForm


class ResetForm(PlainForm):
    reason = forms.CharField(
        label="Varför?",
        max_length=200,
        help_text="Till exempel att telefonen är borta. Personen får läsa det i ett mejl",
        error_messages={"required": "Skriv varför, till exempel att telefonen är borta."},
    )
