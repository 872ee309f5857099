"""Where a key is: in a PKCS#12 file, a pair of PEM files, or a token that never lets it out.

A TOML file names one of them (paths are relative to the file itself):

    p12 = "sigill.p12"                       key = "nyckel.pem"
    passphrase_file = "/run/sigill.pass"     certificate = "certifikat.pem"
                                             passphrase_file = "nyckel.pass"     # if it has one

    [pkcs11]
    module = "/usr/lib/softhsm/libsofthsm2.so"
    token = "bra"
    label = "sigill"
    pin_file = "/run/sigill.pin"

and, where the certificate calls the municipality something else than Brå does, the number it has:
organisation_number = "212000-0001".
"""

from __future__ import annotations

import contextlib
import functools
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12

WEAKEST_RSA = 2048


class Fault(Exception):
    """Why a source cannot be read; a Swedish sentence, and a code for what kind it is."""

    def __init__(self, words: str, code: str = "unreadable") -> None:
        super().__init__(words)
        self.code = code


@dataclass(frozen=True)
class Source:
    certificate: bytes  # DER
    chain: tuple[bytes, ...] = ()
    private: bytes = field(default=b"", repr=False)  # PKCS#8; b"" when a token keeps it
    token: tuple[tuple[str, str], ...] = ()
    organisation_number: str = ""


def find(folder: Path, stem: str) -> Path | None:
    """The file that says it: the TOML before the P12."""
    for path in (folder / f"{stem}.toml", folder / f"{stem}.p12"):
        try:
            path.stat()
        except FileNotFoundError:
            continue
        except OSError as error:
            raise unreadable(path, error) from error
        return path
    return None


def read(path: Path) -> Source:
    """Read it, or take what was read last if no file has changed since."""
    if path.suffix == ".p12":
        return read_p12(path, path.with_suffix(".pass"), "")
    try:
        told = tomllib.loads(bytes_of(path).decode())
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise Fault(f"filen {path.name} är inte rätt skriven.") from error
    number = word(told, "organisation_number")
    if isinstance(pkcs11 := told.get("pkcs11"), dict):
        return read_token(path.parent, pkcs11, number)
    passphrase = path.parent / word(told, "passphrase_file") if "passphrase_file" in told else None
    if "p12" in told:
        return read_p12(path.parent / word(told, "p12"), passphrase, number)
    if "key" in told and "certificate" in told:
        files = (path.parent / word(told, "key"), path.parent / word(told, "certificate"))
        return read_pair(*files, passphrase, number)
    raise Fault(f"filen {path.name} säger inte var nyckeln finns.")


def word(told: dict[str, Any], name: str) -> str:
    value = told.get(name, "")
    if not isinstance(value, str):
        raise Fault(f"{name} ska vara text inom citattecken.")
    return value


def unreadable(path: Path, error: OSError) -> Fault:
    if isinstance(error, FileNotFoundError):
        return Fault(f"filen {path.name} finns inte.", "missing")
    return Fault(f"filen {path.name} går inte att läsa.")


def bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise unreadable(path, error) from error


def passphrase_in(path: Path | None) -> bytes | None:
    return bytes_of(path).strip() or None if path is not None else None


def read_p12(path: Path, passphrase: Path | None, number: str) -> Source:
    return opened_p12(path.name, bytes_of(path), passphrase_in(passphrase), number)


@functools.lru_cache(maxsize=64)
def opened_p12(name: str, content: bytes, passphrase: bytes | None, number: str) -> Source:
    """Kept, because opening one is made slow on purpose."""
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(content, passphrase)
    except ValueError as error:
        if "password" in str(error).lower():
            raise Fault(f"lösenordet till {name} är fel.", "passphrase") from error
        raise Fault(f"filen {name} är skadad eller ingen nyckelfil.") from error
    if key is None or certificate is None:
        raise Fault(f"filen {name} saknar nyckel eller certifikat.")
    return made_of(key, certificate, others, number)


def read_pair(key: Path, certificate: Path, passphrase: Path | None, number: str) -> Source:
    return opened_pair(
        key.name, bytes_of(key), bytes_of(certificate), passphrase_in(passphrase), number
    )


@functools.lru_cache(maxsize=64)
def opened_pair(
    name: str, key: bytes, certificate: bytes, passphrase: bytes | None, number: str
) -> Source:
    try:
        private = serialization.load_pem_private_key(key, passphrase)
    except TypeError as error:  # a passphrase is missing, or given where there is none
        raise Fault(f"lösenordet till {name} är fel.", "passphrase") from error
    except ValueError as error:
        wrong = "password" in str(error).lower() or "decrypt" in str(error).lower()
        if wrong:
            raise Fault(f"lösenordet till {name} är fel.", "passphrase") from error
        raise Fault(f"filen {name} är skadad eller ingen nyckelfil.") from error
    try:
        first, *others = x509.load_pem_x509_certificates(certificate)
    except ValueError as error:
        raise Fault("certifikatfilen är skadad eller inget certifikat.") from error
    return made_of(private, first, others, number)


