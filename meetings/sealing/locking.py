"""The one transaction that seals: check everything again, draw, stamp, store, move.

The one place where slow work (drawing the paper) runs inside a transaction: what is sealed and
what the register says must become true together, or not at all.
"""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from meetings import moving, pdf, proving, searching, secrecy, snapshot, wording
from meetings.models import (
    FileKind,
    Meeting,
    MinutesVersion,
    RoundState,
    SealedFile,
    SealedMinutes,
    SigningRound,
    TextKind,
)
from meetings.sealing import drawing, exporting, signatures
from meetings.sealing.finishing import Stamped, stamped
from meetings.states import State
from members import audit

MISFIT = "approval"  # code of what no later try can mend
audit.register({"minutes.sealed": "låste {document} efter justeringen"}, words=wording.IN_THE_TRAIL)


def pending() -> QuerySet[SigningRound]:
    """Rounds that everyone has approved, and nothing is sealed of: oldest first."""
    done = SigningRound.every.filter(state=RoundState.COMPLETED)
    minutes = Q(kind=TextKind.MINUTES, sealed__isnull=True)
    small = Q(kind__in=(TextKind.EXTRACT, TextKind.CORRECTION), sealed_files__isnull=True)
    return done.filter(minutes | small).order_by("closed_at", "pk")


@transaction.atomic
def seal(*, meeting: Meeting, round_: SigningRound) -> SealedMinutes | SealedFile:
    """Seal a round that everyone has approved; what is sealed already is returned as it is.

    Raises stamping.Unusable or NotSealed for an outside reason (it is tried again later), and
    ValidationError when an approval does not fit the text. Nothing is done then.
    """
    meeting = moving.lock(meeting)
    round_ = SigningRound.every.select_related("version").get(pk=round_.pk, meeting=meeting)
    round_.meeting = meeting
    if (done := sealed_of(round_)) is not None:
        return done
    if round_.state != RoundState.COMPLETED:
        raise ValidationError("Alla har inte godkänt texten än.")
    check(round_, round_.version)
    now = timezone.now()
    trail = audit.head(meeting.council)
    standing = drawing.standing_of(round_, sealed_at=now, trail=trail.printed)
    made = stamped(
        drawing.rendered(round_, standing),
        meeting=meeting,
        at=now,
        attachments=signatures.enclosures_of(round_, sealed_at=now, trail=trail),
    )
    if secrecy.has_closed_part(round_.version):
        store_closed(meeting, round_, standing, trail, now)
    sealed = store(meeting, round_, made, now)
    audit.record(
        by=None, action="minutes.sealed", council=meeting.council, subject=meeting,
        pdf_sha256=made.sha256, sha256=round_.version.sha256, kind=round_.kind,
        certificate_sha256=made.validation["certificate_sha256"],
        trail_sequence=trail.sequence, trail_hash=trail.hash.hex(),
    )  # fmt: skip
    transaction.on_commit(lambda: exporting.export(made.sha256, made.pdf), robust=True)
    return sealed


def sealed_of(round_: SigningRound) -> SealedMinutes | SealedFile | None:
    """What is sealed of a round already."""
    if round_.kind == TextKind.MINUTES:
        return SealedMinutes.objects.defer("pdf").filter(round=round_).first()
    return SealedFile.objects.defer("pdf").filter(round=round_, kind=round_.kind).first()


def store_closed(
    meeting: Meeting,
    round_: SigningRound,
    standing: pdf.Standing,
    trail: audit.Head,
    at: datetime.datetime,
) -> SealedFile:
    """The closed part, sealed for itself: in the register, and nowhere outside the database."""
    made = stamped(
        drawing.rendered_closed(round_, standing),
        meeting=meeting,
        at=at,
        attachments=signatures.closed_enclosures_of(round_, sealed_at=at, trail=trail),
    )
    return SealedFile.objects.create(
        kind=FileKind.CLOSED, meeting=meeting, round=round_, pdf=made.pdf, pdf_sha256=made.sha256,
        pages=made.pages, sealed_at=at, validation=made.validation,
    )  # fmt: skip


def store(
    meeting: Meeting, round_: SigningRound, made: Stamped, at: datetime.datetime
) -> SealedMinutes | SealedFile:
    """Put the file in the register. Whole minutes are also indexed, and close the meeting."""
    facts: dict[str, Any] = {
        "meeting": meeting, "round": round_, "pdf": made.pdf, "pdf_sha256": made.sha256,
        "pages": made.pages, "sealed_at": at, "validation": made.validation,
    }  # fmt: skip
    if round_.kind != TextKind.MINUTES:
        return SealedFile.objects.create(kind=round_.kind, **facts)
    sealed = SealedMinutes.objects.create(version=round_.version, **facts)
    searching.index(meeting=meeting, content=drawing.read(round_.version))
    moving.move(meeting, State.APPROVED, at=at)
    return sealed


def check(round_: SigningRound, version: MinutesVersion) -> None:
    """The stored bytes still have their hash, and every signer approved exactly that."""
    if snapshot.sha256_of(bytes(version.canonical)) != version.sha256:
        raise ValidationError("Den frysta texten stämmer inte med sin kontrollsumma.", code=MISFIT)
    secrecy.check(version)
    for signer in round_.signers.required().select_related("approval"):
        approval = getattr(signer, "approval", None)
        if approval is None:
            raise ValidationError(f"{signer.name} har inte godkänt texten.", code=MISFIT)
        provider = proving.provider_for(approval.method)
        if approval.snapshot_sha256 != version.sha256 or not provider.verify(approval):
            raise ValidationError(
                f"Godkännandet från {signer.name} gäller inte den här texten.", code=MISFIT
            )
