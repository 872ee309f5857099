"""The trail: what is recorded, how it reads, its chain, its anchors, the two commands."""

from __future__ import annotations

import datetime
import re
import threading
from collections.abc import Callable

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.utils import timezone

from members import audit, joining
from members.audit import phrases
from members.models import AuditEntry, Council, Mandate, Person
from tests.builders import Cast
from tests.members.trail import record

pytestmark = pytest.mark.django_db


def sequences(council: Council | None) -> list[int]:
    rows = AuditEntry.objects.filter(council=council).order_by("sequence")
    return list(rows.values_list("sequence", flat=True))


# --- Reading


@pytest.mark.parametrize("action", sorted(audit.ACTIONS))
def test_every_action_reads_as_a_sentence(action: str) -> None:
    """No English, no hole, no code: also for an entry that an older version wrote."""
    entry = AuditEntry(person_name="Anna", action=action, subject_text="saken", facts={})
    told = audit.sentence(entry)
    assert told.startswith("Anna ")
    assert told == told.strip()
    assert re.search(r"[{}_]|  ", told) is None
    assert ("saken" in told) == ("{what}" in audit.ACTIONS[action])


def test_a_long_subject_is_shortened_in_the_sentence() -> None:
    entry = AuditEntry(person_name="Anna", action="person.invited", subject_text="å" * 300)
    assert audit.sentence(entry) == f"Anna bjöd in {'å' * 99}…"


def test_braces_in_a_name_are_only_braces() -> None:
    entry = AuditEntry(person_name="{what}", action="person.invited", subject_text="{0} {x!r}")
    assert audit.sentence(entry) == "{what} bjöd in {0} {x!r}"


def test_an_action_has_one_meaning() -> None:
    with pytest.raises(ValueError, match="twice"):
        audit.register({"person.joined": "något annat"})


def test_an_unknown_action_is_refused(council: Council) -> None:
    with pytest.raises(ValueError, match=r"unknown audit action: person\.danced"):
        audit.record(by=None, action="person.danced", council=council)


def test_a_seat_tells_its_history_in_sentences(cast: Cast, as_: Callable[[Person], Client]) -> None:
    seat = Mandate.objects.get(person=cast.member)
    joining.change_mandate(by=cast.secretary, mandate=seat, title="närpolis")
    page = as_(cast.secretary).get(f"/rad/{cast.council.slug}/register/{seat.pk}/")
    assert "Karin Tallhed ändrade uppdraget för Patrik Norrbäck, ledamot i" in page.text


def test_what_belongs_to_a_meeting_is_said_for_every_kind_of_thing() -> None:
    ours = {name for name in phrases.SUBJECTS if name.startswith("meetings.")}
    assert ours == {
        "meetings.meeting", "meetings.agendaitem", "meetings.attachment", "meetings.attendance",
        "meetings.organisationreport", "meetings.actionitem",
    }  # fmt: skip
    assert all(phrases.SUBJECTS[name].meeting is not None for name in ours)


# --- The chain


def test_each_council_counts_from_one_and_the_installation_too(cast: Cast) -> None:
    for council in (cast.council, cast.other_council, None):
        found = sequences(council)
        assert found == list(range(1, len(found) + 1))
        assert audit.verify_trail(council) is None
        assert audit.head(council).sequence == len(found)


def test_the_entry_comes_back_with_its_link(council: Council) -> None:
    entry = record(council)
    assert audit.head(council) == (1, bytes(entry.hash))
    assert audit.head(council).printed == f"nr 1, {audit.mark_of(bytes(entry.hash))}"


def test_an_empty_chain_is_whole(council: Council) -> None:
    assert audit.head(council) == (0, bytes(32))
    assert audit.verify_trail(council) is None


def test_the_database_alone_says_number_time_and_hash(council: Council) -> None:
    before = timezone.now()
    entry = AuditEntry.objects.create(
        council=council, person_name="Någon", action="drift.saved", sequence=77, hash=b"own",
        at=datetime.datetime(2001, 1, 1, tzinfo=datetime.UTC),
    )  # fmt: skip
    entry.refresh_from_db()
    assert entry.sequence == 1
    assert len(bytes(entry.hash)) == 32
    assert entry.at >= before - datetime.timedelta(minutes=1)
    assert audit.verify_trail(council) is None


def test_several_rows_of_one_statement_are_chained(council: Council) -> None:
    AuditEntry.objects.bulk_create(
        AuditEntry(council=council, person_name=f"Person {n}", action="drift.saved")
        for n in range(5)
    )
    assert sequences(council) == [1, 2, 3, 4, 5]
    assert audit.verify_trail(council) is None


def test_what_is_undone_leaves_no_gap(council: Council) -> None:
    record(council)
    with transaction.atomic():
        record(council)
        transaction.set_rollback(True)
    record(council)
    assert sequences(council) == [1, 2]
    assert audit.verify_trail(council) is None


def test_the_guards_refuse_to_change_remove_or_empty(council: Council) -> None:
    record(council)
    for statement in ("UPDATE {} SET sequence = 9", "DELETE FROM {}", "TRUNCATE {}"):
        with (
            pytest.raises(IntegrityError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement.format("members_auditentry"))
    assert sequences(council) == [1]


@pytest.mark.django_db(transaction=True)
def test_two_at_once_wait_for_each_other_and_a_rollback_gives_its_number_back(
    council: Council,
) -> None:
    first_has_written, second_has_begun = threading.Event(), threading.Event()

    def first() -> None:
        with transaction.atomic():
            record(council, 1)
            first_has_written.set()
            second_has_begun.wait(10)
            transaction.set_rollback(True)

    def second() -> None:
        first_has_written.wait(10)
        second_has_begun.set()
        record(council, 2)

    together(first, second)
    assert [entry.facts["n"] for entry in AuditEntry.objects.filter(council=council)] == [2]
    assert sequences(council) == [1]


@pytest.mark.django_db(transaction=True)
def test_many_at_once_make_chains_without_gaps(council: Council) -> None:
    def write() -> None:
        for n in range(30):
            with transaction.atomic():
                record(council, n)
                if n % 5 == 4:
                    transaction.set_rollback(True)
            record(None, n)

    together(*[write] * 6)
    assert sequences(council) == list(range(1, 6 * 24 + 1))
    assert sequences(None) == list(range(1, 6 * 30 + 1))
    assert (audit.verify_trail(council), audit.verify_trail()) == (None, None)


def together(*acts: Callable[[], None]) -> None:
    """Each in a thread and a connection of its own; what one raises fails the test."""
    raised: list[BaseException] = []

    def run(act: Callable[[], None]) -> None:
        try:
            act()
        except BaseException as error:
            raised.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert raised == []
