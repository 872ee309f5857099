"""Somebody who owns the database alters the trail with its guards off: every way is found out.

Two kinds leave a chain whose links all fit, and are found by the anchors alone: the end cut off,
and everything after an alteration computed anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection, transaction

from members import audit
from members.audit import anchors, chain
from members.models import AuditEntry, Council
from tests import builders

pytestmark = pytest.mark.django_db
TABLE = "public.members_auditentry"
MANY = 9  # entries in each chain
ONLY_BY_ANCHOR = {"cut off", "computed anew"}

# Column: what an intruder may write there, as SQL. Each must differ from what stands.
ALTERED = {
    "id": ["id + 1000000", "-id"],
    "council_id": ["COALESCE(council_id, 0) + 1000000", "-7"],
    "sequence": ["sequence + 1000", "-sequence", "0", "NULL", "sequence + 1"],
    "hash": [
        "''", "NULL", "sha256('x')", "set_byte(hash, 31, 255 - get_byte(hash, 31))",
        "hash || '\\x00'",
    ],
    "at": [
        "at + interval '1 microsecond'", "at - interval '1 day'", "'infinity'", "'-infinity'",
        "NULL", "at - make_interval(years => 2 * extract(year FROM at)::int - 1)",
    ],
    "meeting_id": ["meeting_id + 1", "NULL", "0"],
    "person_id": ["person_id + 1", "NULL", "0"],
    "person_name": ["'Någon Annan'", "person_name || ' '", "lower(person_name)", "''", "NULL"],
    "action": ["'item.removed'", "''", "action || '.'"],
    "subject_type": ["'members.person'", "''"],
    "subject_id": ["subject_id + 1", "NULL", "-subject_id"],
    "subject_text": ["''", "subject_text || '\u200b'", "normalize(subject_text, NFD)", "'null'"],
    "facts": [
        "'{}'", "facts || '{\"added\": null}'", "facts - 'points'", "'null'", "NULL",
        "jsonb_set(facts, '{points}', '3.0')", "jsonb_set(facts, '{points}', '\"3\"')", "'[]'",
    ],
}  # fmt: skip


@dataclass(frozen=True)
class Tampering:
    kind: str
    told: str
    statements: list[str]
    rehash_from: tuple[str, int] | None = None  # whose, and the first sequence to compute anew


@pytest.fixture
def unguarded(council: Council) -> Path:
    """Two chains, anchored; then the guards and constraints of the table are put aside."""
    by = builders.person("Åsa Tallhed", "")
    for n in range(MANY):
        for whose in (council, None):
            audit.record(
                by=by, action="drift.saved", council=whose, subject=by, text="Åsa Näs", points=3
            )
            AuditEntry.objects.create(
                council=whose, meeting_id=5, person=by, person_name=by.name, action="drift.saved",
                subject_type="meetings.meeting", subject_id=5, subject_text="Möte på Ön",
                facts={"points": 3, "n": n},
            )  # fmt: skip
    audit.anchor()
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TABLE} DISABLE TRIGGER ALL")
        cursor.execute(f"ALTER TABLE {TABLE} DROP CONSTRAINT audit_chain")
        for column in ("sequence", "hash", "at", "person_name", "facts"):
            cursor.execute(f"ALTER TABLE {TABLE} ALTER COLUMN {column} DROP NOT NULL")
    return settings.ANCHORS


def whose(council: int | None) -> str:
    return "council_id IS NULL" if council is None else f"council_id = {council}"


def variants(chains: dict[int | None, int]) -> Iterator[Tampering]:
    for council, last in chains.items():
        own = whose(council)
        for n in (2, 6, last):
            yield from altered(own, n)
        yield from removed(own, last)
        yield from moved(own, last)
        yield from put_in(own, last)
        yield from computed_anew(own)


def altered(own: str, n: int) -> Iterator[Tampering]:
    for column, values in ALTERED.items():
        for value in values:
            yield Tampering(
                "altered", f"{column} = {value} in {n} of {own}",
                [f"UPDATE {TABLE} SET {column} = {value} WHERE {own} AND sequence = {n}"
                 f" AND {column}::text IS DISTINCT FROM ({value})::text"],
            )  # fmt: skip


def removed(own: str, last: int) -> Iterator[Tampering]:
    for n in range(1, last + 1):
        kind = "cut off" if n == last else "removed"
        yield Tampering(
            kind, f"{n} of {own}", [f"DELETE FROM {TABLE} WHERE {own} AND sequence={n}"]
        )
    for n in (last - 1, last - 3, 1):
        several = f"DELETE FROM {TABLE} WHERE {own} AND sequence >= {n}"
        yield Tampering("cut off", f"{n} and on of {own}", [several])
    close = f"UPDATE {TABLE} SET sequence = sequence - 1 WHERE {own} AND sequence > 4"
    gone = f"DELETE FROM {TABLE} WHERE {own} AND sequence = 4"
    yield Tampering("removed", f"4 of {own}, the gap closed", [gone, close])


def moved(own: str, last: int) -> Iterator[Tampering]:
    for n in range(1, last):
        swap = f"sequence = {2 * n + 1} - sequence WHERE {own} AND sequence IN ({n}, {n + 1})"
        yield Tampering("moved", f"{n} and {n + 1} of {own}", [f"UPDATE {TABLE} SET {swap}"])
    other = "council_id = CASE WHEN council_id IS NULL THEN (SELECT max(council_id) FROM"
    to_the_other = (
        f"{other} {TABLE}) END, sequence = sequence + 1 WHERE {own} AND sequence = {last}"
    )
    yield Tampering(
        "moved", f"the last of {own} to the other", [f"UPDATE {TABLE} SET {to_the_other}"]
    )


def put_in(own: str, last: int) -> Iterator[Tampering]:
    columns = (
        "council_id, meeting_id, person_id, person_name, action, subject_type, subject_id,"
        " subject_text, facts, at"
    )

    def copied(n: int, row: int) -> str:
        return (
            f"INSERT INTO {TABLE} ({columns}, sequence, hash)"
            f" SELECT {columns}, {n}, hash FROM {TABLE} WHERE {own} AND sequence = {row}"
        )

    for n in range(1, last + 1):
        room = f"UPDATE {TABLE} SET sequence = sequence + 1 WHERE {own} AND sequence >= {n}"
        yield Tampering("put in", f"at {n} of {own}", [room, copied(n, n + 1)])
        yield Tampering("put in", f"a second {n} of {own}", [copied(n, n)])


def computed_anew(own: str) -> Iterator[Tampering]:
    for n in (2, 6):
        for column, values in ALTERED.items():
            if column in ("council_id", "sequence", "hash"):
                continue
            yield Tampering(
                "computed anew", f"{column} in {n} of {own}",
                [f"UPDATE {TABLE} SET {column} = {values[0]} WHERE {own} AND sequence = {n}"],
                rehash_from=(own, n),
            )  # fmt: skip


def do(cursor: Any, tampering: Tampering) -> int:
    rows = 0
    for statement in tampering.statements:
        cursor.execute(statement)
        rows += cursor.rowcount
    if tampering.rehash_from:
        rehash(cursor, *tampering.rehash_from)
    return rows


def rehash(cursor: Any, own: str, first: int) -> None:
    """Every hash from a row on, as the trigger would have made it."""
    cursor.execute(f"SELECT id, hash FROM {TABLE} WHERE {own} AND sequence = %s", [first - 1])
    previous = next((bytes(link) for _, link in cursor.fetchall()), chain.FIRST)
    cursor.execute(f"SELECT id FROM {TABLE} WHERE {own} AND sequence >= %s ORDER BY 1", [first])
    for (pk,) in cursor.fetchall():
        row = f"SELECT e.*, %s::bytea AS previous FROM {TABLE} e WHERE e.id = %s"
        cursor.execute(
            f"UPDATE {TABLE} SET hash = (SELECT {chain.LINK} FROM ({row}) r) WHERE id = %s"
            " RETURNING hash",
            [previous, pk, pk],
        )
        previous = bytes(cursor.fetchone()[0])


def test_every_tampering_is_found(unguarded: Path) -> None:
    noted, _ = anchors.read(unguarded)
    chains = {council: head.sequence for council, head in chain.heads().items()}
    assert all(audit.verify_trail(council) is None for council in chains)
    done, idle, missed, unseen_by_the_chain = 0, [], [], set()
    with connection.cursor() as cursor:
        for tampering in variants(chains):
            with transaction.atomic():
                if do(cursor, tampering) == 0:
                    idle.append(tampering.told)
                by_chain = [one for one in {*chains, *chain.heads()} if audit.verify_trail(one)]
                by_anchor = [one for one in chains if anchors.first_break(one, noted)]
                transaction.set_rollback(True)
            done += 1
            if not by_chain:
                unseen_by_the_chain.add(tampering.kind)
            if not by_chain and not by_anchor:
                missed.append(f"{tampering.kind}: {tampering.told}")
    assert (missed, idle) == ([], [])
    assert unseen_by_the_chain == ONLY_BY_ANCHOR
    assert done >= 225
