"""A stand-in justerare: who may be one, what becomes of the other, and what the paper says."""

from __future__ import annotations

import pypdfium2
import pytest
from django.core.exceptions import ValidationError

from meetings import access, archiving, sealing, signing
from meetings.models import Meeting, Mode, SealedFile, Signer, SigningRound
from meetings.states import State
from members.models import OutgoingMail, Person
from members.roles import Role
from tests import builders, standing
from tests.builders import Cast
from tests.meetings import secret

pytestmark = pytest.mark.django_db


@standing.fixture
def round_(cast: Cast) -> SigningRound:
    return builders.in_signing(cast)


def place(round_: SigningRound, person: Person) -> Signer:
    return round_.signers.get(person=person)


def appoint(cast: Cast, round_: SigningRound, person: Person, reason: str = "sjuk") -> Signer:
    signer = place(round_, cast.adjuster)
    return signing.appoint_stand_in(by=cast.secretary, signer=signer, person=person, reason=reason)


def pages(content: bytes) -> list[str]:
    document = pypdfium2.PdfDocument(content)
    return [page.get_textpage().get_text_range() for page in document]


def test_the_stand_in_justerar_and_what_the_chair_approved_stands(
    round_: SigningRound, cast: Cast
) -> None:
    builders.approve(place(round_, cast.chair))
    before = pages(archiving.file_of(archiving.frozen_minutes(round_)))
    stand_in = appoint(cast, round_, cast.member)
    assert (stand_in.role, stand_in.appointed_by) == ("adjuster", cast.secretary)
    assert list(signing.waiting_for(round_)) == [stand_in]
    builders.approve(stand_in)
    meeting = Meeting.objects.get()
    assert meeting.state == State.APPROVED
    after = pages(archiving.file_of(archiving.minutes_of(meeting)))
    assert before[:-1] == after[:-1]
    last = " ".join(after[-1].split())
    assert "Patrik Norrbäck Justerare i stället för Jörgen Almhöjd (sjuk)" in last


def test_the_replaced_one_is_told_and_can_neither_approve_nor_return_nor_read(
    round_: SigningRound, cast: Cast
) -> None:
    appoint(cast, round_, cast.member)
    old = place(round_, cast.adjuster)
    with pytest.raises(ValidationError, match="Patrik Norrbäck justerar i stället för dig"):
        builders.approve(old)
    with pytest.raises(ValidationError, match="Patrik Norrbäck justerar i stället för dig"):
        signing.return_minutes(by=cast.adjuster, signer=old, comment="Fel.")
    assert not access.signed_by(cast.adjuster).exists()
    assert access.signed_by(cast.member).exists()
    told = OutgoingMail.objects.filter(person=cast.adjuster).latest("pk")
    assert told.subject.startswith("Du behöver inte justera protokollet")
    assert "Skäl: sjuk" in told.body
    assert OutgoingMail.objects.get(person=cast.member).subject.startswith("Justera protokollet")


@pytest.mark.parametrize("who", ["chair", "adjuster", "substitute", "without_login", "other_chair"])
def test_only_a_present_member_who_does_not_sign_already(
    round_: SigningRound, cast: Cast, who: str
) -> None:
    with pytest.raises(ValidationError) as raised:
        appoint(cast, round_, getattr(cast, who))
    assert list(raised.value.message_dict) == ["person"]
    assert round_.signers.count() == 2


def test_somebody_who_was_away_cannot(cast: Cast) -> None:
    meeting = builders.written(cast)
    builders.mark(cast.secretary, meeting, cast.member, Mode.APOLOGY)
    round_ = signing.open_round(by=cast.secretary, meeting=meeting)
    with pytest.raises(ValidationError):
        appoint(cast, round_, cast.member)


@pytest.mark.parametrize("reason", ["", " \u200b", "x" * 121])
def test_a_reason_is_needed_and_short(round_: SigningRound, cast: Cast, reason: str) -> None:
    with pytest.raises(ValidationError) as raised:
        appoint(cast, round_, cast.member, reason)
    assert list(raised.value.message_dict) == ["reason"]


def test_whoever_has_approved_is_not_replaced(round_: SigningRound, cast: Cast) -> None:
    builders.approve(place(round_, cast.adjuster))
    with pytest.raises(ValidationError, match="har redan justerat och kan inte ersättas"):
        appoint(cast, round_, cast.member)


def test_nobody_is_replaced_twice_but_a_stand_in_can_be(cast: Cast) -> None:
    third = builders.seat("Olle Ek", "olle", cast.council, Role.MEMBER, None)
    round_ = builders.in_signing(cast)
    stand_in = appoint(cast, round_, cast.member)
    with pytest.raises(ValidationError, match="justerar redan i stället för"):
        appoint(cast, round_, third)
    second = signing.appoint_stand_in(
        by=cast.secretary, signer=stand_in, person=third, reason="på semester"
    )
    assert list(signing.waiting_for(round_)) == [place(round_, cast.chair), second]
    *_, line = sealing.standing_of(round_).stand_ins
    assert line.why == "Jörgen Almhöjd (sjuk) och Patrik Norrbäck (på semester)"


def test_the_chair_is_never_replaced(round_: SigningRound, cast: Cast) -> None:
    with pytest.raises(ValidationError, match="Bara en justerare kan ersättas"):
        signing.appoint_stand_in(
            by=cast.secretary, signer=place(round_, cast.chair), person=cast.member, reason="sjuk"
        )


def test_a_correction_is_justerad_by_a_stand_in_when_the_justerare_is_gone(cast: Cast) -> None:
    meeting = builders.sealed(cast)
    correction = signing.open_correction(
        by=cast.secretary, meeting=meeting, item=None, old="Sessionssalen", new="Vågsalen",
        reason="Skrivfel.",
    )  # fmt: skip
    assert [one.person for one in signing.replaceable(meeting)] == [cast.adjuster]
    stand_in = appoint(cast, correction, cast.member, "har slutat")
    for signer in (place(correction, cast.chair), stand_in):
        builders.approve(signer)
    last = " ".join(pages(bytes(SealedFile.objects.get().pdf))[-1].split())
    assert "Patrik Norrbäck Justerare i stället för Jörgen Almhöjd (har slutat)" in last


def test_nobody_new_reads_a_correction_under_secrecy(cast: Cast) -> None:
    meeting, item = secret.sealed(cast)
    correction = secret.sent(cast, meeting, item)
    assert signing.replaceable(meeting) == []
    with pytest.raises(ValidationError, match="omfattas av sekretess"):
        appoint(cast, correction, cast.member)
