"""What the application's role may do in the database: enough for all it does, and no more."""

from __future__ import annotations

import io
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from members import granting
from tests import application

pytestmark = pytest.mark.django_db
APPEND_ONLY = {
    "members_auditentry", "meetings_minutesversion", "meetings_approval", "meetings_reviewcomment",
    "meetings_commentanswer", "meetings_sealedminutes", "meetings_sealedfile", "meetings_preflight",
    "meetings_archiveditem", "meetings_sealcertificate", "meetings_signer", "meetings_frozenitem",
    "meetings_actionevent",
}  # fmt: skip
CHANGES = {"UPDATE", "DELETE"}


@pytest.fixture
def role() -> Iterator[str]:
    with application.application_role() as name:
        yield name


def sql(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


def told(role: str, **options: bool) -> str:
    said = io.StringIO()
    call_command("grant_application", role=role, stdout=said, **options)
    return said.getvalue()


def test_what_is_append_only_can_only_be_read_and_added_to() -> None:
    rights = granting.rights()
    changeable = {table for table in APPEND_ONLY if CHANGES & set(rights[table])}
    assert changeable == set()
    assert {rights[table] for table in APPEND_ONLY} == {("SELECT", "INSERT")}


def test_nothing_may_be_emptied_referred_to_or_given_triggers() -> None:
    given = {right for may in granting.rights().values() for right in may}
    assert given == {"SELECT", "INSERT", "UPDATE", "DELETE"}


def test_what_migrate_writes_is_only_read() -> None:
    assert {granting.rights()[table] for table in granting.READ_ONLY} == {("SELECT",)}


def test_a_role_that_was_granted_is_as_it_should_be(role: str) -> None:
    assert granting.faults(role) == []
    assert told(role, check=True) == f"Rollen {role} har de rättigheter den ska ha.\n"
    assert told(role) == f"Rollen {role} har de rättigheter den ska ha.\n"  # may be done again


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        ("GRANT UPDATE ON meetings_approval TO {}", "{} får UPDATE på meetings_approval"),
        ("GRANT UPDATE (text) ON meetings_reviewcomment TO {}", "{} får UPDATE på meetings_review"),
        ("GRANT TRUNCATE ON meetings_decision TO {}", "{} får TRUNCATE på meetings_decision"),
        ("GRANT TRIGGER ON meetings_decision TO PUBLIC", "{} får TRIGGER på meetings_decision"),
        ("REVOKE INSERT ON meetings_meeting FROM {}", "{} saknar INSERT på meetings_meeting"),
        ("GRANT CREATE ON SCHEMA public TO {}", "{} får skapa saker i schemat public"),
        ("ALTER ROLE {} CREATEROLE", "{} får skapa roller"),
        ("ALTER ROLE {} SUPERUSER", "{} är superanvändare"),
        ("GRANT pg_write_all_data TO {}", "{} är medlem i en annan roll"),
        ("ALTER TABLE meetings_approval OWNER TO {}", "{} äger tabeller"),
    ],
)  # fmt: skip
def test_a_power_too_many_or_too_few_is_found(role: str, change: str, fault: str) -> None:
    sql(change.format(role))
    said = io.StringIO()
    with pytest.raises(CommandError, match="har inte de rättigheter den ska ha"):
        call_command("grant_application", role=role, check=True, stdout=said)
    assert fault.format(role) in said.getvalue()
    if "OWNER" in change:
        sql("ALTER TABLE meetings_approval OWNER TO CURRENT_USER")


def test_too_many_rights_are_taken_back_by_granting_again(role: str) -> None:
    sql(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}; GRANT ALL ON SCHEMA public TO {role}")
    assert len(granting.faults(role)) > 20
    granting.grant(role)
    assert granting.faults(role) == []


@pytest.mark.parametrize("name", ["nobody_here", "Bra; DROP ROLE x", "", "å" * 70, 'a"b'])
def test_what_is_no_role_is_told(name: str) -> None:
    with pytest.raises(CommandError, match=r"finns inte|inget namn på en roll"):
        told(name)


def test_the_statements_can_be_read_before_they_are_run(role: str) -> None:
    sql(f"REVOKE ALL ON meetings_meeting FROM {role}")
    said = told(role, only_print=True)
    assert f'GRANT SELECT, INSERT ON public."meetings_approval" TO "{role}";' in said
    assert f"{role} saknar SELECT på meetings_meeting." in granting.faults(role)  # nothing was run


def test_only_the_owner_can_give_rights(role: str) -> None:
    sql(f"SET LOCAL ROLE {role}")
    with pytest.raises(CommandError, match="Kör kommandot som den roll som äger databasen"):
        told(role)
    sql("RESET ROLE")
