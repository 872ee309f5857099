"""Organisations of a municipality: added, changed, and found by any of their names."""

from __future__ import annotations

import re
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.db import transaction

from members import audit
from members.models import Council, Municipality, Organisation, OrganisationKind, Person

# Words at the end or inside of a name that tell what it is; the first that fits decides.
SIGNS: tuple[tuple[OrganisationKind, str], ...] = (
    (OrganisationKind.RESCUE, r"räddningstjänst|brandkår"),
    (OrganisationKind.AGENCY, r"polis|länsstyrelse|myndighet|kriminalvård|åklagar|försvarsmakt"),
    (OrganisationKind.FEDERATION, r"(kommunal|gymnasie|utbildnings)förbund"),
    (OrganisationKind.BOARD, r"nämnd|kommunstyrelse|utskott"),
    (OrganisationKind.ADMINISTRATION, r"förvaltning|arbete och välfärd"),
    (OrganisationKind.OFFICE, r"kontor"),
    (OrganisationKind.ASSOCIATION, r"förening|samverkan|församling|stiftelse|råd\b"),
    (OrganisationKind.COMPANY, r"\bab\b|försäkring|köpman"),
    (OrganisationKind.MUNICIPAL_COMPANY, r"bostäder|hem\b|fastighet"),
)


def key(name: str) -> str:
    """A name as it is compared: case, spaces, hanging hyphens and a last full stop aside."""
    text = re.sub(r"(?<=\w)-(?=\s)", "", " ".join(name.split()))
    return text.rstrip(".").casefold()


def known_names(municipality: Municipality) -> dict[str, Organisation]:
    """Every name and alias of the municipality's organisations, as key(name)."""
    known: dict[str, Organisation] = {}
    for organisation in Organisation.objects.filter(municipality=municipality):
        for name in (*organisation.aliases, organisation.name):
            known[key(name)] = organisation
    return known


def organisation_named(municipality: Municipality, text: str) -> Organisation | None:
    """The organisation called so, by its name or one of its aliases."""
    return known_names(municipality).get(key(text))


def likely_kind(name: str) -> OrganisationKind:
    """What the name suggests; OTHER when it says nothing. A proposal, for a person to correct."""
    for kind, signs in SIGNS:
        if re.search(signs, name.casefold()):
            return kind
    return OrganisationKind.OTHER


@transaction.atomic
def organisation_or_new(
    *, by: Person, municipality: Municipality, text: str
) -> Organisation | None:
    """The organisation called so, or a new one of that name; None for an empty text."""
    if not text.strip():
        return None
    lock(municipality)
    found = organisation_named(municipality, text)
    if found is not None:
        return found
    return add_organisation(by=by, municipality=municipality, name=text, kind=likely_kind(text))


@transaction.atomic
def add_organisation(
    *,
    by: Person,
    municipality: Municipality,
    name: str,
    kind: OrganisationKind | str = OrganisationKind.OTHER,
    aliases: Iterable[str] = (),
) -> Organisation:
    """Add one. ValidationError when another already goes by that name or alias."""
    lock(municipality)
    organisation = Organisation(
        municipality=municipality, name=tidy(name), kind=kind, aliases=tidy_all(aliases)
    )
    check_and_save(organisation)
    audit.record(by=by, action="organisation.added", subject=organisation)
    return organisation


@transaction.atomic
def change_organisation(
    *,
    by: Person,
    organisation: Organisation,
    name: str,
    kind: OrganisationKind | str,
    aliases: Iterable[str],
) -> Organisation:
    """Rename, and change kind and aliases. Sealed minutes keep the name they were printed with."""
    lock(organisation.municipality)
    organisation = Organisation.objects.select_for_update().get(pk=organisation.pk)
    was = {"name": organisation.name, "kind": organisation.kind, "aliases": organisation.aliases}
    organisation.name, organisation.kind = tidy(name), OrganisationKind(kind)
    organisation.aliases = tidy_all(aliases)
    now = {"name": organisation.name, "kind": organisation.kind, "aliases": organisation.aliases}
    if now == was:
        return organisation
    check_and_save(organisation)
    audit.record(by=by, action="organisation.changed", subject=organisation, was=was)
    return organisation


def organisations_of(council: Council) -> list[Organisation]:
    """The municipality's organisations in Swedish order: what a council chooses among."""
    return list(Organisation.objects.filter(municipality=council.municipality_id))


def lock(municipality: Municipality) -> None:
    """Names are compared over all organisations, so one writer at a time in a municipality."""
    Municipality.objects.select_for_update(no_key=True).only("pk").get(pk=municipality.pk)


def check_and_save(organisation: Organisation) -> None:
    others = {
        name: other
        for name, other in known_names(organisation.municipality).items()
        if other.pk != organisation.pk
    }
    for field, names in (("name", [organisation.name]), ("aliases", organisation.aliases)):
        for name in names:
            taken = others.get(key(name))
            if taken is not None:
                raise ValidationError({field: f"”{name}” är redan ett namn på {taken}."})
    organisation.full_clean()
    organisation.save()


def tidy(name: str) -> str:
    return " ".join(name.split())


def tidy_all(names: Iterable[str]) -> list[str]:
    """Names without blanks and repeats, in the order given."""
    seen: dict[str, str] = {}
    for name in names:
        if tidy(name):
            seen.setdefault(key(name), tidy(name))
    return list(seen.values())
