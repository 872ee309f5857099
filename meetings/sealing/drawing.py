"""The paper of a frozen version: what is printed, and what of it can be read again."""

from __future__ import annotations

import dataclasses
import datetime

from meetings import pdf, proving, secrecy, snapshot, wording
from meetings.models import FileKind, Meeting, MinutesVersion, SigningRound, TextKind
from meetings.sealing.finishing import NotSealed
from members import audit
from members.models import Arms


def rendered(round_: SigningRound, standing: pdf.Standing) -> bytes:
    """The paper of a frozen version. Raises NotSealed when it cannot be made."""
    return drawn(round_, read(round_.version), standing)


def rendered_closed(round_: SigningRound, standing: pdf.Standing) -> bytes:
    """The paper of a frozen version's closed items, beside the public one."""
    version = round_.version
    closed = secrecy.closed_paper(read(version), secrecy.parts_of(version))
    return drawn(round_, closed, standing)


def drawn(round_: SigningRound, frozen: snapshot.Snapshot, standing: pdf.Standing) -> bytes:
    try:
        return pdf.render_minutes(snapshot=frozen, standing=standing, arms=arms_of(frozen["cover"]))
    except pdf.RenderingError as error:
        raise NotSealed(
            "PDF-filen kunde inte göras. Försök igen om en stund, och säg till den som sköter "
            "programmet om det inte går.",
            code="paper",
        ) from error


def read(version: MinutesVersion) -> snapshot.Snapshot:
    """The frozen snapshot as it was approved: the public minutes (secrecy.whole has the rest)."""
    return secrecy.public_of(version)


def standing_of(
    round_: SigningRound,
    sealed_at: datetime.datetime | None = None,
    trail: str = "",
    *,
    by_pen: bool = False,
) -> pdf.Standing:
    """Where the paper stands: out for justering (maybe with a pen), or approved by whom, when."""
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
    scan = round_.sealed_files.filter(kind=FileKind.SCAN).values_list("pdf_sha256", flat=True)
    return pdf.Standing(
        scan=scan.first() or "",
        by_pen=by_pen,
        state="approved" if sealed_at else "signing",
        text_id=version.sha256,
        frozen_at=version.frozen_at,
        frozen_by=name_of_freezer(version),
        sealed_at=sealed_at,
        approvals=approvals,
        stand_ins=stand_ins_of(round_),
        trail=trail,
    )


def stand_ins_of(round_: SigningRound) -> tuple[pdf.StandIn, ...]:
    """Who signs in another's place and why. Of a stand-in of a stand-in all reasons are told."""
    lines = []
    appointed = round_.signers.filter(stands_in_for__isnull=False)
    for signer in appointed.select_related("stands_in_for").order_by("position"):
        place, why = signer, []
        while place.stands_in_for is not None:
            why.append(f"{place.stands_in_for.name} ({place.reason})")
            place = place.stands_in_for
        lines.append(
            pdf.StandIn(
                name=signer.name, role_label=signer.get_role_display(), replaces=place.name,
                why=wording.joined(why[::-1]),
            )
        )  # fmt: skip
    return tuple(lines)


def standing_before(round_: SigningRound) -> pdf.Standing:
    """The paper as the first signer reads it: frozen, and nobody has approved."""
    return dataclasses.replace(standing_of(round_), approvals=(), stand_ins=())


def printed_trail(meeting: Meeting) -> str:
    """The head of the trail as the sealed paper prints it: noted together with the seal."""
    seals = audit.history_of(meeting).filter(action="minutes.sealed")
    noted = seals.exclude(facts__kind__in=(TextKind.EXTRACT, TextKind.CORRECTION)).first()
    if noted is None or "trail_hash" not in noted.facts:
        return ""
    facts = noted.facts
    return audit.Head(facts["trail_sequence"], bytes.fromhex(facts["trail_hash"])).printed


def name_of_freezer(version: MinutesVersion) -> str:
    """As frozen: a new name must not change the paper."""
    if version.frozen_by_name:
        return version.frozen_by_name
    if version.frozen_by_id == version.meeting.secretary_id:
        return read(version)["cover"]["secretary"]
    return version.frozen_by.name


def arms_of(cover: snapshot.Cover) -> bytes | None:
    """The arms that belong to this text, whatever arms the municipality has by now."""
    return Arms.objects.drawing(cover["arms_sha256"]) if cover["arms_sha256"] else None
