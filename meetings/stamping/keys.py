"""The municipality's key, and every reason not to use it told in Swedish.

The folder settings.SEALS holds, named by the municipality's code (or, without one, by its name as
in "strandkopings-kommun"), one of

    0880.p12 and 0880.pass      key and certificate, and the passphrase in a file
    0880.toml                   where they are instead: see sources.py
"""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import slugify

from meetings.stamping import certificates, sources, trying

LASTING = 90  # days that must be left when a round of justering begins


class Unusable(ValidationError):
    """No seal can be made with this key; the message says why and `code` which reason it is."""


@dataclass(frozen=True)
class Key:
    """A key and its certificate, read and found to be this municipality's."""

    source: sources.Source

    @property
    def certificate(self) -> bytes:
        """DER, as the register keeps it."""
        return self.source.certificate

    @property
    def sha256(self) -> str:
        return certificates.sha256_of(self.certificate)

    @property
    def organisation(self) -> str:
        return certificates.organisation_of(certificates.load(self.certificate))

    @property
    def test(self) -> bool:
        return certificates.is_test(certificates.load(self.certificate))

    @property
    def ends(self) -> datetime.datetime:
        return certificates.load(self.certificate).not_valid_after_utc

    def require_valid(
        self,
        at: datetime.datetime,
        *,
        lasting: int = 0,
        newest: datetime.datetime | None = None,
    ) -> None:
        """Raise Unusable unless it can seal at this moment, and for `lasting` days more.

        `newest` is when the register's newest seal was made: a clock before that is wrong.
        """
        certificate = certificates.load(self.certificate)
        starts, ends = certificate.not_valid_before_utc, certificate.not_valid_after_utc
        if newest is not None and at < newest:
            raise Unusable(
                f"Datorns klocka går fel: den säger {certificates.day(at)}, men det senaste "
                f"protokollet låstes {certificates.day(newest)}. Säg till den som sköter "
                "programmet.",
                code="clock",
            )
        if at < starts:
            raise Unusable(
                "Kommunens stämpelnyckel gäller inte än: certifikatet börjar gälla "
                f"{certificates.day(starts)}. Går datorns klocka rätt?",
                code="early",
            )
        if at > ends:
            raise Unusable(
                f"Kommunens stämpelnyckel har gått ut: certifikatet gällde till och med "
                f"{certificates.day(ends)}. Den som sköter programmet behöver lägga in en ny.",
                code="expired",
            )
        if ends - at < datetime.timedelta(days=lasting):
            raise Unusable(
                f"Kommunens stämpelnyckel går ut {certificates.day(ends)}, och det är för snart "
                f"för att börja justera: minst {lasting} dagar behöver vara kvar. Den som sköter "
                "programmet behöver lägga in en ny.",
                code="short",
            )


def key_for(code: str, name: str) -> Key:
    """The key of a municipality. Raises Unusable when it is missing, closed or somebody else's."""
    source = source_for(code, name)
    certificate = certificates.load(source.certificate)
    organisation = certificates.organisation_of(certificate)
    numbered = certificates.digits(source.organisation_number)[-10:]
    if not certificates.same_name(organisation, name) and (
        not numbered or numbered not in certificates.numbers_of(certificate)
    ):
        raise Unusable(
            f"Stämpelnyckeln som är inlagd för {name} hör till en annan organisation: "
            f"{organisation or 'certifikatet saknar namn'}. Den som sköter programmet behöver "
            "lägga in rätt nyckel.",
            code="other",
        )
    return Key(source)


def source_for(code: str, name: str) -> sources.Source:
    folder, stem = settings.SEALS, stem_of(code, name)
    try:
        found = sources.find(folder, stem)
        if found is None and settings.SEALS_TEST:
            trying.make_test_key(folder, stem, name)
            found = sources.find(folder, stem)
        if found is not None:
            return sources.read(found)
    except sources.Fault as fault:
        raise Unusable(
            f"Kommunens stämpelnyckel går inte att använda: {fault} Den som sköter programmet "
            "behöver rätta det.",
            code=fault.code,
        ) from fault
    raise Unusable(
        f"Det finns ingen stämpelnyckel för {name}, så protokoll kan inte låsas. Den som sköter "
        f"programmet behöver lägga in den som {stem}.p12 eller {stem}.toml.",
        code="missing",
    )


def stem_of(code: str, name: str) -> str:
    """The file's name: the municipality's code, or its name where no code is given."""
    return code if code.isdigit() else slugify(name.casefold()) or "kommun"


def signer_of(key: Key) -> Any:
    """pyHanko's signer for this key; a context manager, because a token has a session."""
    return sources.signer(key.source)


def warm() -> None:
    """Load pyHanko now: a second that the last approval should not wait for."""
    # Imported here, not above: only processes that seal should pay for it.
    import pyhanko.sign.signers  # noqa: PLC0415
    import pyhanko.sign.validation  # noqa: F401, PLC0415
