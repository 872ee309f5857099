"""Rättelse: what is wrong in sealed minutes is corrected beside them, never in them.

A correction is a small document of its own that says what stood, what is right and why, signed by
those who signed the minutes (FL 36 §; JO 581-2013: corrected minutes must show that and what was
corrected). The sealed file stays as it is, and every place that shows it shows its corrections.
"""

from __future__ import annotations

import datetime
import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from meetings import moving, richtext, snapshot, wording
from meetings.models import (
    FileKind,
    Meeting,
    RoundState,
    SealedFile,
    SealedMinutes,
    SigningRound,
    TextKind,
)
from meetings.signing import papers
from meetings.states import State
from members import audit
from members.models import Person

audit.register({"signing.correction_opened": "skickade en rättelse av {document} till justering"},
               words=wording.IN_THE_TRAIL)  # fmt: skip

LONGEST = 4_000


@transaction.atomic
def open_correction(
    *, by: Person, meeting: Meeting, item: int | None, old: str, new: str, reason: str
) -> SigningRound:
    """Freeze a correction of sealed minutes and ask those who signed them.

    `item` is the key of the § it is about, None for what stands outside the §§. `old` must stand
    in the sealed text word for word. Raises ValidationError by field ("old", "new", "reason",
    "item"), WrongState when the minutes are not sealed.
    """
    meeting = moving.lock(meeting, State.APPROVED)
    sealed = (
        SealedMinutes.objects.select_related("version", "round").defer("pdf").get(meeting=meeting)
    )
    content = cast(snapshot.Snapshot, json.loads(bytes(sealed.version.canonical)))
    old, new, reason = (richtext.without_invisible(text).strip() for text in (old, new, reason))
    about = about_of(content, item)
    refuse_unclear(content, item, old, new, reason)
    number = (
        1
        + SigningRound.every.filter(
            meeting=meeting, kind=TextKind.CORRECTION, state=RoundState.COMPLETED
        ).count()
    )
    places = [
        papers.Place(signer.role, signer.person, signer.name)
        for signer in sealed.round.signers.required().select_related("person")
    ]
    corrects: snapshot.Corrects = {
        "number": number, "pdf_sha256": sealed.pdf_sha256, "text_sha256": sealed.version.sha256,
        "item": item, "about": about, "old": old, "new": new, "reason": reason,
    }  # fmt: skip
    opened = papers.open_paper(
        by=by,
        meeting=meeting,
        kind=TextKind.CORRECTION,
        content=correction_of(content, corrects, sealed.sealed_at, places),
        places=places,
        due_on=timezone.localdate() + datetime.timedelta(days=meeting.council.days_for_signing),
    )
    audit.record(
        by=by, action="signing.correction_opened", council=meeting.council, subject=meeting,
        sha256=opened.version.sha256, round=opened.number, about=about,
    )  # fmt: skip
    return opened


def about_of(content: snapshot.Snapshot, item: int | None) -> str:
    if item is None:
        return "uppgifterna utanför paragraferna"
    for line in content["items"]:
        if line["key"] == item and "withheld" in line:
            raise ValidationError(
                {"item": "Paragrafen omfattas av sekretess. En rättelse läses av alla."}
            )
        if line["key"] == item:
            return f"{line['label']} {line['heading']}".strip()
    raise ValidationError({"item": "Paragrafen finns inte i protokollet."})


def refuse_unclear(
    content: snapshot.Snapshot, item: int | None, old: str, new: str, reason: str
) -> None:
    faults = {}
    if not old:
        faults["old"] = "Skriv av det som står fel, precis som det står."
    elif squeezed(old) not in squeezed(words_of(content, item)):
        faults["old"] = "De orden finns inte i texten. Skriv av dem precis som de står."
    if not new:
        faults["new"] = "Skriv hur det ska vara."
    elif new == old:
        faults["new"] = "Det är samma ord som förut."
    if not reason:
        faults["reason"] = "Skriv varför det rättas."
    for name, text in {"old": old, "new": new, "reason": reason}.items():
        if len(text) > LONGEST:
            faults[name] = f"Skriv högst {LONGEST} tecken."
    if faults:
        raise ValidationError(faults)


