"""The only door to a council: the same 404 for "does not exist" and "not yours"."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone

from members import prepared
from members.models import Council, Mandate, Municipality, Person
from members.models.council import CouncilQuerySet
from members.roles import CLOSED_BY_CHOICE, RIGHTS, Right, Role


def council_for(user: Person, slug: str, *, may: Right = Right.READ) -> Council:
    """The council, if the person holds the right there today; else Http404."""
    council = Council.objects.visible_to(user, may).select_related("municipality")
    found = council.filter(slug=slug).first()
    if found is None:
        raise Http404("Rådet finns inte, eller så har du inte tillgång till det.")
    return found


def visible_councils(user: Person) -> CouncilQuerySet:
    """Councils the person may read, in Swedish order."""
    return Council.objects.visible_to(user).select_related("municipality")


def roles_in(user: Person, council: Council) -> frozenset[Role]:
    """The roles the person holds in the council today."""
    held = {Role(role) for role in roles_by_mandate(user.pk, council.pk)}
    if administers(user.pk, council.municipality_id):
        held.add(Role.ADMINISTRATOR)
    return frozenset(held)


@prepared.question
def roles_by_mandate(person: int, council: int) -> QuerySet[Mandate, str]:
    held = Mandate.objects.running(timezone.localdate()).filter(person=person, council=council)
    return held.values_list("role", flat=True)


@prepared.question
def administers(person: int, municipality: int) -> QuerySet[Municipality, int]:
    running = Person(pk=person).administrator_of.running(timezone.localdate())
    return running.filter(municipality=municipality).values_list("pk", flat=True)[:1]


def rights_in(user: Person, council: Council) -> frozenset[Right]:
    """What the person may do in the council today: for showing or hiding, never for guarding."""
    roles = roles_in(user, council)
    rights = frozenset(right for role in roles for right in RIGHTS[role])
    if council.members_read_closed and not roles.isdisjoint(CLOSED_BY_CHOICE):
        rights |= {Right.READ_CLOSED}
    return rights


def mandate_for(user: Person, slug: str, pk: int, *, may: Right = Right.KEEP_REGISTER) -> Mandate:
    """A mandate in a council where the person has the right; else Http404."""
    council = council_for(user, slug, may=may)
    found = (
        Mandate.objects.filter(council=council, pk=pk)
        .select_related("person", "organisation", "personal_substitute", "council")
        .first()
    )
    if found is None:
        raise Http404("Uppdraget finns inte.")
    return found


def municipalities_administered(user: Person) -> list[Municipality]:
    return list(Municipality.objects.administered_by(user))
