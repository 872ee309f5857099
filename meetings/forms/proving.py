"""What a signer sends to show that it is them. Which fields count, the method says."""

from __future__ import annotations

from typing import Any

from django import forms

from members.forms.plain import PlainForm
from members.models import ApprovalLevel

ASKED = {
    ApprovalLevel.PASSWORD: ("password",),
    ApprovalLevel.PASSWORD_CODE: ("password", "code"),
}
MISSING = {"password": "Skriv ditt lösenord.", "code": "Skriv koden som appen visar."}


class ProvingForm(PlainForm):
    """Neither field reads "frivilligt": each is asked for by the way one has chosen."""

    use_required_attribute = False

    password = forms.CharField(
        label="Ditt lösenord",
        required=False,
        strip=False,
        max_length=1000,
        help_text="Samma som när du loggar in",
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    code = forms.CharField(
        label="Engångskod",
        required=False,
        max_length=20,
        help_text="De sex siffrorna i din app för engångskoder",
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    method = forms.CharField(
        label="Sättet", required=False, max_length=20, widget=forms.HiddenInput
    )
    assertion = forms.CharField(
        label="Svaret från passkeyn", required=False, max_length=8000, widget=forms.HiddenInput
    )
    challenge = forms.CharField(
        label="Sidan", required=False, max_length=1000, widget=forms.HiddenInput
    )
    shown = forms.CharField(label="Texten", required=False, max_length=64, widget=forms.HiddenInput)

    def clean_method(self) -> str:
        """The page's first button, where a browser sent the form without any."""
        return self.cleaned_data["method"] or ApprovalLevel.PASSWORD

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name in ASKED.get(cleaned.get("method", ""), ()):
            if not cleaned.get(name) and name not in self.errors:
                self.add_error(name, MISSING[name])
        return cleaned

    def as_asked_for(self) -> ProvingForm:
        """For showing, once what was sent is checked."""
        if self.is_bound:
            self.is_valid()
        for name in ("password", "code"):
            self.fields[name].required = True
        return self

    def place_of(self, why: str) -> str | None:
        """The field a refusal is about, if it is one that can be seen."""
        return {"password": "password", "code": "code", "spent_code": "code"}.get(why)
