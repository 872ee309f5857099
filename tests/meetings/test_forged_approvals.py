"""Approvals forged, altered, lent or replayed: none is taken, each is told of and noted.

Every case is one thing wrong in a set-up where the true one is taken (tests/meetings/forging.py).
"""

from __future__ import annotations

import datetime
import json
import time
from collections.abc import Callable
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.utils import timezone

from meetings import proving, signing
from meetings.models import Approval, Meeting, SigningRound
from meetings.proving import challenges
from members import securing
from members.models import AuditEntry
from tests import authenticator, builders, standing
from tests.builders import Cast
from tests.meetings.forging import CASES, Try, again, new_try, other_signer

pytestmark = pytest.mark.django_db


@standing.fixture
def round_(cast: Cast) -> SigningRound:
    return builders.in_signing(cast)


@pytest.fixture
def trial(cast: Cast, round_: SigningRound) -> Try:
    return new_try(cast, round_.signers.get(person=cast.chair))


@pytest.mark.parametrize("method", ["passkey", "password_code", "password"])
def test_the_true_one_is_taken_and_its_evidence_holds(trial: Try, method: str) -> None:
    trial.method = method
    trial.code = authenticator.code_of(trial.app)
    approval = trial.send()
    assert (approval.method, approval.signer) == (method, trial.signer)
    assert proving.provider_for(method).verify(Approval.objects.get()) is True


def test_there_are_enough_of_them() -> None:
    assert len(CASES) >= 90


@pytest.mark.parametrize(
    ("method", "spoil", "reasons"),
    [case[1:] for case in CASES],
    ids=[f"{method}: {name}" for name, method, *_ in CASES],
)
def test_what_is_forged_is_refused_and_noted(
    trial: Try,
    method: str,
    spoil: Callable[[Try], Any],
    reasons: set[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(challenges, "LIFETIME", challenges.LIFETIME)  # put back after the test
    trial.method = method
    trial.code = authenticator.code_of(trial.app)
    spoil(trial)
    with pytest.raises(ValidationError) as refusal:
        trial.send()
    assert Approval.objects.count() == 0
    assert Meeting.objects.filter(state="approved").count() == 0
    (sentence,) = refusal.value.messages
    assert sentence[0].isupper()
    assert sentence[-1] == "."
    entry = AuditEntry.objects.get(action="signing.refused")
    assert entry.person == (trial.by or trial.signer.person)
    assert entry.facts["why"] in reasons


def test_an_answer_is_taken_once(trial: Try) -> None:
    """After a return the same text comes again; what was signed then is of no use now."""
    first = trial.send()
    other = other_signer(trial)
    signing.return_minutes(by=other.person, signer=other, comment="Vänta.")
    meeting = Meeting.objects.get(pk=trial.signer.round.meeting_id)
    round_ = signing.open_round(by=trial.cast.secretary, meeting=meeting)
    fresh = new_try(trial.cast, round_.signers.get(person=trial.cast.chair), trial.passkey)
    assert fresh.signer.round.version.sha256 == first.snapshot_sha256
    fresh.assertion = trial.assertion
    with pytest.raises(proving.Refused, match="stämmer inte"):
        fresh.send()
    old_page = again(fresh, challenge=trial.challenge, assertion=trial.assertion)
    with pytest.raises(proving.Refused, match="annan inloggning"):
        old_page.send()
    assert again(fresh).send().signer == fresh.signer


def test_a_code_is_taken_once_whatever_it_was_used_for(trial: Try) -> None:
    trial.method, trial.code = "password_code", authenticator.code_of(trial.app)
    trial.send()
    later = builders.in_signing(trial.cast, builders.DAY + datetime.timedelta(days=7))
    second = new_try(trial.cast, later.signers.get(person=trial.cast.chair), trial.passkey)
    replay = again(second, method="password_code", code=trial.code)
    with pytest.raises(proving.Refused, match="Koden är redan använd"):
        replay.send()
    assert securing.spend_code(trial.signer.person, trial.code)[0] is securing.Spent.BEFORE
    following = authenticator.code_of(trial.app, 1)
    assert again(second, method="password_code", code=following).send().method == "password_code"


def test_a_refused_code_is_not_used_up(trial: Try) -> None:
    trial.method, trial.code = "password_code", authenticator.code_of(trial.app)
    trial.password = "fel"
    with pytest.raises(proving.Refused, match="Lösenordet stämmer inte"):
        trial.send()
    assert again(trial, method="password_code", code=trial.code).send().method == "password_code"


def test_after_the_day_it_opens(trial: Try, monkeypatch: pytest.MonkeyPatch) -> None:
    securing.postpone_approvals(trial.signer.person)
    opens = timezone.localtime(trial.signer.person.approvals_wait_until)
    with pytest.raises(proving.Refused) as refusal:
        trial.send()
    assert f"{opens:%Y-%m-%d} kl.\N{NO-BREAK SPACE}{opens:%H.%M}" in refusal.value.messages[0]
    later = timezone.now() + securing.WAIT + datetime.timedelta(seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert again(trial).send().signer == trial.signer


def test_guesses_at_the_code_are_counted(trial: Try) -> None:
    wrong = again(trial, method="password_code", code="000000x")
    for _ in range(signing.approving.GUESSES):
        with pytest.raises(proving.Refused, match="Engångskoden stämmer inte"):
            wrong.send()
    with pytest.raises(proving.Refused, match="Vänta fem minuter"):
        again(trial, method="password_code", code=authenticator.code_of(trial.app)).send()
    assert Approval.objects.count() == 0


def test_a_security_key_that_counts_goes_on_counting(trial: Try) -> None:
    trial.passkey.counts = True
    trial.send()
    row = Authenticator.objects.get(user=trial.signer.person, type="webauthn")
    assert row.data["sign_count"] == 1
    assert row.last_used_at is not None


def test_evidence_is_small_and_quick(trial: Try) -> None:
    approval = trial.send()
    began = time.process_time()
    found = proving.verify_evidence(
        "passkey", approval.evidence, approval.snapshot_sha256, approval.nonce
    )
    assert found is proving.Finding.HOLDS
    assert time.process_time() - began < 0.5
    assert len(json.dumps(approval.evidence)) < 1500
