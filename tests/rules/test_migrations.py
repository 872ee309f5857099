"""The migrations are the models, and every guard of the database stands."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.db import connection

pytestmark = pytest.mark.django_db

SEALED = {
    "meetings_meeting", "meetings_agendaitem", "meetings_decision", "meetings_organisationreport",
    "meetings_attendance", "meetings_attachment", "meetings_meetingadjuster", "meetings_topic",
    "meetings_actionitem", "meetings_actionitem_persons", "meetings_actionitem_organisations",
    "meetings_textrevision", "meetings_signinground", "meetings_signer", "meetings_approval",
    "meetings_reviewcomment", "meetings_minutesversion", "meetings_sealedminutes",
    "meetings_archiveditem", "meetings_dissent", "meetings_preflight", "meetings_itemreview",
    "meetings_commentanswer", "meetings_frozenitem", "meetings_sealedfile", "meetings_closeditem",
    "meetings_decisionrevision",
    "meetings_stay", "meetings_service", "meetings_conflictofinterest",
}  # fmt: skip
FREE = {
    "meetings_standingitem",  # the council's, not a meeting's
    "meetings_guest",  # the minutes carry the name as printed
    "meetings_atdesk",  # who has the page open just now
}


def triggers() -> dict[str, set[str]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgrelid::regclass::text, tgname FROM pg_trigger"
            " WHERE NOT tgisinternal AND tgenabled = 'A'"
        )
        found: dict[str, set[str]] = {}
        for table, name in cursor.fetchall():
            found.setdefault(table, set()).add(name)
    return found


def test_models_and_migrations_agree() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_table_of_a_meeting_is_guarded_or_named_as_free() -> None:
    tables = {
        name for name in connection.introspection.table_names() if name.startswith("meetings_")
    }
    append_only = {
        "meetings_actionevent", "meetings_sealcertificate", "meetings_unlockrequest",
    }  # fmt: skip
    assert tables == SEALED | FREE | append_only
    standing = triggers()
    assert {t for t in SEALED if "bra_guard" not in standing.get(t, set())} == set()
    assert {t for t in append_only if "bra_append_only" not in standing.get(t, set())} == set()
    assert {
        t for t in SEALED | append_only if "bra_no_truncate" not in standing.get(t, set())
    } == set()


def test_the_trail_is_append_only_and_chained() -> None:
    standing = triggers()["members_auditentry"]
    assert standing == {"bra_append_only", "bra_no_truncate", "bra_chain"}
