"""allauth's forms of the sign-in, with our words instead of its own and Django's."""

from __future__ import annotations

from typing import Any

from allauth.account import forms

from members.forms import inviting


class LoginForm(forms.LoginForm):
    """The way to a new password stands after the fields (login.html), not between them: there
    the password would be typed into a link by one who only presses Tab."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""
        for name in ("login", "password"):
            del self.fields[name].widget.attrs["placeholder"]


class ChangePasswordForm(forms.ChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = inviting.HOW_TO_CHOOSE


class ResetPasswordKeyForm(forms.ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password1"].help_text = inviting.HOW_TO_CHOOSE
