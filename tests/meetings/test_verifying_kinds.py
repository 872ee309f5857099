"""Kontrollera protokoll knows every kind of sealed file, and says truthfully which it is."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from django.core.cache import cache
from django.core.management import call_command

from meetings import verifying, wording
from meetings.models import FileKind, Meeting, SealedFile
from meetings.verifying import Verdict
from tests import builders
from tests.builders import Cast
from tests.meetings.test_verifying import ask_file, ask_hash, verdict

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nobody_has_asked_yet() -> None:
    cache.clear()


def answer_to(sha256: str) -> verifying.Answer:
    answer = ask_hash(sha256)
    assert verdict(answer) == Verdict.ORIGINAL
    found = answer.context["answer"]
    assert isinstance(found, verifying.Answer)
    return found


def verified(tmp_path: Path, content: bytes) -> str:
    """What the command says of a file that it finds to be the original."""
    path, said = tmp_path / "fil.pdf", io.StringIO()
    path.write_bytes(content)
    call_command("verify_minutes", path, stdout=said)
    return said.getvalue()


class TestCorrections:
    @pytest.fixture
    def corrected(self, cast: Cast) -> Meeting:
        meeting = builders.sealed(cast)
        assert answer_to(meeting.sealed.pdf_sha256).original is not None
        assert "rättelse" not in page_of(meeting.sealed.pdf_sha256)
        builders.corrected(cast, meeting)
        return meeting

    def test_the_original_says_that_there_is_one_and_its_day(self, corrected: Meeting) -> None:
        day = wording.plain_date(wording.local_date(correction().sealed_at))
        words = page_of(corrected.sealed.pdf_sha256)
        assert "<strong>Det finns en rättelse</strong> av protokollet, justerad " + day in words

    def test_the_correction_is_an_original_of_its_own(
        self, corrected: Meeting, tmp_path: Path
    ) -> None:
        found = answer_to(correction().pdf_sha256).original
        assert found is not None
        assert (found.name, found.corrected_on) == ("Rättelse av protokollet", ())
        assert found.date == corrected.date
        said = verified(tmp_path, bytes(correction().pdf))
        assert said.count(": godkännandet stämmer\n") == 2

    def test_the_command_tells_of_it_too(self, corrected: Meeting, tmp_path: Path) -> None:
        assert "Det finns en rättelse" in verified(tmp_path, bytes(corrected.sealed.pdf))


def correction() -> SealedFile:
    return SealedFile.objects.get(kind=FileKind.CORRECTION)


def page_of(sha256: str) -> str:
    return str(ask_hash(sha256).content.decode())


def test_items_adjusted_at_once_are_known(cast: Cast, tmp_path: Path) -> None:
    builders.adjusted_at_once(cast, builders.written(cast))
    extract = SealedFile.objects.get(kind=FileKind.EXTRACT)
    found = answer_to(extract.pdf_sha256).original
    assert found is not None
    assert found.name == "Omedelbart justerade paragrafer"
    assert verified(tmp_path, bytes(extract.pdf)).count(": godkännandet stämmer\n") == 2


class TestPaper:
    @pytest.fixture
    def signed(self, cast: Cast) -> Meeting:
        return builders.signed_on_paper(cast)

    def test_a_scan_is_told_as_a_scan(self, signed: Meeting) -> None:
        scan = SealedFile.objects.get(kind=FileKind.SCAN)
        answer = answer_to(scan.pdf_sha256)
        assert answer.original is not None
        assert answer.original.name == "Protokoll, inskannat original på papper"
        assert answer.because.startswith("Filen är exakt den skanning som lades in som original.")
        assert verdict(ask_file(bytes(scan.pdf))) == Verdict.ORIGINAL

    def test_the_file_that_was_printed_says_that_the_paper_is_the_original(
        self, signed: Meeting, tmp_path: Path
    ) -> None:
        answer = answer_to(signed.sealed.pdf_sha256)
        assert "det är pappret som är original" in answer.because
        said = verified(tmp_path, bytes(signed.sealed.pdf))
        assert said.count("underskrivet med penna på papper") == 2

    def test_minutes_signed_digitally_do_not(self, cast: Cast) -> None:
        answer = answer_to(builders.sealed(cast).sealed.pdf_sha256)
        assert "pappret" not in answer.because
