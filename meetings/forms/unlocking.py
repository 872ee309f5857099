from __future__ import annotations

from django import forms


class UnlockForm(forms.Form):
    """Why a text that is out for justering has to be opened again."""

    use_required_attribute = False

    reason = forms.CharField(
        label="Varför behöver texten öppnas?",
        help_text="Skälet skickas till alla som ska justera och står kvar i mötets historik.",
        max_length=2_000,
        widget=forms.Textarea(attrs={"rows": 4}),
        error_messages={"required": "Skriv varför texten behöver öppnas."},
    )
