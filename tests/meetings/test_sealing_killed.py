"""Killed with -9 while it seals: all of it or nothing, and the worker does the rest."""

from __future__ import annotations

import datetime
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from typing import cast as as_type
from urllib.parse import quote, urlencode

import pytest
from django.conf import settings as django_settings
from django.db import connection
from pytest_django import Settings

from meetings import sealing, signing, snapshot, stamping
from meetings.models import (
    Approval,
    ArchivedItem,
    Meeting,
    RoundState,
    SealedMinutes,
    SigningRound,
)
from meetings.sealing import exporting
from meetings.signing import completing
from meetings.states import State
from members import audit
from members.models import AuditEntry, Council, OutgoingMail
from tests import builders
from tests.builders import Cast
from tests.meetings import killing

pytestmark = pytest.mark.django_db(transaction=True)
RANDOM = 200


def address() -> str:
    """The test database, for another process."""
    told = connection.settings_dict
    where = {"host": str(told["HOST"])} if str(told["HOST"]).startswith("/") else {}
    place = "" if where else f"{told['HOST']}:{told['PORT']}"
    who = f"{quote(told['USER'])}:{quote(told['PASSWORD'])}@" if told["USER"] else ""
    query = f"?{urlencode(where | {'port': told['PORT']})}" if where else ""
    return f"postgresql://{who}{place}/{told['NAME']}{query}"


class Slaughterhouse:
    """The process that forks victims, and what came of them."""

    def __init__(self, export: Path) -> None:
        env = os.environ | {
            "DATABASE_URL": address(),
            "BRA_EXPORT": str(export),
            "BRA_SEALS": str(django_settings.SEALS),
            "BRA_SEALS_TEST": "1",
            "BRA_MEDIA": str(django_settings.MEDIA_ROOT),
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.meetings.killing"], env=env, cwd=django_settings.BASE_DIR,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def kill(self, round_: SigningRound, point: str = "none", after: float | None = None) -> int:
        """Let a victim live to its point, or so many seconds; its exit status."""
        stdin, stdout = as_type(IO[str], self.process.stdin), as_type(IO[str], self.process.stdout)
        stdin.write(f"{point} {round_.pk}\n")
        stdin.flush()
        pid = int(stdout.readline())
        if after is not None:
            time.sleep(after)
            os.kill(pid, signal.SIGKILL)
        stdin.write("\n")
        stdin.flush()
        return int(stdout.readline())


@pytest.fixture(scope="module")
def storage(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("export")


@pytest.fixture(scope="module")
def house(django_db_setup: None, storage: Path) -> Iterator[Slaughterhouse]:
    """One for all of them: it takes a while to set up."""
    house = Slaughterhouse(storage)
    yield house
    house.process.communicate(timeout=20)


@pytest.fixture
def export(settings: Settings, storage: Path) -> Path:
    settings.EXPORT = storage
    return storage


def last_missing(cast: Cast, number: int = 0) -> SigningRound:
    round_ = builders.in_signing(cast, builders.DAY + datetime.timedelta(days=number))
    builders.approve(round_.signers.get(person=cast.chair))
    return round_


def approved(cast: Cast, monkeypatch: pytest.MonkeyPatch, number: int = 0) -> SigningRound:
    """Approved by all; nobody has tried to seal it."""
    round_ = last_missing(cast, number)
    with monkeypatch.context() as held:
        held.setattr(completing, "seal_at_once", lambda round_: None)
        builders.approve(round_.signers.get(person=cast.adjuster))
    return round_


def violations(round_: SigningRound, export: Path) -> list[str]:
    """What is half done."""
    sealed = SealedMinutes.objects.filter(round=round_).first()
    meeting = Meeting.objects.get(pk=round_.meeting_id)
    completed = SigningRound.objects.get(pk=round_.pk).state == RoundState.COMPLETED
    noted = AuditEntry.objects.filter(action="minutes.sealed", meeting_id=meeting.pk).count()
    letters = OutgoingMail.objects.filter(subject__startswith="Protokollet är justerat").count()
    whole = {
        "state": (meeting.state == State.APPROVED) is (sealed is not None),
        "trail": noted == (sealed is not None),
        "index": ArchivedItem.objects.filter(meeting=meeting).exists() is (sealed is not None),
        "approvals": (Approval.objects.filter(round=round_).count() == 2) is completed,
        "chain": audit.verify_trail(Council.objects.get(pk=meeting.council_id)) is None,
        "letters": letters == 3 * SealedMinutes.objects.count(),
        "export": all(is_whole(path) for path in export.rglob("*.pdf")),
    }
    if sealed is not None:
        report = stamping.validate(bytes(sealed.pdf), certificates=sealing.certificates_of())
        whole["file"] = report.genuine and report.whole
    return [name for name, good in whole.items() if not good]


def is_whole(path: Path) -> bool:
    return snapshot.sha256_of(path.read_bytes()) == path.stem


def finish(cast: Cast, round_: SigningRound, export: Path) -> None:
    """What the people and the worker then do, whatever was left."""
    missing = round_.signers.filter(approval__isnull=True).first()
    if missing is not None:
        builders.approve(missing)
    # As the worker does: it comes again. PostgreSQL may not have seen yet that the one who held the
    # meeting is dead, and what is held is passed over.
    for _ in range(200):
        completing._tried.clear()
        while signing.seal_next():
            pass
        if SealedMinutes.objects.filter(round=round_).exists():
            break
        time.sleep(0.05)
    exporting._resting_until = 0.0
    exporting.export_missing()
    sealed = SealedMinutes.objects.get(round=round_)
    assert exporting.place_of(export, sealed.pdf_sha256).read_bytes() == bytes(sealed.pdf)
    assert violations(round_, export) == []


@pytest.mark.parametrize("point", killing.POINTS)
def test_a_kill_at_a_named_point_leaves_nothing_half_done(
    cast: Cast, house: Slaughterhouse, export: Path, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    approving = point in killing.WHILE_APPROVING
    round_ = last_missing(cast) if approving else approved(cast, monkeypatch)
    assert house.kill(round_, point) == -signal.SIGKILL
    assert violations(round_, export) == []
    after_commit = point in ("committed", "written beside", "exported")
    assert SealedMinutes.objects.filter(round=round_).exists() is after_commit
    finish(cast, round_, export)


@pytest.mark.slow
def test_200_kills_at_random_leave_nothing_half_done(
    cast: Cast, house: Slaughterhouse, export: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chance = random.Random(7)
    round_, number, killed, sealed, found = approved(cast, monkeypatch), 0, 0, 0, []
    began = time.monotonic()
    house.kill(round_)  # how long a whole one takes, here and now
    takes = time.monotonic() - began
    while killed < RANDOM:
        if SealedMinutes.objects.filter(round=round_).exists():
            sealed += 1
            number += 1
            round_ = approved(cast, monkeypatch, number)
        status = house.kill(round_, after=chance.uniform(0, 1.15 * takes))
        killed += status == -signal.SIGKILL
        found += [f"{killed}: {what}" for what in violations(round_, export)]
    finish(cast, round_, export)
    assert found == []
    assert sealed > RANDOM / 40  # some came through, so the moments around the commit were tried
