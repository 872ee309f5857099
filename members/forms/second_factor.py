"""allauth's forms for codes and passkeys: our words, and a code that is good once, whatever for."""

from __future__ import annotations

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base import forms as codes
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as passkeys
from django import forms

from members import securing
from members.securing import Spent


class OneCode(codes.BaseAuthenticateForm):
    """allauth remembers a used code for half a minute and by itself; ours are spent for good."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].label = "Engångskod eller reservkod"
        self.fields["code"].widget = forms.TextInput(attrs={"autocomplete": "one-time-code"})

    def clean_code(self) -> str:
        forget = check_rate_limit(self.user)
        code = str(self.cleaned_data["code"])
        spent, _ = securing.spend_code(self.user, code)
        if spent is Spent.BEFORE:
            raise forms.ValidationError("Koden är redan använd. Vänta på nästa.")
        wanted = Authenticator.Type.RECOVERY_CODES if spent is Spent.WRONG else "totp"
        row = Authenticator.objects.filter(user=self.user, type=wanted).first()
        if row is None or (spent is Spent.WRONG and not row.wrap().validate_code(code)):
            raise get_adapter().validation_error("incorrect_code")
        row.user = self.user
        self.authenticator = row
        forget()
        return code


class CodeForm(OneCode, codes.AuthenticateForm):
    pass


class CodeAgainForm(OneCode, codes.ReauthenticateForm):
    pass


class AddCodesForm(totp.ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        code = self.fields["code"]
        code.label, code.help_text = "Koden som appen visar nu", "Sex siffror"
        code.widget = forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}
        )


class AddPasskeyForm(passkeys.AddWebAuthnForm):
    """Always a passkey: it knows who holds it, so it is enough by itself."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)
        name = self.fields["name"]
        name.label, name.max_length = "Vad ska den heta?", 60
        name.help_text = "Så att du känner igen den, till exempel Telefonen"
