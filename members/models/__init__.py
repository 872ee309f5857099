"""WHO: municipalities, councils, organisations, people and their mandates; the trail and mail.

Import from this package. The modules may import in this order only: ordering, municipality,
organisation, person, council, mandate, audit, mail.
"""

from members.models.audit import AuditEntry
from members.models.council import (
    Accent,
    ApprovalLevel,
    Council,
    LegalForm,
    MinutesStyle,
    Numbering,
)
from members.models.mail import OutgoingMail
from members.models.mandate import Administrator, Mandate
from members.models.municipality import Arms, Municipality
from members.models.ordering import SwedishOrder
from members.models.organisation import Organisation, OrganisationKind
from members.models.person import Person

__all__ = [
    "Accent",
    "Administrator",
    "ApprovalLevel",
    "Arms",
    "AuditEntry",
    "Council",
    "LegalForm",
    "Mandate",
    "MinutesStyle",
    "Municipality",
    "Numbering",
    "Organisation",
    "OrganisationKind",
    "OutgoingMail",
    "Person",
    "SwedishOrder",
]
