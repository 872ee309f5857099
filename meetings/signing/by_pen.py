"""The paper path: the locked text is printed, signed with a pen, and the scan is the original.

The secretary vouches for it by putting the scan in. Everything says so truthfully: the approvals,
the page Underskrifter, the register (a scan is called a scan) and the trail.
"""

from __future__ import annotations

import datetime
import secrets
from typing import NoReturn

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.db import transaction
from django.utils import timezone

from meetings import attaching, moving, pdf, proving, sealing, secrecy, snapshot, wording
from meetings.models import (
    Approval,
    FileKind,
    RoundState,
    SealedFile,
    SealedMinutes,
    SigningRound,
    TextKind,
)
from meetings.signing import completing, rounds
from members import audit
from members.models import Person

audit.register(
    {
        "signing.by_pen": "lade in {document} underskrivet på papper",
        "signing.scan_refused": "försökte lägga in en skannad fil som inte gick att använda",
    },
    words=wording.IN_THE_TRAIL,
)


def paper_to_sign(round_: SigningRound) -> bytes:
    """The locked text as PDF with lines for the names of those who have not approved yet.

    Raises ValidationError for a text with a closed part.
    """
    refuse_closed_part(round_)
    content = sealing.read(round_.version)
    return pdf.render_minutes(
        snapshot=content,
        standing=sealing.standing_of(round_, by_pen=True),
        arms=sealing.arms_of(content["cover"]),
    )


def keep_scan(
    *, by: Person, round_: SigningRound, file: File, filename: str, signed_on: datetime.date
) -> SealedMinutes | SealedFile | None:
    """Keep the scanned original, and note that those who were left have signed it with a pen.

    The seal follows at once, as after a last approval; None if it could not be made yet. The
    caller has checked that `by` writes the minutes. Raises ValidationError under "file" or
    "signed_on", or when the round is closed; nothing is kept then, and of a file that will not do
    the trail tells.
    """
    try:
        note_signatures(by, round_, file, filename, signed_on)
    except ValidationError as refusal:
        if "file" in getattr(refusal, "error_dict", {}):
            meeting = round_.meeting
            audit.record(
                by=by, action="signing.scan_refused", council=meeting.council, subject=meeting,
                round=round_.number, why=refusal.messages[0],
            )  # fmt: skip
        raise
    return completing.seal_at_once(round_)


@transaction.atomic
def note_signatures(
    by: Person, round_: SigningRound, file: File, filename: str, signed_on: datetime.date
) -> None:
    meeting = moving.lock(round_.meeting)
    round_ = SigningRound.every.select_related("version", "meeting__council").get(pk=round_.pk)
    rounds.require_open(round_)
    if round_.kind != TextKind.MINUTES:
        raise ValidationError("Bara hela protokollet kan justeras på papper.")
    refuse_closed_part(round_)
    require_day(round_, signed_on)
    scan, pages = scanned(file, filename)
    digest = snapshot.sha256_of(scan)
    preflight = sealing.require_preflight(round_)
    left = list(rounds.waiting_for(round_))
    Approval.objects.bulk_create(
        Approval(
            round=round_, signer=signer, snapshot_sha256=round_.version.sha256,
            preview_sha256=preflight.preview_sha256, method=proving.ByPen.name,
            evidence={
                "scan_sha256": digest, "text_sha256": round_.version.sha256,
                "signed_on": signed_on.isoformat(), "vouched_by": by.name,
            },
            consent_text=vouching(by, signed_on), nonce=secrets.token_hex(16),
        )
        for signer in left
    )  # fmt: skip
    round_.state, round_.closed_at = RoundState.COMPLETED, timezone.now()
    round_.save(update_fields=["state", "closed_at"])
    SealedFile.objects.create(
        meeting=meeting, round=round_, kind=FileKind.SCAN, pdf=scan, pdf_sha256=digest,
        pages=pages, sealed_at=timezone.now(),
        validation={"signed_on": signed_on.isoformat(), "vouched_by": by.name},
    )  # fmt: skip
    sealing.check(round_, round_.version)
    audit.record(
        by=by, action="signing.by_pen", council=meeting.council, subject=meeting,
        sha256=round_.version.sha256, scan_sha256=digest, signed_on=signed_on.isoformat(),
        signers=[signer.pk for signer in left],
    )  # fmt: skip


def refuse_closed_part(round_: SigningRound) -> None:
    """A scan is read by all who read the minutes, so nobody shall sign closed items on paper."""
    if secrecy.has_closed_part(round_.version):
        raise ValidationError(
            "Protokollet har en sekretessbelagd del och kan därför inte justeras på papper. Utse "
            "en ersättare för den som inte kan justera här."
        )


def vouching(by: Person, signed_on: datetime.date) -> str:
    return (
        f"Underskrivet med penna {wording.long_date(signed_on)} på en utskrift av den låsta "
        f"texten. {by.name} har skannat in pappret och intygar det."
    )


def require_day(round_: SigningRound, signed_on: datetime.date) -> None:
    if signed_on > timezone.localdate():
        refuse("signed_on", "Den dagen har inte varit än.")
    if signed_on < wording.local_date(round_.version.frozen_at):
        refuse("signed_on", "Texten låstes senare än så. Pappret måste vara av den låsta texten.")


def scanned(file: File, filename: str) -> tuple[bytes, int]:
    """The bytes and pages of a PDF. ValidationError under "file" for anything else."""
    size = file.size or 0
    if size == 0:
        refuse("file", f"Filen {filename} är tom.")
    if size > settings.ATTACHMENT_MAX_BYTES:
        most = settings.ATTACHMENT_MAX_BYTES // (1024 * 1024)
        refuse("file", f"Filen {filename} är för stor. Högst {most} MB går bra.")
    kind = attaching.recognise(file, filename)
    if kind.content_type != "application/pdf" or not kind.pages:
        refuse("file", "Skanna in pappret som PDF och välj den filen.")
    file.seek(0)
    content = file.read()
    if SealedFile.objects.filter(pdf_sha256=snapshot.sha256_of(content)).exists():
        refuse("file", "Den filen är redan inlagd som original till ett annat protokoll.")
    return content, kind.pages


def refuse(field: str, message: str) -> NoReturn:
    raise ValidationError({field: message})
