"""The account's password asked for again, alone or together with a one-time code.

The evidence is this server's own word that it took them: nobody else can check a password.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.crypto import constant_time_compare, salted_hmac

from meetings.models import Approval, Signer
from meetings.proving.challenges import SALT, Challenge, Refused, Why, challenge
from members import securing
from members.models import ApprovalLevel, Person
from members.securing import Site, Spent


class PasswordAgain:
    """The account's password, asked for again at the moment of approval."""

    name: str = ApprovalLevel.PASSWORD
    method = "Digitalt godkännande med lösenord"

    def is_ready(self, person: Person) -> bool:
        return person.has_usable_password()

    def start(self, *, signer: Signer, snapshot_sha256: str, session: str = "") -> Challenge:
        return challenge(signer, snapshot_sha256, session)

    def complete(
        self, *, signer: Signer, challenge: Challenge, answer: Mapping[str, str], site: Site
    ) -> dict[str, Any]:
        require_password(signer.person, answer)
        return {"proof": self.proof(signer.pk, challenge.snapshot_sha256, challenge.nonce)}

    def verify(self, approval: Approval) -> bool:
        proof = self.proof(approval.signer_id, approval.snapshot_sha256, approval.nonce)
        return constant_time_compare(proof, approval.evidence.get("proof", ""))

    @staticmethod
    def proof(signer_id: int, digest: str, nonce: str) -> str:
        """Shows that this server accepted the password for this signer, text and moment."""
        return mac(f"{signer_id}:{digest}:{nonce}")


class PasswordAndCode:
    """The password and a code from an app. Recovery codes, which lie on paper, do not do."""

    name: str = ApprovalLevel.PASSWORD_CODE
    method = "Digitalt godkännande med lösenord och engångskod"

    def is_ready(self, person: Person) -> bool:
        return person.has_usable_password() and securing.has_codes(person)

    def start(self, *, signer: Signer, snapshot_sha256: str, session: str = "") -> Challenge:
        return challenge(signer, snapshot_sha256, session)

    def complete(
        self, *, signer: Signer, challenge: Challenge, answer: Mapping[str, str], site: Site
    ) -> dict[str, Any]:
        require_password(signer.person, answer)
        spent, step = securing.spend_code(signer.person, answer.get("code", ""))
        if spent is Spent.BEFORE:
            raise Refused(
                "Koden är redan använd. Vänta tills appen visar nästa och skriv den.",
                code=Why.SPENT_CODE,
            )
        if spent is Spent.WRONG:
            raise Refused(
                "Engångskoden stämmer inte. Skriv den som appen visar just nu. "
                "Ingenting är justerat än.",
                code=Why.CODE,
            )
        proof = self.proof(signer.pk, challenge.snapshot_sha256, challenge.nonce, step)
        return {"step": step, "proof": proof}

    def verify(self, approval: Approval) -> bool:
        evidence = approval.evidence
        proof = self.proof(
            approval.signer_id, approval.snapshot_sha256, approval.nonce, evidence.get("step", 0)
        )
        return constant_time_compare(proof, evidence.get("proof", ""))

    @staticmethod
    def proof(signer_id: int, digest: str, nonce: str, step: int) -> str:
        return mac(f"password_code:{signer_id}:{digest}:{nonce}:{step}")


def require_password(person: Person, answer: Mapping[str, str]) -> None:
    if not person.check_password(answer.get("password", "")):
        raise Refused(
            "Lösenordet stämmer inte. Försök igen, ingenting är justerat än.", code=Why.PASSWORD
        )


def mac(value: str) -> str:
    return salted_hmac(SALT, value, algorithm="sha256").hexdigest()
