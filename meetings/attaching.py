"""Attachments: a file becomes a numbered bilaga, stored under its own hash."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import PurePath
from typing import IO
from zipfile import BadZipFile, ZipFile

import pypdfium2
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from meetings import moving, richtext
from meetings.models import AgendaItem, Attachment, Meeting
from members import audit
from members.models import Person

audit.register(
    {
        "attachment.added": "lade till {what}",
        "attachment.changed": "ändrade {what}",
        "attachment.removed": "tog bort {what}",
        "attachment.restored": "tog tillbaka {what}",
    }
)
audit.describe(
    Attachment, named="bilagan {text}", unnamed="en bilaga", meeting=lambda paper: paper.meeting_id
)

OFFICE = {
    "word/": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xl/": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt/": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
}
OPEN_DOCUMENT = {
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.oasis.opendocument.presentation": ".odp",
}
ENDINGS = {
    "application/pdf": {".pdf"},
    "image/png": {".png"},
    "image/jpeg": {".jpg", ".jpeg"},
    OFFICE["word/"]: {".docx"},
    OFFICE["xl/"]: {".xlsx"},
    OFFICE["ppt/"]: {".pptx"},
    "text/plain": {".txt", ".csv"},
    **{kind: {ending} for kind, ending in OPEN_DOCUMENT.items()},
}
WELCOME = "PDF, Word, Excel, PowerPoint, OpenDocument, bild (PNG eller JPEG) eller ren text"


@dataclass(frozen=True)
class Kind:
    content_type: str
    pages: int | None = None


@transaction.atomic
def attach(
    *,
    by: Person,
    meeting: Meeting,
    file: File,
    filename: str,
    title: str = "",
    item: AgendaItem | None = None,
) -> Attachment:
    """Store a file as the next bilaga of the meeting, or of one item.

    Its kind is told by its content. Raises ValidationError when it is too large, empty, of a
    kind that is not taken, or not what its name says. The same file twice is stored once.
    """
    meeting = moving.lock_writable(meeting)
    filename = richtext.one_line(PurePath(filename.replace("\\", "/")).name)[-200:]
    size = file.size or 0
    if size == 0:
        raise ValidationError({"file": f"Filen {filename} är tom."})
    if size > settings.ATTACHMENT_MAX_BYTES:
        most = settings.ATTACHMENT_MAX_BYTES // (1024 * 1024)
        raise ValidationError({"file": f"Filen {filename} är för stor. Högst {most} MB går bra."})
    kind = recognise(file, filename)
    digest = store(file)
    last = meeting.attachments.standing().aggregate(last=Max("number"))["last"] or 0
    attachment = Attachment(
        meeting=meeting,
        item=item,
        number=last + 1,
        title=richtext.one_line(title) or PurePath(filename).stem[:200],
        filename=filename,
        content_type=kind.content_type,
        sha256=digest,
        size=size,
        pages=kind.pages,
        added_by=by,
    )
    attachment.clean_fields(exclude=["meeting", "item"])
    attachment.save()
    audit.record(
        by=by, action="attachment.added", council=meeting.council, subject=attachment, sha256=digest
    )
    return attachment


@transaction.atomic
def change_attachment(
    *, by: Person, attachment: Attachment, title: str, item: AgendaItem | None
) -> Attachment:
    """Rename an attachment or let it belong to another item."""
    meeting = moving.lock_writable(attachment.meeting)
    attachment.title, attachment.item = richtext.one_line(title), item
    if not attachment.title:
        raise ValidationError({"title": "Skriv en rubrik för bilagan."})
    attachment.clean_fields(exclude=["meeting", "item"])
    attachment.save(update_fields=["title", "item"])
    audit.record(by=by, action="attachment.changed", council=meeting.council, subject=attachment)
    return attachment


@transaction.atomic
def remove_attachment(*, by: Person, attachment: Attachment) -> None:
    """Take a bilaga away; the ones after it move up. The file stays for restore_attachment."""
    meeting = moving.lock_writable(attachment.meeting)
    Attachment.objects.filter(pk=attachment.pk).update(removed_at=timezone.now())
    number_in_order(meeting)
    audit.record(by=by, action="attachment.removed", council=meeting.council, subject=attachment)


@transaction.atomic
def restore_attachment(*, by: Person, attachment: Attachment) -> None:
    """Undo remove_attachment; the bilaga comes last."""
    meeting = moving.lock_writable(attachment.meeting)
    last = meeting.attachments.standing().aggregate(last=Max("number"))["last"] or 0
    removed = Attachment.objects.filter(pk=attachment.pk, removed_at__isnull=False)
    if removed.update(removed_at=None, number=last + 1):
        audit.record(
            by=by, action="attachment.restored", council=meeting.council, subject=attachment
        )


def number_in_order(meeting: Meeting) -> None:
    """Close the gap: bilagor are numbered 1, 2, 3 … until frozen."""
    for number, row in enumerate(meeting.attachments.standing(), start=1):
        if row.number != number:
            Attachment.objects.filter(pk=row.pk).update(number=number)


def recognise(file: IO[bytes], filename: str) -> Kind:
    """What the content is. ValidationError when it is not taken, or the name says another kind."""
    file.seek(0)
    head = file.read(4096)
    kind = by_content(file, head)
    ending = PurePath(filename).suffix.lower()
    if kind is None:
        raise ValidationError(
            {"file": f"{filename} kan inte bifogas. Välj en fil av slaget {WELCOME}."}
        )
    if ending not in ENDINGS[kind.content_type]:
        raise ValidationError(
            {
                "file": f"{filename} är inte en fil av det slag som namnet säger. "
                "Spara den på nytt i rätt format och försök igen."
            }
        )
    return kind


def by_content(file: IO[bytes], head: bytes) -> Kind | None:
    if head.startswith(b"%PDF-"):
        return Kind("application/pdf", pdf_pages(file))
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return Kind("image/png", 1)
    if head.startswith(b"\xff\xd8\xff"):
        return Kind("image/jpeg", 1)
    if head.startswith(b"PK\x03\x04"):
        return zipped(file)
    return plain_text(file)


def pdf_pages(file: IO[bytes]) -> int | None:
    file.seek(0)
    try:
        document = pypdfium2.PdfDocument(file.read())
    except pypdfium2.PdfiumError as error:
        raise ValidationError(
            {"file": "PDF-filen går inte att öppna. Den kan vara skadad eller låst med lösenord."}
        ) from error
    try:
        return len(document)
    finally:
        document.close()


def zipped(file: IO[bytes]) -> Kind | None:
    """Office documents are zip files with known names inside; nothing is unpacked."""
    file.seek(0)
    try:
        with ZipFile(file) as archive:
            names = archive.namelist()
            if names and names[0] == "mimetype" and archive.getinfo("mimetype").file_size < 200:
                said = archive.read("mimetype").decode("ascii", "replace").strip()
                return Kind(said) if said in OPEN_DOCUMENT else None
    except (BadZipFile, NotImplementedError):
        return None
    if "[Content_Types].xml" not in names or any("vbaProject" in name for name in names):
        return None  # macros are not taken: nobody should run what a protocol carries
    return next(
        (Kind(t) for folder, t in OFFICE.items() if any(n.startswith(folder) for n in names)), None
    )


def plain_text(file: IO[bytes]) -> Kind | None:
    file.seek(0)
    content = file.read()
    if b"\x00" in content:
        return None
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return Kind("text/plain")


def store(file: IO[bytes]) -> str:
    """Write the content under its SHA-256 if it is not there; returns the hash."""
    digest = hashlib.sha256()
    file.seek(0)
    while chunk := file.read(1 << 20):
        digest.update(chunk)
    name = f"attachments/{digest.hexdigest()[:2]}/{digest.hexdigest()}"
    if not default_storage.exists(name):
        file.seek(0)
        default_storage.save(name, File(file))
    return digest.hexdigest()
