"""Who can sign in to the demo, as what, and what waits for them."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from meetings import waiting, wording
from meetings.demo import cast
from members.models import Mandate, Person
from members.roles import Role


@dataclass(frozen=True)
class Account:
    name: str
    roles: str
    email: str
    waits: str


def accounts() -> dict[str, list[Account]]:
    """Everyone who can sign in, by municipality: secretary and chair first."""
    people = Person.objects.filter(email__isnull=False).prefetch_related(
        "mandates__council", "administrator_of"
    )
    found: dict[str, list[Account]] = {town.name: [] for town in cast.TOWNS}
    hosts = {town.host: town.name for town in cast.TOWNS}
    for person in sorted(filter(lambda one: one.can_sign_in, people), key=rank):
        town = hosts[(person.email or "").partition("@")[2]]
        account = Account(person.name, roles_of(person), person.email or "", waits_for(person))
        found[town].append(account)
    return found


def rank(person: Person) -> tuple[int, str]:
    """By the first role held."""
    order = [Role.SECRETARY, Role.CHAIR, Role.VICE_CHAIR, *Role]
    held = [order.index(Role(mandate.role)) for mandate in held_today(person)]
    return (min(held, default=len(order)), person.name)


def held_today(person: Person) -> list[Mandate]:
    today = timezone.localdate()
    return [mandate for mandate in person.mandates.all() if mandate.runs_on(today)]


def roles_of(person: Person) -> str:
    """ "ledamot i Lokala BRÅ och Ljungsäters BRÅ"; the seats, then what else one may do."""
    councils: dict[str, list[str]] = {}
    for mandate in held_today(person):
        councils.setdefault(mandate.get_role_display().lower(), []).append(
            mandate.council.short_name
        )
    said = [f"{role} i {wording.joined(sorted(names))}" for role, names in councils.items()]
    said += ["kommunens administratör"] * person.administrator_of.exists()
    said += ["driftadministratör"] * person.is_superuser
    return ", ".join(said)


def waits_for(person: Person) -> str:
    """What waits (to sign and to write comes first), and how many more there are."""
    order = ["sign", "meeting"]
    found = sorted(
        waiting.waiting_for(person),
        key=lambda one: order.index(one.kind) if one.kind in order else len(order),
    )
    if not found:
        return "inget"
    late = " – försenat" if found[0].late else ""
    more = f" (och {len(found) - 1} till)" if len(found) > 1 else ""
    return f"{found[0].title}{late}{more}"


def table() -> str:
    """The accounts as lines for a terminal: who, as what and how on one, what waits on the next."""
    lines = [f"Lösenord för alla konton: {cast.PASSWORD}"]
    for town, rows in accounts().items():
        width = max(len(row.email) for row in rows)
        lines += ["", town]
        for row in rows:
            lines.append(f"  {row.email:<{width}}  {row.name}, {row.roles}")
            lines.append(f"  {'':<{width}}  väntar: {row.waits}")
    return "\n".join(lines)
