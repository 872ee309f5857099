"""An invitation is a mail with a link; following it gives an account with a password."""

from __future__ import annotations

import datetime

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.tokens import default_token_generator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.encoding import force_bytes, force_str
from django.utils.http import urlsafe_base64_decode, urlsafe_base64_encode

from members import audit, mail
from members.models import Council, Mandate, Person

PAUSE = datetime.timedelta(minutes=1)


@transaction.atomic
def invite(*, by: Person, council: Council | None, person: Person) -> None:
    """Mail a link that lets the person choose a password. Without a council: to the program.

    ValidationError without an address, and for a second press within a minute. One who already
    has a password is told of the council instead of getting a link. Inviting again makes a new
    mail; the older link still works until one of them is used (the token hashes the password it
    replaces).
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if not person.email:
        raise ValidationError("Fyll i en e-postadress först, så går det att bjuda in personen.")
    if not person.is_active:
        raise ValidationError("Kontot är avstängt. Kontakta den som sköter programmet.")
    invited = audit.history_of(person).filter(action="person.invited", council=council)
    if invited.filter(at__gt=timezone.now() - PAUSE).exists():
        raise ValidationError(
            f"En inbjudan till {person} skickades alldeles nyss. Vänta en minut med nästa."
        )
    letter = "welcome_back" if person.has_usable_password() else "invitation"
    context = {"inviter": by, "link": invitation_link(person)}
    mail.queue_letter(to=person, letter=letter, context=context, council=council)
    Person.objects.filter(pk=person.pk).update(invited_at=timezone.now())
    audit.record(by=by, action="person.invited", council=council, subject=person)


def waiting_for_invitation(council: Council) -> list[Person]:
    """People with a seat, running or coming, and an address, who have no way in yet."""
    today = timezone.localdate()
    seated = Mandate.objects.not_ended(today).filter(council=council)
    people = Person.objects.filter(
        pk__in=seated.values("person"), email__isnull=False, is_active=True, invited_at=None
    )
    return [person for person in people if not person.has_usable_password()]


@transaction.atomic
def invite_all(*, by: Person, council: Council) -> list[Person]:
    """Invite everybody in the council who waits for it; the people who were invited."""
    Council.objects.select_for_update(no_key=True).only("pk").get(pk=council.pk)
    people = waiting_for_invitation(council)
    for person in people:
        invite(by=by, council=council, person=person)
    return people


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
    """Set the first password. The link came by mail, so the address is thereby verified.

    ValidationError if it has been done: of two presses at once, one wins.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    if person.has_usable_password() or not person.is_active:
        raise ValidationError("Länken är redan använd.")
    person.set_password(password)
    person.save(update_fields=["password"])
    EmailAddress.objects.update_or_create(
        user=person, email=person.email, defaults={"verified": True, "primary": True}
    )
    audit.record(by=person, action="person.joined", subject=person)
    return person
