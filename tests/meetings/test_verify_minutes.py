"""manage.py verify_minutes FILE: 0 the original, 1 a genuine seal on something else, 2 neither."""

from __future__ import annotations

import functools
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.conf import settings
from django.core.management import CommandError, call_command

from meetings import proving, stamping
from meetings.models import Meeting, SealCertificate
from tests import builders, standing
from tests.builders import Cast
from tests.meetings import forging, paper, seals, snapshots

pytestmark = pytest.mark.django_db


@standing.fixture
def sealed(cast: Cast) -> Meeting:
    return builders.sealed(cast)


@pytest.fixture
def file(tmp_path: Path, sealed: Meeting) -> Path:
    path = tmp_path / "protokoll.pdf"
    path.write_bytes(bytes(sealed.sealed.pdf))
    return path


@pytest.fixture
def certificate(tmp_path: Path, sealed: Meeting) -> Path:
    path = tmp_path / "kommun.pem"
    der = bytes(SealCertificate.objects.get().der)
    path.write_bytes(x509.load_der_x509_certificate(der).public_bytes(Encoding.PEM))
    return path


def run(file: Path, *certificates: Path) -> tuple[int, str]:
    """Exit status and what was said."""
    said = io.StringIO()
    try:
        call_command("verify_minutes", file, certificates=list(certificates), stdout=said)
    except SystemExit as end:
        return int(str(end.code)), said.getvalue()
    return 0, said.getvalue()


