"""The outbox and the worker, over real SMTP."""

from __future__ import annotations

import datetime
import os
import signal
import subprocess
import sys
import time
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone

from members import jobs, joining, mail
from members.models import AuditEntry, OutgoingMail
from tests.builders import Cast
from tests.meetings.test_sealing_killed import address
from tests.postbox import Postbox


def letter(to: str = "asta@kommun.example", subject: str = "Hej") -> OutgoingMail:
    return mail.queue(to=to, subject=subject, body="Räksmörgås på Åsögatan.\n")


def test_an_invitation_arrives_as_it_was_written(cast: Cast, postbox: Postbox) -> None:
    person = joining.add_person(name="Åsa Öst", email="asa.ost@kommun.example")
    joining.invite(by=cast.secretary, council=cast.council, person=person)
    row = mail.deliver_next()
    assert row is not None
    assert row.sent_at is not None
    arrived = postbox.letters[0]
    assert arrived["Subject"].strip() == "Inbjudan till Strandköpings brottsförebyggande råd"
    assert arrived["Message-ID"] == row.message_id
    assert arrived["Auto-Submitted"] == "auto-generated"
    assert arrived.get_content().startswith("Hej Åsa Öst!")
    assert joining.invitation_link(person)[:40] in arrived.get_content()
    assert postbox.receivers == [["asa.ost@kommun.example"]]


def test_a_subject_cannot_smuggle_in_a_header(db: None, postbox: Postbox) -> None:
    letter(subject="Hej\nBcc: alla@kommun.example")
    mail.deliver_next()
    assert postbox.letters[0]["Bcc"] is None
    assert postbox.letters[0]["Subject"] == "Hej Bcc: alla@kommun.example"


def test_a_mail_rolls_back_with_what_caused_it(cast: Cast) -> None:
    person = joining.add_person(name="Asta Ek", email="asta@kommun.example")

    @transaction.atomic
    def invites_and_fails() -> None:
        joining.invite(by=cast.secretary, council=cast.council, person=person)
        raise RuntimeError("something after it went wrong")

    with pytest.raises(RuntimeError):
        invites_and_fails()
    assert OutgoingMail.objects.count() == 0
    assert AuditEntry.objects.filter(action="person.invited").count() == 0


def test_a_refused_mail_waits_and_is_sent_later_once(db: None, postbox: Postbox) -> None:
    row = letter()
    postbox.refuses = True
    assert mail.deliver_next() == row
    row.refresh_from_db()
    assert (row.attempts, row.sent_at) == (1, None)
    assert "Insufficient system storage" in row.last_error
    assert mail.deliver_next() is None
    postbox.refuses = False
    OutgoingMail.objects.update(due_at=timezone.now())
    assert mail.deliver_next() == row
    assert mail.deliver_next() is None
    assert len(postbox.letters) == 1


def test_after_six_tries_it_is_given_up_and_can_be_tried_again(
    cast: Cast, postbox: Postbox
) -> None:
    row, postbox.refuses = letter(), True
    for _ in range(8):
        OutgoingMail.objects.update(due_at=timezone.now())
        mail.deliver_next()
    row.refresh_from_db()
    assert row.attempts == 6
    assert row.given_up_at is not None
    postbox.refuses = False
    assert mail.retry(by=cast.administrator, row=row) is True
    assert mail.retry(by=cast.administrator, row=row) is False
    mail.deliver_next()
    assert len(postbox.letters) == 1


def test_a_mail_that_is_not_due_stays(db: None, postbox: Postbox) -> None:
    letter()
    OutgoingMail.objects.update(due_at=timezone.now() + datetime.timedelta(minutes=1))
    assert mail.deliver_next() is None


def test_the_worker_once_sends_all_that_waits(db: None, postbox: Postbox) -> None:
    for number in range(3):
        letter(subject=f"Nummer {number}")
    call_command("worker", once=True)
    assert [arrived["Subject"] for arrived in postbox.letters] == [
        "Nummer 0", "Nummer 1", "Nummer 2",
    ]  # fmt: skip


def test_a_fault_in_one_job_does_not_stop_the_others(
    db: None, postbox: Postbox, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> None:
        raise ValueError("a fault of ours")

    monkeypatch.setattr(jobs, "JOBS", [broken, mail.deliver_next])
    letter()
    call_command("worker", once=True)
    assert len(postbox.letters) == 1
    assert "a fault of ours" in caplog.text


def test_a_job_is_added_once() -> None:
    before = list(jobs.JOBS)
    jobs.add(mail.deliver_next)
    assert before == jobs.JOBS


@pytest.mark.django_db(transaction=True)
def test_a_worker_killed_in_the_middle_leaves_the_mail_to_the_next(postbox: Postbox) -> None:
    """The row lock dies with the connection, so nothing is stuck and nothing is lost."""
    row = letter()
    other = connection.copy()
    other.set_autocommit(False)
    with other.cursor() as cursor:
        cursor.execute("SELECT id FROM members_outgoingmail WHERE id = %s FOR UPDATE", [row.pk])
    assert mail.deliver_next() is None  # somebody else has it
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s)", [other.connection.info.backend_pid])
    other.connection.close()
    assert waits_for(lambda: mail.deliver_next() == row)
    assert len(postbox.letters) == 1


@pytest.mark.django_db(transaction=True)
def test_the_worker_process_sends_and_stops_on_sigterm(postbox: Postbox) -> None:
    letter()
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "worker"],
        cwd=django_settings.BASE_DIR,
        env={
            **os.environ,
            "DATABASE_URL": address(),
            "BRA_DEMO": "1",
            "BRA_SMTP_HOST": "127.0.0.1",
            "BRA_SMTP_PORT": str(django_settings.EMAIL_PORT),
        },
    )
    try:
        assert waits_for(lambda: len(postbox.letters) == 1, seconds=30)
        worker.send_signal(signal.SIGTERM)
        assert worker.wait(timeout=30) == 0
    finally:
        worker.kill()
        worker.wait()
    assert OutgoingMail.objects.get().sent_at is not None


def waits_for(happens: Any, seconds: float = 20) -> bool:
    """Ask again until it does, or the time is up."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if happens():
            return True
        time.sleep(0.1)
    return False
