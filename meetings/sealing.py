"""Sealing: the final PDF from the approved snapshot, stored once with its hash.

The one place where slow work (rendering) runs inside the transaction: approved and sealed must
become true together, or not at all.
"""

from __future__ import annotations

import datetime
import json
from typing import cast

import pypdfium2
from django.core.exceptions import ValidationError
from django.utils import timezone

from meetings import moving, pdf, proving, searching, snapshot, stamping, wording
from meetings.models import Meeting, MinutesVersion, SealedMinutes, SigningRound
from meetings.states import State
from members import audit

audit.register({"minutes.sealed": "låste {document} efter justeringen"}, words=wording.IN_THE_TRAIL)


def seal(*, meeting: Meeting, round_: SigningRound) -> SealedMinutes:
    """Check every approval again, render, store, index, and move the meeting to justerat.

    Called by signing.approve inside its transaction, with the meeting locked. Raises
    ValidationError, and thereby undoes the last approval, when anything does not fit.
    """
    version = round_.version
    check(round_, version)
    now = timezone.now()
    # The last approval is noted already, so the chain's lock is ours until the seal is stored.
    trail = audit.head(meeting.council)
    town = meeting.council.municipality
    content = stamping.stamp(
        rendered(round_, standing_of(round_, sealed_at=now, trail=trail.printed)),
        key=stamping.key_for(town.code, town.name),
        at=now,
        enclosures=[
            stamping.Enclosure(
                "protokoll.json",
                bytes(version.canonical),
                "Den låsta texten, byte för byte som den godkändes",
                "Source",
            )
        ],
    )
    sealed = SealedMinutes.objects.create(
        meeting=meeting,
        version=version,
        round=round_,
        pdf=content,
        pdf_sha256=snapshot.sha256_of(content),
        pages=page_count(content),
        sealed_at=now,
    )
    searching.index(meeting=meeting, content=read(version))
    moving.move(meeting, State.APPROVED, at=now)
    audit.record(
        by=None, action="minutes.sealed", council=meeting.council, subject=meeting,
        pdf_sha256=sealed.pdf_sha256, sha256=version.sha256,
        trail_sequence=trail.sequence, trail_hash=trail.hash.hex(),
    )  # fmt: skip
    return sealed


def rendered(round_: SigningRound, standing: pdf.Standing) -> bytes:
    """The paper of a frozen version. ValidationError when it cannot be made."""
    frozen = read(round_.version)
    try:
        return pdf.render_minutes(
            snapshot=frozen, standing=standing, arms=arms_of(round_.meeting, frozen)
        )
    except pdf.RenderingError as error:
        raise ValidationError(
            "PDF-filen kunde inte göras, så ingenting är sparat. Försök igen om en stund, och säg "
            "till den som sköter programmet om det inte går."
        ) from error


def check(round_: SigningRound, version: MinutesVersion) -> None:
    """The stored bytes still have their hash, and every signer approved exactly that."""
    if snapshot.sha256_of(bytes(version.canonical)) != version.sha256:
        raise ValidationError("Den frysta texten stämmer inte med sin kontrollsumma.")
    for signer in round_.signers.required().select_related("approval"):
        approval = signer.approval
        provider = proving.provider_for(approval.method)
        if approval.snapshot_sha256 != version.sha256 or not provider.verify(approval):
            raise ValidationError(f"Godkännandet från {signer.name} gäller inte den här texten.")


def read(version: MinutesVersion) -> snapshot.Snapshot:
    """The frozen snapshot as it was approved."""
    return cast(snapshot.Snapshot, json.loads(bytes(version.canonical)))


def standing_of(
    round_: SigningRound, sealed_at: datetime.datetime | None = None, trail: str = ""
) -> pdf.Standing:
    """Where the paper stands: out for justering, or approved by whom and when."""
    version = round_.version
    approvals = tuple(
        pdf.ApprovalLine(
            name=approval.signer.name,
            role_label=approval.signer.get_role_display(),
            method=proving.provider_for(approval.method).method,
            at=approval.at,
        )
        for approval in round_.approvals.select_related("signer").order_by("signer__position")
    )
    return pdf.Standing(
        state="approved" if sealed_at else "signing",
        text_id=version.sha256,
        frozen_at=version.frozen_at,
        frozen_by=name_of_freezer(version),
        sealed_at=sealed_at,
        approvals=approvals,
        trail=trail,
    )


def printed_trail(meeting: Meeting) -> str:
    """The head of the trail as the sealed paper prints it: noted together with the seal."""
    noted = audit.history_of(meeting).filter(action="minutes.sealed").first()
    if noted is None or "trail_hash" not in noted.facts:
        return ""
    facts = noted.facts
    return audit.Head(facts["trail_sequence"], bytes.fromhex(facts["trail_hash"])).printed


def name_of_freezer(version: MinutesVersion) -> str:
    """As frozen where it is the secretary of the meeting: a new name must not change the paper."""
    if version.frozen_by_id == version.meeting.secretary_id:
        return read(version)["cover"]["secretary"]
    return version.frozen_by.name


def arms_of(meeting: Meeting, content: snapshot.Snapshot) -> bytes | None:
    """The municipality's arms, if they still are the ones that belong to this text."""
    arms = meeting.council.municipality.arms_file
    if arms is None or snapshot.sha256_of(arms) != content["cover"]["arms_sha256"]:
        return None
    return arms


def page_count(content: bytes) -> int:
    document = pypdfium2.PdfDocument(content)
    try:
        return len(document)
    finally:
        document.close()
