"""Which providers there are, and which of them a signer may use: the best first."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from meetings.models import Approval, Signer
from meetings.proving.challenges import Challenge, Refused, Why
from meetings.proving.elsewhere import BySingleSignOn
from meetings.proving.passkeys import ByPasskey
from meetings.proving.passwords import PasswordAgain, PasswordAndCode
from meetings.proving.pens import ByPen
from members.models import ApprovalLevel, Council, Person
from members.securing import Site


class SigningProvider(Protocol):
    name: str

    @property
    def method(self) -> str:
        """As printed: "Digitalt godkännande med lösenord"."""

    def is_ready(self, person: Person) -> bool:
        """Whether the person has what it takes."""

    def start(self, *, signer: Signer, snapshot_sha256: str, session: str = "") -> Challenge: ...

    def complete(
        self, *, signer: Signer, challenge: Challenge, answer: Mapping[str, str], site: Site
    ) -> dict[str, Any]:
        """The evidence to keep. Refused, and nothing spent, when the proof does not hold."""

    def verify(self, approval: Approval) -> bool: ...


PROVIDERS: dict[str, SigningProvider] = {
    provider.name: provider
    for provider in (ByPasskey(), PasswordAndCode(), BySingleSignOn(), PasswordAgain(), ByPen())
}


@dataclass(frozen=True)
class Way:
    """One way to approve that the council accepts, and whether the signer has what it takes."""

    name: str
    method: str
    ready: bool


def provider_for(name: str) -> SigningProvider:
    """The provider by the name of an approval's method."""
    return PROVIDERS[name]


def provider_in(council: Council, name: str) -> SigningProvider:
    """The provider, if the council accepts it; else Refused."""
    if name not in council.approval_levels or name not in PROVIDERS:
        raise Refused(
            "Rådet godtar inte det sättet att justera. Läs in sidan igen och välj ett annat.",
            code=Why.LEVEL,
        )
    return PROVIDERS[name]


def ways_of(signer: Signer) -> list[Way]:
    """The ways the council accepts, strongest first."""
    accepted = signer.round.meeting.council.approval_levels
    return [
        Way(name, PROVIDERS[name].method, PROVIDERS[name].is_ready(signer.person))
        for name in ApprovalLevel.values
        if name in accepted and name in PROVIDERS
    ]
