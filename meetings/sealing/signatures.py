"""underskrifter.json: who approved what, when and how, inside the file itself.

So that every approval can be checked in fifty years with the PDF alone. No addresses, no names of
browsers: whoever gets the minutes gets this too.
"""

from __future__ import annotations

import datetime
import json
from typing import Any

from django.conf import settings

from meetings import proving, snapshot, stamping
from meetings.models import Approval, Signer, SigningRound
from members import audit

FORMAT = "bra-signatures/1"
NAME = "underskrifter.json"
TEXT_NAME = "protokoll.json"
CLOSED_FORMAT = "bra-closed/1"
CLOSED_NAME = "sekretess.json"


def enclosures_of(
    round_: SigningRound, *, sealed_at: datetime.datetime, trail: audit.Head
) -> list[stamping.Enclosure]:
    """The approved text, byte for byte, and its approvals."""
    told: Any = signatures_of(round_, sealed_at=sealed_at, trail=trail)
    return [
        stamping.Enclosure(
            TEXT_NAME,
            bytes(round_.version.canonical),
            "Den låsta texten, byte för byte som den godkändes",
            "Source",
        ),
        stamping.Enclosure(
            NAME, snapshot.canonical(told), "Vem som godkände texten, när och hur", "Data"
        ),
    ]


def closed_enclosures_of(
    round_: SigningRound, *, sealed_at: datetime.datetime, trail: audit.Head
) -> list[stamping.Enclosure]:
    """As enclosures_of, and the closed items with their salts: with them anyone who has this file
    can see that it is what the approved text commits to."""
    told: Any = {
        "format": CLOSED_FORMAT,
        "items": [
            {
                "key": row.item_id,
                "salt": bytes(row.salt).hex(),
                "canonical": bytes(row.canonical).decode(),
            }
            for row in round_.version.closed_items.all()
        ],
    }
    return [
        *enclosures_of(round_, sealed_at=sealed_at, trail=trail),
        stamping.Enclosure(
            CLOSED_NAME, snapshot.canonical(told), "Den sekretessbelagda delen", "Source"
        ),
    ]


def signatures_of(
    round_: SigningRound, *, sealed_at: datetime.datetime, trail: audit.Head
) -> dict[str, Any]:
    version = round_.version
    cover = json.loads(bytes(version.canonical))["cover"]
    preflight = getattr(version, "preflight", None)
    signers = round_.signers.select_related("approval", "stands_in_for").order_by("position")
    return {
        "format": FORMAT,
        "program": f"bra {settings.PROGRAM_VERSION}",
        "municipality": cover["municipality"],
        "council": cover["council"],
        "snapshot_sha256": version.sha256,
        "preview_sha256": preflight.preview_sha256 if preflight else "",
        "frozen_at": moment(version.frozen_at),
        "sealed_at": moment(sealed_at),
        "signers": [
            line_of(signer.approval, signer) for signer in signers if hasattr(signer, "approval")
        ],
        "stand_ins": [
            {
                "name": signer.name,
                "role": signer.role,
                "for": signer.stands_in_for.name,
                "reason": signer.reason,
            }
            for signer in signers
            if signer.stands_in_for is not None
        ],
        "trail": {"sequence": trail.sequence, "hash": trail.hash.hex()},
    }


def line_of(approval: Approval, signer: Signer) -> dict[str, Any]:
    return {
        "role": signer.role,
        "name": signer.name,
        "method": approval.method,
        "method_printed": proving.provider_for(approval.method).method,
        "at": moment(approval.at),
        "snapshot_sha256": approval.snapshot_sha256,
        "preview_sha256": approval.preview_sha256,
        "nonce": approval.nonce,
        "consent": approval.consent_text,
        "evidence": approval.evidence,
    }


def moment(at: datetime.datetime) -> str:
    return at.astimezone(datetime.UTC).isoformat(timespec="microseconds")
