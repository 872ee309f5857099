"""The page of former wordings: of a §'s text, of each report in it, and of its decisions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import QueryDict
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from meetings import access, comparing, minuting, richtext, wording
from meetings.models import AgendaItem

DECISIONS = "beslut"


@dataclass(frozen=True)
class Source:
    """One of the texts of a §; `key` is what the address says."""

    key: str
    name: str
    report: int | None = None


@dataclass(frozen=True)
class Version:
    wording: minuting.Wording
    url: str  # takes it back

    @property
    def pk(self) -> int:
        return self.wording.pk

    @property
    def when(self) -> str:
        return wording.moment(self.wording.at)

    @property
    def by(self) -> str:
        return self.wording.by or "okänt vem"

    @property
    def standing(self) -> str:
        if self.wording.current:
            return "Står i protokollet nu"
        return "Stod i protokollet" if self.wording.stood else "Kom inte med, någon annan hann före"


def sources_of(item: AgendaItem) -> list[Source]:
    """The text itself, every report that has stood in the §, and the decisions."""
    reports = item.reports.order_by("position", "pk").values_list("pk", "label")
    return [
        Source("", "Texten"),
        *(Source(f"rapport-{pk}", label, pk) for pk, label in reports),
        Source(DECISIONS, "Besluten"),
    ]


def context(item: AgendaItem, asked: QueryDict) -> dict[str, Any]:
    """The versions of the text asked for, and the two of them that are compared."""
    sources = sources_of(item)
    source = next((one for one in sources if one.key == asked.get("text", "")), None)
    source = source or access.nothing()
    every = "alla" in asked
    versions = versions_of(item, source, every=every)
    stands = next((at for at, one in enumerate(versions) if one.wording.current), 0)
    newer = chosen(versions, asked.get("till"), stands)
    older = chosen(versions, asked.get("fran"), stands + 1)
    if older and newer and older.wording.at > newer.wording.at:
        older, newer = newer, older
    return {
        "sources": sources,
        "source": source,
        "every": every,
        "versions": versions,
        "older": older,
        "newer": newer,
        "shown": shown(item, source, older, newer) if newer else "",
    }


def versions_of(item: AgendaItem, source: Source, *, every: bool) -> list[Version]:
    if source.key == DECISIONS:
        found, name = minuting.wordings_of_decisions(item, every=every), "restore_decisions"
    else:
        report = item.reports.get(pk=source.report) if source.report else None
        found, name = minuting.wordings_of_text(item, report, every=every), "restore_text"
    place = [item.meeting.council.slug, item.meeting.key, item.pk]
    return [Version(one, reverse(name, args=[*place, one.pk])) for one in found]


def chosen(versions: list[Version], asked: str | None, otherwise: int) -> Version | None:
    """The version of that key, else the one at that place of the list, if it has so many."""
    named = next((one for one in versions if str(one.pk) == asked), None)
    return named or next(iter(versions[otherwise:]), None)


def shown(item: AgendaItem, source: Source, older: Version | None, newer: Version) -> SafeString:
    """What changed from the one to the other, or the only one as it is."""
    pks = [newer.pk, *([older.pk] if older else [])]
    if source.key == DECISIONS:
        points = dict(item.decision_revisions.filter(pk__in=pks).values_list("pk", "points"))
        lines = comparing.marked_points(points[pks[-1]], points[newer.pk])
        inside = "".join(f"<li>{comparing.spoken(one)}</li>" for one in lines)
        return mark_safe(f"<ol>{inside}</ol>" if inside else "")  # noqa: S308 - Marked, escaped
    texts = dict(item.revisions.filter(pk__in=pks).values_list("pk", "text"))
    if older is None:
        return mark_safe(richtext.clean(texts[newer.pk]))  # noqa: S308 - cleaned here
    return comparing.spoken(comparing.marked(texts[older.pk], texts[newer.pk]))
