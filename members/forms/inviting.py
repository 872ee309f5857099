from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError

from members.forms.plain import PlainForm
from members.models import Person

HOW_TO_CHOOSE = (
    "Minst 12 tecken. Gärna några vanliga ord efter varandra. Det får inte likna ditt namn eller "
    "din adress."
)


class PasswordForm(PlainForm):
    """The first password, once: it can be shown while typing, so it need not be typed twice."""

    password = forms.CharField(
        label="Lösenord",
        strip=False,
        max_length=1000,
        help_text=HOW_TO_CHOOSE,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password", "minlength": "12"}),
    )

    def __init__(self, *args: Any, person: Person, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person = person

    def clean_password(self) -> str:
        password = self.cleaned_data["password"]
        try:
            password_validation.validate_password(password, self.person)
        except ValidationError as error:
            raise ValidationError(error.messages) from error
        return str(password)
