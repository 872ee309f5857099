"""The municipality's stamp on a paper, looked at by a validator before it is kept."""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pypdfium2
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Max

from meetings import snapshot, stamping
from meetings.models import Meeting, SealCertificate, SealedFile, SealedMinutes
from members.models import Council, Municipality


class NotSealed(ValidationError):
    """Nothing could be sealed for an outside reason; what is approved stays approved."""


@dataclass(frozen=True)
class Stamped:
    pdf: bytes
    sha256: str
    pages: int
    validation: dict[str, Any]


def stamped(
    content: bytes,
    *,
    meeting: Meeting,
    at: datetime.datetime,
    attachments: Iterable[stamping.Enclosure] = (),
) -> Stamped:
    """A PDF with its attachments and the municipality's seal, as it may be stored.

    Inside the transaction that stores it: the certificate goes into the register there. Raises
    stamping.Unusable without a key for this moment, NotSealed when the file does not hold.
    """
    attachments = tuple(attachments)
    key = key_of(meeting, at=at)
    try:
        pdf = stamping.stamp(content, key=key, at=at, enclosures=attachments)
        report = stamping.validate(pdf, certificates=[key.certificate])
    except (ValueError, stamping.Unreadable) as error:
        if isinstance(error, ValidationError):
            raise
        raise NotSealed("Filen gick inte att förse med kommunens stämpel.", code="file") from error
    wanted = {one.name: snapshot.sha256_of(one.content) for one in attachments}
    found = {name: report.attachments.get(name) for name in wanted}
    if not (report.genuine and report.whole and found == wanted):
        raise NotSealed(
            "Stämpeln höll inte för kontrollen, så filen är inte sparad: "
            + " ".join(report.faults or ("en bilaga blev fel.",)),
            code="check",
        )
    remember(key, meeting.council.municipality)
    digest = snapshot.sha256_of(pdf)
    return Stamped(pdf, digest, page_count(pdf), noted(report, at))


def key_of(meeting: Meeting, *, at: datetime.datetime, lasting: int = 0) -> stamping.Key:
    """The key of the meeting's municipality, good at this moment. Raises stamping.Unusable."""
    town = meeting.council.municipality
    key = stamping.key_for(town.code, town.name)
    key.require_valid(at, lasting=lasting, newest=newest_seal(meeting.council))
    return key


def newest_seal(council: Council) -> datetime.datetime | None:
    """When the council's newest file was sealed: no later seal can be older than that."""
    of_council = {"meeting__council": council}
    found = (
        rows.objects.filter(**of_council).aggregate(at=Max("sealed_at"))["at"]
        for rows in (SealedMinutes, SealedFile)
    )
    return max((at for at in found if at is not None), default=None)


def remember(key: stamping.Key, town: Municipality) -> None:
    """The certificate, for those who check a file when the key is long gone."""
    SealCertificate.objects.get_or_create(
        sha256=key.sha256, defaults={"municipality": town, "der": key.certificate}
    )


def certificates_of(town: Municipality | None = None) -> list[bytes]:
    """Every certificate that has sealed here, of one municipality or of all."""
    rows = SealCertificate.objects.all() if town is None else town.seal_certificates.all()
    return [bytes(der) for der in rows.order_by("pk").values_list("der", flat=True)]


def noted(report: stamping.Report, at: datetime.datetime) -> dict[str, Any]:
    """What the validator said, as it is stored beside the file."""
    told = {
        "program": f"bra {settings.PROGRAM_VERSION}",
        "checked_at": at.astimezone(datetime.UTC).isoformat(timespec="seconds"),
        "sealed": report.sealed,
        "intact": report.intact,
        "whole": report.whole,
        "known": report.known,
        "test": report.test,
        "organisation": report.organisation,
        "certificate_sha256": report.certificate_sha256,
        "signed_at": report.signed_at.astimezone(datetime.UTC) if report.signed_at else None,
        "attachments": report.attachments,
        "faults": list(report.faults),
    }
    plain: dict[str, Any] = json.loads(json.dumps(told, default=datetime.datetime.isoformat))
    return plain


def page_count(content: bytes) -> int:
    document = pypdfium2.PdfDocument(content)
    try:
        return len(document)
    finally:
        document.close()
