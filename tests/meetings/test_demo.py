"""The demo: a whole life of two councils, told through the activities, in an empty database."""

from __future__ import annotations

import datetime
import io
from collections import Counter
from collections.abc import Iterator
from typing import Any
from unittest import mock

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from meetings import richtext, sealing, waiting
from meetings.demo import accounts, cast, clock, filling, papers, reading
from meetings.demo.calendar import WRITTEN_FOR, Calendar
from meetings.models import (
    ActionItem,
    ActionStatus,
    AgendaItem,
    Approval,
    Attachment,
    Attendance,
    FileKind,
    Meeting,
    Mode,
    RoundState,
    SealedFile,
    SigningRound,
)
from meetings.states import State
from members.models import AuditEntry, Council, Mandate, Municipality, OutgoingMail, Person
from members.roles import COUNCIL_ROLES
from tests.rules.test_layers import MODULES, imports_of

pytestmark = pytest.mark.django_db
HASHER = "django.contrib.auth.hashers.MD5PasswordHasher"


def short_paper(round_: SigningRound, standing: Any) -> bytes:
    """A real PDF, quickly: the paper itself is tested elsewhere."""
    return papers.page(f"{standing.text_id} {round_.pk}", ())


@pytest.fixture(scope="module", autouse=True)
def demo(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[None]:
    """The demo, told once for all tests here; the database forgets it afterwards."""
    with (
        django_db_blocker.unblock(),
        override_settings(
            PASSWORD_HASHERS=[HASHER], MEDIA_ROOT=tmp_path_factory.mktemp("media"), DEMO=True
        ),
        mock.patch.object(sealing, "rendered", short_paper),
        transaction.atomic(),
    ):
        call_command("demo", "--if-empty")
        yield
        transaction.set_rollback(True)


# --- What there is --------------------------------------------------------------------------------


def test_there_is_a_meeting_in_every_state() -> None:
    assert set(Meeting.objects.values_list("state", flat=True)) == set(State)
    returned = SigningRound.objects.get(state=RoundState.RETURNED)
    assert returned.meeting.state == State.MINUTING
    assert returned.comments.count() == 1
    waiting_round = SigningRound.objects.get(state=RoundState.OPEN)
    assert (waiting_round.signers.count(), waiting_round.approvals.count()) == (2, 1)


def test_one_item_was_adjusted_at_once_one_meeting_with_a_pen_and_one_slip_corrected() -> None:
    kinds = SealedFile.objects.order_by("kind").values_list("kind", flat=True)
    assert list(kinds.exclude(kind=FileKind.CLOSED)) == [
        FileKind.CORRECTION, FileKind.EXTRACT, FileKind.SCAN,
    ]  # fmt: skip


def test_each_council_has_three_years_of_minutes_in_a_style_of_its_own() -> None:
    councils = Council.objects.order_by("slug")
    assert [council.minutes_style for council in councils] == ["headings", "paragraphs"]
    for council in councils:
        dates = list(
            council.meetings.filter(state=State.APPROVED)
            .order_by("date")
            .values_list("date", flat=True)
        )
        assert len(dates) >= 9
        assert dates[-1] - dates[0] > datetime.timedelta(days=2.4 * 365)


def test_something_waits_for_everyone_who_can_sign_in() -> None:
    people = [person for person in Person.objects.all() if person.can_sign_in]
    assert len(people) == 20
    assert [str(person) for person in people if not waiting.waiting_for(person)] == []


def test_every_role_is_held_and_one_person_sits_in_both_councils() -> None:
    assert set(Mandate.objects.values_list("role", flat=True)) == {r.value for r in COUNCIL_ROLES}
    councils = Counter(
        person for person, _ in Mandate.objects.values_list("person__name", "council").distinct()
    )
    assert [name for name, count in councils.items() if count > 1] == ["Patrik Norrbäck"]
    assert Person.objects.filter(is_superuser=True).count() == 1
    assert Person.objects.filter(administrator_of__isnull=False).count() == 2
    assert Mandate.objects.filter(personal_substitute__isnull=False).count() == 2
    assert Mandate.objects.filter(person__email__isnull=True).exists()


def test_attendance_shows_all_that_can_happen() -> None:
    assert set(Attendance.objects.values_list("mode", flat=True)) == set(Mode)
    for happened in ("services", "guest", "stays__last_item", "conflicts"):
        assert Attendance.objects.filter(**{f"{happened}__isnull": False}).exists(), happened


def test_actions_are_done_open_late_dropped_and_proposed() -> None:
    assert set(ActionItem.objects.values_list("status", flat=True)) == set(ActionStatus)
    today = timezone.localdate()
    assert ActionItem.objects.filter(status=ActionStatus.OPEN, due_on__lt=today).count() >= 3
    assert ActionItem.objects.filter(status=ActionStatus.OPEN, due_on__gt=today).count() >= 5
    assert ActionItem.objects.filter(events__note__gt="").count() >= 15


def test_papers_are_what_their_names_say() -> None:
    kinds = set(Attachment.objects.values_list("content_type", flat=True))
    assert kinds == {"application/pdf", "text/plain"}
    assert set(Attachment.objects.filter(filename__endswith=".pdf").values_list("pages")) == {(1,)}


def test_texts_are_written_one_by_one() -> None:
    """Not one text with numbers in it: what is said is said once, but for set phrases."""
    texts = Counter(
        richtext.plain(text)
        for text in AgendaItem.objects.exclude(text="").values_list("text", flat=True)
    )
    assert len(texts) > 80
    repeated = [text for text, count in texts.items() if count > 2 and len(text) > 30]
    assert repeated == []
    assert [text for text in texts if "{" in text or "|" in text] == []


def test_every_address_leads_nowhere() -> None:
    assert Person.objects.exclude(email__endswith=".example").filter(email__gt="").count() == 0
    assert Person.objects.filter(email__endswith=".example").count() > 20


# --- When it happened -----------------------------------------------------------------------------


def test_what_was_long_ago_bears_the_time_it_had() -> None:
    for meeting in Meeting.objects.filter(state=State.APPROVED).select_related("sealed"):
        round_ = SigningRound.objects.get(meeting=meeting, state=RoundState.COMPLETED)
        times = [round_.version.frozen_at, *round_.approvals.values_list("at", flat=True)]
        assert meeting.approved_at is not None
        for time in (*times, meeting.approved_at):
            assert 0 <= (time.date() - meeting.date).days <= 14
        assert meeting.summoned_at is not None
        assert meeting.summoned_at.date() < meeting.date
        assert meeting.sealed.sealed_at >= max(times)


def test_nothing_has_happened_in_the_future() -> None:
    now = timezone.now()
    assert AuditEntry.objects.filter(at__gt=now).count() == 0
    assert Approval.objects.filter(at__gt=now).count() == 0
    assert OutgoingMail.objects.filter(created_at__gt=now).count() == 0


def test_old_mail_has_been_sent_and_new_mail_waits_for_the_worker() -> None:
    week = timezone.now() - datetime.timedelta(days=8)
    assert OutgoingMail.objects.filter(created_at__lt=week, sent_at__isnull=True).count() == 0
    assert OutgoingMail.objects.filter(sent_at__isnull=True).count() >= 10


def test_the_clock_is_right_again_afterwards() -> None:
    before = datetime.datetime.now(datetime.UTC)
    entry = AuditEntry.objects.create(person_name="Någon", action="meeting.planned")
    entry.refresh_from_db()
    # The database's own time: that of the transaction's statement, so never before it.
    assert entry.at >= before - datetime.timedelta(seconds=5)
    assert all(field.get_default is not None for field in clock.stamped_fields())
    with clock.put_back() as time:
        time.put(datetime.date(2024, 2, 29), 12)
        assert timezone.localdate() == datetime.date(2024, 2, 29)
    assert timezone.now() >= before


def test_nobody_but_the_command_can_reach_the_clock() -> None:
    """The bench reads the demo's texts; nobody else knows that there is a demo."""
    outside = {
        name: {target for target in imports_of(name) if target.startswith("meetings.demo.")}
        for name in MODULES
        if not name.startswith("meetings.demo")
    }
    command = outside.pop("meetings.management.commands.demo")
    assert command == {"meetings.demo.accounts", "meetings.demo.filling"}
    others = {name for name, targets in outside.items() if targets}
    assert {name for name in others if not name.startswith("meetings.benchmarks.")} == set()
    texts = {"meetings.demo.reading", "meetings.demo.calendar"}
    assert {target for targets in outside.values() for target in targets} <= texts
    for harmless in ("reading", "calendar"):
        assert not any("clock" in t for t in imports_of(f"meetings.demo.{harmless}"))


@pytest.mark.parametrize("days", [0, 1, 6, 7, 100, 365, 2000])
def test_the_calendar_moves_dates_by_whole_weeks_to_this_week(days: int) -> None:
    calendar = Calendar(WRITTEN_FOR + datetime.timedelta(days=days))
    moved = calendar.day(WRITTEN_FOR)
    assert moved.weekday() == WRITTEN_FOR.weekday()
    assert 0 <= (calendar.today - moved).days < 7


def test_the_calendar_tells_dates_in_words() -> None:
    calendar = Calendar(WRITTEN_FOR)
    assert calendar.told("{2026-07-16 Årstid}") == "Sommaren"
    assert calendar.told("{2026-07-16 Vecka}") == "Vecka 29"
    assert calendar.told("{2026-09-10 dag}").replace("\u00a0", " ") == "torsdagen den 10 september"
    half_a_year_on = Calendar(WRITTEN_FOR + datetime.timedelta(days=180))
    assert half_a_year_on.told("{2026-07-16 årstid}") == "vintern"


# --- The command ----------------------------------------------------------------------------------


def told_by(*arguments: str) -> str:
    out = io.StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue()


def test_a_second_time_does_nothing() -> None:
    meetings = Meeting.objects.count()
    assert told_by("--if-empty") == ""
    with pytest.raises(CommandError, match="finns redan"):
        told_by()
    assert Meeting.objects.count() == meetings


def test_a_database_that_is_used_for_something_else_is_left_alone() -> None:
    Council.objects.create(
        municipality=Municipality.objects.create(name="Riktiga kommun"),
        name="Riktiga rådet", short_name="BRÅ", slug="riktiga-bra",
    )  # fmt: skip
    with pytest.raises(CommandError, match="används redan till annat"):
        told_by()
    assert told_by("--if-empty") == ""
    assert "inga demokonton" in told_by("--accounts")


@override_settings(DEMO=False)
def test_accounts_with_a_known_password_are_made_only_where_that_is_meant() -> None:
    with mock.patch.object(filling, "is_empty", return_value=True), pytest.raises(CommandError):
        told_by("--if-empty")


def test_the_list_of_accounts_tells_who_what_and_what_waits() -> None:
    table = told_by("--accounts")
    assert cast.PASSWORD in table
    for person in Person.objects.all():
        assert (person.name in table) == person.can_sign_in
        assert not person.can_sign_in or (person.email or "-") in table
    assert "väntar: inget" not in table
    assert "Justera protokollet" in accounts.waits_for(Person.objects.get(name="Jörgen Almhöjd"))
    assert "Rätta minnesanteckningarna" in accounts.waits_for(
        Person.objects.get(name="Niklas Törngren")
    )


def test_the_demos_password_is_one_that_the_program_accepts() -> None:
    person = Person.objects.get(name="Karin Tallhed")
    assert len(cast.PASSWORD) >= 12
    assert person.check_password(cast.PASSWORD)


def test_text_becomes_what_the_editor_would_save() -> None:
    lines = ["En mening & en till.", "- a", "- **b**", "> c", "| x | y |", "| 1 | 2 |", "1. d"]
    assert reading.html_of(lines) == (
        "<p>En mening &amp; en till.</p>"
        "<ul><li><p>a</p></li><li><p><strong>b</strong></p></li></ul>"
        "<blockquote><p>c</p></blockquote>"
        "<table><tbody><tr><th><p>x</p></th><th><p>y</p></th></tr>"
        "<tr><td><p>1</p></td><td><p>2</p></td></tr></tbody></table>"
        "<ol><li><p>d</p></li></ol>"
    )
    assert richtext.clean(reading.html_of(lines)) == reading.html_of(lines)


def test_what_is_closed_is_sealed_in_its_own_file_and_written_on_the_desk() -> None:
    closed = AgendaItem.objects.exclude(secrecy="").select_related("meeting")
    assert {item.public_heading: item.meeting.state for item in closed} == {
        "Lägesinformation": State.APPROVED,
        "Personärende": State.MINUTING,
    }
    [file] = SealedFile.objects.filter(kind=FileKind.CLOSED)
    assert file.round.meeting == closed.get(public_heading="Lägesinformation").meeting
