"""A seat in a council: given, changed, ended."""

from __future__ import annotations

import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from members import audit
from members.models import Council, Mandate, Organisation, Person
from members.roles import COUNCIL_ROLES, Role

CHANGEABLE = frozenset(
    {"organisation", "title", "role", "starts_on", "ends_on", "personal_substitute"}
)


@transaction.atomic
def give_mandate(
    *,
    by: Person,
    council: Council,
    person: Person,
    role: Role | str,
    organisation: Organisation | None = None,
    title: str = "",
    starts_on: datetime.date | None = None,
    ends_on: datetime.date | None = None,
    personal_substitute: Person | None = None,
) -> Mandate:
    """Give a seat. ValidationError if the person holds that role there already in the period."""
    if role not in COUNCIL_ROLES:
        raise ValidationError({"role": "Den rollen ges inte i ett råd."})
    mandate = Mandate(
        council=council,
        person=person,
        role=Role(role),
        organisation=organisation,
        title=" ".join(title.split()),
        starts_on=starts_on or timezone.localdate(),
        ends_on=ends_on,
        personal_substitute=personal_substitute,
    )
    save_mandate(mandate)
    audit.record(by=by, action="mandate.given", council=council, subject=mandate, text=str(mandate))
    return mandate


@transaction.atomic
def change_mandate(*, by: Person, mandate: Mandate, **fields: Any) -> Mandate:
    """Change organisation, title, role, period or personal substitute of a mandate.

    Clearing `ends_on` is how the end of a mandate is taken back. ValidationError as for
    give_mandate and end_mandate. No change, no entry in the trail.
    """
    if fields.keys() - CHANGEABLE:
        raise TypeError(f"not of a mandate: {sorted(fields.keys() - CHANGEABLE)}")
    mandate = locked(mandate)
    changed = {name: value for name, value in fields.items() if getattr(mandate, name) != value}
    if not changed:
        return mandate
    was = {name: plain(getattr(mandate, name)) for name in changed}
    kept_register = mandate.role == Role.SECRETARY
    for name, value in changed.items():
        setattr(mandate, name, value)
    save_mandate(mandate)
    if kept_register:
        refuse_without_secretary(mandate)
    audit.record(by=by, action="mandate.changed", council=mandate.council, subject=mandate, was=was)
    return mandate


@transaction.atomic
def end_mandate(*, by: Person, mandate: Mandate, last_day: datetime.date) -> Mandate:
    """End a seat on a day; that day it still runs. The history of meetings is untouched.

    Raises ValidationError when the day is before the mandate's first, or when it would leave
    the council without anyone who may write minutes and keep the register.
    """
    mandate = locked(mandate)
    if last_day < mandate.starts_on:
        raise ValidationError("Sista dagen kan inte vara före första dagen.")
    mandate.ends_on = last_day
    save_mandate(mandate)
    if mandate.role == Role.SECRETARY:
        refuse_without_secretary(mandate)
    audit.record(
        by=by,
        action="mandate.ended",
        council=mandate.council,
        subject=mandate,
        last_day=last_day.isoformat(),
    )
    return mandate


def locked(mandate: Mandate) -> Mandate:
    """The mandate, read again with its council locked: two secretaries cannot end each other."""
    Council.objects.select_for_update(no_key=True).only("pk").get(pk=mandate.council_id)
    return (
        Mandate.objects.select_for_update(of=("self",)).select_related("council").get(pk=mandate.pk)
    )


def refuse_without_secretary(mandate: Mandate) -> None:
    """ValidationError if nobody is secretary the day after this seat ended or changed role."""
    ends = mandate.ends_on if mandate.role == Role.SECRETARY else None
    if mandate.role == Role.SECRETARY and ends is None:
        return
    if not others_as_secretary(mandate, ends or timezone.localdate()):
        raise ValidationError(
            "Rådet skulle stå utan sekreterare. Ge först någon annan uppdraget som sekreterare."
        )


def others_as_secretary(mandate: Mandate, last_day: datetime.date) -> bool:
    day_after = last_day + datetime.timedelta(days=1)
    others = Mandate.objects.running(day_after).filter(council=mandate.council, role=Role.SECRETARY)
    return others.exclude(pk=mandate.pk).exists()


def save_mandate(mandate: Mandate) -> None:
    """Validate and save; the database's exclusion constraint becomes a Swedish sentence."""
    mandate.clean_fields()
    if mandate.ends_on and mandate.ends_on < mandate.starts_on:
        raise ValidationError({"ends_on": "Sista dagen kan inte vara före första dagen."})
    if mandate.personal_substitute_id and mandate.personal_substitute_id == mandate.person_id:
        raise ValidationError({"personal_substitute": "Ingen kan vara sin egen ersättare."})
    try:
        with transaction.atomic():
            mandate.save()
    except IntegrityError as error:
        if "mandate_once_at_a_time" not in str(error):
            raise
        raise ValidationError(
            f"{mandate.person} är redan {mandate.get_role_display().lower()} i rådet under "
            "den tiden."
        ) from error


def plain(value: Any) -> str | None:
    """A value as the trail keeps it."""
    return None if value is None else str(value)
