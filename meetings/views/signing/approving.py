"""Approving, and where it was done from."""

from __future__ import annotations

import ipaddress

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from meetings import access, proving, signing
from meetings.views.signing.proving import proof_of, session_of
from meetings.views.signing.reading import form_of, sign_page
from members import securing
from members.views.errors import add_errors
from members.views.person import person_of


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password", "code", "assertion")
@never_cache
def approve(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    person = person_of(request)
    signer = access.signer_for(person, slug, key)
    if request.method != "POST" or hasattr(signer, "approval"):
        return redirect("sign", slug, key)
    form, proof = form_of(request, signer), proof_of(request)
    if not form.is_valid() or not form.leaves_nothing_unsent():
        return sign_page(request, signer, form)
    if proof.is_valid():
        try:
            signing.approve(
                by=person, signer=signer, shown_sha256=proof.cleaned_data["shown"],
                answer=proof.cleaned_data, session=session_of(request),
                site=securing.site_of(request), address=address_of(request),
                user_agent=request.headers.get("User-Agent", ""),
            )  # fmt: skip
        except proving.Refused as error:
            proof.add_error(proof.place_of(str(error.code)), error)
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect("receipt", slug, key)
    return sign_page(request, signer, form, proof)


def address_of(request: HttpRequest) -> str | None:
    """Where the request came from; behind the README's proxy, what the proxy says."""
    said = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        said = request.headers.get("X-Forwarded-For", said).rsplit(",", 1)[-1].strip()
    try:
        return str(ipaddress.ip_address(said))
    except ValueError:
        return None
