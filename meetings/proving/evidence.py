"""What an approval leaves behind, and how it is checked: from that and the hash alone.

Needs no database, no secret and no settings, so that a script can check the approvals in a
sealed PDF in fifty years. The checks are those of WebAuthn level 2, 7.2, for an assertion.
"""

from __future__ import annotations

import base64
import binascii
import enum
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

PREFIX = b"bra-justering/1\0"
USER_PRESENT, USER_VERIFIED = 0x01, 0x04
COUNTER = slice(33, 37)  # of the authenticator data
EDWARDS, ELLIPTIC, RSA = 1, 2, 3  # COSE's kinds of keys
KINDS = {
    (ELLIPTIC, -7, 1), (ELLIPTIC, -35, 2), (ELLIPTIC, -36, 3), (EDWARDS, -8, 6), (RSA, -257, None),
}  # fmt: skip
FIELDS = (
    "credential_id", "public_key", "authenticator_data", "client_data", "signature", "rp_id",
    "origin", "nonce",
)  # fmt: skip


class Finding(enum.Enum):
    HOLDS = "holds"
    FAILS = "fails"
    SERVER_ONLY = "server_only"  # only the server that took the password can tell; the seal vouches


def verify_evidence(
    method: str, evidence: Mapping[str, Any], snapshot_sha256: str, nonce: str
) -> Finding:
    """What the evidence of an approval proves by itself about the text with this hash."""
    check = {"passkey": flaw_in, "sso": flaw_in_token}.get(method)
    if check is None:
        return Finding.SERVER_ONLY
    return Finding.FAILS if check(evidence, snapshot_sha256, nonce) else Finding.HOLDS


def passkey_challenge(snapshot_sha256: str, nonce: str) -> bytes:
    """What the authenticator signs: SHA-256("bra-justering/1\\0" ‖ snapshot hash ‖ nonce).

    Hash and nonce as bytes, 32 and 16 of them.
    """
    return hashlib.sha256(PREFIX + bytes.fromhex(snapshot_sha256) + bytes.fromhex(nonce)).digest()


def encode(content: bytes) -> str:
    """base64url without padding, as WebAuthn writes bytes."""
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode("ascii")


def decode(text: Any) -> bytes:
    """ValueError for anything but canonical base64url: two texts must not be one signature."""
    if not isinstance(text, str):
        raise ValueError("not text")
    try:
        content = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError("not base64url") from error
    if encode(content) != text:
        raise ValueError("not canonical base64url")
    return content


def flaw_in(evidence: Mapping[str, Any], snapshot_sha256: str, nonce: str) -> str:
    """The first thing wrong with a passkey's evidence, or ""."""
    if set(evidence) != set(FIELDS):
        return "fields"
    if evidence["nonce"] != nonce:
        return "nonce"
    try:
        data = decode(evidence["authenticator_data"])
        client = decode(evidence["client_data"])
        expected = passkey_challenge(snapshot_sha256, nonce)
    except (ValueError, TypeError):
        return "encoding"
    return (
        flaw_in_client(client, expected, evidence)
        or flaw_in_data(data, str(evidence["rp_id"]))
        or flaw_in_signature(evidence, data + hashlib.sha256(client).digest())
    )


def flaw_in_client(client: bytes, expected: bytes, evidence: Mapping[str, Any]) -> str:
    """What the browser said that it asked for: kind, challenge, and on which page."""
    try:
        said = json.loads(client)
        challenge = decode(said["challenge"])
    except (ValueError, KeyError, TypeError):
        return "client_data"
    if said.get("type") != "webauthn.get":
        return "type"
    if not hmac.compare_digest(challenge, expected):
        return "challenge"
    if said.get("origin") != evidence["origin"] or not belongs(evidence):
        return "origin"
    return "cross_origin" if said.get("crossOrigin", False) is not False else ""


def belongs(evidence: Mapping[str, Any]) -> bool:
    """Whether a page at the origin may speak for the domain of the passkey."""
    host, domain = urlsplit(str(evidence["origin"])).hostname or "", str(evidence["rp_id"])
    return bool(domain) and (host == domain or host.endswith(f".{domain}"))


def flaw_in_data(data: bytes, rp_id: str) -> str:
    """What the authenticator said: for which domain, and that it knew who held it."""
    if len(data) < COUNTER.stop:
        return "authenticator_data"
    if not hmac.compare_digest(data[:32], hashlib.sha256(rp_id.encode()).digest()):
        return "rp_id"
    if not data[32] & USER_PRESENT:
        return "user_present"
    return "" if data[32] & USER_VERIFIED else "user_verified"


def counter_in(evidence: Mapping[str, Any]) -> int:
    """The authenticator's count of its signatures; 0 where it keeps none."""
    return int.from_bytes(decode(evidence["authenticator_data"])[COUNTER], "big")


TOKEN_FIELDS = {"id_token", "key", "issuer", "client_id", "subject", "asked_at", "nonce"}
ALGORITHMS = ["RS256", "PS256", "ES256", "ES384", "EdDSA"]  # with a public key, never a secret
LEEWAY, ASKING = 60, 10 * 60  # seconds two clocks may differ; and the asking may take


def flaw_in_token(evidence: Mapping[str, Any], snapshot_sha256: str, nonce: str) -> str:
    """The first thing wrong with a sign-in service's id token as evidence, or ""."""
    import jwt  # noqa: PLC0415

    if set(evidence) != TOKEN_FIELDS or not evidence["subject"]:
        return "fields"
    if evidence["nonce"] != nonce:
        return "nonce"
    try:
        said = jwt.decode(
            evidence["id_token"], key=jwt.PyJWK(evidence["key"]), algorithms=ALGORITHMS,
            issuer=evidence["issuer"], audience=evidence["client_id"],
            options={
                "require": ["iss", "aud", "sub", "iat", "nonce", "auth_time"],
                "verify_exp": False, "verify_iat": False, "verify_nbf": False,
            },
        )  # fmt: skip
        expected = encode(passkey_challenge(snapshot_sha256, nonce))
        began, asked, issued = evidence["asked_at"], int(said["auth_time"]), int(said["iat"])
        in_time = began - LEEWAY <= asked <= issued + LEEWAY <= began + ASKING
    except Exception:  # whatever a parser makes of what a stranger wrote
        return "token"
    if said["sub"] != evidence["subject"]:
        return "subject"
    if not hmac.compare_digest(str(said["nonce"]).encode(), expected.encode()):
        return "challenge"
    return "" if in_time else "auth_time"


def is_key(parts: Any) -> bool:
    """Whether it is a key of a kind that passkeys have, and nothing but that."""
    kind = (parts.get(1), parts.get(3), None if parts.get(1) == RSA else parts.get(-1))
    labels = {1, 3, -1, -2, -3} if parts.get(1) == ELLIPTIC else {1, 3, -1, -2}
    return kind in KINDS and set(parts) == labels


def flaw_in_signature(evidence: Mapping[str, Any], signed: bytes) -> str:
    # Slow to load, and only who signs or checks a signature needs them.
    from cryptography.exceptions import InvalidSignature  # noqa: PLC0415
    from fido2 import cbor, cose  # noqa: PLC0415

    try:
        written = decode(evidence["public_key"])
        parts: Any = cbor.decode(written)
        if cbor.encode(parts) != written or not is_key(parts):
            return "public_key"
        cose.CoseKey.parse(parts).verify(signed, decode(evidence["signature"]))
    except InvalidSignature:
        return "signature"
    except Exception:  # whatever a parser makes of bytes from a stranger's file
        return "public_key"
    return ""
