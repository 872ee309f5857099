"""Approving by the municipality's sign-in service: sent there to be asked anew, and back."""

from __future__ import annotations

import json
import time

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from meetings import access, proving, signing
from meetings.forms.proving import ProvingForm
from meetings.views.signing.approving import address_of
from meetings.views.signing.proving import session_of
from members import securing, single_sign_on
from members.models import ApprovalLevel
from members.views.person import person_of

ASKED = "asked_elsewhere"  # in the session, until the answer comes


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def ask_elsewhere(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    signer = access.signer_for(person_of(request), slug, key)
    there, form = single_sign_on.service(), ProvingForm(request.POST)
    if request.method != "POST" or there is None or not form.is_valid():
        return redirect("sign", slug, key)
    state, verifier = single_sign_on.fresh(), single_sign_on.fresh()
    try:
        given = proving.read_challenge(signer, form.cleaned_data["challenge"], session_of(request))
        nonce = proving.encode(proving.passkey_challenge(given.snapshot_sha256, given.nonce))
        address = single_sign_on.address_to_ask_at(
            there, back=way_back(request), state=state, nonce=nonce, verifier=verifier
        )
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("sign", slug, key)
    request.session[ASKED] = {
        "state": state, "verifier": verifier, "slug": slug, "key": key, "at": int(time.time()),
        "challenge": given.token, "shown": form.cleaned_data["shown"],
    }  # fmt: skip
    return redirect(address)


@require_safe
@never_cache
def back_from_elsewhere(request: HttpRequest) -> HttpResponse:
    """The answer of the service, taken once and only in the session that asked."""
    by, asked = person_of(request), request.session.pop(ASKED, None)
    there = single_sign_on.service()
    if asked is None or there is None:
        return redirect("start")
    signer = access.signer_for(by, asked["slug"], asked["key"])
    here = (asked["slug"], asked["key"])
    try:
        state = request.GET.get("state", "")
        if not constant_time_compare(state, asked["state"]) or "code" not in request.GET:
            raise ValidationError("Inloggningen blev avbruten. Ingenting är justerat än.")
        token, public = single_sign_on.token_for(
            there, code=request.GET["code"], verifier=asked["verifier"], back=way_back(request)
        )
        signing.approve(
            by=by, signer=signer, shown_sha256=asked["shown"], session=session_of(request),
            site=securing.site_of(request), address=address_of(request),
            user_agent=request.headers.get("User-Agent", ""),
            answer={
                "method": ApprovalLevel.SSO, "challenge": asked["challenge"], "id_token": token,
                "key": json.dumps(public), "asked_at": str(asked["at"]),
            },
        )  # fmt: skip
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("sign", *here)
    return redirect("receipt", *here)


def way_back(request: HttpRequest) -> str:
    return securing.site_of(request).origin + reverse("back_from_elsewhere")
