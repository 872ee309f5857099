"""allauth's forms for a new password, with our words instead of Django's list of rules."""

from __future__ import annotations

from typing import Any

from allauth.account import forms

from members.forms import inviting


class ChangePasswordForm(forms.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = inviting.HOW_TO_CHOOSE


class ResetPasswordKeyForm(forms.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = inviting.HOW_TO_CHOOSE
