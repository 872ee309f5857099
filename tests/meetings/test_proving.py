"""Proof of who approves, of which text: nothing forged, swapped, lent or used twice."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core import signing as cookies
from django.core.exceptions import ValidationError
from django.utils import timezone

from meetings import proving, signing
from meetings.models import Approval, Meeting, Signer
from meetings.proving import challenges
from members.models import AuditEntry
from tests import builders, standing
from tests.builders import PASSWORD, Cast

pytestmark = pytest.mark.django_db


@standing.fixture
def chair(cast: Cast) -> Signer:
    return builders.in_signing(cast).signers.get(person=cast.chair)


@pytest.fixture
def adjuster(cast: Cast, chair: Signer) -> Signer:
    return chair.round.signers.get(person=cast.adjuster)


def attempt(signer: Signer, *, token: str = "", password: str = PASSWORD, **other: Any) -> Approval:
    """An approval with one thing wrong; the rest as it should be."""
    return signing.approve(
        by=other.get("by", signer.person),
        signer=signer,
        shown_sha256=other.get("shown", signer.round.version.sha256),
        answer={"challenge": token or signing.start(signer=signer).token, "password": password},
    )


def refused(signer: Signer, match: str, **wrong: Any) -> None:
    with pytest.raises(ValidationError, match=match):
        attempt(signer, **wrong)
    assert Approval.objects.count() == 0


def test_the_right_password_on_the_right_text_approves(chair: Signer) -> None:
    approval = attempt(chair)
    assert approval.snapshot_sha256 == chair.round.version.sha256
    assert proving.provider_for(approval.method).verify(approval) is True


@pytest.mark.parametrize("password", ["", "fel", PASSWORD.upper(), f"{PASSWORD} ", "x" * 1000])
def test_another_password_is_refused(chair: Signer, password: str) -> None:
    refused(chair, "Lösenordet stämmer inte", password=password)


def test_somebody_elses_password_is_refused(chair: Signer, adjuster: Signer) -> None:
    adjuster.person.set_password("justerarens egen mening")
    adjuster.person.save()
    refused(chair, "Lösenordet stämmer inte", password="justerarens egen mening")


def test_another_hash_than_the_frozen_one_is_refused(chair: Signer) -> None:
    refused(chair, "inte längre den som ska justeras", shown="0" * 64)
    refused(chair, "inte längre den som ska justeras", shown="")
    refused(chair, "inte längre den som ska justeras", shown=chair.round.version.sha256.upper())


def test_a_challenge_of_another_text_is_refused(chair: Signer) -> None:
    swapped = proving.challenge(chair, "0" * 64).token
    refused(chair, "gäller en äldre text", token=swapped)


def test_the_challenge_of_another_signer_is_refused(chair: Signer, adjuster: Signer) -> None:
    refused(chair, "annan inloggning", token=signing.start(signer=adjuster).token)


def test_nobody_approves_in_the_name_of_another(cast: Cast, chair: Signer) -> None:
    for somebody in (cast.adjuster, cast.secretary, cast.member, cast.other_chair):
        refused(chair, "Bara den som står som underskrivare", by=somebody)


@pytest.mark.parametrize("change", ["x{}", "{}x", "", "x", "a:b:c", "\x00", "{}" * 2])
def test_an_altered_challenge_is_refused(chair: Signer, change: str) -> None:
    token = signing.start(signer=chair).token
    refused(chair, "legat öppen för länge", token=change.format(token, token) or " ")


@pytest.mark.parametrize("content", [[], "texter", [1], [1, 2, 3, 4, 5], None, {"a": 1}])
def test_a_challenge_signed_by_us_for_something_else_is_refused(
    chair: Signer, content: Any
) -> None:
    refused(chair, "legat öppen för länge", token=cookies.dumps(content, salt=challenges.SALT))
    whole = [chair.pk, chair.round.version.sha256, "n", ""]
    refused(chair, "legat öppen för länge", token=cookies.dumps(whole, salt="something else"))


def test_a_challenge_that_lay_open_too_long_is_refused(
    chair: Signer, monkeypatch: pytest.MonkeyPatch
) -> None:
    token = signing.start(signer=chair).token
    monkeypatch.setattr(challenges, "LIFETIME", -1)
    refused(chair, "legat öppen för länge", token=token)


def test_a_challenge_is_used_once(cast: Cast, chair: Signer) -> None:
    """After a return the same text may come back; the page of the first round must not do."""
    token = signing.start(signer=chair).token
    attempt(chair, token=token)
    other = chair.round.signers.get(person=cast.adjuster)
    signing.return_minutes(by=cast.adjuster, signer=other, comment="Vänta.")
    meeting = Meeting.objects.get(pk=chair.round.meeting_id)
    again = signing.open_round(by=cast.secretary, meeting=meeting).signers.get(person=cast.chair)
    assert again.round.version.sha256 == chair.round.version.sha256
    with pytest.raises(proving.Refused, match="annan inloggning"):
        attempt(again, token=token)
    replayed = proving.challenge(again, again.round.version.sha256)
    nonce = Approval.objects.get().nonce
    forged = cookies.dumps([again.pk, replayed.snapshot_sha256, nonce, ""], salt=challenges.SALT)
    with pytest.raises(proving.Refused, match="redan använd"):
        attempt(again, token=forged)
    assert Approval.objects.count() == 1


def test_stored_evidence_does_not_fit_another_approval(chair: Signer, adjuster: Signer) -> None:
    first, provider = attempt(chair), proving.PasswordAgain()
    for field, value in (
        ("signer_id", adjuster.pk),
        ("snapshot_sha256", "0" * 64),
        ("nonce", "another"),
        ("evidence", {}),
    ):
        moved = Approval.objects.get(pk=first.pk)
        setattr(moved, field, value)
        assert provider.verify(moved) is False, field


def test_wrong_passwords_are_noted_in_the_trail(cast: Cast, chair: Signer) -> None:
    refused(chair, "Lösenordet stämmer inte", password="fel")
    entry = AuditEntry.objects.get(action="signing.refused")
    assert (entry.person, entry.council) == (cast.chair, cast.council)
    assert "fel" not in str(entry.facts)


def test_after_five_wrong_passwords_even_the_right_one_waits(chair: Signer) -> None:
    for _ in range(5):
        refused(chair, "Lösenordet stämmer inte", password="fel")
    for _ in range(3):
        refused(chair, "Vänta fem minuter")
    told = AuditEntry.objects.filter(action="signing.refused").order_by("pk")
    assert [entry.facts["why"] for entry in told] == ["password"] * 5 + ["guesses"]


def test_five_minutes_later_it_goes_well(chair: Signer, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(5):
        refused(chair, "Lösenordet stämmer inte", password="fel")
    later = timezone.now() + datetime.timedelta(minutes=5, seconds=1)
    monkeypatch.setattr(timezone, "now", lambda: later)
    assert attempt(chair).signer == chair


def test_one_signers_wrong_passwords_do_not_stop_another(chair: Signer, adjuster: Signer) -> None:
    for _ in range(5):
        refused(chair, "Lösenordet stämmer inte", password="fel")
    assert attempt(adjuster).signer == adjuster


def test_other_refusals_are_no_guesses(chair: Signer) -> None:
    for _ in range(6):
        refused(chair, "legat öppen för länge", token="x")
    assert attempt(chair).signer == chair
