"""What was in the way of a seal, noted in the trail: once for each reason, not every minute."""

from __future__ import annotations

from django.core.exceptions import ValidationError

from meetings import wording
from meetings.models import Meeting
from members import audit
from members.models import Person

WHY = {
    "": "ett fel som står i programmets logg",
    "missing": "kommunens stämpelnyckel finns inte",
    "unreadable": "kommunens stämpelnyckel går inte att läsa",
    "passphrase": "lösenordet till kommunens stämpelnyckel är fel",
    "module": "programdelen för kort och HSM är inte installerad",
    "other": "stämpelnyckeln hör till en annan organisation",
    "early": "certifikatet gäller inte än",
    "expired": "certifikatet har gått ut",
    "short": "certifikatet går snart ut",
    "clock": "datorns klocka går fel",
    "paper": "PDF-filen kunde inte göras",
    "file": "filen gick inte att stämpla",
    "check": "stämpeln höll inte för kontrollen",
    "approval": "ett godkännande stämmer inte med texten",
}
audit.register(
    {
        "minutes.not_sealed": "kunde inte låsa {document}: {why}",
        "signing.not_opened": "kunde inte skicka {document} till justering: {why}",
    },
    words={**wording.IN_THE_TRAIL, "why": WHY},
)


def note_hindrance(action: str, meeting: Meeting, error: Exception, by: Person | None) -> None:
    """An entry that says why, unless the latest of its kind says the same."""
    why = code_of(error)
    last = audit.history_of(meeting).filter(action=action).first()
    if by is None and last is not None and last.facts.get("why", "") == why:
        return
    audit.record(by=by, action=action, council=meeting.council, subject=meeting, why=why)


def code_of(error: Exception) -> str:
    code = str(getattr(error, "code", None) or "") if isinstance(error, ValidationError) else ""
    return code if code in WHY else ""
