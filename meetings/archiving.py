"""The archive by council and year, and the minutes of one meeting: as they stand, and as files."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from typing import cast

from django.db import transaction
from django.db.models import Count, Func, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, ExtractYear
from django.utils import timezone

from meetings import minuting, pdf, sealing, secrecy, signing, snapshot, wording
from meetings.models import (
    FileKind,
    Meeting,
    RoundState,
    SealedFile,
    SealedMinutes,
    SigningRound,
    TextKind,
)
from meetings.states import State
from members import audit, prepared
from members.models import Council, Person
from members.roles import SignerRole

audit.register(
    {"minutes.extracted": "bestyrkte ett utdrag ur {document}"}, words=wording.IN_THE_TRAIL
)


def archived_meetings(
    *, user: Person, council: Council | None = None, year: int | None = None
) -> QuerySet[Meeting]:
    """Justerade meetings one may read, newest first, with council and sealed facts (no PDF)."""
    meetings = (
        Meeting.objects.visible_to(user)
        .archived()
        .select_related("council", "sealed")
        .defer("sealed__pdf")
        .annotate(item_count=Count("archived_items"), corrections=corrections_counted())
    )
    if council is not None:
        meetings = meetings.filter(council=council)
    return meetings.filter(date__year=year) if year else meetings


def corrections_counted() -> Coalesce:
    """How many sealed corrections a meeting's minutes have."""
    sealed = SealedFile.objects.filter(meeting=OuterRef("pk"), kind=FileKind.CORRECTION)
    counted = sealed.order_by().values("meeting").annotate(n=Count("pk")).values("n")
    return Coalesce(Subquery(counted), 0)


def archive_years(*, user: Person) -> list[tuple[int, int, int]]:
    """[(council pk, year, how many), …] for the councils one may read, newest first."""
    return list(
        Meeting.objects.visible_to(user)
        .filter(state=State.APPROVED)
        .order_by()
        .annotate(year=ExtractYear("date"))
        .values_list("council", "year")
        .annotate(n=Count("pk"))
        .order_by("-year")
    )


@dataclass(frozen=True)
class Minutes:
    """The minutes of a meeting as they stand: the words, how far they have come, and the seal."""

    meeting: Meeting
    content: snapshot.Snapshot
    standing: pdf.Standing
    round: SigningRound | None = None
    sealed: SealedMinutes | SealedFile | None = None

    @property
    def filename(self) -> str:
        name = file_name(self.meeting, self.content)
        return name if self.sealed else f"Utkast {name}"

    def filename_of(self, item: int) -> str:
        """ "Utdrag § 4, Protokoll Strandköpings BRÅ 2026-03-12.pdf"."""
        called = {line["key"]: line["label"] or line["heading"] for line in self.content["items"]}
        return f"Utdrag {called[item]}, {self.filename}"


def file_name(meeting: Meeting, content: snapshot.Snapshot) -> str:
    """ "Protokoll Strandköpings BRÅ 2026-03-12.pdf"; the key tells two of one day apart."""
    cover = content["cover"]
    return f"{cover['document']} {cover['short_name']} {meeting.key}.pdf"


def minutes_of(meeting: Meeting) -> Minutes:
    """Sealed, frozen for justering, or as they are written now. Frozen words come from the
    version alone, so that nobody reads another text than the one that is signed."""
    if meeting.state not in (State.SIGNING, State.APPROVED):
        standing = pdf.Standing(state="draft", saved_at=timezone.now())
        return Minutes(meeting, minuting.snapshot_of(meeting), standing)
    # Approved by all and not sealed yet: the round is closed and the meeting still in justering.
    return frozen_minutes(
        meeting.rounds.select_related("version__meeting", "version__frozen_by").get(
            state__in=(RoundState.OPEN, RoundState.COMPLETED)
        )
    )


def frozen_minutes(round_: SigningRound) -> Minutes:
    """The minutes of one round, open or closed."""
    meeting = round_.meeting
    sealed = sealing.sealed_of(round_)
    standing = (
        sealing.standing_of(
            round_, sealed_at=sealed.sealed_at, trail=sealing.printed_trail(meeting)
        )
        if sealed
        else sealing.standing_of(round_)
    )
    return Minutes(
        meeting=meeting,
        content=sealing.read(round_.version),
        standing=standing,
        round=round_,
        sealed=sealed,
    )


def minutes_to_sign(round_: SigningRound) -> Minutes:
    """As frozen_minutes, with the closed items: what one who signs the round reads."""
    return dataclasses.replace(frozen_minutes(round_), content=secrecy.whole(round_.version))


def closed_part_of(meeting: Meeting) -> Minutes:
    """The closed items alone, as they are written, frozen or sealed. The caller has asked the door
    of access.closed_part_for, and notes the reading."""
    if meeting.state not in (State.SIGNING, State.APPROVED):
        content = secrecy.closed_paper(*minuting.drawn_of(meeting))
        return Minutes(meeting, content, pdf.Standing(state="draft", saved_at=timezone.now()))
    public = minutes_of(meeting)
    round_ = cast(SigningRound, public.round)
    return dataclasses.replace(
        public,
        content=secrecy.closed_paper(public.content, secrecy.parts_of(round_.version)),
        sealed=SealedFile.objects.filter(round=round_, kind=FileKind.CLOSED).first(),
    )


