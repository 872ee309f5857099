"""Test keys: made by a command or, in demo and tests, when they are first asked for."""

from __future__ import annotations

import contextlib
import datetime
import fcntl
import os
import secrets
from collections.abc import Iterator
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID

from meetings.stamping import certificates

# Long ago: the demo tells of meetings years back, and seals them then.
STARTS = datetime.datetime(2010, 1, 1, tzinfo=datetime.UTC)
LASTS = datetime.timedelta(days=5 * 365)


def make_test_key(
    folder: Path,
    stem: str,
    organisation: str,
    *,
    starts: datetime.datetime = STARTS,
    ends: datetime.datetime | None = None,
) -> bool:
    """A P-256 key and a certificate that says TEST, unless a key is there. Whether it was made."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"{stem}.p12"
    with alone(folder):
        if path.exists() or path.with_suffix(".toml").exists():
            return False
        key = ec.generate_private_key(ec.SECP256R1())
        ends = ends or datetime.datetime.now(datetime.UTC) + LASTS
        certificate = certificate_of(key, organisation, starts, ends)
        passphrase = secrets.token_urlsafe(24).encode()
        content = pkcs12.serialize_key_and_certificates(
            stem.encode(), key, certificate, None,
            serialization.BestAvailableEncryption(passphrase),
        )  # fmt: skip
        put(path.with_suffix(".pass"), passphrase)
        put(path, content)  # last: with it the key is there
    return True


def certificate_of(
    key: ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey,
    organisation: str,
    starts: datetime.datetime,
    ends: datetime.datetime,
) -> x509.Certificate:
    name = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "SE"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.ORGANIZATIONAL_UNIT_NAME, certificates.TEST),
            x509.NameAttribute(NameOID.COMMON_NAME, f"{certificates.TEST} {organisation}"[:64]),
        ]
    )
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign",
         "encipher_only", "decipher_only"), False,
    )  # fmt: skip
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(starts)
        .not_valid_after(ends)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(
            x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True
        )
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )


@contextlib.contextmanager
def alone(folder: Path) -> Iterator[None]:
    """One process at a time makes keys here; the lock dies with its process."""
    descriptor = os.open(folder / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def put(path: Path, content: bytes) -> None:
    """A file for our own eyes, whole or not at all."""
    new = path.with_name(f"{path.name}.new")
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)
    new.rename(path)
