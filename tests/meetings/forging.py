"""Tries to approve, each with one thing wrong, in a set-up where the true one is taken."""

from __future__ import annotations

import dataclasses
import datetime
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.core import signing as cookies

from meetings import proving, signing
from meetings.models import Approval, Signer
from meetings.proving import challenges, evidence
from members import securing
from members.models import ApprovalLevel, Council, Person
from members.securing import Site
from tests import authenticator, builders
from tests.authenticator import ORIGIN, RP_ID, SoftPasskey, flipped
from tests.builders import PASSWORD, Cast

SITE = Site(ORIGIN, RP_ID)
SESSION = "the session of the page"


@dataclass
class Try:
    """One try to approve. `lies` go to the passkey before it signs, the rest is what is sent."""

    cast: Cast
    signer: Signer
    passkey: SoftPasskey
    app: Authenticator
    challenge: proving.Challenge
    method: str = "passkey"
    by: Person | None = None
    shown: str = ""
    session: str = SESSION
    site: Site = SITE
    password: str = PASSWORD
    code: str = ""
    assertion: str = ""
    lies: dict[str, Any] = field(default_factory=dict)
    asked: bytes = b""

    def answer(self) -> authenticator.Answer:
        asked = self.asked or evidence.passkey_challenge(
            self.challenge.snapshot_sha256, self.challenge.nonce
        )
        return self.passkey.answer(asked, **self.lies)

    def send(self) -> Approval:
        if self.method == "passkey" and not self.assertion:
            self.assertion = self.answer().json()
        return signing.approve(
            by=self.by or self.signer.person,
            signer=self.signer,
            shown_sha256=self.shown or self.signer.round.version.sha256,
            session=self.session,
            site=self.site,
            answer={
                "method": self.method, "challenge": self.challenge.token,
                "assertion": self.assertion, "password": self.password, "code": self.code,
            },
        )  # fmt: skip


def new_try(cast: Cast, signer: Signer, passkey: SoftPasskey | None = None) -> Try:
    app = Authenticator.objects.filter(user=signer.person, type="totp").first()
    return Try(
        cast, signer, passkey or SoftPasskey(signer.person).registered(),
        app or authenticator.give_codes(signer.person),
        signing.start(signer=signer, session=SESSION),
    )  # fmt: skip


def again(trial: Try, **changed: Any) -> Try:
    """The true one in the same set-up."""
    fresh = new_try(trial.cast, trial.signer, trial.passkey)
    return Try(**{**fresh.__dict__, **changed})


def other_signer(trial: Try) -> Signer:
    return trial.signer.round.signers.get(person=trial.cast.adjuster)


def after_signing(**parts: Callable[[authenticator.Answer], Any]) -> Callable[[Try], None]:
    def alter(trial: Try) -> None:
        answer = trial.answer()
        changed = {name: change(answer) for name, change in parts.items()}
        trial.assertion = answer.altered(**changed).json()

    return alter


def lying(**lies: Any) -> Callable[[Try], None]:
    return lambda trial: trial.lies.update(lies)


def saying(**parts: Any) -> Callable[[Try], None]:
    return lambda trial: trial.__dict__.update(parts)


def json_with(**other: Any) -> Callable[[Try], None]:
    return lambda trial: saying(assertion=trial.answer().json(**other))(trial)


def client_with(**parts: Any) -> Callable[[authenticator.Answer], bytes]:
    return lambda answer: json.dumps(json.loads(answer.client_data) | parts).encode()


def response_without(name: str) -> Callable[[Try], None]:
    def alter(trial: Try) -> None:
        whole = json.loads(trial.answer().json())
        del whole["response"][name]
        trial.assertion = json.dumps(whole)

    return alter


def asked(make: Callable[[Try], bytes]) -> Callable[[Try], None]:
    return lambda trial: saying(asked=make(trial))(trial)


def hashed(trial: Try, **other: str) -> bytes:
    return evidence.passkey_challenge(
        other.get("digest", trial.challenge.snapshot_sha256),
        other.get("nonce", trial.challenge.nonce),
    )


def of_the_adjuster(trial: Try) -> None:
    """The other signer's passkey, on the chair's page."""
    trial.passkey = SoftPasskey(trial.cast.adjuster).registered()


def with_the_adjusters_handle(trial: Try) -> None:
    theirs = SoftPasskey(trial.cast.adjuster)
    trial.assertion = trial.answer().altered(user_handle=theirs.answer(b"").user_handle).json()


