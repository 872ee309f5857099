"""Raw SQL as the application's role, against what is sealed, out on justering or in the trail.

34 of 34 are refused. After each the guarded tables are byte for byte as before; and each has a
control, which shows that the statement would have done something where it is allowed.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import psycopg
import pytest
from django.db import connection
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from meetings import minuting, signing
from meetings.models import AgendaItem, Meeting, SigningRound
from members import audit, granting
from members.models import Council
from tests import application, builders, emptying
from tests.meetings.attacks import ATTACKS, MORE, OWNER, UNGUARDED, Attack

pytestmark = pytest.mark.django_db
REFUSED = (
    psycopg.errors.IntegrityConstraintViolation,  # what our guards say
    psycopg.errors.InsufficientPrivilege,
)
ALL = ATTACKS | MORE


@dataclass
class Stage:
    """The rows, their keys, and a connection that is logged in as the application."""

    keys: dict[str, Any]
    application: psycopg.Connection[Any]
    owner: psycopg.Connection[Any]


@pytest.fixture(scope="module")
def stage(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Stage]:
    """Made once and committed, because the application looks at it from a connection of its own."""
    files = tmp_path_factory.mktemp("files")
    quick = override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        MEDIA_ROOT=files / "media", SEALS=files / "seals", SEALS_TEST=True,
        ARCHIVE=files / "archive",
    )  # fmt: skip
    with django_db_blocker.unblock(), quick:
        try:
            keys = rows()
            with (
                application.application_role() as role,
                application.connect(role) as logged_in,
                application.connect(keys["owner"]) as owner,
            ):
                yield Stage(keys | {"role": role}, logged_in, owner)
        finally:
            emptying.empty()


def rows() -> dict[str, Any]:
    """A sealed meeting, one with one of two approvals, one that is being written; and one that is
    out with a closed item, which the sealed one and the one being written have as well."""
    cast = builders.cast()
    days = [builders.DAY.replace(day=day) for day in (3, 10, 17, 24)]
    sealed, out, open_, apart = (written(cast, day) for day in days)
    closed = {one.pk: closed_in(cast, one).pk for one in (sealed, open_, apart)}
    builders.approve_all(signing.open_round(by=cast.secretary, meeting=sealed))
    round_ = signing.open_round(by=cast.secretary, meeting=out)
    out_apart = signing.open_round(by=cast.secretary, meeting=apart)
    chair, adjuster = round_.signers.order_by("position")
    builders.approve(chair)
    kept = SigningRound.objects.get(meeting=sealed)
    first, second = open_.items.standing()[:2]
    return {
        "sealed": sealed.pk, "out": out.pk, "open": open_.pk,
        "sealed_item": sealed.items.standing()[0].pk, "out_item": out.items.standing()[0].pk,
        "open_item": first.pk, "open_item_2": second.pk,
        "sealed_decision": sealed.items.standing()[0].decisions.get().pk,
        "open_decision": first.decisions.get().pk,
        "sealed_round": kept.pk, "sealed_version": kept.version_id,
        "sealed_sha": kept.version.sha256, "sealed_signer": kept.signers.order_by("pk")[0].pk,
        "out_round": round_.pk, "out_version": round_.version_id, "out_signer": adjuster.pk,
        "out_sha": round_.version.sha256, "stranger": cast.reader.pk,
        "sealed_closed": closed[sealed.pk], "out_closed": closed[apart.pk],
        "apart": apart.pk, "apart_round": out_apart.pk,
        "apart_item": apart.items.standing()[0].pk,
        "open_closed": closed[open_.pk],
        "other_council": cast.other_council.pk, "owner": owner_of_the_tables(),
    }  # fmt: skip


def written(cast: builders.Cast, day: Any) -> Meeting:
    meeting = builders.written(cast, day)
    minuting.set_decisions(
        by=cast.secretary, item=meeting.items.standing()[0], points=["Rådet beslutar."]
    )
    return meeting


def closed_in(cast: builders.Cast, meeting: Meeting) -> AgendaItem:
    """An item under secrecy, with words."""
    item = builders.closed_item(cast, meeting)
    builders.write(cast.secretary, item, "<p>Det talas tyst.</p>")
    return item


def owner_of_the_tables() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        return str(cursor.fetchone()[0])


def run(on: psycopg.Connection[Any], sql: str) -> None:
    """Statements as a client sends them; what follows COPY's first line is its rows."""
    with on.cursor() as cursor:
        if sql.startswith("COPY") and "FROM STDIN" in sql:
            command, _, lines = sql.partition("\n")
            with cursor.copy(command) as copy:
                copy.write(lines)
        else:
            cursor.execute(sql.encode())


