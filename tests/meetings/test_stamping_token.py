"""A key that a token keeps: SoftHSM, which is a token in every way but that it is a program."""

from __future__ import annotations

import datetime
import glob
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from pytest_django import Settings

from meetings import stamping
from meetings.stamping import trying
from tests.meetings import paper, seals, snapshots

YEAR = datetime.timedelta(days=365)
Private = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
KEYS: dict[str, Callable[[], Private]] = {
    "ec": lambda: ec.generate_private_key(ec.SECP256R1()),
    "rsa": lambda: rsa.generate_private_key(65537, 2048),
}
PLACES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/lib*/*/softhsm/libsofthsm2.so")
MODULE = next((path for place in PLACES for path in glob.glob(place)), "")
PIN = "1234"
pytestmark = pytest.mark.skipif(not MODULE, reason="SoftHSM (softhsm2) is not on this machine")


@pytest.fixture(scope="module")
def token(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """A token "bra" with a key and a certificate of each kind. The module reads once a process
    where its tokens are, so there is one for all tests here."""
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    (folder / "softhsm2.conf").write_text(f"directories.tokendir = {folder}/tokens\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(folder / "softhsm2.conf"))
        tool("--init-token", "--free", "--label", "bra", "--so-pin", "5678", "--pin", PIN)
        for number, (label, made) in enumerate(KEYS.items(), start=1):
            put(folder, label, made(), number)
        yield


def put(folder: Path, label: str, key: Private, number: int) -> None:
    form = (serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8)
    path = folder / f"{label}.pem"
    path.write_bytes(key.private_bytes(*form, serialization.NoEncryption()))
    ours = ("--token", "bra", "--label", label, "--id", f"0{number}", "--pin", PIN)
    tool("--import", str(path), *ours)
    certificate = trying.certificate_of(key, seals.TOWN, seals.AT - YEAR, seals.AT + YEAR)
    keep(label, certificate.public_bytes(serialization.Encoding.DER), bytes([number]))


def tool(*arguments: str) -> None:
    subprocess.run(["softhsm2-util", *arguments], check=True, capture_output=True)


def keep(label: str, certificate: bytes, number: bytes) -> None:
    """The tool takes keys only."""
    import pkcs11  # noqa: PLC0415
    from pkcs11.util.x509 import decode_x509_certificate  # noqa: PLC0415

    library = pkcs11.lib(MODULE)
    library.reinitialize()  # what the tool has made since is seen
    with library.get_token(token_label="bra").open(user_pin=PIN, rw=True) as session:
        written = decode_x509_certificate(certificate)
        session.create_object(
            written
            | {
                pkcs11.Attribute.LABEL: label, pkcs11.Attribute.ID: number,
                pkcs11.Attribute.TOKEN: True,
            }
        )  # fmt: skip


@pytest.fixture
def folder(settings: Settings, tmp_path: Path, token: None) -> Path:
    settings.SEALS, settings.SEALS_TEST = tmp_path, False
    (tmp_path / "pin").write_text(f"{PIN}\n")
    return tmp_path


def key_in(folder: Path, *, label: str = "ec", token: str = "bra") -> stamping.Key:
    (folder / "0123.toml").write_text(
        f'[pkcs11]\nmodule = "{MODULE}"\ntoken = "{token}"\nlabel = "{label}"\npin_file = "pin"\n'
    )
    return stamping.key_for("0123", seals.TOWN)


@pytest.mark.parametrize("label", KEYS)
def test_it_seals_as_one_in_a_file(folder: Path, label: str) -> None:
    key = key_in(folder, label=label)
    sealed = stamping.stamp(
        paper.minutes(snapshots.paragraphs()), key=key, at=seals.AT, enclosures=seals.ENCLOSURES
    )
    report = seals.look(sealed, key.certificate)
    assert (report.genuine, report.organisation) == (True, seals.TOWN)
    assert paper.failures(sealed, "3a") == []


def refused(folder: Path, **of: str) -> tuple[str, str]:
    with pytest.raises(stamping.Unusable) as caught:
        key_in(folder, **of)
    words = caught.value.messages[0].removeprefix("Kommunens stämpelnyckel går inte att använda: ")
    return str(caught.value.code), words.split(". ", maxsplit=1)[0]


def test_what_is_wrong_with_it_is_said(folder: Path) -> None:
    assert refused(folder, label="annan") == (
        "missing",
        "kortet eller modulen har inget certifikat eller ingen nyckel som heter annan",
    )
    assert refused(folder, token="urdraget") == ("unreadable", "kortet eller modulen svarar inte")
    (folder / "pin").write_text("4321")
    assert refused(folder) == ("passphrase", "pinkoden till kortet eller modulen är fel")