def removed(trial: Try) -> None:
    Authenticator.objects.filter(user=trial.signer.person, type="webauthn").delete()


def never_registered(trial: Try) -> None:
    trial.passkey = SoftPasskey(trial.signer.person)


def own_key_under_its_id(trial: Try) -> None:
    trial.lies["key"] = ec.generate_private_key(ec.SECP256R1())


def cloned(trial: Try) -> None:
    trial.passkey.counts = True
    row = Authenticator.objects.get(user=trial.signer.person, type="webauthn")
    row.data["sign_count"] = 7
    row.save()


PASSKEY: dict[str, Callable[[Try], Any]] = {
    "no answer": saying(assertion=" "),
    "not json": saying(assertion="{"),
    "a list": saying(assertion="[]"),
    "a number": saying(assertion="7"),
    "null": saying(assertion="null"),
    "nested without end": saying(assertion="[" * 7000),
    "another kind of credential": json_with(type="password"),
    "id and raw id differ": json_with(id="AAAA"),
    "no client data": response_without("clientDataJSON"),
    "no authenticator data": response_without("authenticatorData"),
    "no signature": response_without("signature"),
    "padded base64": json_with(rawId="AAAA==", id="AAAA=="),
    "type of a registration": lying(type="webauthn.create"),
    "no type": lying(type=None),
    "origin of another site": lying(origin="https://annan.example"),
    "origin that begins alike": lying(origin="http://localhost.annan.example"),
    "origin on another port": lying(origin="http://localhost:9"),
    "origin with https": lying(origin="https://localhost"),
    "inside another site": lying(cross_origin=True),
    "rp id of another site": lying(rp_id="annan.example"),
    "no user present": lying(flags=0x04),
    "no user verified": lying(flags=0x01),
    "no flags": lying(flags=0),
    "no challenge": lying(challenge=""),
    "challenge of zeros": asked(lambda trial: bytes(32)),
    "the bare hash as challenge": asked(
        lambda trial: bytes.fromhex(trial.challenge.snapshot_sha256)
    ),
    "challenge of another text": asked(lambda trial: hashed(trial, digest="0" * 64)),
    "challenge of another page": asked(
        lambda trial: hashed(trial, nonce=signing.start(signer=trial.signer).nonce)
    ),
    "challenge of the other signer": asked(
        lambda trial: hashed(trial, nonce=signing.start(signer=other_signer(trial)).nonce)
    ),
    "client data that is no json": lying(client_data=b"x"),
    "client data altered": after_signing(client_data=client_with(extra=1)),
    "client data reordered": after_signing(
        client_data=lambda answer: json.dumps(
            json.loads(answer.client_data), sort_keys=True, indent=1
        ).encode()
    ),
    "challenge put in afterwards": after_signing(
        client_data=client_with(challenge=evidence.encode(bytes(32)))
    ),
    "origin put in afterwards": after_signing(client_data=client_with(origin=ORIGIN + "/")),
    "counter altered": after_signing(
        authenticator_data=lambda answer: flipped(answer.authenticator_data)
    ),
    "verified put in afterwards": lambda trial: (
        lying(flags=0x01)(trial),
        after_signing(authenticator_data=lambda answer: trial.passkey.data(RP_ID, 5))(trial),
    ),
    "authenticator data cut": after_signing(
        authenticator_data=lambda answer: answer.authenticator_data[:36]
    ),
    "authenticator data with more": after_signing(
        authenticator_data=lambda answer: answer.authenticator_data + b"\0"
    ),
    "signature altered at its end": after_signing(
        signature=lambda answer: flipped(answer.signature)
    ),
    "signature altered within": after_signing(
        signature=lambda answer: flipped(answer.signature, 12)
    ),
    "signature cut": after_signing(signature=lambda answer: answer.signature[:-1]),
    "no bytes of signature": after_signing(signature=lambda answer: b""),
    "signature of something else": after_signing(
        signature=lambda answer: ec.generate_private_key(ec.SECP256R1()).sign(
            b"x", ec.ECDSA(hashes.SHA256())
        )
    ),
    "an own key under its id": own_key_under_its_id,
    "another id": after_signing(credential_id=lambda answer: flipped(answer.credential_id)),
    "passkey of another signer": of_the_adjuster,
    "handle of another signer": with_the_adjusters_handle,
    "passkey that was removed": removed,
    "passkey never registered": never_registered,
    "passkey that counts backwards": cloned,
    "page on another site": saying(site=Site("https://annan.example", "annan.example")),
}