def closed_file_of(part: Minutes) -> tuple[bytes, str]:
    """The closed part as a file, and its name, which tells no more than that it is closed."""
    name = f"{file_name(part.meeting, part.content).removesuffix('.pdf')}, sekretess.pdf"
    if part.sealed is not None:
        return bytes(part.sealed.pdf), name
    arms = sealing.arms_of(part.content["cover"])
    drawn = pdf.render_minutes(snapshot=part.content, standing=part.standing, arms=arms)
    return drawn, f"Utkast {name}"


def file_of(minutes: Minutes) -> bytes:
    """The file: the sealed bytes as stored, or the frozen text or draft drawn anew."""
    if minutes.sealed is not None:
        return bytes(minutes.sealed.pdf)
    if minutes.round is not None:
        return sealing.rendered(minutes.round, minutes.standing)
    arms = sealing.arms_of(minutes.content["cover"])
    return pdf.render_minutes(snapshot=minutes.content, standing=minutes.standing, arms=arms)


def paper_of(round_: SigningRound) -> tuple[bytes, str]:
    """The file of an extract or a correction, sealed or as it is out for justering, and its name.

    "Rättelse 1 Strandköpings BRÅ 2026-03-12.pdf".
    """
    name = f"{paper_name(round_)}.pdf"
    sealed = SealedFile.objects.filter(round=round_, kind=round_.kind).first()
    if sealed is not None:
        return bytes(sealed.pdf), name
    return sealing.rendered(round_, sealing.standing_of(round_)), f"Utkast {name}"


def bytes_of(sealed: SealedMinutes) -> bytes:
    """The sealed file, which the doors leave where it lies."""
    return bytes(sealed_file(sealed.pk)[0])


@prepared.question
def sealed_file(sealed: int) -> QuerySet[SealedMinutes, bytes | memoryview]:
    return SealedMinutes.objects.filter(pk=sealed).values_list("pdf", flat=True)


def paper_name(round_: SigningRound) -> str:
    """What a small paper is, of which council and day. A correction has its number in its name."""
    cover = sealing.read(round_.version)["cover"]
    part = cover.get("part", "").split(" av ")[0]
    which = part if round_.kind == TextKind.CORRECTION else f"{part} {round_.number}"
    return f"{which} {cover['short_name']} {round_.meeting.key}"


def closed_paper_of(round_: SigningRound) -> tuple[bytes, str]:
    """The closed part of a correction as a file, sealed or as it is out, and its name. The caller
    has asked the door of access.closed_paper_for, and notes the reading."""
    name = f"{paper_name(round_)}, sekretess.pdf"
    sealed = SealedFile.objects.filter(round=round_, kind=FileKind.CLOSED).first()
    if sealed is not None:
        return bytes(sealed.pdf), name
    return sealing.rendered_closed(round_, sealing.standing_of(round_)), f"Utkast {name}"


def size_of(sealed: SealedMinutes) -> int:
    """Bytes of the sealed file, counted where it lies."""
    rows = SealedMinutes.objects.filter(pk=sealed.pk).annotate(
        size=Func("pdf", function="octet_length", output_field=IntegerField())
    )
    return int(rows.values_list("size", flat=True)[0])


def extract_of(minutes: Minutes, item: int) -> bytes:
    """One § of justerade minutes as a protokollsutdrag. KeyError when they have no such item."""
    return extract(minutes, item)


@transaction.atomic
def certify_extract(*, by: Person, minutes: Minutes, item: int) -> bytes:
    """The extract with "Utdragsbestyrkande": who attests that it is as the minutes, and when.

    For the secretary. A person's act, so it is asked for and noted in the trail.
    """
    content = extract(
        minutes, item, certified_by=f"{by.name}, {SignerRole.SECRETARY.label.lower()}"
    )
    audit.record(
        by=by, action="minutes.extracted", council=minutes.meeting.council,
        subject=minutes.meeting, item=item, sha256=snapshot.sha256_of(content),
    )  # fmt: skip
    return content


def extract(minutes: Minutes, item: int, certified_by: str = "") -> bytes:
    if minutes.sealed is None:
        raise ValueError("only justerade minutes are extracted")
    return pdf.render_extract(
        corrections=corrections_said(minutes.meeting, item),
        snapshot=minutes.content,
        item_key=item,
        standing=minutes.standing,
        arms=sealing.arms_of(minutes.content["cover"]),
        certified_by=certified_by,
        certified_at=timezone.now() if certified_by else None,
    )


def corrections_said(meeting: Meeting, item: int) -> list[str]:
    """What has been corrected of an item, and of what stands around it, for its extract: the
    words there stay as sealed."""
    return [
        f"Rättelse {one.number}, {wording.local_date(one.sealed_at).isoformat()}: "
        + ("omfattas av sekretess." if one.veiled else f"”{one.old}” ska vara ”{one.new}”.")
        for one in signing.corrections_of(meeting)
        if one.item in (item, None)
    ]
