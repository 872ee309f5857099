"""An archive as large as a region's: some §§ indexed by the program, the rest copied in SQL."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection
from django.db.models import Model
from django.utils.text import slugify

from meetings import planning, searching, snapshot
from meetings.benchmarks import material, words
from meetings.models import ArchivedItem, ItemKind, Meeting
from members import joining
from members.models import Council, Municipality, Person
from members.roles import Role

PER_MEETING = 20  # §§
OLDEST = datetime.date(2000, 1, 1)

# Copies of one council's meetings, and of all the §§ of its indexed ones, under other dates.
MEETINGS = """
INSERT INTO meetings_meeting ({columns}, key, date)
SELECT {columns}, 'arkiv-' || n, %(oldest)s::date + n::int
FROM meetings_meeting, generate_series(1, %(copies)s) n WHERE id = %(pattern)s
"""
ITEMS = """
INSERT INTO meetings_archiveditem ({columns}, meeting_id, date)
SELECT {prefixed}, m.id, m.date
FROM (SELECT id, date, (row_number() OVER (ORDER BY id) - 1) %% %(patterns)s AS pattern
      FROM meetings_meeting WHERE council_id = %(council)s AND key LIKE 'arkiv-%%') m
JOIN (SELECT *, dense_rank() OVER (ORDER BY meeting_id) - 1 AS pattern
      FROM meetings_archiveditem WHERE council_id = %(council)s) i USING (pattern)
"""


GIN = """
SELECT i.indexname, i.indexdef FROM pg_indexes i
WHERE i.tablename = 'meetings_archiveditem' AND i.indexdef LIKE '%USING gin%'
"""


@contextmanager
def filling() -> Iterator[None]:
    """Build the large indexes once, after the rows: row by row they would take minutes."""
    with connection.cursor() as cursor:
        cursor.execute(GIN)
        found = cursor.fetchall()
        for name, _ in found:
            cursor.execute(f'DROP INDEX "{name}"')
        try:
            yield
        finally:
            for _, definition in found:
                cursor.execute(definition)
        cursor.execute("VACUUM ANALYZE meetings_archiveditem")


def council(name: str, *, reader: Person, count: int, different: int) -> Council:
    """A council the person may read, with about `count` §§ in its archive, `different` unlike."""
    made = readable(name, reader)
    chance = random.Random(name)  # noqa: S311 - the same in every run
    patterns = max(1, different // PER_MEETING)
    meetings = [
        index(made, reader, [words.archived(chance) for _ in range(PER_MEETING)], days=number)
        for number in range(patterns)
    ]
    facts: dict[str, datetime.date | int] = {
        "council": made.pk, "oldest": OLDEST, "copies": max(0, count // PER_MEETING - patterns),
        "pattern": meetings[0].pk, "patterns": patterns,
    }  # fmt: skip
    kept = columns(ArchivedItem, {"id", "meeting_id", "date"})
    prefixed = ", ".join(f"i.{column}" for column in kept.split(", "))
    with connection.cursor() as cursor:
        cursor.execute(MEETINGS.format(columns=columns(Meeting, {"id", "key", "date"})), facts)
        cursor.execute(ITEMS.format(columns=kept, prefixed=prefixed), facts)
    return made


def readable(name: str, reader: Person) -> Council:
    """A new council of its own municipality, which the person may read."""
    made = Council.objects.create(
        municipality=Municipality.objects.create(name=f"{name}s kommun"),
        name=f"{name}s brottsförebyggande råd",
        short_name=f"BRÅ {name}",
        slug=f"bra-{slugify(name)}",
    )
    joining.give_mandate(
        by=reader, council=made, person=reader, role=Role.READER, organisation=None,
        starts_on=material.BEGAN,
    )  # fmt: skip
    return made


def index(council: Council, by: Person, texts: Sequence[str], *, days: int = 0) -> Meeting:
    """A meeting whose §§ are findable, as sealing makes them, without the seal."""
    date = material.DAY - datetime.timedelta(days=days)
    meeting = planning.plan_meeting(by=by, council=council, date=date)
    chance = random.Random(days)  # noqa: S311 - the same in every run
    lines = [line(number, words.heading(chance), text) for number, text in enumerate(texts, 1)]
    searching.index(meeting=meeting, content=only(lines))
    return meeting


def only(lines: list[snapshot.ItemLine]) -> snapshot.Snapshot:
    """Only the §§: the index reads nothing else."""
    return {"items": lines}  # type: ignore[typeddict-item]


def line(number: int, heading: str, text: str) -> snapshot.ItemLine:
    return {
        "key": number, "number": number, "label": f"§ {number}", "kind": ItemKind.INFORMATION,
        "heading": heading, "registry_number": "", "presenters": "", "text": f"<p>{text}</p>",
        "reports": [], "next_meeting": "", "topics": [], "decisions": [], "actions": [],
        "dispatch": "",
    }  # fmt: skip


def columns(model: type[Model], without: set[str]) -> str:
    """The stored columns, for copying; what the database makes of them itself it makes again."""
    names = [field.column for field in model._meta.concrete_fields if not field.generated]
    return ", ".join(name for name in names if name and name not in without)
