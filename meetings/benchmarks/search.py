"""The archive's search, against looking up one row by its key."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from itertools import cycle

from django.db import connection

from meetings import searching, snapshot
from meetings.benchmarks import material
from meetings.benchmarks.figures import Figure, Sizes, ratio
from meetings.demo import reading
from meetings.demo.calendar import Calendar
from meetings.models import ArchivedItem, Meeting

# A word in every other §, an inflected one, a part of a compound, two words, a rare one.
QUERIES = ("polisen", "belysningen", "vandring", "unga resecentrum", "kopparkabel")

# Copies of what sealing wrote: fifty thousand §§ through the activities would take hours.
COPY = """
INSERT INTO meetings_archiveditem (meeting_id, council_id, item_key, date, position, label, heading,
                                   text, has_decision, action_count, search)
SELECT meeting_id, council_id, item_key + n * 1000000, date - n, position, label, heading, text,
       has_decision, action_count, search
FROM meetings_archiveditem CROSS JOIN generate_series(1, %s) AS n WHERE meeting_id = %s"""


def figures(made: material.Material, sizes: Sizes) -> Iterator[Figure]:
    count = fill(made, sizes.archived)
    first = ArchivedItem.objects.filter(council=made.council).values_list("pk", flat=True)[0]
    words = cycle(QUERIES)
    hits = [found(made, query).total for query in QUERIES]
    told = f"en rad efter nyckel; {count} §§ i rådet, {min(hits)}–{max(hits)} träffar"
    rounds = max(sizes.rounds // 12, 1) * len(QUERIES)
    yield ratio(
        "search_council", lambda: found(made, next(words)),
        lambda: ArchivedItem.objects.get(pk=first), rounds, told, wall=True,
    )  # fmt: skip


def found(made: material.Material, words: str) -> searching.Result:
    return searching.search(user=made.secretary, words=words, council=made.council)


def fill(made: material.Material, wanted: int) -> int:
    """An archive of that many §§; how many there are."""
    meeting = Meeting.objects.create(
        council=made.council, key="arkiv", date=datetime.date(2026, 1, 1), signers=["chair"],
        minutes_style="paragraphs", numbering="per_meeting",
    )  # fmt: skip
    seeds = content()
    searching.index(meeting=meeting, content=seeds)
    with connection.cursor() as cursor:
        cursor.execute(COPY, [max(0, wanted // len(seeds["items"]) - 1), meeting.pk])
        cursor.execute("ANALYZE meetings_archiveditem")
    return ArchivedItem.objects.filter(council=made.council).count()


def content() -> snapshot.Snapshot:
    """The §§ of the demo's minutes, as frozen minutes hold them: as far as the index reads them."""
    calendar = Calendar(datetime.date(2026, 1, 1))
    names = sorted(path.stem for path in reading.FOLDER.glob("*.txt"))
    told = [
        item for name in names for one in reading.meetings_in(name, calendar) for item in one.items
    ]
    items = [
        {
            "key": number, "label": f"§ {number}", "number": number, "presenters": "",
            "heading": item.heading, "text": reading.html_of(item.lines), "next_meeting": "",
            "reports": [
                {"label": report.organisation, "reporter": "", "text": " ".join(report.lines)}
                for report in item.reports
            ],
            "topics": item.topics, "decisions": item.decisions, "registry_number": "",
            "actions": [{"text": action.text, "assignee": ""} for action in item.actions],
        }
        for number, item in enumerate(told, start=1)
    ]  # fmt: skip
    return {"items": items}  # type: ignore[typeddict-item]
