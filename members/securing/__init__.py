"""How an account is kept its owner's: passkeys, one-time codes, and what is told of changes.

passkeys and codes read and spend what allauth keeps; telling writes the letter and the entry of
every change; resetting is what an administrator does for somebody who has lost a second factor.
Import from this package.
"""

from members.securing.codes import Spent, has_codes, spend_code
from members.securing.passkeys import (
    Passkey,
    Site,
    count_use,
    find_passkey,
    home,
    passkeys_of,
    site_of,
)
from members.securing.resetting import (
    WAIT,
    approvals_open_at,
    has_second_factor,
    may_reset,
    postpone_approvals,
    remove_second_factor,
)
from members.securing.telling import CHANGES, tell, tell_of_address

__all__ = [
    "CHANGES",
    "WAIT",
    "Passkey",
    "Site",
    "Spent",
    "approvals_open_at",
    "count_use",
    "find_passkey",
    "has_codes",
    "has_second_factor",
    "home",
    "may_reset",
    "passkeys_of",
    "postpone_approvals",
    "remove_second_factor",
    "site_of",
    "spend_code",
    "tell",
    "tell_of_address",
]
