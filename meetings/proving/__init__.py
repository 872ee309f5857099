"""How a signer proves that it is them, now, about this text: one small interface per method.

start → a challenge bound to the hash; complete → evidence, or Refused; verify → the stored
evidence still holds. BankID, Freja or an underskriftstjänst become further providers.

challenges (what the page carries), evidence (what is checked for ever, from a PDF alone),
passwords and passkeys (the providers), ways (which of them a signer may use). Import from here.
"""

from meetings.proving.challenges import Challenge, Refused, Why, challenge, read_challenge
from meetings.proving.elsewhere import BySingleSignOn
from meetings.proving.evidence import Finding, encode, passkey_challenge, verify_evidence
from meetings.proving.passkeys import ByPasskey
from meetings.proving.passwords import PasswordAgain, PasswordAndCode
from meetings.proving.pens import ByPen
from meetings.proving.ways import (
    PROVIDERS,
    SigningProvider,
    Way,
    provider_for,
    provider_in,
    ways_of,
)

__all__ = [
    "PROVIDERS",
    "ByPasskey",
    "ByPen",
    "BySingleSignOn",
    "Challenge",
    "Finding",
    "PasswordAgain",
    "PasswordAndCode",
    "Refused",
    "SigningProvider",
    "Way",
    "Why",
    "challenge",
    "encode",
    "passkey_challenge",
    "provider_for",
    "provider_in",
    "read_challenge",
    "verify_evidence",
    "ways_of",
]
