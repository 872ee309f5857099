"""A passkey in software, as a phone would hold it: P-256, and every lie it can be told to tell."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import secrets
import struct
import time
from dataclasses import dataclass, field
from typing import Any

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn.internal.auth import WebAuthn
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2 import cbor, cose

from meetings.proving.evidence import encode
from members.models import Person

ORIGIN, RP_ID = "http://localhost", "localhost"  # what the tests' BRA_BASE_URL is set to
UP, UV, AT = 0x01, 0x04, 0x40


@dataclass
class SoftPasskey:
    owner: Person
    key: ec.EllipticCurvePrivateKey = field(
        default_factory=lambda: ec.generate_private_key(ec.SECP256R1())
    )
    credential_id: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    counter: int = 0
    counts: bool = False  # as security keys do, and phones don't

    @property
    def public_key(self) -> dict[int, Any]:
        return dict(cose.ES256.from_cryptography_key(self.key.public_key()))

    def registered(self) -> SoftPasskey:
        """As allauth keeps it after a registration."""
        data = self.data(RP_ID, UP | UV | AT) + bytes(16)
        data += struct.pack(">H", len(self.credential_id)) + self.credential_id
        data += cbor.encode(self.public_key)
        client = {"type": "webauthn.create", "challenge": encode(b"x" * 32), "origin": ORIGIN}
        attested = cbor.encode({"fmt": "none", "authData": data, "attStmt": {}})
        response = {
            "clientDataJSON": encode(json.dumps(client).encode()),
            "attestationObject": encode(attested),
        }
        own = encode(self.credential_id)
        WebAuthn.add(
            self.owner,
            "Telefonen",
            {
                "type": "public-key", "id": own, "rawId": own, "response": response,
                "clientExtensionResults": {"credProps": {"rk": True}},
            },
        )  # fmt: skip
        return self

    def data(self, rp_id: str, flags: int) -> bytes:
        return hashlib.sha256(rp_id.encode()).digest() + struct.pack(">BI", flags, self.counter)

    def answer(self, asked: bytes, /, **lies: Any) -> Answer:
        """What the browser gives for the challenge, signed; `lies` are told before signing."""
        if self.counts:
            self.counter += 1
        client = {
            "type": lies.get("type", "webauthn.get"),
            "challenge": lies.get("challenge", encode(asked)),
            "origin": lies.get("origin", ORIGIN),
            "crossOrigin": lies.get("cross_origin", False),
        }
        client_data = lies.get("client_data", json.dumps(client).encode())
        data = lies.get("data", self.data(lies.get("rp_id", RP_ID), lies.get("flags", UP | UV)))
        signed = data + hashlib.sha256(client_data).digest()
        return Answer(
            credential_id=lies.get("credential_id", self.credential_id),
            client_data=client_data,
            authenticator_data=data,
            signature=lies.get("key", self.key).sign(signed, ec.ECDSA(hashes.SHA256())),
            user_handle=lies.get("user_handle", user_pk_to_url_str(self.owner).encode()),
        )


@dataclass(frozen=True)
class Answer:
    credential_id: bytes
    client_data: bytes
    authenticator_data: bytes
    signature: bytes
    user_handle: bytes

    def altered(self, **parts: Any) -> Answer:
        """The same answer with a part changed after it was signed."""
        return dataclasses.replace(self, **parts)

    def json(self, **other: Any) -> str:
        own = encode(self.credential_id)
        response = {
            "clientDataJSON": encode(self.client_data),
            "authenticatorData": encode(self.authenticator_data),
            "signature": encode(self.signature),
            "userHandle": encode(self.user_handle),
        }
        whole = {"type": "public-key", "id": own, "rawId": own, "response": response}
        return json.dumps(whole | other)


def flipped(content: bytes, at: int = -1) -> bytes:
    changed = bytearray(content)
    changed[at] ^= 1
    return bytes(changed)


def give_codes(person: Person) -> Authenticator:
    """An app for one-time codes, set up a while ago."""
    row: Authenticator = totp.TOTP.activate(person, totp.generate_totp_secret()).instance
    return row


def code_of(row: Authenticator, steps: int = 0) -> str:
    """What the app shows, or showed so many steps ago."""
    step = int(time.time()) // 30 + steps
    return totp.format_hotp_value(totp.hotp_value(row.data["secret"], step))


def recovery_codes(person: Person) -> list[str]:
    codes: list[str] = RecoveryCodes.activate(person).get_unused_codes()
    return codes
