"""The municipality's key: used when it is the right one, refused in plain Swedish when not."""

from __future__ import annotations

import datetime
import os
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import NameOID
from django.core.management import CommandError, call_command
from pytest_django import Settings

from meetings import stamping
from meetings.stamping import trying
from tests.builders import Cast

TOWN = "Strandköpings kommun"
NOW = datetime.datetime(2026, 3, 12, 12, tzinfo=datetime.UTC)
YEAR = datetime.timedelta(days=365)


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    settings.SEALS, settings.SEALS_TEST = tmp_path, False
    return tmp_path


def put(folder: Path, name: str = TOWN, stem: str = "0123", **times: datetime.datetime) -> None:
    assert stamping.make_test_key(folder, stem, name, **times)


def refused(code: str = "0123", name: str = TOWN) -> tuple[str, str]:
    with pytest.raises(stamping.Unusable) as caught:
        stamping.key_for(code, name)
    return str(caught.value.code), caught.value.messages[0]


def pem_pair(folder: Path, key: ec.EllipticCurvePrivateKey, passphrase: bytes = b"") -> None:
    kept = (
        serialization.BestAvailableEncryption(passphrase)
        if passphrase
        else serialization.NoEncryption()
    )
    pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
    (folder / "nyckel.pem").write_bytes(key.private_bytes(pem, pkcs8, kept))
    certificate = trying.certificate_of(key, TOWN, NOW - YEAR, NOW + YEAR)
    (folder / "certifikat.pem").write_bytes(certificate.public_bytes(pem))


PAIR = 'key = "nyckel.pem"\ncertificate = "certifikat.pem"\n'


class TestAKeyThatWillDo:
    def test_it_is_found_by_the_municipalitys_code(self, folder: Path) -> None:
        put(folder)
        key = stamping.key_for("0123", TOWN)
        assert (key.organisation, key.test) == (TOWN, True)
        assert len(key.sha256) == 64
        assert stamping.key_for("0123", "STRANDKÖPINGS  KOMMUN").sha256 == key.sha256

    def test_or_by_its_name_where_no_code_is_given(self, folder: Path) -> None:
        put(folder, stem="strandkopings-kommun")
        assert stamping.key_for("", TOWN).organisation == TOWN

    def test_or_where_a_toml_file_says(self, folder: Path, tmp_path_factory) -> None:
        elsewhere = tmp_path_factory.mktemp("hemligt")
        put(elsewhere, stem="sigill")
        (folder / "0123.toml").write_text(
            f'p12 = "{elsewhere}/sigill.p12"\npassphrase_file = "{elsewhere}/sigill.pass"\n'
        )
        assert stamping.key_for("0123", TOWN).organisation == TOWN

    @pytest.mark.parametrize("passphrase", ["", "hemlig fras"])
    def test_a_pair_of_pem_files_will_do(self, folder: Path, passphrase: str) -> None:
        pem_pair(folder, ec.generate_private_key(ec.SECP256R1()), passphrase.encode())
        (folder / "fras").write_text(f"{passphrase}\n")
        said = PAIR + ('passphrase_file = "fras"\n' if passphrase else "")
        (folder / "0123.toml").write_text(said)
        assert stamping.key_for("0123", TOWN).organisation == TOWN

    @pytest.mark.parametrize(("number", "fits"), [("212000-0001", True), ("212000-0002", False)])
    def test_a_certificate_that_says_the_number_may_say_another_name(
        self, folder: Path, number: str, fits: bool
    ) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        pem_pair(folder, key)
        named = [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Strandköpings stad"),
            x509.NameAttribute(NameOID.ORGANIZATION_IDENTIFIER, "NTRSE-2120000001"),
        ]
        certificate = (
            x509.CertificateBuilder(x509.Name(named), x509.Name(named), key.public_key())
            .serial_number(1)
            .not_valid_before(NOW - YEAR)
            .not_valid_after(NOW + YEAR)
            .sign(key, hashes.SHA256())
        )
        pem = certificate.public_bytes(serialization.Encoding.PEM)
        (folder / "certifikat.pem").write_bytes(pem)
        (folder / "0123.toml").write_text(f'{PAIR}organisation_number = "{number}"\n')
        if fits:
            assert stamping.key_for("0123", TOWN).organisation == "Strandköpings stad"
        else:
            assert refused()[0] == "other"

    def test_a_changed_file_is_read_anew(self, folder: Path) -> None:
        put(folder)
        first = stamping.key_for("0123", TOWN).sha256
        for path in folder.glob("0123.*"):
            path.unlink()
        put(folder)
        assert stamping.key_for("0123", TOWN).sha256 != first

    def test_where_tests_are_allowed_a_missing_key_is_made(
        self, folder: Path, settings: Settings
    ) -> None:
        settings.SEALS_TEST = True
        key = stamping.key_for("0123", TOWN)
        assert key.test
        assert stamping.key_for("0123", TOWN) == key
        assert {path.stat().st_mode & 0o777 for path in folder.glob("0123.*")} == {0o600}


