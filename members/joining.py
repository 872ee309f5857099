"""People join and leave: add to the register, invite, accept, give and end a mandate."""

from __future__ import annotations

import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes, force_str
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from members import audit, mail
from members.models import Council, Mandate, Organisation, Person
from members.roles import COUNCIL_ROLES, Role


@transaction.atomic
def add_person(*, name: str, email: str = "") -> Person:
    """The person with that e-mail, or a new one. Without e-mail always a new one.

    Someone found by e-mail keeps the name they have: a secretary elsewhere must not rename them.
    """
    address = Person.objects.tidy_email(email)
    if address:
        known = Person.objects.filter(email=address).first()
        if known is not None:
            return known
    person = Person(name=" ".join(name.split()), email=address or None)
    person.set_unusable_password()
    person.full_clean(exclude=["password"])
    person.save()
    return person


@transaction.atomic
def change_person(*, by: Person, council: Council, person: Person, name: str, email: str) -> Person:
    """Correct name and address of somebody who has not signed in yet.

    Whoever has a password owns their own details; then ValidationError tells so.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    address = Person.objects.tidy_email(email) or None
    if person.can_sign_in and (address != person.email or name != person.name):
        raise ValidationError(
            "Personen har ett eget konto och ändrar själv sitt namn och sin e-postadress."
        )
    person.name, person.email = " ".join(name.split()), address
    person.full_clean(exclude=["password"])
    person.save(update_fields=["name", "email"])
    audit.record(by=by, action="person.changed", council=council, subject=person)
    return person


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
    if Role(role) not in COUNCIL_ROLES:
        raise ValidationError("Den rollen ges inte i ett råd.")
    mandate = Mandate(
        council=council,
        person=person,
        role=Role(role),
        organisation=organisation,
        title=title.strip(),
        starts_on=starts_on or timezone.localdate(),
        ends_on=ends_on,
        personal_substitute=personal_substitute,
    )
    save_mandate(mandate)
    audit.record(
        by=by, action="mandate.given", council=council, subject=mandate, text=str(mandate)
    )
    return mandate


@transaction.atomic
def change_mandate(*, by: Person, mandate: Mandate, **fields: Any) -> Mandate:
    """Change organisation, title, role, period or personal substitute of a mandate."""
    allowed = {"organisation", "title", "role", "starts_on", "ends_on", "personal_substitute"}
    if fields.keys() - allowed:
        raise TypeError(f"not of a mandate: {sorted(fields.keys() - allowed)}")
    mandate = Mandate.objects.select_for_update().get(pk=mandate.pk)
    for name, value in fields.items():
        setattr(mandate, name, value)
    save_mandate(mandate)
    audit.record(by=by, action="mandate.changed", council=mandate.council, subject=mandate)
    return mandate


@transaction.atomic
def end_mandate(*, by: Person, mandate: Mandate, last_day: datetime.date) -> Mandate:
    """End a seat on a day; that day it still runs. The history of meetings is untouched.

    Raises ValidationError when the day is before the mandate's first, or when it would leave
    the council without anyone who may write minutes and keep the register.
    """
    mandate = Mandate.objects.select_for_update().get(pk=mandate.pk)
    if last_day < mandate.starts_on:
        raise ValidationError("Sista dagen kan inte vara före första dagen.")
    mandate.ends_on = last_day
    if mandate.role == Role.SECRETARY and not others_as_secretary(mandate, last_day):
        raise ValidationError(
            "Rådet skulle stå utan sekreterare. Ge först någon annan uppdraget som sekreterare."
        )
    mandate.save(update_fields=["ends_on"])
    audit.record(
        by=by,
        action="mandate.ended",
        council=mandate.council,
        subject=mandate,
        last_day=last_day.isoformat(),
    )
    return mandate


def others_as_secretary(mandate: Mandate, last_day: datetime.date) -> bool:
    day_after = last_day + datetime.timedelta(days=1)
    others = Mandate.objects.running(day_after).filter(
        council=mandate.council, role=Role.SECRETARY
    )
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


@transaction.atomic
def invite(*, by: Person, council: Council, person: Person) -> None:
    """Mail a link that lets the person choose a password.

    ValidationError without an address. One who already has a password is told of the council
    instead of getting a link. Inviting again makes a new mail; the older link still works until
    one of them is used (the token hashes the password it replaces).
    """
    if not person.email:
        raise ValidationError("Fyll i en e-postadress först, så går det att bjuda in personen.")
    if not person.is_active:
        raise ValidationError("Kontot är avstängt. Kontakta den som sköter programmet.")
    letter = "welcome_back" if person.has_usable_password() else "invitation"
    context = {"inviter": by, "link": invitation_link(person)}
    mail.queue_letter(to=person, letter=letter, context=context, council=council)
    Person.objects.filter(pk=person.pk).update(invited_at=timezone.now())
    audit.record(by=by, action="person.invited", council=council, subject=person)


def invitation_link(person: Person) -> str:
    """The absolute address in an invitation. The page moves the token into the session at once."""
    if person.has_usable_password():
        return settings.BASE_URL + reverse("start")
    uid = urlsafe_base64_encode(force_bytes(person.pk))
    token = default_token_generator.make_token(person)
    return settings.BASE_URL + reverse("invitation", args=[uid, token])


def invited_person(uid: str, token: str) -> Person | None:
    """Whom the link is for, or None when it is wrong, too old or already used."""
    try:
        person = Person.objects.get(pk=int(force_str(urlsafe_base64_decode(uid))))
    except (Person.DoesNotExist, ValueError, OverflowError):
        return None
    if not person.is_active or not default_token_generator.check_token(person, token):
        return None
    return person


@transaction.atomic
def accept_invitation(*, person: Person, password: str) -> Person:
    """Set the first password. The link came by mail, so the address is thereby verified."""
    person = Person.objects.select_for_update().get(pk=person.pk)
    person.set_password(password)
    person.save(update_fields=["password"])
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )
    audit.record(by=person, action="person.joined", subject=person)
    return person
