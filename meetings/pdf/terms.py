"""The words that follow from what the document is called: Protokoll or Minnesanteckningar."""

from __future__ import annotations

from dataclasses import dataclass

ROLES = {"chair": "ordföranden", "adjuster": "justeraren", "secretary": "sekreteraren"}
DRAFT_MARK = "Utkast – ej justerat"
DRAFT_FOOT = "Arbetsmaterial. Lämna synpunkter i systemet, inte per e-post."
CLOSED_FOOT = "Omfattas av sekretess. Får bara läsas av den som har rätt till det."
WAITING = "Väntar på godkännande"


@dataclass(frozen=True, kw_only=True)
class Terms:
    approved: str  # before the date: "Protokollet är justerat den 13 mars 2026."
    not_yet: str  # the whole sentence while approvals are waited for
    by_pen: str  # the same, on a paper to sign with a pen
    done: str  # "Justerat"
    shall: str  # "Sedan ska den justeras av ordföranden."
    signs: str  # the label on the cover
    signed_by: str
    extract: str
    foot: str
    date_label: str


PROTOCOL = Terms(
    approved="Protokollet är justerat",
    not_yet="Protokollet är inte justerat än.",
    by_pen="Protokollet justeras med penna på det här pappret.",
    done="Justerat",
    shall="justeras",
    signs="Justeras",
    signed_by="Justerat av",
    extract="Protokollsutdrag",
    foot="Justering, se Underskrifter sist i protokollet",
    date_label="Sammanträdesdatum",
)
NOTES = Terms(
    approved="Minnesanteckningarna är godkända",
    not_yet="Minnesanteckningarna är inte godkända än.",
    by_pen="Minnesanteckningarna godkänns med penna på det här pappret.",
    done="Godkänt",
    shall="godkännas",
    signs="Godkänns",
    signed_by="Godkänt av",
    extract="Utdrag",
    foot="Godkännande, se Underskrifter sist i anteckningarna",
    date_label="Mötesdatum",
)
CORRECTION = Terms(
    approved="Rättelsen är justerad",
    not_yet="Rättelsen är inte justerad än.",
    by_pen="Rättelsen justeras med penna på det här pappret.",
    done="Justerad",
    shall="justeras",
    signs="Justeras",
    signed_by="Justerad av",
    extract="Utdrag",
    foot="Justering, se Underskrifter sist i rättelsen",
    date_label="Sammanträdesdatum",
)


def terms_for(document: str) -> Terms:
    return {"Minnesanteckningar": NOTES, "Rättelse": CORRECTION}.get(document, PROTOCOL)
