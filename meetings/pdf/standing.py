"""How far a set of minutes has come, as far as paper needs to know. A leaf."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

State = Literal["draft", "signing", "approved"]


@dataclass(frozen=True, kw_only=True)
class ApprovalLine:
    """One approval as it is printed. `method` is told truthfully, never dressed up."""

    name: str
    role_label: str  # "Justerare"
    method: str  # "Digitalt godkännande med lösenord"
    at: datetime


@dataclass(frozen=True, kw_only=True)
class StandIn:
    """Who signs in the place of a signer the frozen text names, and why."""

    name: str
    role_label: str
    replaces: str  # as the text names them
    why: str  # "Jörgen Almhöjd (sjuk)"


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What stands beside the text: whether it is a draft, locked or approved, and by whom.

    Only the page "Underskrifter" may show what differs between "signing" and "approved": every
    other page must stay byte-identical, so nothing else reads `approvals`, `stand_ins`,
    `sealed_at`, `trail`.
    """

    state: State
    text_id: str = ""  # snapshot.sha256_of(snapshot.canonical(…)); "" for drafts
    saved_at: datetime | None = None
    frozen_at: datetime | None = None
    frozen_by: str = ""
    sealed_at: datetime | None = None
    approvals: tuple[ApprovalLine, ...] = ()
    stand_ins: tuple[StandIn, ...] = ()
    by_pen: bool = False  # a paper to sign with a pen: lines instead of waiting
    scan: str = ""  # SHA-256 of the scanned original, where it was signed with a pen
    trail: str = ""  # head of the council's audit chain: "nr 1 482, c41d 09aa 7be2"

    @property
    def dated(self) -> datetime | None:
        """The moment the file bears as its own date: never the clock of the rendering."""
        return {
            "draft": self.saved_at,
            "signing": self.frozen_at,
            "approved": self.sealed_at or self.frozen_at,
        }[self.state]
