"""The nouns of a meeting. Import from this package.

The modules may import in this order only: meeting, agenda, attendance, attachment, minutes,
followup, signature, archive.
"""

from meetings.models.agenda import AgendaItem, Decision, ItemKind, OrganisationReport, StandingItem
from meetings.models.archive import ArchivedItem
from meetings.models.attachment import Attachment
from meetings.models.attendance import Attendance, Guest, Mode, Part
from meetings.models.followup import ActionEvent, ActionItem, ActionStatus, Topic
from meetings.models.meeting import Meeting
from meetings.models.minutes import MinutesVersion, TextRevision
from meetings.models.signature import (
    Approval,
    ReviewComment,
    RoundState,
    SealedMinutes,
    Signer,
    SigningRound,
)

__all__ = [
    "ActionEvent",
    "ActionItem",
    "ActionStatus",
    "AgendaItem",
    "Approval",
    "ArchivedItem",
    "Attachment",
    "Attendance",
    "Decision",
    "Guest",
    "ItemKind",
    "Meeting",
    "MinutesVersion",
    "Mode",
    "OrganisationReport",
    "Part",
    "ReviewComment",
    "RoundState",
    "SealedMinutes",
    "Signer",
    "SigningRound",
    "StandingItem",
    "TextRevision",
    "Topic",
]
