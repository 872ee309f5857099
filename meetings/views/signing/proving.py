"""The panel where a signer shows that it is them: which ways there are, and what each needs."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest

from meetings import proving, signing
from meetings.forms.proving import ProvingForm
from meetings.models import Signer
from members import securing
from members.models import ApprovalLevel


def proof_of(request: HttpRequest) -> ProvingForm:
    return ProvingForm(request.POST or None)


def about_proving(request: HttpRequest, signer: Signer, proof: ProvingForm) -> dict[str, Any]:
    """The best way first; the others the council accepts; what can be set up in a minute."""
    ways = proving.ways_of(signer)
    site = securing.site_of(request)
    ready = {
        way.name for way in ways
        if way.ready and (site.has_a_name or way.name != ApprovalLevel.PASSKEY)
    }  # fmt: skip
    best = next((way for way in ways if way.name in ready), None)
    challenge = signing.start(signer=signer, session=session_of(request))
    return {
        "proof": proof.as_asked_for(),
        "challenge": challenge,
        "shown": signer.round.version.sha256,
        "ways": ways,
        "ready": ready,
        "best": best,
        "others_open": proof.is_bound and best is not None
        and proof["method"].value() not in ("", best.name),
        "to_set_up": [
            way.name for way in ways
            if not way.ready and way.name in (ApprovalLevel.PASSKEY, ApprovalLevel.PASSWORD_CODE)
        ],
        "opens": securing.approvals_open_at(signer.person),
        "passkey_options": passkey_options(signer, challenge, site),
    }  # fmt: skip


def passkey_options(
    signer: Signer, challenge: proving.Challenge, site: securing.Site
) -> dict[str, Any]:
    """What navigator.credentials.get is asked: this text, and only the signer's own passkeys."""
    hashed = proving.passkey_challenge(challenge.snapshot_sha256, challenge.nonce)
    allowed = [
        {"type": "public-key", "id": proving.encode(passkey.credential_id)}
        for passkey in securing.passkeys_of(signer.person)
    ]
    return {
        "publicKey": {
            "challenge": proving.encode(hashed),
            "rpId": site.rp_id,
            "allowCredentials": allowed,
            "userVerification": "required",
            "timeout": 300_000,
        }
    }


def session_of(request: HttpRequest) -> str:
    return request.session.session_key or ""
