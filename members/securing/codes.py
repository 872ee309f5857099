"""One-time codes from an app: each is good once, for signing in and for approving alike."""

from __future__ import annotations

import enum
import time

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth
from django.db import transaction
from django.utils.crypto import constant_time_compare

from members.models import Person

PERIOD = 30  # seconds a code is shown
STEPS_BESIDE = 1  # a code that has just changed, or a phone that is half a minute off
STEP = "last_step"  # ours, beside what allauth keeps of the app


class Spent(enum.Enum):
    YES = "yes"
    WRONG = "wrong"
    BEFORE = "before"  # a right code, used already


def has_codes(person: Person) -> bool:
    return Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).exists()


@transaction.atomic
def spend_code(person: Person, code: str) -> tuple[Spent, int]:
    """Use a code up, and the step of the clock it was of. Recovery codes are no such codes.

    A step is never used twice, nor one before it, whatever it was used for.
    """
    row = (
        Authenticator.objects.select_for_update()
        .filter(user=person, type=Authenticator.Type.TOTP)
        .first()
    )
    if row is None:
        return Spent.WRONG, 0
    step = step_of(get_adapter().decrypt(row.data["secret"]), tidy(code))
    if step is None:
        return Spent.WRONG, 0
    if step <= int(row.data.get(STEP, 0)):
        return Spent.BEFORE, step
    row.data[STEP] = step
    row.save(update_fields=["data"])
    row.record_usage()
    return Spent.YES, step


def step_of(secret: str, code: str) -> int | None:
    """The step of the clock that has this code, of those near now."""
    now = int(time.time()) // PERIOD
    for step in range(now - STEPS_BESIDE, now + STEPS_BESIDE + 1):
        expected = auth.format_hotp_value(auth.hotp_value(secret, step))
        if constant_time_compare(expected, code):
            return step
    return None


def tidy(code: str) -> str:
    """ "123 456" as apps show it."""
    return "".join(code.split())
