"""Telling the owner of an account that the way into it has changed, and the trail with it."""

from __future__ import annotations

from members import audit, mail
from members.models import Council, Person

# What has happened, by the trail's action: the sentence in the letter.
CHANGES: dict[str, str] = {
    "credential.password_changed": "Lösenordet är bytt.",
    "credential.password_reset": "Lösenordet är bytt genom länken ”Glömt lösenordet”.",
    "credential.password_set": "Ett lösenord är valt.",
    "credential.passkey_added": "En passkey är tillagd.",
    "credential.passkey_removed": "En passkey är borttagen.",
    "credential.codes_added": "En app för engångskoder är tillagd.",
    "credential.codes_removed": "Appen för engångskoder är borttagen.",
    "credential.recovery_renewed": "Nya reservkoder är gjorda. De gamla gäller inte längre.",
}
IN_THE_TRAIL = {
    "credential.password_changed": "bytte sitt lösenord",
    "credential.password_reset": "valde nytt lösenord genom ”Glömt lösenordet”",
    "credential.password_set": "valde ett lösenord",
    "credential.passkey_added": "lade till en passkey",
    "credential.passkey_removed": "tog bort en passkey",
    "credential.codes_added": "lade till en app för engångskoder",
    "credential.codes_removed": "tog bort appen för engångskoder",
    "credential.recovery_renewed": "gjorde nya reservkoder",
    "credential.removed_for": "tog bort passkeys och engångskoder för {what}",
    "credential.address_changed_for": "ändrade inloggningens adress för {what}",
}
audit.register(IN_THE_TRAIL)


def tell(*, person: Person, change: str, address: str) -> None:
    """Record what a person did to their own way in, and write it to the address they have.

    Call inside the transaction of the change.
    """
    audit.record(by=person, action=change, subject=person)
    context = {"person": person, "what": CHANGES[change]}
    mail.queue_letter_to(
        address=address, person=person, letter="credential_changed", context=context
    )


def tell_of_address(
    *, by: Person, person: Person, was: str | None, council: Council | None = None
) -> None:
    """Write to the address that was, for whoever holds the new one can take the account over."""
    if not was:
        return
    audit.record(by=by, action="credential.address_changed_for", council=council, subject=person)
    context = {"person": person, "changer": by, "now": person.email or ""}
    mail.queue_letter_to(
        address=was, person=person, letter="address_changed", context=context, council=council
    )
