"""Swedish full-text search in justerade minutes, § by §, in the councils one may read."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import Any

from django.contrib.postgres.search import SearchHeadline, SearchQuery, SearchRank, SearchVector
from django.db.models import Count, F, Q, QuerySet, Value
from django.db.models.functions import ExtractYear
from django.utils.safestring import SafeString, mark_safe

from meetings import richtext, snapshot
from meetings.models import ArchivedItem, Meeting
from members.models import Council, Person

CONFIG = "swedish"
# Characters that minutes cannot hold (richtext strips them) mark the hits until text is escaped.
START, STOP = "\x02", "\x03"
LONGEST_QUERY = 200


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
    parts = [
        line["presenters"], richtext.plain(line["text"]), *reports, line["next_meeting"],
        *line["topics"], *line["decisions"], *actions, line["registry_number"],
    ]  # fmt: skip
    return "\n".join(part for part in parts if part)


@dataclass(frozen=True)
class Result:
    """What a search found: rows of this page (with .excerpt, safe HTML), and how many in all."""

    rows: list[Any]
    total: int
    minutes: int
    councils: list[dict[str, Any]]
    years: list[dict[str, Any]]
    more: bool


def search(
    *,
    user: Person,
    words: str,
    council: Council | None = None,
    year: int | None = None,
    page: int = 1,
    per_page: int = 20,
) -> Result:
    """§§ holding the words (inflected forms too; "in quotes" in a row), newest first.

    A word that nothing holds as a word is also looked for inside compounds (vandring finds
    trygghetsvandring). Only councils the person may read are searched.
    """
    words = richtext.one_line(words)[:LONGEST_QUERY]
    if not words:
        return Result([], 0, 0, [], [], more=False)
    query = SearchQuery(words, search_type="websearch", config=CONFIG)
    found = ArchivedItem.objects.visible_to(user).filter(matching(words, query))
    councils = list(
        found.order_by().values("council__name", "council__slug").annotate(n=Count("pk"))
    )
    years = list(found.order_by().annotate(year=ExtractYear("date")).values("year").annotate(n=Count("pk")).order_by("-year"))
    found = narrowed(found, council, year)
    counts = found.aggregate(total=Count("pk"), minutes=Count("meeting", distinct=True))
    start = (max(1, page) - 1) * per_page
    rows = list(
        found.select_related("council", "meeting")
        .annotate(
            rank=SearchRank(F("search"), query),
            headline=SearchHeadline(
                "text", query, config=CONFIG, start_sel=START, stop_sel=STOP,
                max_words=32, min_words=16, max_fragments=2, fragment_delimiter=" … ",
            ),
        )
        .order_by("-date", "-rank", "position")[start : start + per_page]
    )  # fmt: skip
    for row in rows:
        row.excerpt = marked(row.headline, row.text, words)
    return Result(
        rows, counts["total"], counts["minutes"], councils, years,
        more=start + per_page < counts["total"],
    )  # fmt: skip


def matching(words: str, query: SearchQuery) -> Q:
    """Full-text, or every word somewhere inside the text or heading (compounds)."""
    parts = [part for part in words.replace('"', " ").split() if len(part) >= 3]
    inside = Q()
    for part in parts:
        inside &= Q(text__icontains=part) | Q(heading__icontains=part)
    exact = Q(search=query)
    return exact | inside if parts and '"' not in words and "-" not in words else exact


def narrowed(
    found: QuerySet[ArchivedItem], council: Council | None, year: int | None
) -> QuerySet[ArchivedItem]:
    if council is not None:
        found = found.filter(council=council)
    return found.filter(date__year=year) if year else found


def marked(headline: str, text: str, words: str) -> SafeString:
    """The excerpt as safe HTML with <mark>; a hit inside a compound is marked by hand."""
    if START not in headline:
        headline = around(text, words)
    safe = escape(headline).replace(START, "<mark>").replace(STOP, "</mark>")
    return mark_safe(safe)  # noqa: S308 - escaped on the line above, marks are our own


def around(text: str, words: str) -> str:
    """Some words around the first place where one of the words stands inside another."""
    lower = text.lower()
    for part in words.replace('"', " ").split():
        at = lower.find(part.lower())
        if at >= 0:
            begin, end = max(0, at - 80), at + len(part) + 120
            before = text[begin:at].split(" ", 1)[-1] if begin else text[:at]
            return f"{before}{START}{text[at : at + len(part)]}{STOP}{text[at + len(part) : end]}"
    return text[:200]
