"""The frozen minutes: their shape, their canonical bytes, their hash. A leaf.

A *snapshot* is everything the minutes print, as plain JSON. The screen preview, the PDF, the
signing page and the sealed file are all drawn from it, so what is signed is what was shown.
The same shape serves a draft (built anew each time, never stored).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, NotRequired, TypedDict

FORMAT = "bra-minutes/1"


class Present(TypedDict):
    """One line of the attendance list, as printed that day."""

    name: str
    title: str
    organisation: str
    note: str  # "ordförande", "t.o.m. § 5", "på distans", joined by ", "


class SignerLine(TypedDict):
    role: str  # members.roles.SignerRole: "chair", "adjuster", "secretary"
    role_label: str  # "Ordförande"
    name: str
    person: int | None  # Person.pk; None while nobody is chosen (drafts only)


class ActionLine(TypedDict):
    label: str  # "Uppdrag" or "Förslag"
    text: str
    assignee: str  # names joined in Swedish; "" = nobody yet
    due: str  # "2026-03-31", "nästa möte" or ""
    in_text: bool  # True: the words stand in the text already; only the list of actions shows it


class FollowUpLine(TypedDict):
    """An uppdrag of an earlier meeting, as it stood at this one."""

    text: str
    assignee: str
    due: str  # "2026-03-31", "nästa möte" or ""
    status: str  # "Pågår", "Pågår, försenat", "Klart", "Avskrivet", "Förslag"
    news: str  # what was reported since the meeting before, "" for nothing
    given: str  # "2025-12-04 § 6"


class ReportLine(TypedDict):
    label: str  # the organisation as printed
    reporter: str
    text: str  # restricted HTML


class DissentLine(TypedDict):
    """A differing view of one who justerar, noted at justering."""

    name: str  # "Jörgen Almhöjd, justerare"
    text: str


class ItemLine(TypedDict):
    key: int  # AgendaItem.pk: anchors and per-item remarks
    number: int | None  # None in style "headings"
    label: str  # "§ 4", "FHR § 4" or ""
    kind: str
    heading: str
    registry_number: str
    presenters: str
    text: str  # restricted HTML
    reports: list[ReportLine]
    next_meeting: str  # "Torsdagen den 4 juni kl. 13.00–15.30 i Vågsalen.", on its own item only
    topics: list[str]  # "Ämnen att ta upp", with who in brackets
    decisions: list[str]
    actions: list[ActionLine]
    dispatch: str  # "Expedieras till"
    follow_up: NotRequired[list[FollowUpLine]]  # earlier meetings' uppdrag, on one item of its kind
    conflicts: NotRequired[str]  # "Eva Ek deltar inte i ärendet på grund av jäv.", where somebody
    dissents: NotRequired[list[DissentLine]]  # "Avvikande mening vid justeringen", where noted
    at_once: NotRequired[
        str
    ]  # "Omedelbart justerad den 12 mars 2026.": the words are the extract's
    secrecy: NotRequired[str]  # of a closed item, the provision it is closed under
    withheld: NotRequired[str]  # the same in its place in the public minutes, where it is not told
    commitment: NotRequired[str]  # there, once frozen: of the closed item's own bytes


class AttachmentLine(TypedDict):
    number: int
    title: str
    item_label: str  # "§ 5", a heading in style "headings", or "" for the whole meeting
    sha256: str
    filename: str
    pages: int | None
    size: int  # bytes


class ClosedPart(TypedDict):
    """What a commitment is of: a closed item as it would have stood, and its own attachments."""

    item: ItemLine
    attachments: list[AttachmentLine]
    corrects: NotRequired[Corrects]  # in a correction of a closed item, whose words stand here


class Cover(TypedDict):
    """Cover facts (domain.md 4–5). Dates and clock times are local, Europe/Stockholm."""

    municipality: str
    council: str
    short_name: str
    document: str  # "Protokoll" or "Minnesanteckningar"
    style: str  # "paragraphs" or "headings"
    date: str  # ISO
    starts_at: str  # "13:00" or ""
    ends_at: str  # "" or "04:00"; earlier than starts_at means past midnight
    place: str
    scope: str  # "§§ 1–8", "§ 1" or ""
    registry_number: str
    chair: str
    secretary: str
    arms_sha256: str  # of the municipality's arms, "" without
    accent: NotRequired[str]  # the council's colour (members.models.Accent), unless the usual
    part: NotRequired[str]  # what a small paper is: "Omedelbar justering av § 3", "Rättelse av § 4"
    closed: NotRequired[str]  # "Sekretessbelagd del": said on every page of the closed paper


class Corrects(TypedDict):
    """What a correction corrects, for machines; people read the same in its one item."""

    number: int  # 1 for the first correction of these minutes
    pdf_sha256: str  # of the sealed file, which stays as it is
    text_sha256: str
    item: int | None  # key of the ItemLine; None for the cover, the lists or the attachments
    about: str  # "§ 4 Lägesbild" or "uppgifterna först i protokollet"
    old: str  # "" in the public paper of a correction under secrecy, as the next two
    new: str
    reason: str


class Snapshot(TypedDict):
    format: str
    cover: Cover
    members: list[Present]
    others: list[Present]
    apologies: list[Present]
    absent: NotRequired[list[Present]]  # without notice, where the council prints them
    signers: list[SignerLine]
    items: list[ItemLine]
    attachments: list[AttachmentLine]
    dissents: NotRequired[list[DissentLine]]  # about the whole
    corrects: NotRequired[Corrects]


class AgendaPaper(TypedDict):
    title: str
    later: bool  # True: the paper will be sent later


class AgendaLine(TypedDict):
    label: str  # "1", "§ 1" or "" for a pause
    heading: str
    presenters: str
    kind_label: str  # "Beslut", "Information" … or "15 min" for a pause
    time: str  # "13:05" or ""
    proposed_decision: str
    papers: list[AgendaPaper]


class Agenda(TypedDict):
    """What the agenda (dagordning, kallelse) prints. Never frozen, so never hashed."""

    cover: Cover  # document "Dagordning" or "Kallelse"
    items: list[AgendaLine]
    reply_by: NotRequired[str]  # ISO date, "Svara senast"
    papers_at: NotRequired[str]  # where the papers are found
    contact: NotRequired[str]  # "Petra Lind, sekreterare, petra@alvhamra.example"
    sent_on: NotRequired[str]  # ISO date


def public_line(line: ItemLine, heading: str) -> ItemLine:
    """A closed item as the public minutes have it: its number, a neutral heading, the provision."""
    return {
        "key": line["key"],
        "number": line["number"],
        "label": line["label"],
        "kind": "other",
        "heading": heading,
        "registry_number": "",
        "presenters": "",
        "text": "",
        "reports": [],
        "next_meeting": "",
        "topics": [],
        "decisions": [],
        "actions": [],
        "dispatch": "",
        "withheld": line["secrecy"],
    }


def commitment_of(salt: bytes, closed: bytes) -> str:
    """What the public minutes say of a closed item: it cannot be changed afterwards, and without
    the salt nobody can find out by guessing what it says."""
    return sha256_of(b"par\0" + salt + closed)


def canonical(snapshot: Mapping[str, Any]) -> bytes:
    """The bytes that are hashed and signed: JSON by RFC 8785 (JCS).

    A snapshot holds strings, integers, booleans and nulls under ASCII keys, so sorted keys and
    no white space are the whole of JCS here; floats are refused because only they would need
    its number rules.
    """
    refuse_floats(snapshot)
    return json.dumps(
        snapshot, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False
    ).encode()


def refuse_floats(value: object) -> None:
    """Raise TypeError if a float hides anywhere in value."""
    if isinstance(value, float):
        raise TypeError("a snapshot holds no floats: RFC 8785's number rules are not written here")
    if isinstance(value, dict):
        for part in value.values():
            refuse_floats(part)
    elif isinstance(value, list):
        for part in value:
            refuse_floats(part)


def sha256_of(content: bytes) -> str:
    """SHA-256 as 64 lower-case hex digits."""
    return hashlib.sha256(content).hexdigest()


def short_hash(digest: str) -> str:
    """A hash as people compare it: "7f3a 91c2 04be" (12 digits, in fours)."""
    return " ".join(digest[i : i + 4] for i in range(0, 12, 4))


def grouped_hash(digest: str) -> str:
    """The whole hash in fours, as one reads it beside another."""
    return " ".join(digest[i : i + 4] for i in range(0, len(digest), 4))
