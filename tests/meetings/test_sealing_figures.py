"""The figures of the seal: every byte, eleven forgeries, the approved pages, the approvals."""

from __future__ import annotations

import hashlib
import tempfile

import pytest

from meetings import proving, sealing, snapshot, stamping, verifying
from meetings.models import SealedMinutes, SigningRound
from meetings.verifying import contents, judging
from tests import builders, standing
from tests.builders import Cast
from tests.meetings import forgeries, paper, seals

STYLES = ("paragraphs", "headings")
Sealed = dict[str, SealedMinutes]


def verdict_on(content: bytes) -> verifying.Answer:
    with tempfile.TemporaryFile() as file:
        file.write(content)
        file.flush()
        return verifying.judge_file(file)


@standing.fixture
def sealed(cast: Cast) -> Sealed:
    """Minutes of each style."""
    both = {"paragraphs": builders.sealed(cast), "headings": builders.notes_sealed(cast)}
    return {style: SealedMinutes.objects.get(meeting=one) for style, one in both.items()}


@pytest.mark.django_db
def test_every_flipped_byte_is_found_by_the_register(sealed: Sealed) -> None:
    """N of N: the register knows one hash, and no flip has it."""
    content = bytearray(sealed["headings"].pdf)
    known = bytes.fromhex(sealed["headings"].pdf_sha256)
    assert hashlib.sha256(content).digest() == known
    found = 0
    for place in range(len(content)):
        content[place] ^= 0x01
        found += hashlib.sha256(content).digest() != known
        content[place] ^= 0x01
    assert found == len(content) > 30_000
    assert judging.judge_hash(sealed["headings"].pdf_sha256).is_original
    content[5_000] ^= 0x01
    assert not verdict_on(bytes(content)).is_original


@pytest.mark.slow
def test_the_seal_alone_finds_every_flip_too() -> None:
    """Also inside the signature's own container, where PAdES by itself sees 196 of them not."""
    content = bytearray(seals.sealed("headings"))
    hole = content.index(b"/Contents <"), content.index(b">\n/ByteRange")
    missed = []
    places = [*range(0, len(content), 41), *range(*hole), *range(hole[1], len(content))]
    for place in places:
        content[place] ^= 0x01
        try:
            report = seals.look(bytes(content))
        except stamping.Unreadable:
            report = stamping.Report()
        if report.genuine and report.whole:
            missed.append(place)
        content[place] ^= 0x01
    assert len(places) > 5_000
    assert missed == []


@pytest.mark.django_db
@pytest.mark.parametrize("forgery", forgeries.ALL)
def test_a_forgery_is_neither_whole_and_genuine_nor_the_original(
    sealed: Sealed, forgery: str
) -> None:
    content = bytes(sealed["paragraphs"].pdf)
    forged = forgeries.ALL[forgery](content)
    assert forged != content
    certificates = sealing.certificates_of()
    assert stamping.validate(content, certificates=certificates).whole
    try:
        report = stamping.validate(forged, certificates=certificates)
    except stamping.Unreadable:
        report = stamping.Report()
    assert not (report.genuine and report.whole)
    answer = verdict_on(forged)
    assert not answer.is_original
    assert verdict_on(bytes(content)).is_original


def test_there_are_eleven() -> None:
    assert len(forgeries.ALL) == 11


@pytest.mark.django_db
@pytest.mark.parametrize("style", STYLES)
def test_approved_pages_are_the_sealed_pages_but_for_the_signatures(
    sealed: Sealed, style: str
) -> None:
    round_ = SigningRound.objects.get(pk=sealed[style].round_id)
    read = sealing.rendered(round_, sealing.standing_before(round_))
    assert snapshot.sha256_of(read) == round_.version.preflight.preview_sha256
    before, after = paper.page_streams(read), paper.page_streams(bytes(sealed[style].pdf))
    assert len(before) == len(after) == sealed[style].pages > 1
    assert before[:-1] == after[:-1]
    assert before[-1] != after[-1]


@pytest.mark.django_db
@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_what_is_sealed_keeps_both_standards(sealed: Sealed, style: str, profile: str) -> None:
    assert paper.failures(bytes(sealed[style].pdf), profile) == []


@pytest.mark.django_db
@pytest.mark.parametrize("style", STYLES)
def test_the_approvals_are_told_by_the_file_alone(sealed: Sealed, style: str) -> None:
    certificates = sealing.certificates_of()
    with tempfile.TemporaryFile() as file:
        file.write(bytes(sealed[style].pdf))
        file.flush()
        answer, found = judging.judge_alone(file, certificates=certificates)
    assert answer.is_original
    assert contents.flaws_in(found) == []
    lines = contents.approvals_in(found)
    assert len(lines) == sealed[style].round.signers.count() == 2
    assert proving.Finding.FAILS not in {line.finding for line in lines}
