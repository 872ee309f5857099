"""The heads of the trail kept outside the database, and the two commands."""

from __future__ import annotations

import datetime
import io
import json
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection
from django.utils import timezone

from members import audit, jobs
from members.audit import anchors
from members.models import Council
from tests.members.trail import record

pytestmark = pytest.mark.django_db


def lines(path: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in path.read_text().splitlines()]


def test_the_heads_of_a_day_are_noted_once_unless_something_has_happened(council: Council) -> None:
    record(council)
    record(None)
    assert {one.name: one.sequence for one in audit.anchor()} == {"": 1, "strandkopings-bra": 1}
    assert audit.anchor() == []
    record(council)
    assert [(one.name, one.sequence) for one in audit.anchor()] == [("strandkopings-bra", 2)]
    assert len(lines(settings.ANCHORS)) == 3


def test_a_new_day_is_noted_also_when_nothing_has_happened(
    council: Council, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(council)
    audit.anchor()
    tomorrow = timezone.now() + datetime.timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    audit.anchor()
    days = [line["day"] for line in lines(settings.ANCHORS)]
    assert days == [timezone.localdate(tomorrow - datetime.timedelta(days=1)).isoformat(),
                    timezone.localdate(tomorrow).isoformat()]  # fmt: skip


def test_a_line_cut_by_a_power_failure_is_passed_over(council: Council) -> None:
    record(council)
    audit.anchor()
    whole = settings.ANCHORS.read_text()
    settings.ANCHORS.write_text(whole + whole[:40])
    record(council)
    audit.anchor()
    noted, unreadable = anchors.read(settings.ANCHORS)
    assert [one.sequence for one in noted] == [1, 2]
    assert unreadable == [2]


def test_the_worker_notes_them_once_a_day(council: Council) -> None:
    assert audit.anchor_daily in jobs.JOBS
    assert audit.anchor_daily() is None  # nothing to note
    record(council)
    call_command("worker", once=True)
    record(council)
    assert audit.anchor_daily() is None
    assert [line["sequence"] for line in lines(settings.ANCHORS)] == [1]


def test_a_place_where_nothing_can_be_written_does_not_stop_the_worker(
    council: Council, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    record(council)
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(settings, "ANCHORS", tmp_path / "file" / "trail.jsonl")
    monkeypatch.setattr(anchors, "_resting_until", 0.0)
    monkeypatch.setattr(anchors, "last_day", lambda: "")
    assert audit.anchor_daily() is None
    assert anchors._resting_until > 0
    with pytest.raises(CommandError, match="kunde inte skrivas"):
        call_command("anchor_trail")


def verify(*arguments: str) -> str:
    out = io.StringIO()
    call_command("verify_trail", *arguments, stdout=out)
    return out.getvalue()


def test_a_whole_trail_is_said_to_be_whole(council: Council) -> None:
    record(council)
    call_command("anchor_trail", stdout=io.StringIO())
    mark = audit.mark_of(audit.head(council).hash)
    assert verify() == (
        f"BRÅ: 1 händelse, kedjan är hel ({mark}).\nHändelseloggen är oförändrad.\n"
    )


def test_an_altered_trail_is_told_where(council: Council) -> None:
    for n in range(3):
        record(council, n)
    tamper("UPDATE members_auditentry SET person_name = 'Ingen' WHERE sequence = 2")
    found = audit.verify_trail(council)
    assert found is not None
    assert found.sequence == 2
    assert str(found).startswith("Händelse nr 2 (20")
    assert str(found).endswith(
        ", Ingen) stämmer inte med sin kontrollsumma: den eller någon före den har ändrats, "
        "bytts ut eller lagts in."
    )
    with pytest.raises(CommandError, match="har ändrats utanför programmet"):
        verify()


def test_a_trail_cut_at_its_end_is_found_by_the_anchors(council: Council) -> None:
    for n in range(3):
        record(council, n)
    audit.anchor()
    tamper("DELETE FROM members_auditentry WHERE sequence = 3")
    assert audit.verify_trail(council) is None
    found = anchors.first_break(council.pk, anchors.read(settings.ANCHORS)[0])
    today = timezone.localdate().isoformat()
    assert str(found) == (
        f"Händelse nr 3 finns inte, men antecknades i ankarfilen {today}: "
        "händelser har tagits bort."
    )
    with pytest.raises(CommandError):
        verify("--anchors", str(settings.ANCHORS))


def test_guards_that_are_off_are_told(council: Council) -> None:
    record(council)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE members_auditentry DISABLE TRIGGER bra_chain")
    with pytest.raises(CommandError):
        verify()


def test_a_file_of_anchors_that_is_missing_or_empty_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="finns inte"):
        verify("--anchors", str(tmp_path / "none.jsonl"))
    (tmp_path / "empty.jsonl").write_text("")
    with pytest.raises(CommandError, match="innehåller inga ankare"):
        verify("--anchors", str(tmp_path / "empty.jsonl"))


def tamper(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE members_auditentry DISABLE TRIGGER bra_append_only")
        cursor.execute(statement)
        cursor.execute("ALTER TABLE members_auditentry ENABLE ALWAYS TRIGGER bra_append_only")