class TestAKeyThatWillNot:
    def test_none_is_there(self, folder: Path) -> None:
        code, words = refused()
        assert code == "missing"
        assert "ingen stämpelnyckel för Strandköpings kommun" in words
        assert "0123.p12" in words
        assert str(folder) not in words

    def test_the_folder_itself_is_not_there(self, folder: Path, settings: Settings) -> None:
        settings.SEALS = folder / "nowhere"
        assert refused()[0] == "missing"

    def test_the_files_of_a_toml_are_not_there(self, folder: Path) -> None:
        (folder / "0123.toml").write_text('p12 = "borta.p12"\n')
        assert refused() == (
            "missing",
            "Kommunens stämpelnyckel går inte att använda: filen borta.p12 finns inte. Den som "
            "sköter programmet behöver rätta det.",
        )

    def test_the_passphrase_is_wrong(self, folder: Path) -> None:
        put(folder)
        (folder / "0123.pass").write_text("fel")
        code, words = refused()
        assert (code, "lösenordet till 0123.p12 är fel" in words) == ("passphrase", True)

    @pytest.mark.parametrize("given", [b"", b"fel"])
    def test_the_passphrase_of_a_pem_file_is_wrong(self, folder: Path, given: bytes) -> None:
        pem_pair(folder, ec.generate_private_key(ec.SECP256R1()), b"hemlig")
        (folder / "fras").write_bytes(given)
        (folder / "0123.toml").write_text(PAIR + 'passphrase_file = "fras"\n')
        assert refused()[0] == "passphrase"

    @pytest.mark.parametrize("content", [b"", b"not a key", b"\x30\x82\xff\xff" + bytes(90)])
    def test_the_file_is_damaged(self, folder: Path, content: bytes) -> None:
        put(folder)
        (folder / "0123.p12").write_bytes(content)
        assert refused()[0] == "unreadable"

    @pytest.mark.parametrize(
        "content", [b"\xff", b"= =", b"p12 = 3", b"", b"pkcs11 = 3", b"[pkcs11]\nmodule = 'x'"]
    )
    def test_the_toml_is_wrong(self, folder: Path, content: bytes) -> None:
        (folder / "0123.toml").write_bytes(content)
        assert refused()[0] == "unreadable"

    def test_the_file_may_not_be_read(self, folder: Path) -> None:
        (folder / "0123.p12").mkdir()
        assert refused() == (
            "unreadable",
            "Kommunens stämpelnyckel går inte att använda: filen 0123.p12 går inte att läsa. Den "
            "som sköter programmet behöver rätta det.",
        )

    def test_it_is_another_municipalitys(self, folder: Path) -> None:
        put(folder, "Ljungsäters kommun")
        code, words = refused()
        assert code == "other"
        assert "hör till en annan organisation: Ljungsäters kommun" in words

    def test_key_and_certificate_are_not_a_pair(self, folder: Path) -> None:
        pem_pair(folder, ec.generate_private_key(ec.SECP256R1()))
        other = ec.generate_private_key(ec.SECP256R1())
        certificate = trying.certificate_of(other, TOWN, NOW - YEAR, NOW + YEAR)
        content = certificate.public_bytes(serialization.Encoding.PEM)
        (folder / "certifikat.pem").write_bytes(content)
        (folder / "0123.toml").write_text(PAIR)
        assert "hör inte ihop" in refused()[1]

    @pytest.mark.parametrize(
        "key",
        [rsa.generate_private_key(65537, 1024), ed25519.Ed25519PrivateKey.generate()],
        ids=["RSA 1024", "Ed25519"],
    )
    def test_it_is_too_weak_or_of_a_kind_readers_do_not_know(self, folder: Path, key) -> None:
        own = ec.generate_private_key(ec.SECP256R1())
        pem_pair(folder, own)
        pem, pkcs8 = serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8
        content = key.private_bytes(pem, pkcs8, serialization.NoEncryption())
        (folder / "nyckel.pem").write_bytes(content)
        (folder / "0123.toml").write_text(PAIR)
        assert refused()[0] == "unreadable"

    def test_hardware_needs_its_package(self, folder: Path, monkeypatch) -> None:
        monkeypatch.setitem(__import__("sys").modules, "pkcs11", None)
        (folder / "0123.toml").write_text(
            '[pkcs11]\nmodule = "/usr/lib/x.so"\ntoken = "bra"\nlabel = "sigill"\npin_file = "p"\n'
        )
        code, words = refused()
        assert (code, "python-pkcs11 är inte installerat" in words) == ("module", True)

    def test_a_p12_without_a_key(self, folder: Path) -> None:
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = trying.certificate_of(key, TOWN, NOW - YEAR, NOW + YEAR)
        content = pkcs12.serialize_key_and_certificates(
            b"x", None, None, [certificate], serialization.BestAvailableEncryption(b"fras")
        )
        (folder / "0123.p12").write_bytes(content)
        (folder / "0123.pass").write_text("fras")
        assert "saknar nyckel eller certifikat" in refused()[1]


