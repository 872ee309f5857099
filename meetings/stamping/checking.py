"""What a PDF's seal is worth, told by the file alone.

A file is the original only if its SHA-256 is in the register: PAdES does not see every byte (what
lies inside the signature's own container), so the register is asked first.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from meetings.stamping import certificates as certs
from meetings.stamping import enclosing
from meetings.stamping.applying import finished

LARGEST = 200 * 1024 * 1024


class Unreadable(Exception):
    """Not a PDF, or one so broken that nothing can be said about it."""


@dataclass(frozen=True)
class Report:
    """`faults` are Swedish sentences, none for a file whose seal holds in every way."""

    sealed: bool = False  # there is a seal
    intact: bool = False  # what it covers has not been altered
    whole: bool = False  # it covers the whole file, and nothing comes after
    known: bool = False  # its certificate is one of those given
    test: bool = False  # a TEST certificate: proves nothing
    organisation: str = ""
    certificate_sha256: str = ""
    signed_at: datetime.datetime | None = None
    attachments: dict[str, str] = field(default_factory=dict)  # name → SHA-256
    faults: tuple[str, ...] = ()

    @property
    def genuine(self) -> bool:
        """A municipality's seal stands on what it covers, be there more in the file or not."""
        return self.sealed and self.intact and self.known


UNSEALED = Report(faults=("Filen har ingen stämpel.",))


def validate(pdf: bytes, *, certificates: Iterable[bytes]) -> Report:
    """Look at the seal of a file. `certificates` (DER) are the municipalities' own, ever used.

    Raises Unreadable, and nothing else, for what is no PDF. It may take long and much memory for
    a PDF made to do so: strangers' files are for a process of their own.
    """
    if not pdf.startswith(b"%PDF-") or len(pdf) > LARGEST:
        raise Unreadable("not a PDF")
    try:
        return examined(pdf, set(certificates))
    except Exception as error:  # whatever a broken or hostile file makes pyHanko stumble on
        raise Unreadable(f"{type(error).__name__}: {error}"[:300]) from error


def examined(pdf: bytes, known: set[bytes]) -> Report:
    # Imported here, not above: half a second that only a process that seals or checks should pay.
    from pyhanko.pdf_utils.reader import PdfFileReader  # noqa: PLC0415

    reader = PdfFileReader(io.BytesIO(pdf), strict=False)
    seals = list(reader.embedded_regular_signatures)
    if not seals:
        return UNSEALED
    ours = [seal for seal in seals if seal.signer_cert.dump() in known]
    seal = (ours or seals)[-1]
    der = seal.signer_cert.dump()
    certificate = certs.load(der)
    at = seal.self_reported_timestamp
    intact = is_intact(seal)
    last = seal is seals[-1]
    whole = last and is_plain(seal) and covers_all(pdf, reader, seal)
    in_time = at is not None and (
        certificate.not_valid_before_utc <= at <= certificate.not_valid_after_utc
    )
    test = certs.is_test(certificate)
    found = {
        "Det som stämpeln gäller har ändrats efteråt.": intact,
        "Någon annan har stämplat filen efteråt.": last,
        "Något har lagts till i filen efter stämpeln.": whole or not last,
        "Stämpelns certifikat hör inte till någon kommun som programmet känner.": bool(ours),
        "Stämpeln är satt vid en tid då certifikatet inte gällde.": in_time,
        "Stämpeln är gjord med en testnyckel och bevisar ingenting.": not test,
    }
    return Report(
        sealed=True, intact=intact, whole=whole, known=bool(ours),
        test=test,
        organisation=certs.organisation_of(certificate),
        certificate_sha256=certs.sha256_of(der), signed_at=at,
        attachments=enclosing.enclosed(reader),
        faults=tuple(sentence for sentence, good in found.items() if not good),
    )  # fmt: skip


