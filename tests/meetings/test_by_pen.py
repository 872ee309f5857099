"""The paper path: printed, signed with a pen, scanned; and called what it is everywhere."""

from __future__ import annotations

import datetime
import hashlib

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.utils import timezone
from pytest_django import Settings

from meetings import archiving, signing
from meetings.models import (
    Approval,
    FileKind,
    Meeting,
    RoundState,
    SealedFile,
    SealedMinutes,
    SigningRound,
)
from meetings.states import State
from members.models import AuditEntry
from tests import builders
from tests.builders import Cast
from tests.meetings.paper import failures, page_streams, words

pytestmark = pytest.mark.django_db


def keep(
    cast: Cast,
    round_: SigningRound,
    content: bytes,
    filename: str = "skannat.pdf",
    signed_on: datetime.date | None = None,
) -> None:
    signing.keep_scan(
        by=cast.secretary, round_=round_, file=ContentFile(content), filename=filename,
        signed_on=signed_on or timezone.localdate(),
    )  # fmt: skip


def now(round_: SigningRound) -> tuple[str, str, int, int]:
    """State of round and meeting, approvals, files."""
    round_ = SigningRound.objects.select_related("meeting").get(pk=round_.pk)
    return round_.state, round_.meeting.state, Approval.objects.count(), SealedFile.objects.count()


def test_the_paper_to_sign_has_a_line_for_everyone_and_the_same_pages_else(
    cast: Cast, round_in_signing: SigningRound
) -> None:
    round_ = round_in_signing
    shown = archiving.file_of(archiving.minutes_of(round_.meeting))
    paper = signing.paper_to_sign(round_)
    assert words(paper).count("Namnteckning och datum") == 2
    assert page_streams(paper)[:-1] == page_streams(shown)[:-1]
    assert [failures(paper, profile) for profile in ("3a", "ua1")] == [[], []]


def test_the_scan_is_kept_as_it_came_and_the_minutes_are_sealed(
    cast: Cast, round_in_signing: SigningRound
) -> None:
    round_, content = round_in_signing, builders.scan(2)
    meeting = builders.keep_scan(cast, round_, content)
    assert meeting.state == State.APPROVED
    file = SealedFile.objects.get(kind=FileKind.SCAN)
    assert (bytes(file.pdf), file.pages) == (content, 2)
    assert file.pdf_sha256 == hashlib.sha256(content).hexdigest()


def test_the_sealed_file_says_that_the_paper_is_the_original(cast: Cast) -> None:
    meeting = builders.signed_on_paper(cast)
    sealed = SealedMinutes.objects.get(meeting=meeting)
    printed = words(bytes(sealed.pdf))
    digest = SealedFile.objects.get().pdf_sha256
    assert printed.count("Underskrivet med penna på papper") == 2
    assert "Originalet är det undertecknade pappret" in printed
    assert f"{digest[:4]} {digest[4:8]} {digest[8:12]}" in printed
    assert "Digitalt godkännande" not in printed
    assert "Originalet är den digitala filen" not in printed


def test_whoever_has_approved_here_keeps_that_and_only_the_others_signed_with_a_pen(
    cast: Cast,
    round_in_signing: SigningRound,
) -> None:
    round_ = round_in_signing
    first, last = round_.signers.all()
    builders.approve(first)
    builders.keep_scan(cast, round_, builders.scan())
    assert {(one.signer_id, one.method) for one in Approval.objects.all()} == {
        (first.pk, "password"),
        (last.pk, "pen"),
    }


def test_who_vouched_and_for_which_day_is_kept(cast: Cast) -> None:
    builders.signed_on_paper(cast)
    approval = Approval.objects.all()[0]
    assert approval.evidence["vouched_by"] == cast.secretary.name
    assert approval.evidence["signed_on"] == timezone.localdate().isoformat()
    entry = AuditEntry.objects.get(action="signing.by_pen")
    assert (entry.person, entry.facts["scan_sha256"]) == (
        cast.secretary,
        approval.evidence["scan_sha256"],
    )


@pytest.mark.parametrize(
    ("content", "filename", "said"),
    [
        (b"", "tom.pdf", "är tom"),
        (b"%PDF-1.7 trasig", "trasig.pdf", "går inte att öppna"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "bild.png", "som PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(99), "bild.pdf", "inte en fil av det slag"),
        (b"Bara text.", "brev.txt", "som PDF"),
    ],
)
def test_what_is_no_scan_is_told_and_nothing_is_kept(
    cast: Cast, round_in_signing: SigningRound, content: bytes, filename: str, said: str
) -> None:
    round_ = round_in_signing
    with pytest.raises(ValidationError, match=said) as refused:
        keep(cast, round_, content, filename)
    assert list(refused.value.message_dict) == ["file"]
    assert now(round_) == (RoundState.OPEN, State.SIGNING, 0, 0)
    entry = AuditEntry.objects.get(action="signing.scan_refused")
    assert (entry.person, entry.facts["why"]) == (cast.secretary, refused.value.messages[0])
    keep(cast, round_, builders.scan())
    assert now(round_) == (RoundState.COMPLETED, State.APPROVED, 2, 1)


def test_a_scan_of_200_mb_is_refused_by_its_size(
    cast: Cast, round_in_signing: SigningRound, settings: Settings
) -> None:
    round_ = round_in_signing
    settings.ATTACHMENT_MAX_BYTES = 1024 * 1024
    with pytest.raises(ValidationError, match="för stor"):
        keep(cast, round_, b"%PDF-1.7" + bytes(1024 * 1024))
    assert now(round_) == (RoundState.OPEN, State.SIGNING, 0, 0)
    assert AuditEntry.objects.filter(action="signing.scan_refused").count() == 1


@pytest.mark.parametrize("days", [-1, 1])
def test_a_day_before_the_lock_or_to_come_is_refused(
    cast: Cast, round_in_signing: SigningRound, days: int
) -> None:
    round_ = round_in_signing
    when = timezone.localdate() + datetime.timedelta(days=days)
    with pytest.raises(ValidationError) as refused:
        keep(cast, round_, builders.scan(), signed_on=when)
    assert list(refused.value.message_dict) == ["signed_on"]
    assert now(round_) == (RoundState.OPEN, State.SIGNING, 0, 0)


def test_one_scan_is_not_the_original_of_two_minutes(cast: Cast) -> None:
    content = builders.scan()
    builders.keep_scan(cast, builders.in_signing(cast), content)
    other = builders.in_signing(cast, builders.DAY.replace(month=6))
    with pytest.raises(ValidationError, match="redan inlagd"):
        keep(cast, other, content)
    assert Meeting.objects.get(pk=other.meeting_id).state == State.SIGNING


def test_after_a_return_the_old_paper_is_refused(
    cast: Cast, round_in_signing: SigningRound
) -> None:
    round_ = round_in_signing
    signer = round_.signers.all()[0]
    signing.return_minutes(by=signer.person, signer=signer, comment="Fel namn i § 2.")
    with pytest.raises(ValidationError, match="återlämnad"):
        keep(cast, round_, builders.scan())
    assert now(round_) == (RoundState.RETURNED, State.MINUTING, 0, 0)
