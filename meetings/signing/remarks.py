"""Reading remarks: what signers said of a frozen text, what they propose, what was answered."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q, QuerySet

from meetings import comparing, sealing, secrecy, snapshot
from meetings.models import CommentAnswer, Meeting, ReviewComment, RoundState, SigningRound
from meetings.models.agenda import NEUTRAL_HEADING
from meetings.signing import proposals
from members import prepared
from members.models import Person

VEILED = "Synpunkten gäller en paragraf som omfattas av sekretess."


@dataclass(frozen=True)
class Remark:
    """A remark with the text it speaks of. `line` is None for one about the whole."""

    comment: ReviewComment
    name: str
    text: str
    at: datetime.datetime
    item: int | None  # AgendaItem.pk: the anchor on the desk; None for the whole
    about: str  # "§ 4 Lägesbild" as it was when it was read, "" for the whole
    line: snapshot.ItemLine | None = None
    answer: CommentAnswer | None = None

    @cached_property
    def wanted(self) -> snapshot.ItemLine | None:
        """The item as the remark would have it, or None when it is words only."""
        if self.line is None or not self.comment.proposal:
            return None
        return proposals.proposed(self.line, self.comment.proposal)

    @cached_property
    def changes(self) -> list[tuple[str, comparing.Marked]]:
        """What is proposed, with the words marked: [("Texten", …), ("Beslut", …)]."""
        if self.line is None or self.wanted is None:
            return []
        return list(changes_between(self.line, self.wanted))


def changes_between(
    old: snapshot.ItemLine, new: snapshot.ItemLine
) -> Iterable[tuple[str, comparing.Marked]]:
    """The stretches that differ, each with a word for what it is."""
    if old["text"] != new["text"]:
        yield "Texten", comparing.spoken(comparing.excerpt(old["text"], new["text"]))
    for before, after in zip(old["reports"], new["reports"], strict=True):
        if before["text"] != after["text"]:
            shown = comparing.excerpt(before["text"], after["text"])
            yield f"Rapporten från {after['label']}", comparing.spoken(shown)
    if old["decisions"] != new["decisions"]:
        points = comparing.marked_points(old["decisions"], new["decisions"])
        listed = "".join(f"<p>{point}</p>" for point in points)
        yield "Beslut", comparing.spoken(listed)
    for was, now in zip(old["actions"], new["actions"], strict=True):
        if was["text"] != now["text"]:
            shown = comparing.marked_words(was["text"], now["text"])
            yield now["label"], comparing.spoken(f"<p>{shown}</p>")


def remarks_of(meeting: Meeting, *, closed: bool = False) -> list[Remark]:
    """Those of the latest closed round, and earlier ones that nobody has answered.

    For the secretary while the minutes are written; none while they are out again. Only with
    `closed` the words of those about closed items: for a page whose readings are noted.
    """
    last = last_round(meeting.pk)
    if not last or last[0].state in (RoundState.OPEN, RoundState.COMPLETED):
        return []
    found = of_minutes(meeting).filter(Q(round=last[0]) | Q(answer__isnull=True))
    return read(found, closed=closed)


@prepared.question
def last_round(meeting: int) -> QuerySet[SigningRound]:
    return SigningRound.objects.filter(meeting=meeting).order_by("-number")[:1]


def remark_of(comment: ReviewComment) -> Remark:
    """For who writes the minutes, and so reads all of them."""
    (remark,) = read(ReviewComment.objects.filter(pk=comment.pk), closed=True)
    return remark


def unanswered(meeting: Meeting) -> QuerySet[ReviewComment]:
    return of_minutes(meeting).filter(answer__isnull=True)


def remarks_by(meeting: Meeting, person: Person) -> list[Remark]:
    """Everything one signer has said of these minutes, with the answers, oldest first."""
    closed = Meeting.objects.with_closed_for(person).filter(pk=meeting.pk).exists()
    return read(of_minutes(meeting).filter(person=person), closed=closed)


def is_closed(comment: ReviewComment, line: snapshot.ItemLine | None) -> bool:
    """About an item that was closed when it was read, or has been closed since."""
    then = line is not None and "withheld" in line
    return then or (comment.item is not None and comment.item.is_secret)


def veiled(comment: ReviewComment, line: snapshot.ItemLine | None) -> Remark:
    """That there is a remark, by whom and about which §; neither its words nor the answer's."""
    label = line["label"] if line else ""
    name = comment.item.public_name if comment.item else NEUTRAL_HEADING
    return Remark(
        comment=comment, name=comment.person.name, text=VEILED, at=comment.at,
        item=comment.item_id, about=f"{label} {name}".strip(),
    )  # fmt: skip


def of_minutes(meeting: Meeting) -> QuerySet[ReviewComment]:
    return ReviewComment.objects.filter(round__in=SigningRound.objects.filter(meeting=meeting))


def read(comments: QuerySet[ReviewComment], *, closed: bool) -> list[Remark]:
    """With the frozen line each of them is about; each version is read once."""
    rows = comments.select_related("person", "round__version", "answer__by", "item").order_by("pk")
    lines: dict[int, dict[int, snapshot.ItemLine]] = {}
    found = []
    for comment in rows:
        version = comment.round.version
        if version.pk not in lines:
            text = secrecy.whole(version) if closed else sealing.read(version)
            lines[version.pk] = {one["key"]: one for one in text["items"]}
        line = lines[version.pk].get(comment.item_id or 0)
        if not closed and is_closed(comment, line):
            found.append(veiled(comment, line))
            continue
        found.append(
            Remark(
                comment=comment, name=comment.person.name, text=comment.text, at=comment.at,
                item=comment.item_id,
                about=f"{line['label']} {line['heading']}".strip() if line else "",
                line=line, answer=getattr(comment, "answer", None),
            )
        )  # fmt: skip
    return found
