"""Signing in by the municipality's own service (OpenID Connect), and being asked there anew.

Signing in goes through allauth. Approving does not: allauth cannot tell whether the person was
asked just now, so this asks the service itself, with prompt=login and a nonce of ours.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest

from members.models import Person

PROVIDER = "kommunen"  # in allauth's addresses, and where it keeps who is who
PATIENCE = 10  # seconds the service may take to answer


class Elsewhere(DefaultSocialAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """Nobody signs up: who is not in a register with that address is not let in."""
        return False


@dataclass(frozen=True)
class Service:
    issuer: str
    client_id: str
    secret: str
    name: str


def service() -> Service | None:
    """The municipality's service as BRA_OIDC_… has it; None when there is none."""
    if not settings.OIDC_ISSUER:
        return None
    return Service(
        settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID, settings.OIDC_SECRET, settings.OIDC_NAME
    )


def elsewhere(request: HttpRequest) -> dict[str, object]:
    """Context for every page: `elsewhere`, what the service is called, or "" without one."""
    there = service()
    return {"elsewhere": there.name if there else ""}


def subject_of(person: Person) -> str:
    """Who the person is there, since they last signed in by it; "" for who never has."""
    known = SocialAccount.objects.filter(user=person, provider=PROVIDER).first()
    return str(known.uid) if known else ""


def found_out(address: str) -> dict[str, Any]:
    """What the service tells of itself. ValidationError when it does not answer."""
    import requests  # noqa: PLC0415  slow to load, and only used where there is a service

    try:
        answer = requests.get(address, timeout=PATIENCE)
        answer.raise_for_status()
        told = answer.json()
    except (requests.RequestException, ValueError) as error:
        raise silent() from error
    if not isinstance(told, dict):
        raise silent()
    return told


def discovered(there: Service) -> dict[str, Any]:
    return found_out(f"{there.issuer}/.well-known/openid-configuration")


def address_to_ask_at(there: Service, *, back: str, state: str, nonce: str, verifier: str) -> str:
    """Where to send the browser, so that the person is asked now and not remembered.

    ValidationError when the service does not say.
    """
    hashed = hashlib.sha256(verifier.encode()).digest()
    query = {
        "response_type": "code",
        "client_id": there.client_id,
        "redirect_uri": back,
        "scope": "openid email",
        "state": state,
        "nonce": nonce,
        "prompt": "login",
        "max_age": "0",
        "code_challenge": base64.urlsafe_b64encode(hashed).rstrip(b"=").decode(),
        "code_challenge_method": "S256",
    }
    address = discovered(there).get("authorization_endpoint")
    if not isinstance(address, str):
        raise silent()
    return f"{address}?{urlencode(query)}"


def token_for(there: Service, *, code: str, verifier: str, back: str) -> tuple[str, dict[str, Any]]:
    """The service's word on who it was, and the public key it is signed with."""
    import jwt  # noqa: PLC0415
    import requests  # noqa: PLC0415

    told = discovered(there)
    form = {
        "grant_type": "authorization_code", "code": code, "redirect_uri": back,
        "client_id": there.client_id, "client_secret": there.secret, "code_verifier": verifier,
    }  # fmt: skip
    try:
        answer = requests.post(told["token_endpoint"], data=form, timeout=PATIENCE)
        answer.raise_for_status()
        token = str(answer.json()["id_token"])
        wanted = jwt.get_unverified_header(token).get("kid")
        keys = found_out(told["jwks_uri"])["keys"]
        return token, next(key for key in keys if key.get("kid") == wanted)
    except (requests.RequestException, ValueError, KeyError, TypeError, StopIteration) as error:
        raise silent() from error
    except jwt.PyJWTError as error:
        raise silent() from error


def silent() -> ValidationError:
    return ValidationError(
        "Kommunens inloggning svarar inte som den ska. Försök igen om en stund, eller justera på "
        "annat sätt. Ingenting är justerat än."
    )


def fresh() -> str:
    return secrets.token_urlsafe(32)