def words_of(content: snapshot.Snapshot, item: int | None) -> str:
    """Every printed word of an item, or of all that stands outside the items, as plain text."""
    part: object = (
        {**content, "items": []}
        if item is None
        else next(line for line in content["items"] if line["key"] == item)
    )
    return "\n".join(strings(part))


def strings(value: object) -> list[str]:
    if isinstance(value, str):
        return [richtext.plain(value) if "<" in value else value]
    if isinstance(value, dict):
        return [text for part in value.values() for text in strings(part)]
    if isinstance(value, list):
        return [text for part in value for text in strings(part)]
    return []


def squeezed(text: str) -> str:
    """Without differences that nobody sees: kinds of space and line breaks."""
    return " ".join(text.split())


def correction_of(
    content: snapshot.Snapshot,
    corrects: snapshot.Corrects,
    sealed_at: datetime.datetime,
    places: list[papers.Place],
) -> snapshot.Snapshot:
    """The correction in the shape of minutes: their cover, one item, the signers."""
    cover = content["cover"]
    document = cover["document"]
    the = "Minnesanteckningarna" if document == "Minnesanteckningar" else "Protokollet"
    held = wording.long_date(datetime.date.fromisoformat(cover["date"]))
    sealed_on = wording.long_date(wording.local_date(sealed_at))
    return {
        "format": snapshot.FORMAT,
        "cover": {
            **cover, "document": "Rättelse", "scope": "",
            "part": f"Rättelse {corrects['number']} av {document.lower()} {held}",
        },
        "members": [], "others": [], "apologies": [], "attachments": [],
        "signers": papers.signer_lines(places),
        "items": [
            {
                "key": corrects["item"] or 0, "number": None, "label": "", "kind": "other",
                "heading": f"Rättelse av {corrects['about']}",
                "registry_number": "", "presenters": "", "reports": [], "next_meeting": "",
                "topics": [], "decisions": [], "actions": [], "dispatch": "",
                "text": f"<h3>Så står det</h3>{richtext.paragraphs(corrects['old'])}"
                f"<h3>Så ska det stå</h3>{richtext.paragraphs(corrects['new'])}"
                f"<h3>Varför</h3>{richtext.paragraphs(corrects['reason'])}"
                f"<p>{the} {held} låstes {sealed_on} och är oförändrat. Rättelsen läses "
                f"tillsammans med det.</p><p>Filens kontrollsumma: "
                f"{snapshot.grouped_hash(corrects['pdf_sha256'])}</p>",
            }
        ],
        "corrects": corrects,
    }  # fmt: skip


@dataclass(frozen=True)
class Correction:
    """A correction as pages show it beside the minutes."""

    number: int
    item: int | None
    about: str
    old: str
    new: str
    reason: str
    sealed_at: datetime.datetime
    round: int  # SigningRound.number: its address


def corrections_of(meeting: Meeting) -> list[Correction]:
    """Sealed corrections of a meeting's minutes, first to last."""
    files = SealedFile.objects.filter(meeting=meeting, kind=FileKind.CORRECTION)
    rows = files.select_related("round__version").defer("pdf").order_by("sealed_at")
    return [correction(row) for row in rows]


def unfinished_corrections(meeting: Meeting) -> QuerySet[SigningRound]:
    """Corrections that are out for justering, or came back."""
    found = papers.rounds_of(meeting, TextKind.CORRECTION)
    return found.exclude(state=RoundState.COMPLETED)


def corrected_items(meetings: Iterable[int]) -> set[tuple[int, int | None]]:
    """(meeting pk, item key) of what has been corrected in these meetings' minutes."""
    files = SealedFile.objects.filter(meeting__in=list(meetings), kind=FileKind.CORRECTION)
    rows = files.select_related("round__version").defer("pdf")
    return {(row.meeting_id, correction(row).item) for row in rows}


def correction(row: SealedFile) -> Correction:
    content = cast(snapshot.Snapshot, json.loads(bytes(row.round.version.canonical)))
    told = content["corrects"]
    return Correction(
        number=told["number"], item=told["item"], about=told["about"], old=told["old"],
        new=told["new"], reason=told["reason"], sealed_at=row.sealed_at, round=row.round.number,
    )  # fmt: skip
