"""How allauth's second factors behave here: whose site a passkey is for, and our words."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from django.contrib.auth.base_user import AbstractBaseUser

from members import securing


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages: ClassVar[dict[str, Any]] = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "Det stämmer inte. Försök igen.",
        "unverified_email": "Bekräfta din e-postadress först.",
    }

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        return {"id": securing.site_of(context.request).rp_id, "name": "BRÅ"}

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        count = Authenticator.objects.filter(user_id=user.pk, type=type).count()
        return "Passkey" if count == 0 else f"Passkey {count + 1}"
