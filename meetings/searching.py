"""Swedish full-text search in justerade minutes, § by §, in the councils one may read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from html import escape
from typing import Any, NamedTuple

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchVector
from django.db import connection, models
from django.db.models import Q, QuerySet, Value
from django.db.models.functions import ExtractYear
from django.utils.safestring import SafeString, mark_safe

from meetings import richtext, snapshot
from meetings.models import ArchivedItem, Meeting
from members.models import Council, Person

CONFIG = "swedish"
# Characters that minutes cannot hold (richtext strips them) mark the hits until text is escaped.
START, STOP = "\x02", "\x03"
LONGEST_QUERY = 200
SHORTEST = 4  # letters of a word that is looked for inside others, shorter ones stand alone
SHORTEST_STEM = 5
UNENDED, LINE_END = re.compile(r"(?<=[^\s.:;?!…,])\n"), re.compile(r"(\S)\n")
EXCERPT = 200  # characters


def index(*, meeting: Meeting, content: snapshot.Snapshot) -> None:
    """Make the §§ of sealed minutes findable. Called by sealing, in its transaction."""
    rows = [
        ArchivedItem(
            meeting=meeting,
            council=meeting.council,
            item_key=line["key"],
            date=meeting.date,
            position=position,
            label=line["label"],
            heading=line["heading"],
            text=words_of(line),
            has_decision=bool(line["decisions"]),
            action_count=len(line["actions"]),
            search=SearchVector(Value(line["heading"]), weight="A", config=CONFIG)
            + SearchVector(Value(words_of(line)), weight="C", config=CONFIG),
        )
        for position, line in enumerate(content["items"], start=1)
    ]
    for row in rows:  # an expression as value cannot be bulk-created
        row.save()


def words_of(line: snapshot.ItemLine) -> str:
    """Everything one § says, as plain text in printed order."""
    reports = [f"{report['label']}. {richtext.plain(report['text'])}" for report in line["reports"]]
    actions = [
        " ".join(filter(None, (action["text"], action["assignee"]))) for action in line["actions"]
    ]
    earlier = [
        " ".join(filter(None, (one["text"], one["assignee"], one["news"])))
        for one in line.get("follow_up", [])
    ]
    views = [f"{one['name']}: {one['text']}" for one in line.get("dissents", [])]
    parts = [
        line["presenters"], richtext.plain(line["text"]), *reports, *earlier, line["next_meeting"],
        *line["topics"], *line["decisions"], *actions, *views, line["registry_number"],
    ]  # fmt: skip
    return "\n".join(part for part in parts if part)


@dataclass(frozen=True)
class Result:
    """What a search found: rows of this page (with .excerpt and .title, safe HTML), and counts.

    `councils` is {pk: §§} in the chosen year, `years` [(year, §§)] in the chosen council.
    """

    rows: list[Any] = field(default_factory=list)
    total: int = 0
    minutes: int = 0
    councils: dict[int, int] = field(default_factory=dict)
    years: list[tuple[int, int]] = field(default_factory=list)


def tidy(words: str) -> str:
    """What was typed, on one line, without what no minutes can hold, and not endless."""
    return richtext.one_line(words)[:LONGEST_QUERY].strip()


def search(
    *,
    user: Person,
    words: str,
    council: Council | None = None,
    year: int | None = None,
    oldest_first: bool = False,
    page: int = 1,
    per_page: int = 20,
) -> Result:
    """§§ holding the words (inflected forms too; "in quotes" in a row), newest first.

    A word is also found inside compounds (vandring finds trygghetsvandring). Only councils the
    person may read are searched. A page after the last is the last.
    """
    words = straight_quotes(tidy(words))
    if not words:
        return Result()
    query = SearchQuery(words, search_type="websearch", config=CONFIG)
    stems = stems_of(words)
    every = ArchivedItem.objects.visible_to(user).filter(matching(words, stems, query))
    counts = counts_of(every)
    found = [
        one
        for one in counts
        if (council is None or one.council == council.pk) and (not year or one.year == year)
    ]
    total = sum(one.items for one in found)
    start = (min(max(1, page), max(1, -(-total // per_page))) - 1) * per_page
    rows = ordered(narrowed(every, council, year), query, oldest_first)[start : start + per_page]
    return Result(
        rows=[with_marks(row, stems) for row in rows] if total else [],
        total=total,
        minutes=sum(one.minutes for one in found),
        councils=added((one.council, one.items) for one in counts if not year or one.year == year),
        years=sorted(
            added(
                (one.year, one.items)
                for one in counts
                if council is None or one.council == council.pk
            ).items(),
            reverse=True,
        ),
    )


class Count(NamedTuple):
    """Hits of one council and year. Minutes belong to one of each, so these can be added up."""

    council: int
    year: int
    items: int
    minutes: int


def counts_of(found: QuerySet[ArchivedItem]) -> list[Count]:
    """All counts of the page in one question: looking through the texts is what takes time."""
    groups = (
        found.order_by()
        .values_list("council", ExtractYear("date"))
        .annotate(items=models.Count("pk"), minutes=models.Count("meeting", distinct=True))
    )
    return [Count(*group) for group in groups]


def added(pairs: Iterable[tuple[int, int]]) -> dict[int, int]:
    sums: dict[int, int] = {}
    for key, number in pairs:
        sums[key] = sums.get(key, 0) + number
    return sums


def straight_quotes(words: str) -> str:
    """A phone writes ”so”, and the query language knows only "so"."""
    return re.sub("[”“„»«]", '"', words)


def stems_of(words: str) -> list[str]:
    """What a word must hold to be a hit: its stem, or the word where the stem would say too little.

    Words that Swedish search passes over ("och", "att") fall away.
    """
    typed = re.findall(r"\w+", words.lower())
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT w, ts_lexize('swedish_stem', w) FROM unnest(%s::text[]) WITH ORDINALITY t(w, n)"
            " ORDER BY n", [typed],
        )  # fmt: skip
        lexemes = cursor.fetchall()
    return [
        stem[0] if len(stem[0]) >= SHORTEST_STEM and stem[0] in word else word
        for word, stem in lexemes
        if stem
    ]


def matching(words: str, stems: list[str], query: SearchQuery) -> Q:
    """Full-text, or every word somewhere inside the text or heading (compounds).

    Quotes and a minus are said to the full-text search alone: "in a row", and "without".
    """
    exact = Q(search=query)
    if not stems or '"' in words or any(word.startswith("-") for word in words.split()):
        return exact
    inside = Q()
    for stem in stems:
        if len(stem) >= SHORTEST:
            inside &= Q(folded__contains=stem)
        else:
            inside &= Q(folded__regex=rf"\m{stem}\M")
    return exact | inside


def narrowed(
    found: QuerySet[ArchivedItem], council: Council | None, year: int | None
) -> QuerySet[ArchivedItem]:
    if council is not None:
        found = found.filter(council=council)
    return found.filter(date__year=year) if year else found


def ordered(found: QuerySet[ArchivedItem], query: SearchQuery, oldest_first: bool) -> QuerySet[Any]:
    """With meeting and council, and the words around the hits as `headline`."""
    return (
        found.select_related("council", "meeting")
        .defer("search", "folded")
        .annotate(
            headline=SearchHeadline(
                "text", query, config=CONFIG, start_sel=START, stop_sel=STOP,
                max_words=32, min_words=16, max_fragments=2, fragment_delimiter=" … ",
            )
        )
        .order_by("date" if oldest_first else "-date", "meeting", "position")
    )  # fmt: skip


def with_marks(row: Any, stems: list[str]) -> Any:
    """The row with .title and .excerpt as safe HTML, hits in <mark>."""
    inside = re.compile("|".join(map(whole_word, stems)) or r"(?!)", re.IGNORECASE)
    row.title = safe(inside.sub(rf"{START}\g<0>{STOP}", row.heading))
    headline = open_ended(row.headline, row.text)
    if START not in headline:  # the hit stands inside a compound, or in the heading alone
        headline = inside.sub(rf"{START}\g<0>{STOP}", around(row.text, inside))
    row.excerpt = safe(LINE_END.sub(r"\1 ", UNENDED.sub(" · ", headline)))
    return row


def whole_word(stem: str) -> str:
    """A pattern for the word a hit stands in. Bounded, or a text without spaces takes minutes."""
    return rf"\w{{0,40}}{stem}\w{{0,40}}" if len(stem) >= SHORTEST else rf"\b{stem}\b"


def open_ended(headline: str, text: str) -> str:
    """The database's excerpt with … where it begins or ends inside the text."""
    plain = headline.replace(START, "").replace(STOP, "")
    before = "" if text.startswith(plain[:40]) else "… "
    after = "" if text.rstrip(" .!?").endswith(plain[-40:].rstrip(" .!?")) else " …"
    return f"{before}{headline}{after}"


def safe(text: str) -> SafeString:
    marked = escape(text).replace(START, "<mark>").replace(STOP, "</mark>")
    return mark_safe(marked)  # noqa: S308 - escaped on the line above, marks are our own


def around(text: str, inside: re.Pattern[str]) -> str:
    """Some words around the first hit, else the beginning."""
    hit = inside.search(text)
    if hit is None or hit.end() < EXCERPT:
        return shortened(text)
    begin = text.find(" ", max(0, hit.start() - EXCERPT // 2)) + 1
    return f"… {shortened(text[min(begin, hit.start()) :])}"


def shortened(text: str) -> str:
    if len(text) <= EXCERPT:
        return text
    return f"{text[:EXCERPT].rsplit(' ', 1)[0]} …"
