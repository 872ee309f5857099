"""A meeting's history, as it is read: "13.42 Anna ändrade § 4".

From the trail, and from the saved wordings: these are not noted one by one, because a text saves
itself every other second, so what one person did to one text in a day is told as one thing.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.db.models.functions import TruncDate

from meetings import presenting, wording
from meetings.models import ActionItem, Attachment, Meeting, OrganisationReport, TextRevision
from meetings.states import State
from members import audit
from members.models import AuditEntry, MinutesStyle

# Of the minutes, and therefore nobody's but theirs who read the draft, until they are justerade.
OF_THE_DRAFT = {
    "meetings.attachment",
    "meetings.attendance",
    "meetings.organisationreport",
    "meetings.actionitem",
}


@dataclass(frozen=True)
class Line:
    """One thing that somebody did, or the same thing done several times in a row."""

    at: datetime.datetime
    words: str
    count: int = 1
    since: datetime.datetime | None = None

    @property
    def day(self) -> datetime.date:
        return wording.local_date(self.at)

    @property
    def clock(self) -> str:
        return clock(self.at)

    @property
    def times(self) -> str:
        """ "(12 gånger från 13.02)", "" for once."""
        if self.count == 1:
            return ""
        first = clock(self.since or self.at)
        started = "" if first == self.clock else f" från {first}"
        return f"({self.count} gånger{started})"


def clock(when: datetime.datetime) -> str:
    return wording.clock(when.astimezone(wording.HERE).time())


# Who has read what is closed: for those who may read it.
READINGS = "closed.read"


def history_of(meeting: Meeting, *, reads_draft: bool, reads_closed: bool = False) -> list[Line]:
    """Everything that was done with the meeting, newest first, in a fixed number of queries.

    Without `reads_draft`, what is only in the draft is told without its words. The words of closed
    items are told to nobody here; who has read them to those with `reads_closed`.
    """
    veiled = not reads_draft and meeting.state in (State.MINUTING, State.SIGNING)
    places = Places(meeting, veiled=veiled)
    lines = [*acts(meeting, places, reads_closed=reads_closed), *texts(meeting, places)]
    return list(merged(sorted(lines, key=lambda line: line.at, reverse=True)))


class Places:
    """Where things stand in the meeting, as one says it: "§ 4 Medborgarlöften", "i § 4"."""

    def __init__(self, meeting: Meeting, *, veiled: bool) -> None:
        self.veiled = veiled
        items = list(meeting.items.standing())
        self.headings = {item.pk: item.public_name for item in items}
        # Whatever the trail noted of them before they were closed.
        self.closed = {item.pk: item.public_name for item in meeting.items.under_secrecy()}
        word = "punkt " if meeting.minutes_style == MinutesStyle.HEADINGS else ""
        labels = presenting.labels_of(meeting, items)
        self.labels = {pk: f"{word}{label}" for pk, label in labels.items()}
        reports = OrganisationReport.objects.filter(item__meeting=meeting)
        actions = ActionItem.objects.filter(item__meeting=meeting)
        self.items = {
            "meetings.organisationreport": dict(reports.values_list("pk", "item")),
            "meetings.actionitem": dict(actions.values_list("pk", "item")),
        }
        self.reports = dict(reports.values_list("pk", "label"))
        papers = Attachment.objects.filter(meeting=meeting, item__in=self.closed)
        self.closed_papers = set(papers.values_list("pk", flat=True)) if self.closed else set()

    def item(self, pk: int | None, heading: str) -> str:
        """A removed item has no number."""
        label, heading = self.labels.get(pk or 0), self.closed.get(pk or 0, heading)
        return f"{label} {heading}" if label else f"punkten {heading}"

    def inside(self, pk: int | None) -> str:
        """ " i § 4", after what stands in it."""
        label = self.labels.get(pk or 0)
        return f" i {label}" if label else ""

    def subject(self, entry: AuditEntry) -> str:
        """What an entry is about, with its place."""
        kind, pk = entry.subject_type, entry.subject_id
        if kind == "meetings.agendaitem":
            return self.item(pk, entry.subject_text)
        inside = self.items.get(kind, {}).get(pk or 0)
        closed = inside in self.closed or (
            kind == "meetings.attachment" and pk in self.closed_papers
        )
        veiled = closed or (self.veiled and kind in OF_THE_DRAFT)
        return audit.what(entry, veiled=veiled) + self.inside(inside)

    def which(self, entry: AuditEntry) -> str:
        """Closed items that were read: "§ 5 och § 7"."""
        read = [self.labels.get(pk, "en borttagen punkt") for pk in entry.facts.get("items", [])]
        return wording.joined(read)

    def text(self, item: int, report: int | None) -> str:
        """Whose text: an item's or a report's."""
        if report is None:
            return self.item(item, self.headings.get(item, "som togs bort"))
        hidden = self.veiled or item in self.closed
        from_whom = "en rapport" if hidden else f"rapporten från {self.reports.get(report)}"
        return from_whom + self.inside(item)


def acts(meeting: Meeting, places: Places, *, reads_closed: bool) -> Iterator[Line]:
    document = the_document(meeting)
    entries = audit.history_of_meeting(meeting.pk)
    for entry in entries if reads_closed else entries.exclude(action=READINGS):
        words = audit.sentence(
            entry, what=places.subject(entry), document=document, which=places.which(entry),
            reason=str(entry.facts.get("reason", "")),
        )  # fmt: skip
        yield Line(entry.at, words)


def the_document(meeting: Meeting) -> str:
    headings = meeting.minutes_style == MinutesStyle.HEADINGS
    return "minnesanteckningarna" if headings else "protokollet"


def texts(meeting: Meeting, places: Places) -> Iterator[Line]:
    """A line for each day, person and text: the wordings that stood, and those that did not."""
    for row in saved(meeting):
        whose = places.text(row["item"], row["report"])
        for count, words in (
            (row["stood"], f"ändrade texten i {whose}"),
            (row["lost"], f"sparade en text i {whose} som inte blev den gällande"),
        ):
            if count:
                yield Line(row["last"], f"{row['by__name']} {words}", count, row["first"])


def saved(meeting: Meeting) -> Iterable[Any]:
    return (
        TextRevision.objects.filter(item__meeting=meeting)
        .annotate(day=TruncDate("at", tzinfo=wording.HERE))
        .values("day", "by", "by__name", "item", "report")
        .annotate(
            stood=Count("pk", filter=Q(version__isnull=False)),
            lost=Count("pk", filter=Q(version__isnull=True)),
            first=Min("at"),
            last=Max("at"),
        )
        .order_by()
    )


def merged(lines: Iterable[Line]) -> Iterator[Line]:
    """The same thing several times in a row on one day is one line, at the last time."""
    for _, same in groupby(lines, key=lambda line: (line.day, line.words)):
        last, *earlier = same
        if not earlier:
            yield last
            continue
        first = earlier[-1]
        count = sum(line.count for line in (last, *earlier))
        yield replace(last, count=count, since=first.since or first.at)


def by_day(lines: Iterable[Line]) -> list[tuple[datetime.date, list[Line]]]:
    return [(day, list(of_day)) for day, of_day in groupby(lines, key=lambda line: line.day)]
