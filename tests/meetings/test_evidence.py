"""What a passkey leaves behind proves the approval for ever, from itself and the hash alone."""

from __future__ import annotations

import base64
import hashlib
import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec

from meetings.proving.evidence import Finding, decode, encode, passkey_challenge, verify_evidence
from members.models import Person
from tests.authenticator import ORIGIN, RP_ID, SoftPasskey, flipped

HASH, NONCE = hashlib.sha256(b"the minutes").hexdigest(), "0f" * 16


def evidence(**lies: Any) -> dict[str, Any]:
    """As kept with an approval; no database is open in this file."""
    passkey = SoftPasskey(Person(pk=7))
    answer = passkey.answer(passkey_challenge(HASH, NONCE), **lies)
    from fido2 import cbor  # noqa: PLC0415

    return {
        "credential_id": encode(passkey.credential_id),
        "public_key": encode(cbor.encode(passkey.public_key)),
        "authenticator_data": encode(answer.authenticator_data),
        "client_data": encode(answer.client_data),
        "signature": encode(answer.signature),
        "rp_id": RP_ID,
        "origin": ORIGIN,
        "nonce": NONCE,
    }


def found(kept: dict[str, Any], sha256: str = HASH, nonce: str = NONCE) -> Finding:
    return verify_evidence("passkey", kept, sha256, nonce)


def test_the_challenge_is_as_the_specification_has_it() -> None:
    bound = b"bra-justering/1\0" + hashlib.sha256(b"the minutes").digest() + bytes([0x0F] * 16)
    assert passkey_challenge(HASH, NONCE) == hashlib.sha256(bound).digest()


def test_true_evidence_holds_also_when_read_from_a_file() -> None:
    assert found(evidence()) is Finding.HOLDS
    assert found(json.loads(json.dumps(evidence()))) is Finding.HOLDS


@pytest.mark.parametrize("field", ["public_key", "authenticator_data", "client_data", "signature"])
def test_a_changed_byte_anywhere_fails(field: str) -> None:
    kept = evidence()
    content = decode(kept[field])
    wrong = [
        at
        for at in range(len(content))
        if found(kept | {field: encode(flipped(content, at))}) is not Finding.FAILS
    ]
    assert wrong == []


@pytest.mark.parametrize("field", ["rp_id", "origin", "nonce", "public_key", "signature"])
@pytest.mark.parametrize("value", ["", "x", None, 7, [], "https://annan.example", "å"])
def test_another_value_fails(field: str, value: Any) -> None:
    assert found(evidence() | {field: value}) is Finding.FAILS


@pytest.mark.parametrize("field", sorted(evidence()))
def test_a_missing_field_or_one_too_many_fails(field: str) -> None:
    kept = evidence()
    assert found({name: kept[name] for name in kept if name != field}) is Finding.FAILS
    assert found(kept | {"more": "x"}) is Finding.FAILS


def test_it_proves_no_other_text_and_no_other_nonce() -> None:
    kept = evidence()
    assert found(kept, sha256="0" * 64) is Finding.FAILS
    assert found(kept, nonce="00" * 16) is Finding.FAILS
    assert found(kept | {"nonce": "00" * 16}, nonce="00" * 16) is Finding.FAILS
    for odd in ("", "x", HASH[:-1], HASH + "0"):
        assert found(kept, sha256=odd) is Finding.FAILS


@pytest.mark.parametrize(
    "lies",
    [
        {"type": "webauthn.create"}, {"flags": 0x01}, {"flags": 0x04}, {"rp_id": "annan.example"},
        {"cross_origin": True}, {"origin": "https://annan.example"},
        {"key": ec.generate_private_key(ec.SECP256R1())},
    ],
    ids=lambda lies: str(next(iter(lies))),
)  # fmt: skip
def test_a_lie_that_is_well_signed_fails(lies: dict[str, Any]) -> None:
    assert found(evidence(**lies)) is Finding.FAILS


def test_two_spellings_of_one_signature_are_not_both_taken() -> None:
    kept = evidence()
    padded = base64.urlsafe_b64encode(decode(kept["signature"])).decode() + "="
    assert found(kept | {"signature": padded}) is Finding.FAILS


@pytest.mark.parametrize("method", ["password", "password_code", "paper"])
def test_only_the_server_can_tell_of_a_password(method: str) -> None:
    assert verify_evidence(method, {"proof": "x"}, HASH, NONCE) is Finding.SERVER_ONLY
