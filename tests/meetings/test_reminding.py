"""Reminders of justering: before the last day, after it, each once."""

from __future__ import annotations

import datetime
import threading

import pytest
from django.db import connection
from django.utils import timezone

from meetings import signing
from meetings.models import ItemKind
from meetings.signing import reminding
from members.models import OutgoingMail, Person
from tests import builders
from tests.builders import Cast


def at(monkeypatch: pytest.MonkeyPatch, day: datetime.date) -> None:
    monkeypatch.setattr(timezone, "localdate", lambda: day)


def run() -> int:
    """All the worker would do now."""
    done = 0
    while reminding.remind_next() is not None:
        done += 1
        assert done < 20
    return done


def letters(person: Person, start: str) -> list[str]:
    mails = OutgoingMail.objects.filter(person=person, subject__startswith=start)
    return list(mails.values_list("body", flat=True))


@pytest.mark.django_db
class TestReminding:
    def test_some_days_before_and_the_day_after_each_once(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        round_ = builders.in_signing(cast)
        builders.approve(round_.signers.get(person=cast.chair))
        sent = []
        for days in (-4, -3, -2, 0, 1, 2, 9):
            at(monkeypatch, round_.due_on + datetime.timedelta(days=days))
            sent.append((days, run()))
        assert sent == [(-4, 0), (-3, 1), (-2, 0), (0, 0), (1, 2), (2, 0), (9, 0)]
        assert len(letters(cast.adjuster, "Påminnelse: justera")) == 1
        assert len(letters(cast.adjuster, "Tiden har gått ut: justera")) == 1
        assert letters(cast.chair, "Påminnelse") + letters(cast.chair, "Tiden") == []
        (told,) = letters(cast.secretary, "Tiden för justering har gått ut")
        assert "Jörgen Almhöjd har inte justerat än" in told

    def test_a_missed_night_is_made_up_for(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        round_ = builders.in_signing(cast)
        at(monkeypatch, round_.due_on)
        assert run() == 2
        at(monkeypatch, round_.due_on + datetime.timedelta(days=5))
        assert run() == 3

    def test_a_returned_round_reminds_nobody(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        round_ = builders.in_signing(cast)
        signer = round_.signers.get(person=cast.adjuster)
        signing.return_minutes(by=cast.adjuster, signer=signer, comment="Fel dag.")
        at(monkeypatch, round_.due_on + datetime.timedelta(days=5))
        assert run() == 0

    def test_so_does_a_correction_and_a_paper_at_once_when_its_day_is_over(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        sealed = builders.sealed(cast)
        correction = signing.open_correction(
            by=cast.secretary, meeting=sealed, item=None, old="Sessionssalen", new="Vågsalen",
            reason="Skrivfel.",
        )  # fmt: skip
        meeting = builders.written(cast, builders.DAY + datetime.timedelta(days=7))
        items = [meeting.items.standing().get(kind=ItemKind.ROUND_TABLE)]
        at_once = signing.open_at_once(by=cast.secretary, meeting=meeting, items=items)
        assert run() == 0  # nobody is reminded of what they were asked today
        at(monkeypatch, at_once.due_on + datetime.timedelta(days=1))
        assert run() == 3  # both signers and the secretary
        at(monkeypatch, correction.due_on)
        assert run() == 2
        about = "rättelsen av uppgifterna utanför paragraferna från"
        assert len(letters(cast.adjuster, f"Påminnelse: justera {about}")) == 1
        at(monkeypatch, correction.due_on + datetime.timedelta(days=1))
        assert (run(), run()) == (3, 0)
        told = letters(cast.secretary, "Tiden för justering har gått ut")
        where = [f"/moten/{meeting.key}/omedelbar/", f"/moten/{sealed.key}/rattelse/"]
        assert [path in one for path, one in zip(where, told, strict=True)] == [True, True]

    def test_the_stand_in_is_reminded_and_not_the_replaced(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        round_ = builders.in_signing(cast)
        signing.appoint_stand_in(
            by=cast.secretary, signer=round_.signers.get(person=cast.adjuster),
            person=cast.member, reason="sjuk",
        )  # fmt: skip
        at(monkeypatch, round_.due_on)
        run()
        assert len(letters(cast.member, "Påminnelse")) == 1
        assert letters(cast.adjuster, "Påminnelse") == []


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_it_once(monkeypatch: pytest.MonkeyPatch) -> None:
    cast = builders.cast()
    round_ = builders.in_signing(cast)
    at(monkeypatch, round_.due_on)
    together = threading.Barrier(4)

    def work() -> None:
        together.wait()
        run()
        connection.close()

    workers = [threading.Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert OutgoingMail.objects.filter(subject__startswith="Påminnelse").count() == 2
