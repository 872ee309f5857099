"""The trail: who did what. Called inside the transaction of the act it tells of."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet

from members.models import AuditEntry, Council, Person

# Registered actions and how they read: "Anna {words}". An unknown action is a programming error.
ACTIONS: dict[str, str] = {
    "person.invited": "bjöd in",
    "person.joined": "valde lösenord och gick med",
    "person.changed": "ändrade uppgifter om",
    "mandate.given": "gav uppdrag åt",
    "mandate.changed": "ändrade uppdrag för",
    "mandate.ended": "avslutade uppdrag för",
    "organisation.added": "lade till organisationen",
    "organisation.changed": "ändrade organisationen",
    "council.changed": "ändrade rådets inställningar",
    "municipality.arms_changed": "bytte vapen för",
    "mail.retried": "skickade om mejlet",
    "drift.saved": "sparade i driftadministrationen",
    "drift.removed": "tog bort i driftadministrationen",
}


def register(actions: dict[str, str]) -> None:
    """Add an app's actions; each name once."""
    twice = ACTIONS.keys() & actions.keys()
    if twice:
        raise ValueError(f"audit actions registered twice: {sorted(twice)}")
    ACTIONS.update(actions)


def record(
    *,
    by: Person | None,
    action: str,
    council: Council | None = None,
    subject: Model | None = None,
    text: str = "",
    **facts: Any,
) -> AuditEntry:
    """Write one entry. `by=None` is the program itself (the worker)."""
    if action not in ACTIONS:
        raise ValueError(f"unknown audit action: {action}")
    return AuditEntry.objects.create(
        council=council,
        person=by,
        person_name=by.name if by else "Programmet",
        action=action,
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        subject_text=(text or (str(subject) if subject is not None else ""))[:300],
        facts=facts,
    )


def history_of(subject: Model) -> QuerySet[AuditEntry]:
    """Entries about one thing, newest first."""
    return AuditEntry.objects.filter(
        subject_type=subject._meta.label_lower, subject_id=subject.pk
    ).order_by("-pk")
