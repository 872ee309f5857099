"""What a signer reads: all of it the first time, afterwards what has changed since they last did.

For each item the text that counts is the latest one the signer has marked or approved. One that is
the same since stays folded; one they proposed to change comes back with the answer.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from meetings import comparing, secrecy, snapshot
from meetings.models import (
    Approval,
    ItemReview,
    Signer,
    SigningRound,
    TextKind,
    Verdict,
)
from meetings.pdf import items
from meetings.signing import proposals, remarks
from meetings.signing.remarks import Remark


@dataclass(frozen=True)
class Entry:
    """One item as this signer meets it."""

    key: int
    line: snapshot.ItemLine  # with changes marked, where `state` is changed
    frozen: snapshot.ItemLine  # as it is justerat
    state: Literal["unread", "same", "changed", "new"]
    notes: list[str] = field(default_factory=list)
    review: ItemReview | None = None  # the mark in this round
    remarks: list[Remark] = field(default_factory=list)  # the signer's own, with answers

    @property
    def folded(self) -> bool:
        return self.state == "same" and self.review is None

    @property
    def wants_change(self) -> bool:
        return self.review is not None and self.review.verdict == Verdict.CHANGE

    @property
    def settled(self) -> bool:
        """Nothing more is asked about it."""
        return self.state == "same" or self.review is not None

    @property
    def name(self) -> str:
        """ "§ 4 Lägesbild", without marks."""
        return comparing.name_of(self.frozen)

    @cached_property
    def item(self) -> dict[str, Any]:
        """The line as print/_item.html takes it."""
        return items.item_lines(self.line)

    @property
    def proposed(self) -> list[tuple[str, comparing.Marked]]:
        """What the signer's own mark would change, with the words marked."""
        if self.review is None or not self.review.proposal:
            return []
        wanted = proposals.proposed(self.frozen, self.review.proposal)
        return list(remarks.changes_between(self.frozen, wanted))


@dataclass(frozen=True)
class Reading:
    """The whole text as this signer meets it."""

    entries: list[Entry]
    again: bool  # something of these minutes was read in an earlier round
    around: list[str] = field(default_factory=list)  # changed outside the items, in sentences
    removed: list[snapshot.ItemLine] = field(default_factory=list)
    whole: list[Remark] = field(default_factory=list)  # own remarks about the whole

    @property
    def open(self) -> list[Entry]:
        return [entry for entry in self.entries if not entry.settled]

    @property
    def proposals(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.wants_change]

    @property
    def changed(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.state in ("changed", "new")]

    @property
    def groups(self) -> list[Group]:
        """Neighbours that are folded, together; the others one by one."""
        found: list[Group] = []
        for entry in self.entries:
            if entry.folded and found and found[-1].folded:
                found[-1].entries.append(entry)
            else:
                found.append(Group([entry], folded=entry.folded))
        return found


@dataclass
class Group:
    entries: list[Entry]
    folded: bool

    @property
    def names(self) -> str:
        return comparing.names_of([entry.frozen for entry in self.entries])


@dataclass
class Before:
    """What a signer has read of earlier versions."""

    shown: snapshot.Snapshot | None = None  # the latest that was shown to them
    read: snapshot.Snapshot | None = None  # the latest of which they marked or approved anything
    lines: dict[int, snapshot.ItemLine] = field(default_factory=dict)  # as read, by item
    wanted: set[int] = field(default_factory=set)  # items whose latest mark was a proposal


def reading_of(signer: Signer) -> Reading:
    """The frozen text of the signer's round, beside what they have read of the meeting before."""
    now = secrecy.text_for(signer.person, signer.round.version)
    before = before_of(signer)
    reviews = {review.item_id: review for review in signer.reviews.all()}
    said = remarks.remarks_by(signer.round.meeting, signer.person)
    entries = [entry_of(line, before, reviews.get(line["key"]), said) for line in now["items"]]
    shown = before.read or before.shown
    kept = {line["key"] for line in now["items"]}
    return Reading(
        entries=entries,
        again=before.read is not None,
        around=comparing.changes_around(shown, now) if before.read and shown else [],
        removed=[line for key, line in before.lines.items() if key not in kept],
        whole=[one for one in said if one.item is None and one.comment.round_id != signer.round_id],
    )


def entry_of(
    line: snapshot.ItemLine, before: Before, review: ItemReview | None, said: list[Remark]
) -> Entry:
    key = line["key"]
    own = [one for one in said if one.item == key]
    read = before.lines.get(key)
    if before.read is None:
        return Entry(key, line, line, "unread", review=review, remarks=own)
    shown = read or next((one for one in (before.shown or before.read)["items"]
                          if one["key"] == key), None)  # fmt: skip
    change = comparing.compare_item(shown, line)
    if change.state == "same":
        # Not read before, or answered without a change: still to be marked.
        state: Literal["same", "unread"] = (
            "same" if read is not None and key not in before.wanted else "unread"
        )
        return Entry(key, line, line, state, review=review, remarks=own)
    state_now: Literal["new", "changed"] = "new" if change.state == "new" else "changed"
    return Entry(key, change.line, line, state_now, change.notes, review, own)


def before_of(signer: Signer) -> Before:
    """Earlier rounds of the meeting in which the person signed, oldest first, so that later ones
    win. Approving is reading all of it. A small paper stands alone: nothing of it is old."""
    if signer.round.kind != TextKind.MINUTES:
        return Before()
    places = (
        Signer.objects.filter(
            person=signer.person_id,
            round__in=SigningRound.objects.filter(
                meeting=signer.round.meeting_id, number__lt=signer.round.number
            ),
        )
        .select_related("round__version")
        .prefetch_related("reviews")
        .order_by("round__number")
    )
    approved = set(
        Approval.objects.filter(signer__in=places.values("pk")).values_list("signer", flat=True)
    )
    before = Before()
    for place in places:
        version = secrecy.text_for(signer.person, place.round.version)
        before.shown = version
        marks = {review.item_id: review.verdict for review in place.reviews.all()}
        if place.pk in approved or marks:
            note(before, version, marks, everything=place.pk in approved)
    return before


def note(
    before: Before, version: snapshot.Snapshot, marks: dict[int, str], *, everything: bool
) -> None:
    before.read = version
    for line in version["items"]:
        key = line["key"]
        if not everything and key not in marks:
            continue
        before.lines[key] = line
        if marks.get(key) == Verdict.CHANGE:
            before.wanted.add(key)
        else:
            before.wanted.discard(key)
