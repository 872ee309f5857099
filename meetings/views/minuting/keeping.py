"""What the desk keeps in the browser until the server has it is encrypted (store.js)."""

from __future__ import annotations

import base64

from django.utils.crypto import salted_hmac

from members.models import Person

SALT = "bra-desk-keeping/1"


def secret_of(person: Person) -> str:
    """The key of this person's words, 256 bits. It goes to nobody else, and only with the desk.

    The same each time, so that what was kept can be read after a new sign-in; the words go when
    they are saved or when the person signs out.
    """
    digest = salted_hmac(SALT, str(person.pk), algorithm="sha256").digest()
    return base64.b64encode(digest).decode()
