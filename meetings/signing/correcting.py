"""Rättelse: what is wrong in sealed minutes is corrected beside them, never in them.

A correction is a small document of its own that says what stood, what is right and why, signed by
those who signed the minutes (FL 36 §; JO 581-2013: corrected minutes must show that and what was
corrected). The sealed file stays as it is, and every place that shows it shows its corrections.

Of a closed item all these words are closed too, a paper of its own beside a public one, as the
item is in the minutes. The public one says that the item is corrected, by whom and when, under
which provision, and nothing of how or why: that a document exists is told in the register even of
a secret one (OSL 5 kap. 1–2 §§), and minutes that hide that they were corrected would be wrong.
"""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from meetings import moving, richtext, sealing, secrecy, snapshot, wording
from meetings.models import (
    FileKind,
    Meeting,
    RoundState,
    SealedFile,
    SealedMinutes,
    SigningRound,
    TextKind,
)
from meetings.signing import papers, rounds
from meetings.states import State
from members import audit
from members.models import Person

audit.register({"signing.correction_opened": "skickade en rättelse av {document} till justering"},
               words=wording.IN_THE_TRAIL)  # fmt: skip

LONGEST = 4_000


def open_correction(
    *, by: Person, meeting: Meeting, item: int | None, old: str, new: str, reason: str
) -> SigningRound:
    """Freeze a correction of sealed minutes and ask those who signed them.

    `item` is the key of the § it is about, None for what stands outside the §§. `old` must stand
    in the sealed text word for word. A closed § is corrected by who may read it, in a closed
    paper. Raises ValidationError by field ("old", "new", "reason", "item"), or when the
    municipality's key will not do, and WrongState when the minutes are not sealed.
    """
    with rounds.noting_unready(by, meeting):
        return freeze_and_ask(by, meeting, item, old, new, reason)


@transaction.atomic
def freeze_and_ask(
    by: Person, meeting: Meeting, item: int | None, old: str, new: str, reason: str
) -> SigningRound:
    meeting = moving.lock(meeting, State.APPROVED)
    sealed = (
        SealedMinutes.objects.select_related("version", "round").defer("pdf").get(meeting=meeting)
    )
    content, parts = sealing.read(sealed.version), secrecy.parts_for(by, sealed.version)
    old, new, reason = (richtext.without_invisible(text).strip() for text in (old, new, reason))
    refuse_unclear(source_of(content, parts, item), old, new, reason)
    places = [
        papers.Place(signer.role, signer.person, signer.name)
        for signer in sealed.round.signers.required().select_related("person")
    ]
    corrects: snapshot.Corrects = {
        "number": next_number(meeting), "pdf_sha256": sealed.pdf_sha256,
        "text_sha256": sealed.version.sha256, "item": item, "about": about_of(content, item),
        "old": old, "new": new, "reason": reason,
    }  # fmt: skip
    drawn, closed = drawn_of(content, parts, corrects, sealed, places)
    opened = papers.open_paper(
        by=by,
        meeting=meeting,
        kind=TextKind.CORRECTION,
        content=drawn,
        closed=closed,
        places=places,
        due_on=timezone.localdate() + datetime.timedelta(days=meeting.council.days_for_signing),
    )
    audit.record(
        by=by, action="signing.correction_opened", council=meeting.council, subject=meeting,
        sha256=opened.version.sha256, round=opened.number, about=corrects["about"],
    )  # fmt: skip
    return opened


def next_number(meeting: Meeting) -> int:
    """Corrections are counted when they are sealed."""
    done = SigningRound.every.filter(
        meeting=meeting, kind=TextKind.CORRECTION, state=RoundState.COMPLETED
    )
    return done.count() + 1


def about_of(content: snapshot.Snapshot, item: int | None) -> str:
    """What is corrected, by the name it has in this text."""
    line = line_in(content, item)
    return name_of(line) if line else "uppgifterna utanför paragraferna"


def name_of(line: snapshot.ItemLine) -> str:
    return f"{line['label']} {line['heading']}".strip()


def line_in(content: snapshot.Snapshot, item: int | None) -> snapshot.ItemLine | None:
    return next((line for line in content["items"] if line["key"] == item), None)


def source_of(
    content: snapshot.Snapshot, parts: dict[int, snapshot.ClosedPart], item: int | None
) -> object:
    """Where the wrong words must stand: an item, a closed one with its attachments, or all that
    is public outside the items. So no word of a closed item can be quoted as one of another."""
    if item is None:
        return {**content, "items": []}
    if item in parts:
        return parts[item]
    line = line_in(content, item)
    if line is None:
        raise ValidationError({"item": "Paragrafen finns inte i protokollet."})
    if "withheld" in line:
        raise ValidationError(
            {"item": "Paragrafen omfattas av sekretess. Bara den som får läsa den kan rätta den."}
        )
    return line


def refuse_unclear(source: object, old: str, new: str, reason: str) -> None:
    faults = {}
    if not old:
        faults["old"] = "Skriv av det som står fel, precis som det står."
    elif squeezed(old) not in squeezed("\n".join(strings(source))):
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


