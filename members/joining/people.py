"""Who somebody is: added once, found again by e-mail or name, corrected until they sign in."""

from __future__ import annotations

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import QuerySet

from members import audit, securing
from members.models import Council, Person
from members.roles import Right


@transaction.atomic
def add_person(*, name: str, email: str = "") -> Person:
    """The person with that e-mail, or a new one. Without e-mail always a new one.

    Someone found by e-mail keeps the name they have: a secretary elsewhere must not rename them.
    """
    address = Person.objects.tidy_email(email)
    known = person_at(address)
    if known is not None:
        return known
    person = Person(name=tidy_name(name), email=address or None)
    person.set_unusable_password()
    person.full_clean(exclude=["password"])
    try:
        with transaction.atomic():
            person.save()
    except IntegrityError:  # the same address was added a moment ago, in another window
        known = person_at(address)
        if known is None:
            raise
        return known
    return person


def person_at(address: str) -> Person | None:
    """Whose address it is, also as a second one they have verified themselves."""
    if not address:
        return None
    known = Person.objects.filter(email=address).first()
    if known is not None:
        return known
    verified = EmailAddress.objects.filter(email=address, verified=True).select_related("user")
    second = verified.first()
    return second.user if second is not None else None


def tidy_name(name: str) -> str:
    return " ".join(name.split())


def namesakes(*, by: Person, name: str) -> QuerySet[Person]:
    """People of exactly this name in the registers that `by` keeps; nobody else's leak out."""
    kept = Council.objects.visible_to(by, Right.KEEP_REGISTER)
    return Person.objects.filter(
        name__iexact=tidy_name(name), mandates__council__in=kept
    ).distinct()


def may_correct(*, by: Person, person: Person) -> bool:
    """Whether `by` may change the person's name and address.

    Not once the person has an account, and never for somebody who also stands in a register
    that `by` does not keep or runs a municipality or the installation: with a changed address
    the invitation, and so those rights, would go to somebody else.
    """
    if person.can_sign_in or person.is_staff or person.is_superuser:
        return False
    if person.administrator_of.exists():
        return False
    kept = Council.objects.visible_to(by, Right.KEEP_REGISTER)
    return not person.mandates.exclude(council__in=kept).exists()


@transaction.atomic
def change_person(*, by: Person, council: Council, person: Person, name: str, email: str) -> Person:
    """Correct name and address of somebody who has not signed in yet.

    ValidationError when the details are not `by`'s to change (see may_correct). No change, no
    entry in the trail.
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    address = Person.objects.tidy_email(email) or None
    if (tidy_name(name), address) == (person.name, person.email):
        return person
    if not may_correct(by=by, person=person):
        raise ValidationError(
            "Personen har ett eget konto eller sitter också i ett råd vars register du inte "
            "sköter. Namn och e-postadress kan därför inte ändras här."
        )
    was = {"name": person.name, "email": person.email}
    person.name, person.email = tidy_name(name), address
    person.full_clean(exclude=["password"])
    person.save(update_fields=["name", "email"])
    # An address left behind must not be a way in.
    EmailAddress.objects.filter(user=person).exclude(email=address or "").delete()
    audit.record(by=by, action="person.changed", council=council, subject=person, was=was)
    if was["email"] and was["email"] != address:
        securing.postpone_approvals(person)
        securing.tell_of_address(by=by, person=person, was=was["email"], council=council)
    return person


@transaction.atomic
def change_own_name(*, by: Person, name: str) -> Person:
    """One's own name, as minutes written from now on print it."""
    person = Person.objects.select_for_update().get(pk=by.pk)
    was, person.name = person.name, tidy_name(name)
    if person.name == was:
        return person
    person.full_clean(exclude=["password"])
    person.save(update_fields=["name"])
    audit.record(by=person, action="person.changed", subject=person, was={"name": was})
    return person


@transaction.atomic
def move_account(*, by: Person, person: Person, email: str) -> Person:
    """Give somebody another address to sign in with: for the installation's administrator only.

    A secretary may not, because whoever holds the address can choose a new password. The old
    address is told, and approvals wait a day (members.securing).
    """
    person = Person.objects.select_for_update().get(pk=person.pk)
    address = Person.objects.tidy_email(email) or None
    if address == person.email:
        return person
    was, person.email = person.email, address
    person.full_clean(exclude=["password"])
    person.save(update_fields=["email"])
    EmailAddress.objects.filter(user=person).delete()
    if address and person.has_usable_password():
        EmailAddress.objects.create(user=person, email=address, verified=True, primary=True)
    audit.record(by=by, action="person.changed", subject=person, was={"email": was})
    if was and by.pk != person.pk:
        securing.postpone_approvals(person)
    securing.tell_of_address(by=by, person=person, was=was)
    return person
