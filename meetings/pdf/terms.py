"""The words that follow from what the document is called: Protokoll or Minnesanteckningar."""

from __future__ import annotations

from dataclasses import dataclass

ROLES = {"chair": "ordföranden", "adjuster": "justeraren", "secretary": "sekreteraren"}
DRAFT_MARK = "Utkast – ej justerat"
DRAFT_FOOT = "Arbetsmaterial. Lämna synpunkter i systemet, inte per e-post."
WAITING = "Väntar på godkännande"


@dataclass(frozen=True, kw_only=True)
class Terms:
    the: str  # "Protokollet"
    locked: str  # after the long date of freezing
    approved: str  # "är justerat"
    signs: str  # the label on the cover
    signed_by: str
    foot: str
    date_label: str


PROTOCOL = Terms(
    the="Protokollet",
    locked="justeras av",
    approved="är justerat",
    signs="Justeras",
    signed_by="Justerat av",
    foot="Justeras digitalt, se Underskrifter sist i protokollet",
    date_label="Sammanträdesdatum",
)
NOTES = Terms(
    the="Minnesanteckningarna",
    locked="godkänns av",
    approved="är godkända",
    signs="Godkänns",
    signed_by="Godkänt av",
    foot="Godkänns digitalt, se Underskrifter sist i anteckningarna",
    date_label="Mötesdatum",
)


def terms_for(document: str) -> Terms:
    return NOTES if document == "Minnesanteckningar" else PROTOCOL