def is_intact(seal: Any) -> bool:
    """The digest fits the bytes, and the signature fits the digest."""
    from pyhanko.sign import validation  # noqa: PLC0415 (as above)
    from pyhanko.sign.validation.settings import KeyUsageConstraints  # noqa: PLC0415
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    # Whose certificate it is, is ours to say; here it vouches for itself, and at its own time.
    context = ValidationContext(
        trust_roots=[seal.signer_cert], allow_fetching=False, revocation_mode="soft-fail",
        moment=seal.signer_cert.not_valid_before,
    )  # fmt: skip
    status = finished(
        validation.async_validate_pdf_signature(
            seal, context, key_usage_settings=KeyUsageConstraints(key_usage=None), skip_diff=True
        )
    )
    return bool(status.intact and status.valid)


def is_plain(seal: Any) -> bool:
    """The signature is written in the one way that DER allows.

    Its outermost lengths and names are what no signature covers and readers forgive.
    """
    from asn1crypto import cms  # type: ignore[import-untyped]  # noqa: PLC0415 (as above)

    told = cms.ContentInfo.load(seal.pkcs7_content)
    length = len(told.dump())
    inner, signer = told["content"], told["content"]["signer_infos"][0]
    plain = (
        inner["version"].native == signer["version"].native == "v1"
        and inner["digest_algorithms"].dump()[2:] == signer["digest_algorithm"].dump()
    )
    # Read anew rather than copied: a deep copy took ten times as long.
    again = cms.ContentInfo.load(seal.pkcs7_content)
    settle_defaults(again["content"]["signer_infos"][0])
    return plain and again.dump(force=True) == seal.pkcs7_content[:length]


def settle_defaults(signer: Any) -> None:
    """A default that asn1crypto fills in counts as changed afterwards, and whatever is above
    something changed is written anew, three times at each level: 90 ms, and 3 without."""
    for attribute in signer["signed_attrs"]:
        if attribute["type"].native == "signing_certificate_v2":
            for named in (one for value in attribute["values"] for one in value["certs"]):
                named["hash_algorithm"].dump()
                named["hash_algorithm"]._mutated = False


def covers_all(pdf: bytes, reader: Any, seal: Any) -> bool:
    """The seal covers the file to its last byte; or all that follows is a document timestamp."""
    if covers_to_the_end(pdf, seal):
        return True
    from pyhanko.sign.diff_analysis import ModificationLevel  # noqa: PLC0415 (as above)
    from pyhanko.sign.validation.status import SignatureCoverageLevel  # noqa: PLC0415

    stamps = list(reader.embedded_timestamp_signatures)
    if not stamps or not covers_to_the_end(pdf, stamps[-1]):
        return False
    seal.compute_integrity_info()
    return (
        seal.coverage >= SignatureCoverageLevel.ENTIRE_REVISION
        and getattr(seal.diff_result, "modification_level", None) == ModificationLevel.LTA_UPDATES
        and is_stamped(stamps[-1])
    )


def is_stamped(stamp: Any) -> bool:
    """A document timestamp's own digest and signature."""
    from pyhanko.sign import validation  # noqa: PLC0415 (as above)
    from pyhanko_certvalidator import ValidationContext  # noqa: PLC0415

    context = ValidationContext(
        trust_roots=[stamp.signer_cert], allow_fetching=False, revocation_mode="soft-fail"
    )
    status = finished(validation.async_validate_pdf_timestamp(stamp, context, skip_diff=True))
    return bool(status.intact and status.valid)


def covers_to_the_end(pdf: bytes, seal: Any) -> bool:
    """Two ranges with nothing between them but this signature, and nothing after the second.

    Stricter than pyHanko: not even a line feed at the end, or anything beside the signature in
    its own container, which no signature covers.
    """
    from asn1crypto import parser  # noqa: PLC0415 (as above)

    start, length, after, rest = (int(number) for number in seal.byte_range)
    content: bytes = seal.pkcs7_content
    padding = content[parser.peek(content) :]
    return (
        start == 0
        and after + rest == len(pdf)
        and pdf[length:after] == b"<" + content.hex().upper().encode() + b">"
        and not any(padding)
    )
