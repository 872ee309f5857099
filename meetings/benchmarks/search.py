"""Search, beside a look-up by key; what it finds of compounds; what its index weighs."""

from __future__ import annotations

import functools
import time
from collections.abc import Iterator

from django.db import connection
from django.db.models import Q

from meetings import searching
from meetings.benchmarks import archive, words
from meetings.benchmarks.figures import Figure, Sizes, by_turns
from meetings.models import ArchivedItem
from members import joining
from members.models import Council, Person

OTHERS = ("Ekby", "Lunda", "Sjövik", "Åsby")  # councils with a tenth of the large one's §§ each
# What people look for: a place that few name, two words, a common word, a part of many words.
ASKED = ("Björkvallen", "klottret stationen", "belysningen", "trygg")
INDEXES = """
SELECT sum(pg_relation_size(i.indexrelid)) FROM pg_index i
JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam
WHERE i.indrelid = 'meetings_archiveditem'::regclass AND a.amname = 'gin'
"""


def figures(sizes: Sizes) -> Iterator[Figure]:
    reader = joining.add_person(name="Sonja Läsare", email="sonja@storvik.example")
    yield recall(reader)
    with archive.filling():
        large = archive.council(
            "Storvik", reader=reader, count=sizes.archived, different=sizes.unlike
        )
        for name in OTHERS:
            archive.council(
                name, reader=reader, count=sizes.archived // 10, different=sizes.unlike // 10
            )
    held, total = large.archived_items.count(), ArchivedItem.objects.count()
    yield timed("search_council", reader, large, f"{held} av {total} §§", sizes)
    yield timed("search_all", reader, None, f"{total} §§, {len(OTHERS) + 2} råd", sizes)
    yield index_size()


def timed(name: str, reader: Person, council: Council | None, what: str, sizes: Sizes) -> Figure:
    """The slowest of what is asked, by the clock: nearly all of it is the database's work.

    The least time of each, because whatever else the machine does only ever adds to it.
    """
    key = ArchivedItem.objects.values_list("pk", flat=True)[:1].get()
    searches = [
        functools.partial(searching.search, user=reader, words=asked, council=council)
        for asked in ASKED
    ]
    by_key = functools.partial(ArchivedItem.objects.get, pk=key)
    one, *times = map(min, by_turns([by_key, *searches], sizes.searches, time.perf_counter))
    each = ", ".join(
        f"{asked} {taken / one:.0f} med {search().total} träffar"
        for asked, search, taken in zip(ASKED, searches, times, strict=True)
    )
    told = f"en rad efter nyckel {one * 1000:.2f} ms ({what}; {each})"
    return Figure(name, max(times) / one, "×", told)


def recall(reader: Person) -> Figure:
    """Of the §§ that hold the word somewhere, alone or in a compound, the share that is found."""
    council = archive.readable("Ordby", reader)
    texts = [text for word in words.COMPOUNDS for text in words.sentences_with(word)]
    archive.index(council, reader, texts)
    shares = {}
    for word in words.COMPOUNDS:
        holding = Q(text__icontains=word) | Q(heading__icontains=word)
        inside = set(council.archived_items.filter(holding).values_list("pk", flat=True))
        result = searching.search(user=reader, words=word, council=council, per_page=1000)
        shares[word] = len(inside & {row.pk for row in result.rows}) / len(inside)
    worst = min(shares, key=lambda word: shares[word])
    told = f"ILIKE 1 ({len(shares)} ord i {len(texts)} §§; sämst {worst} {shares[worst]:.2f})"
    return Figure("compound_recall", sum(shares.values()) / len(shares), "andel", told)


def index_size() -> Figure:
    """All that search keeps, against one plain index of the same words."""
    with connection.cursor() as cursor:
        cursor.execute("REINDEX TABLE meetings_archiveditem")  # as small as each can be
        cursor.execute(INDEXES)
        kept = int(cursor.fetchone()[0])
        cursor.execute("CREATE INDEX bench_plain ON meetings_archiveditem USING gin (search)")
        cursor.execute("SELECT pg_relation_size('bench_plain')")
        plain = int(cursor.fetchone()[0])
        cursor.execute("DROP INDEX bench_plain")
    told = f"en vanlig GIN {plain / 1e6:.1f} MB (alla GIN {kept / 1e6:.1f} MB)"
    return Figure("search_index", kept / plain, "×", told)
