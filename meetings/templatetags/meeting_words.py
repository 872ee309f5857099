"""Swedish dates, clock times and sizes for pages: meetings.wording as template filters."""

from __future__ import annotations

import datetime
import re
from pathlib import PurePath
from typing import Any

from django import template
from django.utils import timezone

from meetings import followup, waiting, wording
from meetings.models import ActionItem, Attachment, Meeting
from members.models import Council

register = template.Library()

register.filter("day", wording.day)
register.filter("plain_date", wording.plain_date)
register.filter("named_day", wording.named_day)
register.filter("named_date", wording.named_date)
register.filter("upper_first", wording.upper_first)
register.filter("number_word", wording.number_word)
register.filter("file_size", wording.file_size)

# By ending, which attaching has checked against the content.
KINDS = {
    ".pdf": "PDF", ".png": "bild", ".jpg": "bild", ".jpeg": "bild", ".txt": "text",
    ".csv": "tabell", ".docx": "Word", ".xlsx": "Excel", ".pptx": "PowerPoint",
    ".odt": "text", ".ods": "kalkylblad", ".odp": "presentation",
}  # fmt: skip


@register.filter
def near_day(when: datetime.date) -> str:
    """ "12 mars", with the year only when it is not this one."""
    return wording.day_beside(when, timezone.localdate())


@register.filter
def weekday_beside(when: datetime.date) -> str:
    """ "onsdag" under a date in the margin, "onsdag 2027" when it is not this year."""
    name = wording.WEEKDAYS[when.weekday()]
    return name if when.year == timezone.localdate().year else f"{name} {when.year}"


def short(clocks: str) -> str:
    """On a page 9.00 needs no 0 before it; the minutes print 09.00 because they line up."""
    return re.sub(r"\b0(?=\d\.)", "", clocks)


@register.filter
def meeting_clock(meeting: Meeting) -> str:
    """ "kl. 13.30–15.30", "kl. 13.30" or ""."""
    return short(wording.clock_range(meeting.local_start, meeting.local_end))


@register.filter
def clock(when: datetime.time) -> str:
    """ "9.00"."""
    return short(wording.clock(when))


@register.filter
def meeting_title(meeting: Meeting) -> str:
    """ "Torsdag 12 mars 2026 · Sessionssalen"."""
    when = wording.upper_first(wording.named_date(meeting.date))
    return f"{when}{wording.NBSP}· {meeting.place}" if meeting.place else when


@register.filter
def stamp(when: datetime.datetime) -> str:
    """ "4 mars kl. 9.12", with the year only when it is not this one."""
    local = when.astimezone(wording.HERE)
    day = wording.day_beside(local.date(), timezone.localdate())
    return f"{day} kl.{wording.NBSP}{local.hour}.{local.minute:02d}"


@register.filter
def stamp_day(when: datetime.datetime) -> str:
    """The day of a moment, as near_day."""
    return near_day(wording.local_date(when))


@register.filter
def file_kind(paper: Attachment) -> str:
    """ "PDF, 3 sidor" or "Word, 240 kB": what opens when one clicks."""
    ending = PurePath(paper.filename).suffix.lower()
    if ending == ".pdf" and paper.pages:
        return f"PDF, {wording.counted(paper.pages, 'sida', 'sidor')}"
    return f"{KINDS.get(ending, 'fil')}, {wording.file_size(paper.size)}"


@register.filter
def meeting_start(meeting: Meeting) -> str:
    """ "kl. 13.30"."""
    return short(wording.clock_range(meeting.local_start, None))


@register.filter
def scope(meeting: Any) -> str:
    """ "§§ 1–9" of a meeting annotated with first and last."""
    return wording.sections(range(meeting.first, meeting.last + 1), meeting.number_prefix)


@register.filter
def named(names: dict[int, str], council: Council) -> str:
    """The council's name in a list that may hold others like it (naming.names_of)."""
    return names.get(council.pk, council.short_name)


@register.filter
def next_clock(meeting: Meeting) -> str:
    """When the next meeting is, as the minutes say: "kl. 13.00–15.30"."""
    return short(wording.clock_range(meeting.next_starts_at, meeting.next_ends_at))


register.filter("action_assignee", followup.assignee)
register.filter("action_origin", waiting.origin)


@register.filter
def action_title(action: ActionItem) -> str:
    """The first words of an action item, for lists and headings; of a closed one that it is."""
    return waiting.shortened(action.public_text)


@register.filter
def action_is_cut(action: ActionItem) -> bool:
    return action.item.is_secret or waiting.shortened(action.text).endswith(" …")
