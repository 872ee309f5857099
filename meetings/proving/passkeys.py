"""A passkey's signature over the hash of the text: proof that needs nobody's word for it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from allauth.account.utils import user_pk_to_url_str

from meetings.models import Approval, Signer
from meetings.proving import evidence
from meetings.proving.challenges import Challenge, Refused, Why, challenge
from members import securing
from members.models import ApprovalLevel, Person
from members.securing import Site


class ByPasskey:
    """The signer's own passkey, which has seen finger, face or code, signs the challenge."""

    name: str = ApprovalLevel.PASSKEY
    method = "Digitalt godkännande med passkey"

    def is_ready(self, person: Person) -> bool:
        return bool(securing.passkeys_of(person))

    def start(self, *, signer: Signer, snapshot_sha256: str, session: str = "") -> Challenge:
        return challenge(signer, snapshot_sha256, session)

    def complete(
        self, *, signer: Signer, challenge: Challenge, answer: Mapping[str, str], site: Site
    ) -> dict[str, Any]:
        said = read_answer(answer.get("assertion", ""), signer.person)
        passkey = securing.find_passkey(signer.person, said.pop("id"))
        if passkey is None:
            raise Refused(
                "Den passkeyn hör inte till ditt konto. Välj en annan, eller justera på annat "
                "sätt.",
                code=Why.UNKNOWN_PASSKEY,
            )
        found = {
            "credential_id": evidence.encode(passkey.credential_id),
            "public_key": evidence.encode(passkey.public_key),
            "rp_id": site.rp_id,
            "origin": site.origin,
            "nonce": challenge.nonce,
            **said,
        }
        if evidence.flaw_in(found, challenge.snapshot_sha256, challenge.nonce):
            raise refused()
        if not securing.count_use(passkey, evidence.counter_in(found)):
            raise Refused(
                "Passkeyn kan vara kopierad, för den räknar inte som den ska. Justera på annat "
                "sätt, och ta bort passkeyn under Inloggning och säkerhet.",
                code=Why.COPIED_PASSKEY,
            )
        return found

    def verify(self, approval: Approval) -> bool:
        found = evidence.verify_evidence(
            self.name, approval.evidence, approval.snapshot_sha256, approval.nonce
        )
        return found is evidence.Finding.HOLDS


def read_answer(text: str, person: Person) -> dict[str, Any]:
    """What navigator.credentials.get gave, as JSON: the credential's id and what it signed."""
    if not text:
        raise Refused(
            "Passkeyn svarade inte. Tryck en gång till, eller justera på annat sätt.",
            code=Why.PASSKEY,
        )
    try:
        answer = json.loads(text)
        response = answer["response"]
        handle = response.get("userHandle")
        if answer["type"] != "public-key" or answer["id"] != answer["rawId"]:
            raise refused()
        if handle and evidence.decode(handle).decode() != user_pk_to_url_str(person):
            raise refused()
        return {
            "id": evidence.decode(answer["rawId"]),
            "authenticator_data": str(response["authenticatorData"]),
            "client_data": str(response["clientDataJSON"]),
            "signature": str(response["signature"]),
        }
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise refused() from error


def refused() -> Refused:
    return Refused(
        "Svaret från passkeyn stämmer inte. Läs in sidan igen och försök på nytt. Ingenting är "
        "justerat än.",
        code=Why.PASSKEY,
    )
