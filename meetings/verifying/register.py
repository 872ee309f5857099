"""The register: every sealed file by its SHA-256, and what anyone who has the file may know.

Council, date, kind and hash; never the text, never a person. A hash that nobody sealed and one
that belongs to something else here (a frozen text, a preview, an attachment) are alike unknown,
and take the same two questions to the database.
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from meetings import wording
from meetings.models import FileKind, SealedFile, SealedMinutes
from members.models import MinutesStyle

HASH = re.compile(r"[0-9a-f]{64}")
SEPARATORS = re.compile(r"[\s:\-\u00a0\u200b]+")
NAMES = {MinutesStyle.PARAGRAPHS: "Protokoll", MinutesStyle.HEADINGS: "Minnesanteckningar"}
AT_ONCE = {
    MinutesStyle.PARAGRAPHS: "Omedelbart justerade paragrafer",
    MinutesStyle.HEADINGS: "Omedelbart godkända punkter",
}
THE_NAMES = {MinutesStyle.PARAGRAPHS: "protokollet", MinutesStyle.HEADINGS: "minnesanteckningarna"}
COLUMNS = (
    "meeting_id", "meeting__date", "meeting__minutes_style", "meeting__council__name",
    "meeting__council__municipality__name", "pdf_sha256", "sealed_at", "validation",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Original:
    """A sealed file as the register tells of it."""

    council: str
    municipality: str
    date: datetime.date
    kind: str  # "minutes" or one of FileKind
    style: MinutesStyle
    sha256: str
    sealed_on: datetime.date
    test: bool = False
    on_paper: bool = False  # signed with a pen: the paper is the original, and there is a scan
    corrected_on: tuple[datetime.date, ...] = ()

    @property
    def document(self) -> str:
        """ "Protokoll", "Minnesanteckningar"."""
        return NAMES[self.style]

    @property
    def the_document(self) -> str:
        return THE_NAMES[self.style]

    @property
    def name(self) -> str:
        """ "Protokoll", "Rättelse av protokollet": what the file is."""
        names: dict[str, str] = {
            FileKind.EXTRACT: AT_ONCE[self.style],
            FileKind.CORRECTION: f"Rättelse av {self.the_document}",
            FileKind.SCAN: f"{self.document}, inskannat original på papper",
            FileKind.AUGMENTED: f"{self.document} med tidsstämpel",
            # What it is is for those to know who may read it.
            FileKind.CLOSED: "Handling från mötet",
        }
        return names.get(self.kind, self.document)

    @property
    def scanned(self) -> bool:
        return self.kind == FileKind.SCAN


def read_hash(text: str) -> str:
    """A SHA-256 as 64 lower-case digits from how people write it; "" if it is none."""
    found = SEPARATORS.sub("", text).lower().removeprefix("sha256")
    return found if HASH.fullmatch(found) else ""


def find(sha256: str) -> Original | None:
    """The sealed file with this hash."""
    minutes = SealedMinutes.objects.filter(pdf_sha256=sha256).values_list(*COLUMNS).first()
    other = SealedFile.objects.filter(pdf_sha256=sha256).values_list(*COLUMNS, "kind").first()
    if minutes is not None:
        return original(*minutes, kind="minutes")
    return original(*other[:-1], kind=other[-1]) if other is not None else None


def original(
    meeting: int,
    date: datetime.date,
    style: str,
    council: str,
    municipality: str,
    sha256: str,
    sealed_at: datetime.datetime,
    validation: dict[str, object],
    *,
    kind: str,
) -> Original:
    beside = files_beside(meeting)
    corrected = [day for other, day in beside if other == FileKind.CORRECTION]
    return Original(
        council=council,
        municipality=municipality,
        date=date,
        kind=kind,
        style=MinutesStyle(style),
        sha256=sha256,
        sealed_on=wording.local_date(sealed_at),
        test=bool(validation.get("test")),
        on_paper=kind in ("minutes", FileKind.AUGMENTED)
        and any(other == FileKind.SCAN for other, _ in beside),
        corrected_on=() if kind in (FileKind.CORRECTION, FileKind.CLOSED) else tuple(corrected),
    )


def files_beside(meeting: int) -> list[tuple[str, datetime.date]]:
    """Corrections and scans of a meeting's minutes and the days they were sealed, oldest first."""
    files = SealedFile.objects.filter(
        meeting=meeting, kind__in=[FileKind.CORRECTION, FileKind.SCAN]
    )
    rows = files.order_by("sealed_at", "pk").values_list("kind", "sealed_at")
    return [(kind, wording.local_date(sealed_at)) for kind, sealed_at in rows]
