"""The whole program as the role of the web server: whatever it does, it may."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from meetings import followup, searching, signing
from meetings.models import FileKind, ItemKind, SealedFile
from meetings.states import State
from members import joining
from members.models import AuditEntry, OutgoingMail, Person
from tests import application, builders
from tests.builders import Cast
from tests.doors import DOORS, set_stage
from tests.rules.test_doors import ask


@pytest.fixture
def as_the_application(transactional_db: None) -> Iterator[str]:
    """The program's connection is the role's own; the owner's comes back to clean up."""
    kept = {key: connection.settings_dict[key] for key in ("USER", "PASSWORD")}
    with application.application_role() as role:
        connection.close()
        connection.settings_dict.update(USER=role, PASSWORD=application.PASSWORD)
        try:
            yield role
        finally:
            connection.close()
            connection.settings_dict.update(kept)


@pytest.fixture
def cast(as_the_application: str) -> Cast:
    return builders.cast()


def logged_in_as() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user")
        return str(cursor.fetchone()[0])


def test_minutes_go_from_plan_to_the_archive(as_the_application: str, cast: Cast) -> None:
    assert logged_in_as() == as_the_application
    meeting = builders.written(cast)
    item = meeting.items.standing().exclude(kind=ItemKind.ADJUSTER)[0]
    followup.give_action(by=cast.secretary, item=item, text="Laga.", persons=[cast.member])
    closed = builders.closed_item(cast, meeting)
    builders.write(cast.secretary, closed, "<p>Det talas tyst.</p>")
    round_ = signing.open_round(by=cast.secretary, meeting=meeting)
    chair, adjuster = round_.signers.all()
    builders.approve(chair)
    signing.return_minutes(by=cast.adjuster, signer=adjuster, comment="Fel datum.")
    meeting = builders.approve_all(signing.open_round(by=cast.secretary, meeting=meeting))
    assert meeting.state == State.APPROVED
    assert searching.search(user=cast.reader, words="dagordning").total > 0
    assert AuditEntry.objects.filter(action="minutes.sealed").count() == 1
    assert SealedFile.objects.get().kind == FileKind.CLOSED
    round_ = builders.corrected(cast, meeting, closed)
    kinds = {one.kind for one in SealedFile.objects.filter(round=round_)}
    assert kinds == {FileKind.CORRECTION, FileKind.CLOSED}


def test_every_page_opens_and_every_act_is_done(
    cast: Cast, as_: Callable[[Person], Client]
) -> None:
    """The doors, all of them, as whoever may: nothing is refused by the database."""
    stage, wrong = set_stage(cast), []
    for name, (method, allowed, meeting, wanted) in DOORS.items():
        role = "secretary" if "secretary" in allowed else sorted(allowed)[0]
        url = stage.url(name, meeting, wanted)
        status = ask(as_(getattr(cast, role)), method, url)
        if status >= 500:
            wrong.append(f"{name}: {status}")
    assert wrong == []


def test_one_signs_in_out_and_forgets_ones_password(cast: Cast) -> None:
    client = Client()
    given = {"login": cast.secretary.email, "password": builders.PASSWORD}
    assert client.post(reverse("account_login"), given).status_code == 302
    assert client.get(reverse("start")).status_code == 200
    client.post(reverse("account_logout"))
    client.post(reverse("account_reset_password"), {"email": cast.secretary.email})
    assert OutgoingMail.objects.filter(to_email=cast.secretary.email).count() == 1


def test_the_administration_writes(cast: Cast, as_: Callable[[Person], Client]) -> None:
    cast.administrator.is_staff = cast.administrator.is_superuser = True
    cast.administrator.save()
    client = as_(cast.administrator)
    for model in ("members_council", "members_person", "meetings_meeting", "members_auditentry"):
        assert client.get(reverse(f"admin:{model}_changelist")).status_code == 200
    fields = {"name": "Nyköpings kommun", "code": "9999"}
    client.post(reverse("admin:members_municipality_add"), fields)
    assert AuditEntry.objects.filter(action="drift.saved").count() == 1


def test_the_worker_and_the_commands_do_their_work(cast: Cast) -> None:
    builders.sealed(cast)
    joining.invite(by=cast.secretary, council=cast.council, person=cast.member)
    call_command("worker", once=True)
    said = io.StringIO()
    call_command("verify_trail", stdout=said)
    assert said.getvalue().endswith("Händelseloggen är oförändrad.\n")
    call_command("clearsessions")
    assert OutgoingMail.objects.filter(sent_at=None).count() == 0
