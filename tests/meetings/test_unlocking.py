"""Opening a text that is out for justering: by the secretary with a reason, and with a second
person's yes once somebody has put their name to it."""

from __future__ import annotations

import threading
import time

import pytest
from django.core.exceptions import ValidationError
from django.db import connection, transaction

from meetings import signing
from meetings.models import Approval, Meeting, RoundState, SigningRound, UnlockRequest
from meetings.states import State
from members.models import AuditEntry, OutgoingMail
from tests import builders
from tests.builders import Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper")]

REASON = "Bilaga 2 kom inte med."


def now(round_: SigningRound) -> tuple[str, str]:
    """State of the round and of its meeting."""
    round_ = SigningRound.every.select_related("meeting").get(pk=round_.pk)
    return round_.state, round_.meeting.state


def mailed(word: str) -> set[str]:
    """Who has been sent a mail with the word in its text."""
    return set(OutgoingMail.objects.filter(body__contains=word).values_list("to_email", flat=True))


def test_before_any_approval_the_secretary_opens_alone_and_everyone_is_told(
    cast: Cast, round_in_signing: SigningRound
) -> None:
    round_ = round_in_signing
    assert signing.unlock(by=cast.secretary, round_=round_, reason=REASON) is None
    assert now(round_) == (RoundState.UNLOCKED, State.MINUTING)
    assert mailed(REASON) == {cast.chair.email, cast.adjuster.email}
    entry = AuditEntry.objects.get(action="signing.unlocked")
    assert (entry.person, entry.facts["reason"]) == (cast.secretary, REASON)


@pytest.mark.parametrize("reason", ["", "   ", "\u200b", "x" * 2_001])
def test_without_a_reason_that_can_be_read_nothing_is_opened(
    cast: Cast, round_in_signing: SigningRound, reason: str
) -> None:
    round_ = round_in_signing
    with pytest.raises(ValidationError) as refused:
        signing.unlock(by=cast.secretary, round_=round_, reason=reason)
    assert list(refused.value.message_dict) == ["reason"]
    assert now(round_) == (RoundState.OPEN, State.SIGNING)
    assert UnlockRequest.objects.count() == 0


def test_after_an_approval_a_second_person_must_agree(
    cast: Cast, round_in_signing: SigningRound
) -> None:
    round_ = round_in_signing
    approved, waiting = round_.signers.all()
    builders.approve(approved)
    request = signing.unlock(by=cast.secretary, round_=round_, reason=REASON)
    assert request is not None
    assert now(round_) == (RoundState.OPEN, State.SIGNING)
    assert mailed(REASON) == {cast.chair.email, cast.adjuster.email}
    signing.agree(by=waiting.person, round_=round_)
    assert now(round_) == (RoundState.UNLOCKED, State.MINUTING)
    opened = SigningRound.objects.get(pk=round_.pk)
    assert (opened.returned_by, opened.unlock_reason) == (waiting.person, REASON)


def test_whoever_had_approved_is_told_that_it_no_longer_counts(
    cast: Cast, round_in_signing: SigningRound
) -> None:
    round_ = round_in_signing
    approved, waiting = round_.signers.all()
    builders.approve(approved)
    signing.unlock(by=cast.secretary, round_=round_, reason=REASON)
    signing.agree(by=waiting.person, round_=round_)
    assert mailed("räknas inte längre.\n\nSkälet") == {approved.person.email}
    assert AuditEntry.objects.get(action="signing.unlocked").facts["approvals_void"] == 1


def test_nobody_agrees_with_themselves_and_no_outsider_agrees(cast: Cast) -> None:
    """The secretary of notes signs them too: the chair has to say yes."""
    round_ = builders.notes_in_signing(cast)
    chair, secretary = round_.signers.all()
    assert secretary.person == cast.other_secretary
    builders.approve(secretary)
    signing.unlock(by=cast.other_secretary, round_=round_, reason=REASON)
    for person in (cast.other_secretary, cast.other_member, cast.secretary):
        with pytest.raises(ValidationError):
            signing.agree(by=person, round_=round_)
    assert now(round_) == (RoundState.OPEN, State.SIGNING)
    signing.agree(by=chair.person, round_=round_)
    assert now(round_) == (RoundState.UNLOCKED, State.MINUTING)


def test_a_question_never_stops_the_justering(cast: Cast, round_in_signing: SigningRound) -> None:
    round_ = round_in_signing
    first, last = round_.signers.all()
    builders.approve(first)
    signing.unlock(by=cast.secretary, round_=round_, reason=REASON)
    builders.approve(last)
    assert now(round_) == (RoundState.COMPLETED, State.APPROVED)
    with pytest.raises(ValidationError):
        signing.agree(by=last.person, round_=round_)
    assert now(round_) == (RoundState.COMPLETED, State.APPROVED)


def test_agreeing_without_a_question_and_asking_twice_are_refused(
    cast: Cast, round_in_signing: SigningRound
) -> None:
    round_ = round_in_signing
    first, last = round_.signers.all()
    builders.approve(first)
    with pytest.raises(ValidationError):
        signing.agree(by=last.person, round_=round_)
    signing.unlock(by=cast.secretary, round_=round_, reason=REASON)
    with pytest.raises(ValidationError):
        signing.unlock(by=cast.secretary, round_=round_, reason="En gång till.")
    assert UnlockRequest.objects.get().reason == REASON


def test_an_approval_of_the_opened_text_is_refused_and_the_next_round_starts_from_nothing(
    cast: Cast,
    round_in_signing: SigningRound,
) -> None:
    round_ = round_in_signing
    first, last = round_.signers.all()
    builders.approve(first)
    signing.unlock(by=cast.secretary, round_=round_, reason=REASON)
    signing.agree(by=last.person, round_=round_)
    with pytest.raises(ValidationError, match="öppnad igen"):
        builders.approve(last)
    again = signing.open_round(by=cast.secretary, meeting=Meeting.objects.get(pk=round_.meeting_id))
    assert again.approvals.count() == 0
    assert builders.approve_all(again).state == State.APPROVED


@pytest.mark.django_db(transaction=True)
def test_an_approval_that_comes_while_the_secretary_opens_the_text_waits_and_is_refused(
    cast: Cast,
) -> None:
    round_ = builders.in_signing(cast)
    signer = round_.signers.get(person=cast.chair)
    said: list[str] = []

    def approve() -> None:
        try:
            builders.approve(signer)
        except ValidationError as refusal:
            said.extend(refusal.messages)
        finally:
            connection.close()

    pressed = threading.Thread(target=approve)
    with transaction.atomic():
        signing.unlock(by=cast.secretary, round_=round_, reason=REASON)
        pressed.start()
        wait_for_somebody_who_waits()
        assert said == []
    pressed.join()
    assert said == ["Texten är öppnad igen och skrivs om. Du får ett nytt mejl när den är klar."]
    assert (now(round_), Approval.objects.count()) == ((RoundState.UNLOCKED, State.MINUTING), 0)
    assert AuditEntry.objects.get(action="signing.refused").person == cast.chair


def wait_for_somebody_who_waits() -> None:
    """Until another connection stands in line for what this transaction holds."""
    with connection.cursor() as cursor:
        for _ in range(2_000):
            cursor.execute(
                "SELECT count(*) FROM pg_locks"
                " WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
            )
            if cursor.fetchone()[0]:
                return
            time.sleep(0.01)
    raise AssertionError("nobody waits")
