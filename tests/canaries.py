"""Meetings in every state with a closed item that has a word of its own in every place.

Nobody without the right may find any of these words, on any surface of the program.
"""

from __future__ import annotations

import datetime
import re
import zlib
from dataclasses import dataclass
from typing import Any

import pypdfium2
from django.core.files.base import ContentFile

from meetings import attaching, followup, minuting, planning, secrecy, signing, summoning
from meetings.models import ActionItem, AgendaItem, ItemKind, Meeting, SigningRound
from members.models import Organisation
from tests import builders
from tests.builders import Cast

BIRD = "zkanarie"
PLANNED = ("rubrik", "foredragande", "dnr", "forslag", "bilagetitel", "filnamn", "filinnehall")
WRITTEN = ("text", "beslut", "uppdrag", "ansvarig", "rapport", "amne", "expedieras", "mening")
REMARK = ("synpunkt", "andring")
CORRECTED = ("text", "rattning", "rattningsskal")
# A word beside the bird in the text: what a search that finds it would show the bird for.
BESIDE = "flodhäst"


def bird(place: str) -> str:
    return f"{BIRD}{place}"


@dataclass(frozen=True)
class Aviary:
    """Meetings by state, and what of theirs stands in addresses."""

    cast: Cast
    meetings: dict[str, Meeting]
    arguments: dict[str, dict[str, Any]]


def aviary(cast: Cast) -> Aviary:
    """One meeting in each state, a week between them, made through the activities."""
    days = iter(builders.DAY + datetime.timedelta(days=7 * n) for n in range(9))
    sealed = written(cast, next(days))
    builders.approve_all(signing.open_round(by=cast.secretary, meeting=sealed))
    correct(cast, sealed)
    out = written(cast, next(days))
    signing.open_round(by=cast.secretary, meeting=out)
    returned = written(cast, next(days))
    return_with_remark(cast, returned)
    drafted, planned_ = written(cast, next(days)), planned(cast, next(days))
    called = planned(cast, next(days))
    summoning.summon(by=cast.secretary, meeting=called)
    meetings = {
        "sealed": sealed, "signing": out, "returned": returned, "minuting": drafted,
        "planned": planned_, "summoned": called,
    }  # fmt: skip
    return Aviary(cast, meetings, {name: addressed(cast, one) for name, one in meetings.items()})


def addressed(cast: Cast, meeting: Meeting) -> dict[str, Any]:
    """The arguments of every address that can lead to the closed item."""
    item = closed_of(meeting)
    row = meeting.attendance.first()
    revision, report = item.revisions.first(), item.reports.first()
    action = ActionItem.objects.filter(item=item).first()
    paper = item.attachments.get()
    comment = item.comments.first()
    rows = {
        "revision": revision, "report": report, "action": action, "paper": paper,
        "remark": comment, "row": row, "removed_item": item, "item": item, "extract": item,
        "dissent": item.dissents.first(),
    }  # fmt: skip
    found = {name: one.pk for name, one in rows.items() if one is not None}
    return found | {
        "slug": cast.council.slug, "key": meeting.key, "number": paper.number, "at_once": 1,
        "correction": 2, "closed_correction": 2,
    }  # fmt: skip


def closed_of(meeting: Meeting) -> AgendaItem:
    return meeting.items.under_secrecy().get(heading=bird("rubrik"))


def planned(cast: Cast, day: datetime.date) -> Meeting:
    meeting = builders.planned(cast, day)
    close(cast, with_plans(cast, meeting))
    return meeting


def written(cast: Cast, day: datetime.date) -> Meeting:
    """Closed last of all: the trail has its words from before."""
    meeting = builders.written(cast, day)
    item = with_plans(cast, meeting)
    by, police = cast.secretary, Organisation.objects.get(name="Polisen")
    builders.write(by, item, f"<p>En {BESIDE} och {bird('text')} i porten.</p>")
    item.refresh_from_db()
    minuting.set_decisions(by=by, item=item, points=[bird("beslut")])
    followup.give_action(
        by=by, item=item, text=bird("uppdrag"), persons=[cast.member],
        role_in_words=bird("ansvarig"), due_on=day,
    )  # fmt: skip
    report = minuting.add_report(by=by, item=item, organisation=police)
    minuting.save_text(by=by, target=report, html=f"<p>{bird('rapport')}</p>", base_version=0)
    followup.set_topics(by=by, item=item, topics=[(bird("amne"), "")])
    signing.note_dissent(by=by, meeting=meeting, person=cast.chair, item=item, text=bird("mening"))
    close(cast, item)
    meeting.refresh_from_db()
    return meeting