def made_of(
    key: Any, certificate: x509.Certificate, others: list[x509.Certificate], number: str
) -> Source:
    """The source, when key and certificate belong together and are strong enough."""
    if not isinstance(key, ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey):
        raise Fault("nyckeln är av ett slag som inte kan låsa protokoll (EC eller RSA behövs).")
    if isinstance(key, rsa.RSAPrivateKey) and key.key_size < WEAKEST_RSA:
        raise Fault(f"nyckeln är för svag: {key.key_size} bitar.")
    if key.public_key() != certificate.public_key():
        raise Fault("nyckel och certifikat hör inte ihop.")
    private = key.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    der = serialization.Encoding.DER
    chain = tuple(one.public_bytes(der) for one in others)
    return Source(certificate.public_bytes(der), chain, private, (), number)


def read_token(folder: Path, told: dict[str, Any], number: str) -> Source:
    """What a token shows of itself. It is opened again for every seal."""
    names = ("module", "token", "label", "pin_file")
    missing = [name for name in names if not word(told, name)]
    if missing:
        raise Fault(f"under [pkcs11] saknas {', '.join(missing)}.")
    token = tuple((name, word(told, name)) for name in names[:3])
    token += (("pin_file", str(folder / word(told, "pin_file"))),)
    with token_signer(token) as signer:
        return Source(signer.signing_cert.dump(), (), b"", token, number)


@contextlib.contextmanager
def token_signer(token: tuple[tuple[str, str], ...]) -> Iterator[Any]:
    """A session with the token. Its pin is read each time and never kept."""
    told = dict(token)
    # Optional, for those who keep the key in hardware; slow like the rest.
    try:
        import pkcs11  # noqa: PLC0415
        from pyhanko.config.pkcs11 import TokenCriteria  # noqa: PLC0415
        from pyhanko.sign import pkcs11 as hardware  # noqa: PLC0415
    except ImportError as error:
        raise Fault(
            "Python-paketet python-pkcs11 är inte installerat, och det behövs för en nyckel i "
            "kort eller HSM.",
            "module",
        ) from error
    pin = (passphrase_in(Path(told["pin_file"])) or b"").decode()
    try:
        session = hardware.open_pkcs11_session(
            told["module"], token_criteria=TokenCriteria(label=told["token"]), user_pin=pin
        )
    except (pkcs11.exceptions.PKCS11Error, OSError, RuntimeError) as error:
        if isinstance(error, pkcs11.exceptions.PinIncorrect):
            raise Fault("pinkoden till kortet eller modulen är fel.", "passphrase") from error
        raise Fault("kortet eller modulen svarar inte.") from error
    with session:
        try:
            label = told["label"]
            found = hardware.PKCS11Signer(session, cert_label=label, key_label=label)
            # Tokens sign a digest of ours by elliptic curve; not all can make the digest too.
            found.use_raw_mechanism = found.signing_cert.public_key.algorithm == "ec"
            yield found
        except pkcs11.exceptions.PKCS11Error as error:
            # pyHanko's own word for what is not there; a token's faults are of kinds of their own.
            if type(error) is pkcs11.exceptions.PKCS11Error:
                raise Fault(
                    f"kortet eller modulen har inget certifikat eller ingen nyckel som heter "
                    f"{told['label']}.", "missing",
                ) from error  # fmt: skip
            raise Fault("kortet eller modulen svarar inte.") from error


@contextlib.contextmanager
def signer(source: Source) -> Iterator[Any]:
    """pyHanko's signer for as long as the block lasts."""
    if source.token:
        with token_signer(source.token) as found:
            yield found
        return
    # Imported here, not above: half a second that only a process that seals should pay.
    from asn1crypto import keys as asn1_keys  # type: ignore[import-untyped]  # noqa: PLC0415
    from asn1crypto import x509 as asn1_x509  # noqa: PLC0415
    from pyhanko.sign import signers  # noqa: PLC0415
    from pyhanko_certvalidator.registry import SimpleCertificateStore  # noqa: PLC0415

    store = SimpleCertificateStore()
    store.register_multiple(asn1_x509.Certificate.load(one) for one in source.chain)
    yield signers.SimpleSigner(
        signing_cert=asn1_x509.Certificate.load(source.certificate),
        signing_key=asn1_keys.PrivateKeyInfo.load(source.private),
        cert_registry=store,
    )
