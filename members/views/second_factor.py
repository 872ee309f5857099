"""allauth's pages for passkeys and codes, each change whole or not at all, and a way back."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from allauth.account.utils import get_next_redirect_url
from allauth.mfa.base.views import IndexView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, EditWebAuthnView, RemoveWebAuthnView
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.views.decorators.http import require_safe

from members import securing


class WithWayBack:
    """`?next=` is where one came from: back there when done, after recovery codes are shown."""

    request: HttpRequest

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]
        return context | {
            "way_back": get_next_redirect_url(self.request),
            "site": securing.site_of(self.request),
        }

    def get_success_url(self) -> str:
        url, back = str(super().get_success_url()), get_next_redirect_url(self.request)  # type: ignore[misc]
        if not back:
            return url
        codes = reverse("mfa_view_recovery_codes")
        return f"{codes}?{urlencode({'next': back})}" if url == codes else str(back)


class Overview(WithWayBack, IndexView):
    pass


class AddPasskey(WithWayBack, AddWebAuthnView):
    pass


class AddCodes(WithWayBack, ActivateTOTPView):
    pass


class RecoveryCodes(WithWayBack, ViewRecoveryCodesView):
    pass


class RemovePasskey(RemoveWebAuthnView):
    success_url = reverse_lazy("mfa_index")


class RenamePasskey(EditWebAuthnView):
    success_url = reverse_lazy("mfa_index")


overview = Overview.as_view()
recovery_codes = transaction.atomic(RecoveryCodes.as_view())
add_passkey = transaction.atomic(AddPasskey.as_view())
add_codes = transaction.atomic(AddCodes.as_view())
remove_passkey = transaction.atomic(RemovePasskey.as_view())
rename_passkey = transaction.atomic(RenamePasskey.as_view())
remove_codes = transaction.atomic(DeactivateTOTPView.as_view())
renew_recovery_codes = transaction.atomic(GenerateRecoveryCodesView.as_view())


@require_safe
def list_passkeys(request: HttpRequest) -> HttpResponse:
    """allauth's list of its own stands in the overview here."""
    return redirect("mfa_index")
