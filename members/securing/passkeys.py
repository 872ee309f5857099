"""A person's passkeys as allauth keeps them, and the site they are registered for."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.http import HttpRequest

from members.models import Person

COUNTER = "sign_count"  # ours, beside what allauth keeps of a passkey


@dataclass(frozen=True)
class Site:
    """Where a passkey is used: the address in the browser, and the domain it belongs to."""

    origin: str
    rp_id: str

    @property
    def has_a_name(self) -> bool:
        """No browser makes a passkey for a bare number such as 127.0.0.1."""
        try:
            ipaddress.ip_address(self.rp_id)
        except ValueError:
            return True
        return False


@dataclass(frozen=True)
class Passkey:
    row: Authenticator
    name: str
    credential_id: bytes
    public_key: bytes  # COSE
    counter: int


def home() -> Site:
    """The program's own address, as BRA_BASE_URL has it."""
    parts = urlsplit(settings.BASE_URL)
    return Site(f"{parts.scheme}://{parts.netloc}", parts.hostname or "")


def site_of(request: HttpRequest) -> Site:
    """The site of a page: our own address; only the demo and tests, without TLS, have others."""
    if settings.HTTPS:
        return home()
    host = request.get_host()
    return Site(f"{request.scheme}://{host}", urlsplit(f"//{host}").hostname or "")


def passkeys_of(person: Person) -> list[Passkey]:
    """The person's passkeys, the oldest first."""
    rows = Authenticator.objects.filter(user=person, type=Authenticator.Type.WEBAUTHN)
    return [read(row) for row in rows.order_by("pk")]


def find_passkey(person: Person, credential_id: bytes) -> Passkey | None:
    """That passkey if it is the person's, locked until the transaction ends."""
    rows = Authenticator.objects.select_for_update(no_key=True).filter(
        user=person, type=Authenticator.Type.WEBAUTHN
    )
    for row in rows.order_by("pk"):
        passkey = read(row)
        if passkey.credential_id == credential_id:
            return passkey
    return None


def read(row: Authenticator) -> Passkey:
    from fido2 import cbor  # noqa: PLC0415  slow to load, and only who signs needs it

    wrapped = row.wrap()
    registered = wrapped.authenticator_data
    credential = registered.credential_data
    return Passkey(
        row=row,
        name=wrapped.name,
        credential_id=bytes(credential.credential_id),
        public_key=cbor.encode(dict(credential.public_key)),
        counter=int(row.data.get(COUNTER, registered.counter)),
    )


def count_use(passkey: Passkey, counter: int) -> bool:
    """Note the authenticator's own count; False if it stood still: then there are two of it.

    Most passkeys live on several devices and count nothing: 0 after 0 is as it should be.
    """
    if counter <= passkey.counter and (counter or passkey.counter):
        return False
    passkey.row.data[COUNTER] = counter
    passkey.row.save(update_fields=["data"])
    passkey.row.record_usage()
    return True
