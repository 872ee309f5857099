"""Swedish words for dates, clock times, paragraphs and names, as the minutes print them. A leaf.

Written here and not taken from the operating system's locale or Django's formats, because a
protocol must read the same on every server and for all time. The forms follow domain.md c
("Grammar for generated text"): "den 5 mars 2026", "kl. 13.00–16.30" (point, en dash),
"§§ 1–8" (no-break space), "BRÅ:s".
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from itertools import pairwise
from zoneinfo import ZoneInfo

HERE = ZoneInfo("Europe/Stockholm")
NBSP = "\N{NO-BREAK SPACE}"
DASH = "\N{EN DASH}"

MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
# How the trail speaks of a document when its style is not told (members.audit.register).
IN_THE_TRAIL = {"document": {"": "protokollet"}}
WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")


def day(when: date) -> str:
    """ "5 mars": the short form inside a sentence."""
    return f"{when.day}{NBSP}{MONTHS[when.month - 1]}"


def plain_date(when: date) -> str:
    """ "5 mars 2026": standing alone, as in a list."""
    return f"{day(when)} {when.year}"


def named_day(when: date) -> str:
    """ "torsdag 5 mars": a day that is near enough to need no year."""
    return f"{WEEKDAYS[when.weekday()]} {day(when)}"


def named_date(when: date) -> str:
    """ "torsdag 5 mars 2026": the heading of a meeting's page."""
    return f"{named_day(when)} {when.year}"


def day_beside(when: date, today: date) -> str:
    """ "5 mars", or "5 mars 2027" when it lies in another year than today."""
    return day(when) if when.year == today.year else plain_date(when)


def long_date(when: date) -> str:
    """ "den 5 mars 2026"."""
    return f"den {day(when)} {when.year}"


def weekday_date(when: date) -> str:
    """ "torsdag den 5 mars": the cover of a paragraph protocol, which gives no year there."""
    return f"{WEEKDAYS[when.weekday()]} den {day(when)}"


def definite_weekday_date(when: date) -> str:
    """ "torsdagen den 5 mars": inside a sentence and for the next meeting."""
    return f"{WEEKDAYS[when.weekday()]}en den {day(when)}"


def week(when: date) -> str:
    """ "v. 29": the ISO week."""
    return f"v.{NBSP}{when.isocalendar().week}"


def clock(when: time | str) -> str:
    """ "13.00" from a time or from "13:00"; Språkrådet writes a point."""
    text = when if isinstance(when, str) else when.strftime("%H:%M")
    return text[:5].replace(":", ".")


def clock_range(start: time | str | None, end: time | str | None) -> str:
    """ "kl. 13.00–16.30", "kl. 13.00" without an end, "" without a start."""
    if not start:
        return ""
    begins = f"kl.{NBSP}{clock(start)}"
    return f"{begins}{DASH}{clock(end)}" if end else begins


def moment(when: datetime) -> str:
    """ "2026-03-12 kl. 14.05" in local time: stamps of approvals and versions."""
    local = when.astimezone(HERE)
    return f"{local.date().isoformat()} kl.{NBSP}{clock(local.time())}"


def local_date(when: datetime) -> date:
    """The date of a moment as the council lived it, not as UTC counts it."""
    return when.astimezone(HERE).date()


def date_and_clock(when: date, start: time | str | None, end: time | str | None) -> str:
    """ "Torsdag den 5 mars kl. 13.00–16.30": Tid on the cover."""
    return upper_first(" ".join(filter(None, (weekday_date(when), clock_range(start, end)))))


def next_meeting(
    *, when: date, start: time | str | None = None, end: time | str | None = None, place: str = ""
) -> str:
    """ "Torsdagen den 4 juni kl. 13.00–15.30 i Vågsalen." One sentence, weekday computed.

    A place that brings its own preposition ("på biblioteket") keeps it.
    """
    words = [upper_first(definite_weekday_date(when)), clock_range(start, end)]
    if place := place.strip().rstrip("."):
        has_own = place.split()[0].lower() in {"i", "på", "hos", "vid", "via", "digitalt"}
        words.append(place if has_own else f"i {place}")
    return " ".join(filter(None, words)) + "."


def sections(numbers: Iterable[int], prefix: str = "") -> str:
    """ "§ 4", "§§ 1–8", "§§ 1–3, 5 och 7–8"; "" for none."""
    ordered = sorted(set(numbers))
    if not ordered:
        return ""
    breaks = [i for i, (a, b) in enumerate(pairwise(ordered), start=1) if b != a + 1]
    runs = [
        (ordered[first], ordered[last - 1])
        for first, last in zip([0, *breaks], [*breaks, len(ordered)], strict=True)
    ]
    parts = [str(a) if a == b else f"{a}{DASH}{b}" for a, b in runs]
    sign = "§" if len(ordered) == 1 else "§§"
    return f"{prefix} {sign}{NBSP}{joined(parts)}".lstrip()


def section(number: int, prefix: str = "") -> str:
    """ "§ 4", or "FHR § 4" for a council that numbers with a prefix."""
    return sections([number], prefix)


def joined(words: Sequence[str]) -> str:
    """ "A", "A och B", "A, B och C"."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} och {words[-1]}"


def genitive(name: str) -> str:
    """ "BRÅ:s", "Kalmars", "Lars", "SCB:s": initialisms take a colon, s x z nothing."""
    if not name or name[-1] in "sxzSXZ":
        return name
    last = name.split()[-1]
    return f"{name}:s" if last.isupper() and len(last) > 1 else f"{name}s"


def counted(number: int, one: str, many: str) -> str:
    """ "1 sida", "6 sidor"; the number and its word never part."""
    return f"{number}{NBSP}{one if number == 1 else many}"


def number_word(number: int) -> str:
    """ "tre", "tolv", "13": small numbers as words inside a sentence ("en" is utrum)."""
    words = [
        "noll",
        "en",
        "två",
        "tre",
        "fyra",
        "fem",
        "sex",
        "sju",
        "åtta",
        "nio",
        "tio",
        "elva",
        "tolv",
    ]
    return words[number] if 0 <= number < len(words) else str(number)


def file_size(size: int) -> str:
    """ "240 kB", "1,4 MB" (decimal units, as the systems of today show them)."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))}{NBSP}kB"
    return f"{size / 1_000_000:.1f}".replace(".", ",") + f"{NBSP}MB"


def elected(names: Sequence[str]) -> str:
    """The decision that elects adjusters: "NN utses att justera dagens protokoll." """
    return f"{joined(names)} utses att justera dagens protokoll."


def upper_first(text: str) -> str:
    """First letter upper, the rest untouched (str.capitalize would lower "BRÅ")."""
    return text[:1].upper() + text[1:]


def lower_first(text: str) -> str:
    """ "omedelbar justering av § 3": a name of a document inside a sentence."""
    return text[:1].lower() + text[1:]
