"""What a certificate says: whose it is, from when to when, and whether it is a test."""

from __future__ import annotations

import datetime
import hashlib
import unicodedata

from cryptography import x509
from cryptography.x509.oid import NameOID

TEST = "TEST"  # the organisational unit of certificates that prove nothing


def load(der: bytes) -> x509.Certificate:
    return x509.load_der_x509_certificate(der)


def sha256_of(der: bytes) -> str:
    return hashlib.sha256(der).hexdigest()


def organisation_of(certificate: x509.Certificate) -> str:
    """organizationName, or the common name of a certificate without one."""
    for oid in (NameOID.ORGANIZATION_NAME, NameOID.COMMON_NAME):
        if found := certificate.subject.get_attributes_for_oid(oid):
            return str(found[0].value)
    return ""


def is_test(certificate: x509.Certificate) -> bool:
    units = certificate.subject.get_attributes_for_oid(NameOID.ORGANIZATIONAL_UNIT_NAME)
    return any(unit.value == TEST for unit in units)


def numbers_of(certificate: x509.Certificate) -> set[str]:
    """The organisation numbers it names, their digits: "NTRSE-2120000001" gives 2120000001."""
    named = (
        attribute.value
        for oid in (NameOID.ORGANIZATION_IDENTIFIER, NameOID.SERIAL_NUMBER)
        for attribute in certificate.subject.get_attributes_for_oid(oid)
    )
    return {digits(str(value))[-10:] for value in named} - {""}


def digits(text: str) -> str:
    return "".join(letter for letter in text if letter.isdigit())


def same_name(one: str, other: str) -> bool:
    """ "KALMAR KOMMUN" is Kalmar kommun."""
    return folded(one) == folded(other) != ""


def folded(name: str) -> str:
    return " ".join(unicodedata.normalize("NFC", name).casefold().split())


def day(moment: datetime.datetime) -> str:
    return moment.date().isoformat()