def strings(value: object) -> list[str]:
    """Every printed word of a part of the text, as plain text."""
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


def drawn_of(
    content: snapshot.Snapshot,
    parts: dict[int, snapshot.ClosedPart],
    corrects: snapshot.Corrects,
    sealed: SealedMinutes,
    places: list[papers.Place],
) -> tuple[snapshot.Snapshot, dict[int, snapshot.ClosedPart]]:
    """The correction as all may read it, and its closed part where it is about a closed item."""
    part = parts.get(corrects["item"] or 0)
    if part is None:
        return correction_of(content, corrects, sealed.sealed_at, places), {}
    closed = SealedFile.objects.defer("pdf").get(round=sealed.round_id, kind=FileKind.CLOSED)
    own: snapshot.Corrects = {
        **corrects, "pdf_sha256": closed.pdf_sha256, "about": name_of(part["item"]),
    }  # fmt: skip
    return closed_correction_of(content, corrects, own, part, sealed.sealed_at, places)


def correction_of(
    content: snapshot.Snapshot,
    corrects: snapshot.Corrects,
    sealed_at: datetime.datetime,
    places: list[papers.Place],
) -> snapshot.Snapshot:
    """The correction in the shape of minutes: their cover, one item, the signers."""
    text = change_in(corrects) + original_of(content["cover"], corrects, sealed_at)
    return paper_of(content, corrects, line_of(corrects, text), places)


def closed_correction_of(
    content: snapshot.Snapshot,
    told: snapshot.Corrects,
    own: snapshot.Corrects,
    part: snapshot.ClosedPart,
    sealed_at: datetime.datetime,
    places: list[papers.Place],
) -> tuple[snapshot.Snapshot, dict[int, snapshot.ClosedPart]]:
    """A correction of a closed item in two papers: `told` to all without its words, and `own`."""
    cover = content["cover"]
    line = line_of(own, change_in(own) + original_of(cover, own, sealed_at, closed=True))
    line["secrecy"] = part["item"]["secrecy"]
    told = {**told, "old": "", "new": "", "reason": ""}
    public = snapshot.public_line(line, f"Rättelse av {told['about']}")
    public["text"] = original_of(cover, told, sealed_at)
    closed: snapshot.ClosedPart = {"item": line, "attachments": [], "corrects": own}
    return paper_of(content, told, public, places), {line["key"]: closed}


def paper_of(
    content: snapshot.Snapshot,
    corrects: snapshot.Corrects,
    line: snapshot.ItemLine,
    places: list[papers.Place],
) -> snapshot.Snapshot:
    cover = content["cover"]
    held = wording.long_date(datetime.date.fromisoformat(cover["date"]))
    return {
        "format": snapshot.FORMAT,
        "cover": {
            **cover, "document": "Rättelse", "scope": "",
            "part": f"Rättelse {corrects['number']} av {cover['document'].lower()} {held}",
        },
        "members": [], "others": [], "apologies": [], "attachments": [],
        "signers": papers.signer_lines(places),
        "items": [line],
        "corrects": corrects,
    }  # fmt: skip


def line_of(corrects: snapshot.Corrects, text: str) -> snapshot.ItemLine:
    return {
        "key": corrects["item"] or 0, "number": None, "label": "", "kind": "other",
        "heading": f"Rättelse av {corrects['about']}", "text": text,
        "registry_number": "", "presenters": "", "reports": [], "next_meeting": "",
        "topics": [], "decisions": [], "actions": [], "dispatch": "",
    }  # fmt: skip


def change_in(corrects: snapshot.Corrects) -> str:
    return (
        f"<h3>Så står det</h3>{richtext.paragraphs(corrects['old'])}"
        f"<h3>Så ska det stå</h3>{richtext.paragraphs(corrects['new'])}"
        f"<h3>Varför</h3>{richtext.paragraphs(corrects['reason'])}"
    )


def original_of(
    cover: snapshot.Cover,
    corrects: snapshot.Corrects,
    sealed_at: datetime.datetime,
    *,
    closed: bool = False,
) -> str:
    """Which sealed file the correction is of: the minutes, or their closed part."""
    the, same, them = ("protokollet", "oförändrat", "det")
    if cover["document"] == "Minnesanteckningar":
        the, same, them = ("minnesanteckningarna", "oförändrade", "dem")
    if closed:
        the, same, them = (f"den sekretessbelagda delen av {the}", "oförändrad", "den")
    held = wording.long_date(datetime.date.fromisoformat(cover["date"]))
    sealed_on = wording.long_date(wording.local_date(sealed_at))
    return (
        f"<p>{wording.upper_first(the)} {held} låstes {sealed_on} och är {same}. Rättelsen läses "
        f"tillsammans med {them}.</p><p>Filens kontrollsumma: "
        f"{snapshot.grouped_hash(corrects['pdf_sha256'])}</p>"
    )
