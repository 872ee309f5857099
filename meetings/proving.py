"""How a signer proves that it is them, now, about this text: one small interface per method.

start → a challenge bound to the hash; complete → evidence, or Refused; verify → the stored
evidence still holds. BankID, Freja or an underskriftstjänst become further providers.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.crypto import constant_time_compare, salted_hmac

from meetings.models import Approval, Signer

SALT = "bra-justering/1"
LIFETIME = 12 * 3600  # seconds a page may lie open before it must be loaded again


WRONG = "wrong"  # code of a Refused that counts as a guess


class Refused(ValidationError):
    """The proof did not hold; the message says what to do. Nothing is approved."""


@dataclass(frozen=True)
class Challenge:
    """What the page carries: `token` binds signer, hash and nonce, and is of no use elsewhere."""

    token: str
    nonce: str
    snapshot_sha256: str


class SigningProvider(Protocol):
    name: str
    method: str  # as printed: "Digitalt godkännande med lösenord"

    def start(self, *, signer: Signer, snapshot_sha256: str) -> Challenge: ...

    def complete(self, *, signer: Signer, answer: Mapping[str, str]) -> tuple[Challenge, Any]: ...

    def verify(self, approval: Approval) -> bool: ...


def challenge(signer: Signer, snapshot_sha256: str) -> Challenge:
    nonce = secrets.token_hex(16)
    token = signing.dumps([signer.pk, snapshot_sha256, nonce], salt=SALT)
    return Challenge(token, nonce, snapshot_sha256)


def read_challenge(signer: Signer, token: str) -> Challenge:
    """The challenge this signer was given. Refused when altered, too old or somebody else's."""
    try:
        owner, digest, nonce = signing.loads(token, salt=SALT, max_age=LIFETIME)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise Refused(
            "Sidan har legat öppen för länge. Läs in den igen och justera på nytt."
        ) from error
    if owner != signer.pk:
        raise Refused("Sidan hör till en annan inloggning. Läs in den igen och justera på nytt.")
    return Challenge(token, nonce, digest)


class PasswordAgain:
    """The account's password, asked for again at the moment of approval."""

    name = "password"
    method = "Digitalt godkännande med lösenord"

    def start(self, *, signer: Signer, snapshot_sha256: str) -> Challenge:
        return challenge(signer, snapshot_sha256)

    def complete(
        self, *, signer: Signer, answer: Mapping[str, str]
    ) -> tuple[Challenge, dict[str, str]]:
        given = read_challenge(signer, answer.get("challenge", ""))
        if not signer.person.check_password(answer.get("password", "")):
            raise Refused(
                "Lösenordet stämmer inte. Försök igen, ingenting är justerat än.",
                code=WRONG,
            )
        return given, {"proof": self.proof(signer.pk, given.snapshot_sha256, given.nonce)}

    def verify(self, approval: Approval) -> bool:
        proof = self.proof(approval.signer_id, approval.snapshot_sha256, approval.nonce)
        return constant_time_compare(proof, approval.evidence.get("proof", ""))

    @staticmethod
    def proof(signer_id: int, digest: str, nonce: str) -> str:
        """Shows that this server accepted the password for this signer, text and moment."""
        value = f"{signer_id}:{digest}:{nonce}"
        return salted_hmac(SALT, value, algorithm="sha256").hexdigest()


PROVIDERS: dict[str, SigningProvider] = {provider.name: provider for provider in (PasswordAgain(),)}


def provider_for(name: str) -> SigningProvider:
    """The provider by the name a council's approval_level or an approval's method gives."""
    return PROVIDERS[name]
