"""An archive as large as a region's: some §§ indexed by the program, the rest copied in SQL."""

from __future__ import annotations

import datetime
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from django.db import connection
from django.db.models import Model

from meetings import planning, searching, snapshot
from meetings.benchmarks import material, words
from meetings.benchmarks.material import Place
from meetings.models import ArchivedItem, ItemKind, Meeting
from members import joining
from members.models import Person
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
        yield
        for _, definition in found:
            cursor.execute(definition)
        cursor.execute("VACUUM ANALYZE meetings_archiveditem")


def council(name: str, *, reader: Person, count: int, different: int) -> Place:
    """A council the person may read, with about `count` §§ in its archive, `different` unlike."""
    where = readable(name, reader)
    chance = random.Random(name)  # noqa: S311 - the same in every run
    patterns = max(1, different // PER_MEETING)
    made = [
        index(where, [words.archived(chance) for _ in range(PER_MEETING)], days=number)
        for number in range(patterns)
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            MEETINGS.format(columns=columns(Meeting, {"id", "key", "date"})),
            {"oldest": OLDEST, "copies": count // PER_MEETING - patterns, "pattern": made[0].pk},
        )
        kept = columns(ArchivedItem, {"id", "meeting_id", "date"})
        prefixed = ", ".join(f"i.{column}" for column in kept.split(", "))
        cursor.execute(
            ITEMS.format(columns=kept, prefixed=prefixed),
            {"council": where.council.pk, "patterns": patterns},
        )
    return where


def readable(name: str, reader: Person) -> Place:
    where = material.place(name, members=3)
    joining.give_mandate(
        by=where.secretary, council=where.council, person=reader, role=Role.READER,
        organisation=None, starts_on=material.BEGAN,
    )  # fmt: skip
    return where


def index(where: Place, texts: Sequence[str], *, days: int = 0) -> Meeting:
    """A meeting whose §§ are findable, as sealing makes them, without the seal."""
    meeting = planning.plan_meeting(
        by=where.secretary, council=where.council,
        date=material.DAY - datetime.timedelta(days=days),
    )  # fmt: skip
    chance = random.Random(days)  # noqa: S311 - the same in every run
    lines = [line(number, words.heading(chance), text) for number, text in enumerate(texts, 1)]
    content = only(lines)
    searching.index(meeting=meeting, content=content)
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
    names = [field.column for field in model._meta.concrete_fields]
    return ", ".join(name for name in names if name and name not in without)
