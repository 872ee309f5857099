"""The saved wordings of a §, for the page that lists them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from meetings import richtext, wording
from meetings.models import AgendaItem, TextRevision

MOST_VERSIONS = 200


@dataclass
class Version:
    """A saved wording; `current` is the one that stands in the minutes now."""

    row: TextRevision
    current: bool

    @property
    def when(self) -> str:
        return wording.moment(self.row.at)

    @property
    def shown(self) -> SafeString:
        return mark_safe(richtext.clean(self.row.text))  # noqa: S308 - cleaned here


def versions_of(item: AgendaItem) -> list[Version]:
    """Newest first, of the § and of every report in it."""
    rows = item.revisions.select_related("by", "report").order_by("-pk")[:MOST_VERSIONS]
    return [
        Version(row, row.version is not None and row.version == (row.report or item).text_version)
        for row in rows
    ]