class TestWithTheRegister:
    def test_the_original_is_0_and_told_of(self, file: Path, sealed: Meeting) -> None:
        status, said = run(file)
        assert status == 0
        assert said.startswith("Exakt originalet\n")
        assert "Protokoll, 12\u00a0mars 2026. Strandköpings brottsförebyggande råd" in said
        assert "Stämpel: Strandköpings kommun" in said
        assert said.count("Gunilla Strömvik, digitalt godkännande med lösenord, ") == 1
        assert said.count(": godkännandet stämmer\n") == 2

    def test_evidence_that_the_server_no_longer_believes_is_told(
        self, file: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(proving.PasswordAgain, "verify", lambda self, approval: False)
        assert run(file)[1].count(": GODKÄNNANDET STÄMMER INTE\n") == 2

    def test_something_added_is_1(self, file: Path) -> None:
        file.write_bytes(file.read_bytes() + b"\n")
        status, said = run(file)
        assert status == 1
        assert said.startswith("Äkta stämpel, men filen är inte identisk med originalet\n")
        assert "12\u00a0mars 2026" in said

    @pytest.mark.parametrize("content", [b"", b"text", b"%PDF-1.7 broken"])
    def test_anything_else_is_2(self, file: Path, content: bytes) -> None:
        file.write_bytes(content)
        status, said = run(file)
        assert status == 2
        assert said.startswith("Inte äkta, ändrad eller okänd\nFilen ")

    def test_a_byte_altered_under_the_seal_is_2(self, file: Path) -> None:
        content = bytearray(file.read_bytes())
        content[content.index(b"/MediaBox") + 1] ^= 1
        file.write_bytes(content)
        assert run(file)[0] == 2

    def test_a_file_that_is_not_there_is_2(self, tmp_path: Path, db: None) -> None:
        with pytest.raises(CommandError, match="kunde inte läsas") as told:
            run(tmp_path / "borta.pdf")
        assert told.value.returncode == 2


def enclosures(content: bytes) -> dict[str, bytes]:
    with pypdfium2.PdfDocument(content) as document:
        files = [document.get_attachment(n) for n in range(document.count_attachments())]
        return {file.get_name(): bytes(file.get_data()) for file in files}


@functools.cache
def bare() -> bytes:
    """A paper that anybody could have printed, without a seal."""
    return paper.minutes(snapshots.paragraphs())


def restamped(enclosed: dict[str, bytes]) -> bytes:
    files = [stamping.Enclosure(name, content, "Bilaga") for name, content in enclosed.items()]
    return stamping.stamp(bare(), key=seals.key_of(), at=seals.AT, enclosures=files)


def another_text(told: Any) -> None:
    told["snapshot_sha256"] = "0" * 64
    for one in told["signers"]:
        one["snapshot_sha256"] = "0" * 64


# How what is said of the approvals is altered, and what the command then says.
FORGED: dict[str, tuple[Callable[[Any], object], str]] = {
    "of another text": (another_text, "Godkännandena gäller en annan text än den i filen."),
    "one of another text": (
        lambda told: told["signers"][0].update(snapshot_sha256="0" * 64),
        "GODKÄNNANDET STÄMMER INTE",
    ),
    "one taken away": (
        lambda told: told["signers"].pop(), "Godkännandet från Jörgen Almhöjd saknas."
    ),
    "one by somebody else": (
        lambda told: told["signers"][0].update(name="Någon Annan"),
        "Godkännandet från Gunilla Strömvik saknas.",
    ),
    "a passkey that signed nothing": (
        lambda told: told["signers"][0].update(method="passkey"),
        "Godkännandet från Gunilla Strömvik stämmer inte.",
    ),
    "none": (lambda told: told.clear(), "saknar den godkända texten eller godkännandena"),
    "a list of nonsense": (lambda told: told.update(signers=[1, "x", None]), "saknas."),
}  # fmt: skip


class TestWithACertificate:
    def test_the_original_is_0(self, file: Path, certificate: Path) -> None:
        status, said = run(file, certificate)
        assert status == 0
        assert "Stämpeln täcker hela filen" in said
        assert said.count("kan bara kontrolleras av kommunens server, stämpeln går i god") == 2

    def test_pem_and_der_are_both_read(self, file: Path, certificate: Path) -> None:
        der = certificate.with_suffix(".der")
        der.write_bytes(bytes(SealCertificate.objects.get().der))
        assert run(file, der) == run(file, certificate)

    def test_something_added_is_1(self, file: Path, certificate: Path) -> None:
        file.write_bytes(file.read_bytes() + b"\n")
        assert run(file, certificate)[0] == 1

    def test_the_certificate_of_another_is_2(self, file: Path, tmp_path: Path) -> None:
        other = tmp_path / "other.der"
        other.write_bytes(seals.key_of().certificate)
        assert run(file, other)[0] == 2

    def test_a_seal_without_approvals_inside_is_1(self, file: Path, tmp_path: Path) -> None:
        """Genuine, but not minutes that anybody approved."""
        path = tmp_path / "bare.der"
        path.write_bytes(seals.key_of().certificate)
        file.write_bytes(stamping.stamp(bare(), key=seals.key_of(), at=seals.AT))
        status, said = run(file, path)
        assert status == 1
        assert "saknar den godkända texten eller godkännandena" in said

    def test_approvals_by_passkey_are_checked_with_the_file_alone(
        self, cast: Cast, tmp_path: Path
    ) -> None:
        round_ = builders.in_signing(cast)
        for signer in round_.signers.all():
            forging.new_try(cast, signer).send()
        meeting = Meeting.objects.get(pk=round_.meeting_id)
        path, der = tmp_path / "passkey.pdf", tmp_path / "kommun.der"
        path.write_bytes(bytes(meeting.sealed.pdf))
        der.write_bytes(bytes(SealCertificate.objects.get().der))
        status, said = run(path, der)
        assert status == 0
        assert said.count("digitalt godkännande med passkey") == 2
        assert said.count(": godkännandet stämmer\n") == 2

    def test_a_seal_on_approvals_that_hold_is_0(self, file: Path, tmp_path: Path) -> None:
        """What the forgeries below are made of, with nothing altered."""
        path = tmp_path / "kommun.der"
        path.write_bytes(seals.key_of().certificate)
        file.write_bytes(restamped(enclosures(file.read_bytes())))
        assert run(file, path)[0] == 0

    @pytest.mark.parametrize("name", FORGED)
    def test_a_seal_on_approvals_that_do_not_hold_is_1(
        self, file: Path, tmp_path: Path, name: str
    ) -> None:
        """Somebody with the key, but without the approvals."""
        change, words = FORGED[name]
        path = tmp_path / "kommun.der"
        path.write_bytes(seals.key_of().certificate)
        enclosed = enclosures(file.read_bytes())
        told = json.loads(enclosed["underskrifter.json"])
        change(told)
        file.write_bytes(restamped(enclosed | {"underskrifter.json": json.dumps(told).encode()}))
        status, said = run(file, path)
        assert status == 1
        assert words in said

    def test_what_is_no_certificate_is_told(self, file: Path, tmp_path: Path) -> None:
        odd = tmp_path / "odd.pem"
        odd.write_bytes(b"hej")
        with pytest.raises(CommandError, match="är inget certifikat") as told:
            run(file, odd)
        assert told.value.returncode == 2

    def test_it_needs_no_database_and_no_secrets(self, file: Path, certificate: Path) -> None:
        """As its own program, with a database that nobody can reach."""
        env = {
            "PATH": os.environ["PATH"], "PYTHONUTF8": "1",
            "DATABASE_URL": "postgresql://nobody:nothing@127.0.0.1:1/nowhere",
        }  # fmt: skip
        command = [sys.executable, "manage.py", "verify_minutes", str(file)]
        done = subprocess.run(
            [*command, "--certificate", str(certificate)],
            cwd=settings.BASE_DIR, env=env, capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith("Exakt originalet\n")
        without = subprocess.run(
            command, cwd=settings.BASE_DIR, env=env, capture_output=True, text=True, check=False
        )
        assert without.returncode == 2
        assert "Databasen svarar inte." in without.stderr
