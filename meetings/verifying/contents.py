"""Do the text and the approvals inside a sealed file hold together? Told by the file alone."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from meetings import proving, wording
from meetings.models import SealedFile, SealedMinutes
from meetings.verifying.inspection import Findings

PEN = "pen"
Who = tuple[str, str]  # name and role, as in the file
HOW = {
    proving.Finding.HOLDS: "godkännandet stämmer",
    proving.Finding.FAILS: "GODKÄNNANDET STÄMMER INTE",
    proving.Finding.SERVER_ONLY: "kan bara kontrolleras av kommunens server, stämpeln går i god",
}


@dataclass(frozen=True)
class Line:
    """One approval in the file, and what its evidence proves."""

    name: str
    role: str
    method: str
    at: str
    finding: proving.Finding
    by_pen: bool = False

    def __str__(self) -> str:
        how = HOW[self.finding]
        if self.by_pen and self.finding == proving.Finding.SERVER_ONLY:
            how = "underskriften finns på pappret"
        return f"{self.name}, {self.method.lower()}, {self.at}: {how}"


def approvals_in(findings: Findings, server: Mapping[Who, bool] | None = None) -> list[Line]:
    """Every approval, checked against the hash of the text that lies in the same file.

    `server`: what the server says of those that only it can tell (held_by_the_server).
    """
    lines = [line_of(one, findings.text_sha256) for one in signers_of(findings.signatures)]
    for place, line in enumerate(lines):
        held = (server or {}).get((line.name, line.role))
        if line.finding == proving.Finding.SERVER_ONLY and held is not None:
            found = proving.Finding.HOLDS if held else proving.Finding.FAILS
            lines[place] = dataclasses.replace(line, finding=found)
    return lines


def held_by_the_server(sha256: str) -> dict[Who, bool]:
    """Of a registered file: who approved it, and whether the evidence kept here holds."""
    minutes = SealedMinutes.objects.filter(pdf_sha256=sha256).select_related("round").first()
    kept = minutes or SealedFile.objects.filter(pdf_sha256=sha256).select_related("round").first()
    approvals = kept.round.approvals.select_related("signer__person") if kept else ()
    return {
        (one.signer.name, one.signer.role): proving.provider_for(one.method).verify(one)
        for one in approvals
    }


def line_of(told: Mapping[str, Any], text_sha256: str) -> Line:
    method, evidence = str(told.get("method", "")), told.get("evidence", {})
    digest, nonce = str(told.get("snapshot_sha256", "")), str(told.get("nonce", ""))
    finding = proving.Finding.FAILS
    if digest == text_sha256 != "" and isinstance(evidence, dict):
        finding = proving.verify_evidence(method, evidence, digest, nonce)
    return Line(
        str(told.get("name", "")), str(told.get("role", "")),
        str(told.get("method_printed", method)), when(str(told.get("at", ""))), finding,
        method == PEN,
    )  # fmt: skip


def when(at: str) -> str:
    """A moment as the paper prints it; as it stands where it is none."""
    try:
        return wording.moment(datetime.datetime.fromisoformat(at))
    except (ValueError, OverflowError):
        return at[:40]


def flaws_in(findings: Findings) -> list[str]:
    """What does not fit between the text and its approvals, as Swedish sentences."""
    if not findings.text_sha256 or not findings.signatures:
        return ["Filen saknar den godkända texten eller godkännandena."]
    flaws = []
    if findings.signatures.get("snapshot_sha256") != findings.text_sha256:
        flaws.append("Godkännandena gäller en annan text än den i filen.")
    flaws += [
        f"Godkännandet från {line.name} stämmer inte."
        for line in approvals_in(findings)
        if line.finding == proving.Finding.FAILS
    ]
    flaws += [f"Godkännandet från {name} saknas." for name in missing(findings)]
    if findings.closed is not None and findings.closed != findings.committed:
        flaws.append(
            "Den sekretessbelagda delen är inte den som den godkända texten hänvisar till."
        )
    return flaws


def missing(findings: Findings) -> list[str]:
    """Whom the text names as signers, without an approval of their own or of a stand-in."""
    given = {(one.get("name"), one.get("role")) for one in signers_of(findings.signatures)}
    stand_ins = findings.signatures.get("stand_ins", [])
    for one in stand_ins if isinstance(stand_ins, list) else []:
        if isinstance(one, dict) and (one.get("name"), one.get("role")) in given:
            given.add((one.get("for"), one.get("role")))
    wanted = [one for one in findings.signers if isinstance(one, dict)]
    return [
        str(one.get("name")) for one in wanted if (one.get("name"), one.get("role")) not in given
    ]


def signers_of(signatures: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    told = signatures.get("signers", [])
    return [one for one in told if isinstance(one, dict)] if isinstance(told, list) else []
