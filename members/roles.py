"""The roles in a council, and the one table of which role may do what. A leaf.

A role is held through a mandate (members.models.Mandate) and only while the mandate runs.
What a signer may do with frozen minutes follows from being named in the round of justering,
not from a right here: a chair whose term ended last week still signs last week's minutes.
"""

from __future__ import annotations

from django.db.models import TextChoices


class Role(TextChoices):
    SECRETARY = "secretary", "Sekreterare"
    CHAIR = "chair", "Ordförande"
    VICE_CHAIR = "vice_chair", "Vice ordförande"
    MEMBER = "member", "Ledamot"
    SUBSTITUTE = "substitute", "Ersättare"
    CO_OPTED = "co_opted", "Adjungerad"
    READER = "reader", "Läsare"
    ADMINISTRATOR = "administrator", "Kommunens administratör"


class SignerRole(TextChoices):
    """Who signs the minutes (KL 5:65 and 5:69 for a nämnd; the council's own rules for a råd)."""

    CHAIR = "chair", "Ordförande"
    ADJUSTER = "adjuster", "Justerare"
    SECRETARY = "secretary", "Sekreterare"


class Right(TextChoices):
    READ = "read"  # the council, its meetings and agendas, justerade minutes, attachments
    READ_DRAFT = "read_draft"  # minutes that are not justerade yet
    READ_CLOSED = "read_closed"  # items under secrecy, and everything that springs from them
    WRITE = "write"  # plan meetings, take minutes, send them to justering
    KEEP_REGISTER = "keep_register"  # people, organisations, mandates, invitations
    SET_UP = "set_up"  # the council's settings and standing items
    RESET_SIGN_IN = "reset_sign_in"  # remove a lost second factor for somebody else


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.SECRETARY: frozenset(Right) - {Right.RESET_SIGN_IN},
    Role.CHAIR: frozenset({Right.READ, Right.READ_DRAFT, Right.READ_CLOSED}),
    Role.VICE_CHAIR: frozenset({Right.READ, Right.READ_DRAFT, Right.READ_CLOSED}),
    Role.MEMBER: frozenset({Right.READ}),
    Role.SUBSTITUTE: frozenset({Right.READ}),
    Role.CO_OPTED: frozenset({Right.READ}),
    Role.READER: frozenset({Right.READ}),
    # Runs the register and the settings for every council of the municipality; reads what is
    # finished, not what is being written.
    Role.ADMINISTRATOR: frozenset(
        {Right.READ, Right.KEEP_REGISTER, Right.SET_UP, Right.RESET_SIGN_IN}
    ),
}

# Held through members.models.Administrator (a whole municipality), never through a mandate.
COUNCIL_ROLES = tuple(role for role in Role if role is not Role.ADMINISTRATOR)
# Who is called and stands in the attendance list; substitutes and readers are not expected.
EXPECTED_ROLES = (Role.CHAIR, Role.VICE_CHAIR, Role.SECRETARY, Role.MEMBER, Role.CO_OPTED)
# Who may be elected adjuster: takes part in the council's decisions.
DECIDING_ROLES = (Role.CHAIR, Role.VICE_CHAIR, Role.SECRETARY, Role.MEMBER, Role.SUBSTITUTE)


# Those who decide read closed items too where the council has chosen so
# (Council.members_read_closed). Nobody else ever does by a role: not the co-opted, readers, guests
# or the administrator. Whoever signs a round reads what they sign.
CLOSED_BY_CHOICE = (Role.MEMBER, Role.SUBSTITUTE)


def roles_with(right: Right) -> tuple[Role, ...]:
    """The roles that give a right, for querysets."""
    return tuple(role for role in Role if right in RIGHTS[role])
