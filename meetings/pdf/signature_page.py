"""The page "Underskrifter": what it says in each state. The truth, and never more.

It is there from the first draft, so that "Sida 2 (7)" does not move when the last approval
comes; and it alone differs between the pages that were approved and the pages of the sealed file.
"""

from __future__ import annotations

from typing import Any

from meetings import snapshot as snapshots
from meetings import wording
from meetings.pdf.standing import ApprovalLine, StandIn, Standing
from meetings.pdf.terms import ROLES, WAITING, Terms

# The line of what is not there yet: with many signers, a line more when it comes would be a page
# more, and every "Sida 2 (7)" of the pages that were approved another.
TO_COME = wording.DASH
INSIDE = "protokoll.json, exakt den text som godkändes"
CLOSED_INSIDE = (
    "protokoll.json, den öppna texten, och sekretess.json, den här delen. Godkännandena gäller båda"
)


def signatures(snapshot: snapshots.Snapshot, standing: Standing, terms: Terms) -> dict[str, Any]:
    return {
        "lead": lead(standing, terms),
        "rest": rest(snapshot, standing, terms),
        "rows": [*secretary_row(snapshot, standing), *signer_rows(snapshot, standing, terms)],
        "original": original(standing),
        "facts": proof(standing, terms, closed="closed" in snapshot["cover"]),
    }


def lead(standing: Standing, terms: Terms) -> str:
    """The first sentence, in bold."""
    if standing.state == "approved" and standing.sealed_at:
        when = wording.long_date(wording.local_date(standing.sealed_at))
        return f"{terms.approved} {when}."
    if standing.by_pen:
        return terms.by_pen
    if standing.state == "signing":
        return terms.not_yet
    return "Det här är ett utkast."


def rest(snapshot: snapshots.Snapshot, standing: Standing, terms: Terms) -> str:
    scope = snapshot["cover"]["scope"]
    sentences = [f"Det omfattar {scope}."] if scope and standing.state == "approved" else []
    who = signer_roles(snapshot)
    if standing.state == "draft" or standing.frozen_at is None:
        sentences.append(
            f"Texten kan ändras tills den låses. Sedan ska den {terms.shall} av {who}."
        )
    else:
        locked = f"Texten låstes {wording.long_date(wording.local_date(standing.frozen_at))}"
        sentences.append(
            f"{locked} och godkändes därefter oförändrad av {who}."
            if standing.state == "approved"
            else f"{locked} och väntar på godkännande av {who}."
        )
    return " ".join(sentences)


def signer_roles(snapshot: snapshots.Snapshot) -> str:
    """ "ordföranden och justeraren", "ordföranden och justerarna"."""
    roles = [line["role"] for line in snapshot["signers"]]
    words = [
        "justerarna" if role == "adjuster" and roles.count(role) > 1 else ROLES.get(role, role)
        for role in dict.fromkeys(roles)
    ]
    return wording.joined(words)


def secretary_row(snapshot: snapshots.Snapshot, standing: Standing) -> list[dict[str, Any]]:
    """ "Vid protokollet", where the secretary is not one of the signers."""
    name = snapshot["cover"]["secretary"]
    if not name or any(line["role"] == "secretary" for line in snapshot["signers"]):
        return []
    locked = standing.frozen_at is not None and standing.frozen_by == name
    return [
        {
            "label": "Vid protokollet",
            "name": name,
            "role": "Sekreterare",
            "method": "Låste texten för justering" if locked else "",
            "at": wording.moment(standing.frozen_at) if locked and standing.frozen_at else "",
            "done": False,
        }
    ]


def signer_rows(
    snapshot: snapshots.Snapshot, standing: Standing, terms: Terms
) -> list[dict[str, Any]]:
    approvals = list(standing.approvals)
    rows = []
    for position, signer in enumerate(snapshot["signers"]):
        stand_in = _stand_in(standing, signer)
        name = stand_in.name if stand_in else signer["name"]
        approval = _take(approvals, name, signer["role_label"])
        rows.append(
            {
                "label": terms.signed_by if position == 0 and standing.state == "approved"
                else terms.signs if position == 0 else "",
                "name": name or "Inte utsedd",
                "role": role_of(signer, stand_in),
                "method": approval.method if approval else _waiting(standing, terms),
                "at": wording.moment(approval.at) if approval else "",
                "done": approval is not None,
                "pen": standing.by_pen and approval is None,
            }
        )  # fmt: skip
    return rows


def role_of(signer: snapshots.SignerLine, stand_in: StandIn | None) -> str:
    """ "Justerare", "Justerare i stället för Jörgen Almhöjd (sjuk)"."""
    instead = f" i stället för {stand_in.why}" if stand_in else ""
    return signer["role_label"] + instead


def _stand_in(standing: Standing, signer: snapshots.SignerLine) -> StandIn | None:
    """Who signs in the place of the one the text names: the last, if there were several."""
    named = (signer["name"], signer["role_label"])
    return next(
        (one for one in standing.stand_ins[::-1] if (one.replaces, one.role_label) == named), None
    )


def _take(approvals: list[ApprovalLine], name: str, role_label: str) -> ApprovalLine | None:
    """The approval of this signer: by name *and* role, for two people may share a name."""
    for approval in approvals:
        if (approval.name, approval.role_label) == (name, role_label):
            approvals.remove(approval)
            return approval
    return None


def _waiting(standing: Standing, terms: Terms) -> str:
    return f"Ej {terms.done.lower()}" if standing.state == "draft" else WAITING


def original(standing: Standing) -> dict[str, str]:
    if standing.state == "draft":
        return {
            "heading": "Utkastet finns i systemet",
            "text": "Den här filen är en kopia av hur texten såg ut när den sparades.",
        }
    if standing.by_pen:
        return {
            "heading": "Undertecknat blir det här pappret originalet",
            "text": "Sekreteraren skannar in det när alla har skrivit under. Text-id är ett "
            "fingeravtryck av den låsta texten.",
        }
    if standing.scan:
        return {
            "heading": "Originalet är det undertecknade pappret",
            "text": "Den här filen återger texten. Det inskannade pappret har kontrollsumman "
            f"{snapshots.short_hash(standing.scan)}. Text-id är ett fingeravtryck av texten.",
        }
    return {
        "heading": "Originalet är den digitala filen",
        "text": "En utskrift är en kopia. Text-id är ett fingeravtryck av den låsta texten: "
        "ändras ett enda tecken blir det ett annat.",
    }


def proof(standing: Standing, terms: Terms, *, closed: bool = False) -> list[tuple[str, str]]:
    """Locked, approved, fingerprint: label and value."""
    lines: list[tuple[str, str]] = []
    if standing.state == "draft":
        return [("Sparat", wording.moment(standing.saved_at))] if standing.saved_at else []
    if standing.frozen_at:
        by = f" av {standing.frozen_by}" if standing.frozen_by else ""
        lines.append(("Låst", wording.moment(standing.frozen_at) + by))
    approved = standing.state == "approved"
    lines.append(
        (terms.done, wording.moment(standing.sealed_at) if standing.sealed_at else TO_COME)
    )
    lines.append(("Text-id", snapshots.short_hash(standing.text_id)))
    lines.append(("SHA-256", standing.text_id))
    lines.append(("I filen", (CLOSED_INSIDE if closed else INSIDE) if approved else TO_COME))
    if standing.trail or not approved:
        lines.append(("Händelselogg", standing.trail or TO_COME))
    return lines
