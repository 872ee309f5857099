"""After the seal: copies in write-once storage, and timestamps that nothing waits for."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import override_settings
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from meetings import sealing, snapshot, stamping, verifying
from meetings.models import FileKind, SealedFile, SealedMinutes
from meetings.sealing import augmenting, exporting
from members.models import AuditEntry
from tests import builders
from tests.builders import Cast
from tests.meetings import forgeries, paper, seals, timestamps

pytestmark = pytest.mark.django_db


@pytest.fixture
def storage(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(exporting, "_resting_until", 0.0)
    settings.EXPORT = tmp_path / "worm"
    return tmp_path / "worm"


def sealed(cast: Cast) -> SealedMinutes:
    return SealedMinutes.objects.get(meeting=builders.sealed(cast))


class TestTheCopyOutside:
    def test_it_is_there_when_the_seal_is_committed(
        self, cast: Cast, storage: Path,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:  # fmt: skip
        with django_capture_on_commit_callbacks(execute=True):
            found = sealed(cast)
        path = storage / found.pdf_sha256[:2] / f"{found.pdf_sha256}.pdf"
        assert path.read_bytes() == bytes(found.pdf)
        assert path.stat().st_mode & 0o777 == 0o444
        assert [one for one in storage.rglob("*") if one.is_file()] == [path]

    def test_the_worker_puts_there_what_is_missing_and_then_rests(
        self, cast: Cast, storage: Path
    ) -> None:
        found = sealed(cast)
        assert exporting.export_missing() == 1
        assert exporting.place_of(storage, found.pdf_sha256).exists()
        assert exporting.export_missing() is None

    def test_what_is_there_is_never_written_again(self, storage: Path) -> None:
        digest = snapshot.sha256_of(b"%PDF-")
        path = exporting.export(digest, b"%PDF-")
        assert path is not None
        before = path.stat().st_mtime_ns
        assert exporting.export(digest, b"%PDF-") == path
        assert path.stat().st_mtime_ns == before

    def test_a_disk_that_is_full_undoes_no_seal(
        self, cast: Cast, storage: Path, monkeypatch: pytest.MonkeyPatch,
        django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    ) -> None:  # fmt: skip
        def full(_: int) -> None:
            raise OSError("no space left on device")

        with monkeypatch.context() as broken:
            broken.setattr(os, "fsync", full)
            with django_capture_on_commit_callbacks(execute=True):
                found = sealed(cast)
        assert list(storage.rglob("*.pdf")) == list(storage.rglob(".*")) == []
        assert exporting.export_missing() == 1
        assert exporting.place_of(storage, found.pdf_sha256).exists()

    def test_without_a_folder_nothing_is_exported(self, cast: Cast, settings: Settings) -> None:
        assert settings.EXPORT is None
        sealed(cast)
        assert exporting.export_missing() is None


class TestATimestamp:
    def test_it_gives_a_copy_beside_the_original(self, cast: Cast) -> None:
        original = sealed(cast)
        copy = sealing.augment(original, service=timestamps.service())
        assert (copy.kind, copy.round) == (FileKind.AUGMENTED, original.round)
        assert bytes(copy.pdf).startswith(bytes(original.pdf))
        report = stamping.validate(bytes(copy.pdf), certificates=sealing.certificates_of())
        assert (report.genuine, report.whole) == (True, True)
        assert report.attachments == original.validation["attachments"]
        assert SealedMinutes.objects.get().pdf_sha256 == original.pdf_sha256
        assert AuditEntry.objects.filter(action="minutes.timestamped").count() == 1
        assert list(sealing.without_timestamp()) == []
        for digest in (original.pdf_sha256, copy.pdf_sha256):
            assert verifying.judge_hash(digest).is_original

    def test_it_can_be_renewed(self, cast: Cast) -> None:
        original = sealed(cast)
        first = sealing.augment(original, service=timestamps.service())
        second = sealing.augment(original, service=timestamps.service())
        assert bytes(second.pdf).startswith(bytes(first.pdf))
        assert SealedFile.objects.filter(kind=FileKind.AUGMENTED).count() == 2

    def test_a_service_that_does_not_answer_costs_nothing(
        self, cast: Cast, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.TIMESTAMP_URL = "http://127.0.0.1:9/tsa"
        monkeypatch.setattr(augmenting, "_resting_until", 0.0)
        original = sealed(cast)
        assert augmenting.augment_next() is None
        assert augmenting._resting_until > 0
        with pytest.raises(CommandError, match="lika giltiga utan"):
            call_command("augment_seals")
        assert SealedFile.objects.count() == 0
        assert verifying.judge_hash(original.pdf_sha256).is_original

    def test_the_worker_sets_it_where_a_service_is_named(
        self, cast: Cast, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def service_at(url: str) -> Any:
            assert url == "https://tid.example/tsa"
            return timestamps.service()

        monkeypatch.setattr(stamping, "service_at", service_at)
        monkeypatch.setattr(augmenting, "_resting_until", 0.0)
        sealed(cast)
        assert augmenting.augment_next() is None  # none is named
        settings.TIMESTAMP_URL = "https://tid.example/tsa"
        found = augmenting.augment_next()
        assert found is not None
        assert found.kind == FileKind.AUGMENTED
        assert augmenting.augment_next() is None

    def test_one_that_will_not_take_it_does_not_stop_the_others(
        self, cast: Cast, settings: Settings, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        settings.TIMESTAMP_URL = "https://tid.example/tsa"
        monkeypatch.setattr(augmenting, "_resting_until", 0.0)
        monkeypatch.setattr(augmenting, "_tried", {})
        monkeypatch.setattr(stamping, "service_at", lambda url: timestamps.service())
        first = sealed(cast)
        later = builders.sealed(cast, builders.DAY.replace(month=6))
        second = SealedMinutes.objects.get(meeting=later)
        validate = stamping.validate

        def wrong_of_the_first(content: bytes, **known: Any) -> stamping.Report:
            is_first = content.startswith(bytes(first.pdf))
            return stamping.Report() if is_first else validate(content, **known)

        monkeypatch.setattr(stamping, "validate", wrong_of_the_first)
        assert augmenting.augment_next() is None
        found = augmenting.augment_next()
        assert found is not None
        assert found.round == second.round
        assert augmenting.augment_next() is None
        with pytest.raises(CommandError, match="lika giltiga utan"):
            call_command("augment_seals", "--all")
        copies = SealedFile.objects.filter(kind=FileKind.AUGMENTED)
        assert [one.round for one in copies] == [second.round] * 2

    def test_the_command_needs_a_service(self) -> None:
        with pytest.raises(CommandError, match="BRA_TIMESTAMP_URL är inte satt"):
            call_command("augment_seals")


@pytest.fixture(scope="module")
def augmented() -> bytes:
    return stamping.augment(seals.sealed("headings"), service=timestamps.service())


class TestATimestampedFile:
    def test_it_keeps_both_standards_but_for_what_any_addition_breaks(
        self, augmented: bytes
    ) -> None:
        """One rule wants every signature to cover the file to its end; only the last one can."""
        assert paper.failures(augmented, "ua1") == []
        rules = [line.partition(":")[0] for line in paper.failures(augmented, "3a")]
        assert rules == ["PDFA3A-SIGNATURE-BYTERANGE-001"]

    @pytest.mark.parametrize("forgery", forgeries.ALL)
    def test_a_forgery_of_it_is_found_as_well(self, augmented: bytes, forgery: str) -> None:
        try:
            report = seals.look(forgeries.ALL[forgery](augmented))
        except stamping.Unreadable:
            report = stamping.Report()
        assert not (report.genuine and report.whole)


class TestSealingByCommand:
    def test_it_says_what_is_in_the_way(
        self, cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        round_ = builders.in_signing(cast)
        with override_settings(SEALS=tmp_path, SEALS_TEST=False):
            builders.approve_all(round_)
            with pytest.raises(CommandError, match="1 kunde inte låsas"):
                call_command("seal_pending")
        assert "Det finns ingen stämpelnyckel" in capsys.readouterr().out
        call_command("seal_pending")
        assert "Låst: " in capsys.readouterr().out
        call_command("seal_pending")
        assert capsys.readouterr().out == ""
