"""Signed with a pen on paper: what the secretary vouches for, and the scan that shows it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from meetings.models import Approval, FileKind, SealedFile, Signer
from meetings.proving.challenges import Challenge, Refused, Why
from members.models import Person
from members.securing import Site


class ByPen:
    """The paper path. Nobody signs so through a page: signing.by_pen keeps the scan."""

    name = "pen"
    method = "Underskrivet med penna på papper"

    def is_ready(self, person: Person) -> bool:
        return False

    def start(self, *, signer: Signer, snapshot_sha256: str, session: str = "") -> Challenge:
        raise Refused("Det går inte att skriva under med penna här.", code=Why.LEVEL)

    def complete(
        self, *, signer: Signer, challenge: Challenge, answer: Mapping[str, str], site: Site
    ) -> dict[str, Any]:
        raise Refused("Det går inte att skriva under med penna här.", code=Why.LEVEL)

    def verify(self, approval: Approval) -> bool:
        """The scan that was kept is of this round, and said to be of this text."""
        return (
            approval.evidence.get("text_sha256") == approval.snapshot_sha256
            and SealedFile.objects.filter(
                round=approval.round_id,
                kind=FileKind.SCAN,
                pdf_sha256=approval.evidence.get("scan_sha256", ""),
            ).exists()
        )