def with_plans(cast: Cast, meeting: Meeting) -> AgendaItem:
    item = planning.add_item(
        by=cast.secretary, meeting=meeting, heading=bird("rubrik"), kind=ItemKind.DECISION,
        presenters=bird("foredragande"), registry_number=bird("dnr"),
        proposed_decision=bird("forslag"), dispatch=bird("expedieras"),
    )  # fmt: skip
    attaching.attach(
        by=cast.secretary, meeting=meeting, item=item, title=bird("bilagetitel"),
        filename=f"{bird('filnamn')}.txt", file=ContentFile(bird("filinnehall").encode()),
    )  # fmt: skip
    return item


def close(cast: Cast, item: AgendaItem) -> None:
    secrecy.close_item(by=cast.secretary, item=item, secrecy="OSL 35 kap. 1 §")


def return_with_remark(cast: Cast, meeting: Meeting) -> None:
    round_ = signing.open_round(by=cast.secretary, meeting=meeting)
    signer = round_.signers.get(person=cast.adjuster)
    signing.mark_item(
        by=cast.adjuster, signer=signer, item=closed_of(meeting), verdict="change",
        comment=bird("synpunkt"), typed={"decision-0": bird("andring")},
    )  # fmt: skip
    signing.return_minutes(by=cast.adjuster, signer=signer, comment="Se förslaget.")
    meeting.refresh_from_db()


def correct(cast: Cast, meeting: Meeting) -> None:
    """Of the closed item: one that came back with a remark, one sealed, one opened again when
    somebody had approved, and one that is out."""
    returned = corrected(cast, meeting)
    signer = returned.signers.get(person=cast.chair)
    signing.return_minutes(by=cast.chair, signer=signer, comment=bird("rattningssvar"))
    builders.approve_all(corrected(cast, meeting))
    opened = corrected(cast, meeting)
    builders.approve(opened.signers.get(person=cast.chair))
    signing.unlock(by=cast.secretary, round_=opened, reason=bird("oppningsskal"))
    signing.agree(by=cast.adjuster, round_=opened)
    corrected(cast, meeting)


def corrected(cast: Cast, meeting: Meeting) -> SigningRound:
    return signing.open_correction(
        by=cast.secretary, meeting=meeting, item=closed_of(meeting).pk, old=bird("text"),
        new=bird("rattning"), reason=bird("rattningsskal"),
    )  # fmt: skip


# --- Looking --------------------------------------------------------------------------------------


def birds_in(content: bytes) -> set[str]:
    """Which of the words are in an answer: in its letters, or anywhere inside a PDF."""
    texts = [content]
    if content.startswith(b"%PDF"):
        texts += [*streams(content), *read(content)]
    return {one for text in texts for one in spelled(text)}


def spelled(content: bytes) -> set[str]:
    found = set()
    for encoding in ("utf-8", "utf-16-be", "utf-16-le"):
        for shift in (0, 1) if encoding != "utf-8" else (0,):
            # A soft hyphen or a mark of hyphenation would hide a word from us, not from a reader.
            text = re.sub("[\u00ad\ufffe\u200b]", "", content[shift:].decode(encoding, "replace"))
            found |= set(re.findall(rf"{BIRD}[a-z]*", text.lower()))
    return found


def streams(pdf: bytes) -> list[bytes]:
    """Every stream of the file, out of its compression."""
    found = []
    for raw in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.S):
        try:
            found.append(zlib.decompressobj().decompress(raw))
        except zlib.error:
            found.append(raw)
    return found


def read(pdf: bytes) -> list[bytes]:
    """The words of its pages, what it says of itself, and what is attached to it."""
    with pypdfium2.PdfDocument(pdf) as document:
        told = [str(document.get_metadata_dict()).encode()]
        for one in document:
            textpage = one.get_textpage()
            text = textpage.get_text_range()
            told.append(re.sub("\ufffe\\s*", "", text).encode())
            textpage.close()
            one.close()
        for number in range(document.count_attachments()):
            attached = document.get_attachment(number)
            told += [attached.get_name().encode(), bytes(attached.get_data())]
        return told