class TestTheClock:
    @pytest.fixture
    def key(self, folder: Path) -> stamping.Key:
        put(folder, starts=NOW - YEAR, ends=NOW + YEAR)
        return stamping.key_for("0123", TOWN)

    @pytest.mark.parametrize(
        ("at", "code", "words"),
        [
            (NOW - 2 * YEAR, "early", "gäller inte än"),
            (NOW + 2 * YEAR, "expired", "har gått ut: certifikatet gällde till och med 2027-03-12"),
        ],
    )
    def test_a_seal_needs_a_certificate_of_its_day(self, key, at, code, words) -> None:
        with pytest.raises(stamping.Unusable, match=words) as caught:
            key.require_valid(at)
        assert caught.value.code == code
        key.require_valid(NOW)

    def test_a_round_does_not_begin_in_the_last_ninety_days(self, key) -> None:
        late = NOW + YEAR - datetime.timedelta(days=89)
        key.require_valid(late)
        key.require_valid(late - datetime.timedelta(days=1), lasting=stamping.LASTING)
        with pytest.raises(stamping.Unusable, match="går ut 2027-03-12") as caught:
            key.require_valid(late, lasting=stamping.LASTING)
        assert caught.value.code == "short"

    def test_a_clock_set_back_is_seen_by_the_newest_seal(self, key) -> None:
        minute = datetime.timedelta(minutes=1)
        key.require_valid(NOW, newest=NOW)
        with pytest.raises(stamping.Unusable, match="klocka går fel") as caught:
            key.require_valid(NOW, newest=NOW + minute)
        assert caught.value.code == "clock"


class TestTheCommand:
    def test_it_makes_a_key_for_each_municipality_once(
        self, cast: Cast, folder: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        call_command("make_test_seal", "--all")
        kept = (folder / "strandkopings-kommun.p12").read_bytes()
        assert capsys.readouterr().out.count("gjordes") == 2
        call_command("make_test_seal", TOWN)
        assert "fanns redan" in capsys.readouterr().out
        assert (folder / "strandkopings-kommun.p12").read_bytes() == kept
        assert sorted(os.listdir(folder)) == [
            ".lock", "ljungsaters-kommun.p12", "ljungsaters-kommun.pass",
            "strandkopings-kommun.p12", "strandkopings-kommun.pass",
        ]  # fmt: skip

    def test_an_unknown_municipality_is_said_so(self, cast: Cast, folder: Path) -> None:
        with pytest.raises(CommandError, match="ingen kommun"):
            call_command("make_test_seal", "9999")
