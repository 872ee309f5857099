"""The nouns of a meeting. Import from this package.

The modules may import in this order only: meeting, agenda, attendance, attachment, minutes,
followup, signature, archive, presence.
"""

from meetings.models.agenda import AgendaItem, Decision, ItemKind, OrganisationReport, StandingItem
from meetings.models.archive import ArchivedItem
from meetings.models.attachment import Attachment
from meetings.models.attendance import (
    Attendance,
    ConflictOfInterest,
    Guest,
    Mode,
    Part,
    Service,
    Stay,
)
from meetings.models.followup import ActionEvent, ActionItem, ActionStatus, Topic
from meetings.models.meeting import Meeting, MeetingAdjuster
from meetings.models.minutes import (
    ClosedItem,
    DecisionRevision,
    Dissent,
    FrozenItem,
    MinutesVersion,
    TextKind,
    TextRevision,
)
from meetings.models.presence import AtDesk
from meetings.models.signature import (
    Approval,
    CommentAnswer,
    FileKind,
    ItemReview,
    Preflight,
    ReviewComment,
    RoundState,
    SealCertificate,
    SealedFile,
    SealedMinutes,
    Signer,
    SigningRound,
    UnlockRequest,
    Verdict,
)

__all__ = [
    "ActionEvent",
    "ActionItem",
    "ActionStatus",
    "AgendaItem",
    "Approval",
    "ArchivedItem",
    "AtDesk",
    "Attachment",
    "Attendance",
    "ClosedItem",
    "CommentAnswer",
    "ConflictOfInterest",
    "Decision",
    "DecisionRevision",
    "Dissent",
    "FileKind",
    "FrozenItem",
    "Guest",
    "ItemKind",
    "ItemReview",
    "Meeting",
    "MeetingAdjuster",
    "MinutesVersion",
    "Mode",
    "OrganisationReport",
    "Part",
    "Preflight",
    "ReviewComment",
    "RoundState",
    "SealCertificate",
    "SealedFile",
    "SealedMinutes",
    "Service",
    "Signer",
    "SigningRound",
    "StandingItem",
    "Stay",
    "TextKind",
    "TextRevision",
    "Topic",
    "UnlockRequest",
    "Verdict",
]
