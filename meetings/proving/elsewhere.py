"""The municipality's sign-in service asked anew: its signed word, bound to the hash by the nonce.

The id token and the key it is signed with are kept, so that it can be checked for ever. That the
key was the service's is vouched for by this program, which fetched it, and by the seal.
"""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any

from meetings.models import Approval, Signer
from meetings.proving import evidence
from meetings.proving.challenges import Challenge, Refused, Why, challenge
from members import single_sign_on
from members.models import ApprovalLevel, Person
from members.securing import Site

RECENT = 5 * 60  # seconds from being asked to being back


class BySingleSignOn:
    name: str = ApprovalLevel.SSO

    @property
    def method(self) -> str:
        there = single_sign_on.service()
        return f"Digitalt godkännande med inloggning hos {there.name if there else 'kommunen'}"

    def is_ready(self, person: Person) -> bool:
        return bool(single_sign_on.service() and single_sign_on.subject_of(person))

    def start(self, *, signer: Signer, snapshot_sha256: str, session: str = "") -> Challenge:
        return challenge(signer, snapshot_sha256, session)

    def complete(
        self, *, signer: Signer, challenge: Challenge, answer: Mapping[str, str], site: Site
    ) -> dict[str, Any]:
        """`answer` has what the view fetched from the service, never what a browser sent."""
        there, asked_at = single_sign_on.service(), int(answer.get("asked_at") or 0)
        if there is None or not asked_at or not answer.get("id_token"):
            raise refused()
        found = {
            "id_token": answer["id_token"],
            "key": json.loads(answer["key"]),
            "issuer": there.issuer,
            "client_id": there.client_id,
            "subject": single_sign_on.subject_of(signer.person),
            "asked_at": asked_at,
            "nonce": challenge.nonce,
        }
        late = time.time() - asked_at > RECENT
        if late or evidence.flaw_in_token(found, challenge.snapshot_sha256, challenge.nonce):
            raise refused()
        return found

    def verify(self, approval: Approval) -> bool:
        found = evidence.verify_evidence(
            self.name, approval.evidence, approval.snapshot_sha256, approval.nonce
        )
        return found is evidence.Finding.HOLDS


def refused() -> Refused:
    return Refused(
        "Inloggningen visade inte att det är du, just nu och om den här texten. Försök igen. "
        "Ingenting är justerat än.",
        code=Why.ELSEWHERE,
    )
