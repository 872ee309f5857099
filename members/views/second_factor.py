"""allauth's pages for passkeys and codes, each change whole or not at all, and a way back."""

from __future__ import annotations

import datetime
from typing import Any
from urllib.parse import urlencode

from allauth.account.utils import get_next_redirect_url
from allauth.mfa.base.views import IndexView
from allauth.mfa.recovery_codes.views import GenerateRecoveryCodesView, ViewRecoveryCodesView
from allauth.mfa.totp.views import ActivateTOTPView, DeactivateTOTPView
from allauth.mfa.webauthn.views import AddWebAuthnView, EditWebAuthnView, RemoveWebAuthnView
from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils import timezone
from django.views.decorators.http import require_safe

from members import securing
from members.views.person import person_of

MOMENT = datetime.timedelta(minutes=10)


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


class JustSignedIn:
    """Who has neither password nor second factor cannot be asked for it again (allauth then asks
    for nothing), so such a person must have come in a moment ago."""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        person = person_of(request)
        came = person.last_login
        known = person.has_usable_password() or securing.has_second_factor(person)
        if not known and (came is None or came < timezone.now() - MOMENT):
            messages.error(request, "Logga ut och logga in igen. Lägg sedan till den här.")
            return redirect("mfa_index")
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]


class AddPasskey(JustSignedIn, WithWayBack, AddWebAuthnView):
    pass


class AddCodes(JustSignedIn, WithWayBack, ActivateTOTPView):
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