def spend(trial: Try) -> None:
    trial.code = authenticator.code_of(trial.app)
    assert securing.spend_code(trial.signer.person, trial.code)[0] is securing.Spent.YES


def recovery(trial: Try) -> None:
    trial.code = RecoveryCodes.activate(trial.signer.person).get_unused_codes()[0]


def code(steps: int = 0) -> Callable[[Try], None]:
    return lambda trial: saying(code=authenticator.code_of(trial.app, steps))(trial)


def no_app(trial: Try) -> None:
    code()(trial)
    trial.app.delete()


CODES: dict[str, Callable[[Try], Any]] = {
    "no code": saying(code=""),
    "a code of zeros": saying(code="000000x"),
    "a code used at sign-in": spend,
    "a code of an hour ago": code(-120),
    "a code of a minute and a half ago": code(-3),
    "a code of a minute and a half ahead": code(3),
    "a recovery code": recovery,
    "a right code and a wrong password": lambda trial: (
        code()(trial),
        saying(password="fel")(trial),
    ),
    "the code of another": lambda trial: saying(
        code=authenticator.code_of(authenticator.give_codes(trial.cast.adjuster))
    )(trial),
    "an app that was removed": no_app,
}


def expired(trial: Try) -> None:
    challenges.LIFETIME = -1


def of_another_meeting(trial: Try) -> None:
    later = builders.in_signing(trial.cast, builders.DAY + datetime.timedelta(days=7))
    theirs = later.signers.get(person=trial.cast.chair)
    trial.challenge = signing.start(signer=theirs, session=SESSION)


def page_of_the_adjuster(trial: Try) -> None:
    trial.challenge = signing.start(signer=other_signer(trial), session=SESSION)


def as_the_adjuster(trial: Try) -> None:
    """The chair presses on the adjuster's place, with all that is the chair's own."""
    trial.by, trial.signer = trial.cast.chair, other_signer(trial)
    trial.challenge = signing.start(signer=trial.signer, session=SESSION)


def signed_by_another_secret(trial: Try) -> None:
    given = trial.challenge
    content = [trial.signer.pk, given.snapshot_sha256, given.nonce, ""]
    token = cookies.dumps(content, key="another secret", salt=challenges.SALT)
    trial.challenge = dataclasses.replace(given, token=token)


def not_accepted(trial: Try) -> None:
    Council.objects.update(
        approval_levels=[lv for lv in (ApprovalLevel.SSO, "passkey") if lv != trial.method]
    )


def reset_by_another(trial: Try) -> None:
    securing.postpone_approvals(trial.signer.person)


ANY: dict[str, Callable[[Try], Any]] = {
    "swapped hash shown": saying(shown="0" * 64),
    "hash in capitals": lambda trial: saying(shown=trial.signer.round.version.sha256.upper())(
        trial
    ),
    "another session": saying(session="another session"),
    "no session": saying(session=""),
    "an expired page": expired,
    "a page of another meeting": of_another_meeting,
    "a page of the other signer": page_of_the_adjuster,
    "the place of the other signer": as_the_adjuster,
    "the secretary": lambda trial: saying(by=trial.cast.secretary)(trial),
    "somebody of another council": lambda trial: saying(by=trial.cast.other_chair)(trial),
    "a page signed by another secret": signed_by_another_secret,
    "a way the council does not accept": not_accepted,
    "a way that does not exist": saying(method="bankid", assertion=" "),
    "a day's wait after a reset": reset_by_another,
}
# What the trail may give as the reason, so that none is refused for another fault than its own.
BY_PASSKEY = {"passkey", "unknown_passkey", "copied_passkey"}
BY_CODE = {"code", "spent_code", "password"}
BY_ANY = {"text", "page", "name", "level", "waiting"}
CASES = [
    *((name, "passkey", spoil, BY_PASSKEY) for name, spoil in PASSKEY.items()),
    *((name, "password_code", spoil, BY_CODE) for name, spoil in CODES.items()),
    *(
        (name, method, spoil, BY_ANY)
        for method in ("passkey", "password_code", "password")
        for name, spoil in ANY.items()
    ),
]
