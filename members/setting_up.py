"""How a council works: its settings; and a municipality's arms."""

from __future__ import annotations

import hashlib
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from members import access, audit, svg
from members.models import ApprovalLevel, Arms, Council, Municipality, Person
from members.roles import Right, SignerRole

CHANGEABLE = (
    "name",
    "short_name",
    "minutes_style",
    "numbering",
    "number_prefix",
    "signers",
    "legal_form",
    "days_for_summons",
    "days_for_signing",
    "uses_posting",
    "approval_levels",
    "lists_apologies",
    "accent",
    "members_read_closed",
    "decision_phrases",
    "text_blocks",
)

CHAIR, ADJUSTER, SECRETARY = SignerRole.CHAIR, SignerRole.ADJUSTER, SignerRole.SECRETARY

# The sets of signers a council chooses among, in the order they stand under the minutes, by the
# word a form sends. domain.md a6: chair + adjusters (Kalmar), chair + secretary (Växjö).
SIGNER_SETS: dict[str, tuple[tuple[SignerRole, ...], str]] = {
    "chair-1": ((CHAIR, ADJUSTER), "Ordförande och en justerare"),
    "chair-2": ((CHAIR, ADJUSTER, ADJUSTER), "Ordförande och två justerare"),
    "chair-3": ((CHAIR, ADJUSTER, ADJUSTER, ADJUSTER), "Ordförande och tre justerare"),
    "chair-secretary": ((CHAIR, SECRETARY), "Ordförande och sekreterare"),
    "secretary-chair-1": (
        (SECRETARY, CHAIR, ADJUSTER),
        "Sekreterare, ordförande och en justerare",
    ),
    "secretary-chair-2": (
        (SECRETARY, CHAIR, ADJUSTER, ADJUSTER),
        "Sekreterare, ordförande och två justerare",
    ),
    "chair": ((CHAIR,), "Bara ordförande"),
}


def signer_set(signers: list[str]) -> str:
    """The word in SIGNER_SETS for an ordered list of signers, or "" for one of its own kind."""
    for word, (roles, _) in SIGNER_SETS.items():
        if [role.value for role in roles] == [str(SignerRole(signer)) for signer in signers]:
            return word
    return ""


def signers_in_words(signers: list[str]) -> str:
    """ "Ordförande och en justerare"; one of its own kind is listed."""
    word = signer_set(signers)
    if word:
        return SIGNER_SETS[word][1]
    return ", ".join(SignerRole(signer).label.lower() for signer in signers).capitalize()


def levels_in_words(levels: list[str]) -> str:
    """ "Passkey, lösenord och engångskod": the ways to approve that a council accepts."""
    words = [ApprovalLevel(level).label for level in ApprovalLevel.values if level in levels]
    return ", ".join(words).capitalize()


@transaction.atomic
def change_council(*, by: Person, council: Council, **settings: Any) -> Council:
    """Change settings of a council. Meetings already planned keep the style they began with.

    ValidationError, by field, for values the council cannot have. No change, no entry.
    """
    if settings.keys() - set(CHANGEABLE):
        raise TypeError(f"not settings: {sorted(settings.keys() - set(CHANGEABLE))}")
    council = (
        Council.objects.select_for_update(of=("self",))
        .select_related("municipality")
        .get(pk=council.pk)
    )
    was = {
        name: getattr(council, name)
        for name, value in settings.items()
        if getattr(council, name) != value
    }
    if not was:
        return council
    if "members_read_closed" in was and Right.READ_CLOSED not in access.rights_in(by, council):
        raise ValidationError(
            {
                "members_read_closed": "Bara den som själv läser punkter som omfattas av sekretess "
                "kan ändra vilka andra som gör det."
            }
        )
    for name in was:
        setattr(council, name, settings[name])
    council.full_clean()
    council.save(update_fields=list(was))
    now = {name: getattr(council, name) for name in was}
    audit.record(
        by=by, action="council.changed", council=council, subject=council, was=was, now=now
    )
    return council


@transaction.atomic
def set_arms(*, by: Person, municipality: Municipality, drawing: bytes) -> Municipality:
    """Give a municipality arms, as cleaned SVG; b"" for none. ValidationError if unfit.

    Those it had are kept: what is frozen with them is printed with them for ever.
    """
    municipality = Municipality.objects.select_for_update().get(pk=municipality.pk)
    municipality.arms_sha256 = keep_arms(municipality, svg.clean(drawing)) if drawing else ""
    municipality.save(update_fields=["arms_sha256"])
    audit.record(
        by=by, action="municipality.arms_changed", subject=municipality,
        sha256=municipality.arms_sha256,
    )  # fmt: skip
    return municipality


def keep_arms(municipality: Municipality, drawing: bytes) -> str:
    """Store the drawing, unless the municipality has had it before; its SHA-256."""
    digest = hashlib.sha256(drawing).hexdigest()
    Arms.objects.get_or_create(
        municipality=municipality, sha256=digest, defaults={"drawing": drawing}
    )
    return digest
