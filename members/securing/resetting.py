"""When somebody else changes a way in: a lost second factor removed, and the day's wait after.

What counts as "somebody else": an address changed, or a second factor removed, by a secretary or
an administrator. Then approvals wait a day, so that the letter to the old address can be read
before anything is approved in the owner's name. "Glömt lösenordet" does not count: its link goes
only to the person's own address, it leaves the second factor where it is, and it is told by
letter all the same. A council for which a stolen mailbox is a worry takes no password alone.
"""

from __future__ import annotations

import datetime

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from members import access, audit, mail
from members.models import Council, Person
from members.roles import Right

WAIT = datetime.timedelta(hours=24)


def approvals_open_at(person: Person) -> datetime.datetime | None:
    """When the person may approve again; None when nothing stands in the way."""
    until = person.approvals_wait_until
    return until if until is not None and until > timezone.now() else None


def postpone_approvals(person: Person) -> None:
    """Let a day pass before the person approves. Call inside the transaction of the change."""
    person.approvals_wait_until = timezone.now() + WAIT
    Person.objects.filter(pk=person.pk).update(approvals_wait_until=person.approvals_wait_until)


def has_second_factor(person: Person) -> bool:
    return Authenticator.objects.filter(user=person).exists()


def may_reset(*, by: Person, council: Council, person: Person) -> bool:
    """Whether `by` may remove the person's second factor: an administrator, of somebody seated
    there; never one's own, and never of those who run the installation."""
    if by.pk == person.pk or person.is_staff or person.is_superuser:
        return False
    if Right.RESET_SIGN_IN not in access.rights_in(by, council):
        return False
    return person.mandates.filter(council=council).exists()


@transaction.atomic
def remove_second_factor(*, by: Person, council: Council, person: Person, reason: str) -> int:
    """Remove somebody's passkeys and codes, because they are lost; how many there were.

    The password stays, so the person signs in with that and sets up new ones. ValidationError
    without a reason, without the right, or when there is nothing to remove.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    reason = " ".join(reason.split())
    if not may_reset(by=by, council=council, person=person):
        raise ValidationError("Bara kommunens administratör kan göra det här, och inte åt sig.")
    if not reason:
        raise ValidationError({"reason": "Skriv varför, till exempel att telefonen är borta."})
    rows = Authenticator.objects.filter(user=person)
    count = rows.exclude(type=Authenticator.Type.RECOVERY_CODES).count()
    if not rows.exists():
        raise ValidationError("Det finns ingen passkey eller app för engångskoder att ta bort.")
    rows.delete()
    postpone_approvals(person)
    audit.record(
        by=by, action="credential.removed_for", council=council, subject=person, reason=reason
    )
    context = {"changer": by, "reason": reason, "until": person.approvals_wait_until}
    mail.queue_letter(to=person, letter="second_factor_removed", context=context, council=council)
    return count
