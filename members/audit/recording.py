"""Writing an entry, inside the transaction of the act it tells of; and finding entries again."""

from __future__ import annotations

from typing import Any

from django.db.models import Model, QuerySet

from members.audit import phrases
from members.models import AuditEntry, Council, Person

PROGRAM = "Programmet"


def record(
    *,
    by: Person | None,
    action: str,
    council: Council | None = None,
    subject: Model | None = None,
    text: str = "",
    **facts: Any,
) -> AuditEntry:
    """Write one entry. `by=None` is the program itself (the worker).

    From here to the end of the transaction nobody else writes in the same council's chain, so
    record late: after the locks and the slow work.
    """
    if action not in phrases.ACTIONS:
        raise ValueError(f"unknown audit action: {action}")
    return AuditEntry.objects.create(
        council=council,
        meeting_id=meeting_of(subject),
        person=by,
        person_name=by.name if by else PROGRAM,
        action=action,
        subject_type=subject._meta.label_lower if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        subject_text=(text or (str(subject) if subject is not None else ""))[:300],
        facts=facts,
    )


def meeting_of(subject: Model | None) -> int | None:
    """The meeting whose history a thing belongs to, as audit.describe has it."""
    if subject is None:
        return None
    find = phrases.SUBJECTS.get(subject._meta.label_lower, phrases.PLAIN).meeting
    return find(subject) if find else None


def history_of(subject: Model) -> QuerySet[AuditEntry]:
    """Entries about one thing, newest first."""
    return AuditEntry.objects.filter(
        subject_type=subject._meta.label_lower, subject_id=subject.pk
    ).order_by("-pk")


def history_of_meeting(meeting_id: int) -> QuerySet[AuditEntry]:
    """Entries about a meeting and everything that belongs to it, newest first."""
    return AuditEntry.objects.filter(meeting_id=meeting_id).order_by("-sequence")
