"""What a page for approving carries, and what is said when a proof does not hold."""

from __future__ import annotations

import enum
import secrets
from dataclasses import dataclass

from django.core import signing
from django.core.exceptions import ValidationError
from django.utils.crypto import salted_hmac

from meetings.models import Signer

SALT = "bra-justering/1"
LIFETIME = 12 * 3600  # seconds a page may lie open before it must be loaded again


class Why(enum.StrEnum):
    """Why an approval was refused: the code of a Refused, and a fact in the trail."""

    PASSWORD = "password"  # noqa: S105
    CODE = "code"
    SPENT_CODE = "spent_code"
    PAGE = "page"
    USED = "used"
    PASSKEY = "passkey"
    UNKNOWN_PASSKEY = "unknown_passkey"
    ELSEWHERE = "elsewhere"
    COPIED_PASSKEY = "copied_passkey"
    LEVEL = "level"
    WAITING = "waiting"
    TEXT = "text"
    NAME = "name"
    GUESSES = "guesses"


class Refused(ValidationError):
    """The proof did not hold; the message says what to do. Nothing is approved."""


@dataclass(frozen=True)
class Challenge:
    """What the page carries: `token` binds signer, hash, nonce and session, useless elsewhere."""

    token: str
    nonce: str
    snapshot_sha256: str


def challenge(signer: Signer, snapshot_sha256: str, session: str = "") -> Challenge:
    nonce = secrets.token_hex(16)
    content = [signer.pk, snapshot_sha256, nonce, mark_of(session)]
    return Challenge(signing.dumps(content, salt=SALT), nonce, snapshot_sha256)


def read_challenge(signer: Signer, token: str, session: str = "") -> Challenge:
    """The challenge this signer was given in this session. Refused when altered or too old."""
    try:
        owner, digest, nonce, mark = signing.loads(token, salt=SALT, max_age=LIFETIME)
    except (signing.BadSignature, ValueError, TypeError) as error:
        raise Refused(
            "Sidan har legat öppen för länge. Läs in den igen och justera på nytt.", code=Why.PAGE
        ) from error
    if owner != signer.pk or mark != mark_of(session):
        raise Refused(
            "Sidan hör till en annan inloggning. Läs in den igen och justera på nytt.",
            code=Why.PAGE,
        )
    return Challenge(token, nonce, digest)


def mark_of(session: str) -> str:
    """A session's key as it may leave the server."""
    return salted_hmac(SALT, session, algorithm="sha256").hexdigest()[:32] if session else ""