CATALOG = (
    ("pg_trigger", "tgrelid, tgname, tgenabled, tgfoid"),
    ("pg_proc", "proname, prosrc, prosecdef"),
    ("pg_constraint", "conrelid, conname, convalidated"),
    ("pg_class", "relname, relacl, relowner"),
)


def guarded(stage: Stage) -> list[str]:
    found = stage.owner.execute(
        "SELECT DISTINCT tgrelid::regclass::text FROM pg_trigger WHERE starts_with(tgname, 'bra_')"
    )
    return [table for (table,) in found]


def digest(stage: Stage) -> dict[str, str]:
    """A hash of all rows of every guarded table, of its guards, and of the guards' functions."""
    rows = [(table, f"SELECT * FROM {table}") for table in guarded(stage)]
    rows += [(name, f"SELECT {what} FROM {name} WHERE oid > 16383") for name, what in CATALOG]
    told = {}
    for name, query in rows:
        sql = f"SELECT md5(string_agg(r::text, '|' ORDER BY r::text)) FROM ({query}) r"
        found = stage.owner.execute(sql.encode()).fetchone()
        told[name] = str(found and found[0])
    return told


def succeeds(stage: Stage, attack: Attack) -> None:
    """The control, undone again. It raises if it does not go through."""
    if attack.control not in (OWNER, UNGUARDED):
        sql = attack.control.format(**stage.keys)
        with stage.application.transaction(force_rollback=True):
            run(stage.application, without_its_own_transaction(sql))
        stage.application.execute("DISCARD ALL")
        return
    sql = without_its_own_transaction(attack.sql.format(**stage.keys))
    with stage.owner.transaction(force_rollback=True):
        if attack.control == UNGUARDED:
            for table in guarded(stage):
                run(stage.owner, f"ALTER TABLE {table} DISABLE TRIGGER USER")
        run(stage.owner, sql)
    stage.owner.execute("DISCARD ALL")


def without_its_own_transaction(sql: str) -> str:
    return sql.removeprefix("BEGIN; ").removesuffix("; COMMIT")


@pytest.mark.parametrize("name", ALL)
def test_it_is_refused_and_nothing_is_altered(stage: Stage, name: str) -> None:
    attack, before = ALL[name], digest(stage)
    succeeds(stage, attack)
    assert digest(stage) == before
    with pytest.raises(REFUSED):
        run(stage.application, attack.sql.format(**stage.keys))
    stage.application.execute("ROLLBACK")
    stage.application.execute("DISCARD ALL")
    assert digest(stage) == before


def test_the_application_cannot_give_itself_rights(stage: Stage) -> None:
    """PostgreSQL answers with a warning alone, and gives nothing."""
    before = digest(stage)
    stage.application.execute(f"GRANT ALL ON meetings_approval TO {stage.keys['role']}")
    assert digest(stage) == before
    assert granting.faults(stage.keys["role"]) == []


def test_they_are_34() -> None:
    assert len(ATTACKS) == 34


def test_an_entry_of_the_trail_cannot_say_its_own_number_hash_or_time(stage: Stage) -> None:
    """It is let in, for everything that happens is, and gets what the database gives it."""
    council = Council.objects.get(pk=Meeting.objects.get(pk=stage.keys["sealed"]).council_id)
    last = audit.head(council)
    found = stage.application.execute(
        "INSERT INTO members_auditentry (council_id, person_name, action, subject_type,"
        " subject_text, facts, sequence, hash, at) VALUES (%s, 'x', 'drift.saved', '', '', '{}',"
        " 1, sha256('x'), '2001-01-01') RETURNING sequence, hash, at > now() - interval '1 hour'",
        [council.pk],
    ).fetchone()
    assert found == (last.sequence + 1, audit.head(council).hash, True)
    assert audit.verify_trail(council) is None
