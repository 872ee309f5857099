"""Stamping: one invisible PAdES seal (B-B), in one revision, over every byte of the file."""

from __future__ import annotations

import asyncio
import datetime
import io
from collections.abc import Coroutine, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

from meetings.stamping import enclosing, field, keys, sources

T = TypeVar("T")
ROOM = 2_048  # bytes of a signature beside its certificates


def stamp(
    pdf: bytes,
    *,
    key: keys.Key,
    at: datetime.datetime,
    enclosures: Iterable[enclosing.Enclosure] = (),
) -> bytes:
    """The PDF with its enclosures, and the municipality's seal over all of it.

    Certifying, so that readers call every later change a breach; but not over signatures that
    the file has already. Raises keys.Unusable when the key does not answer (hardware),
    ValueError when the file is no PDF that can be added to, or has our seal.
    """
    # Imported here, not above: half a second that only a process that seals should pay.
    from pyhanko.pdf_utils.misc import PdfError  # noqa: PLC0415

    from meetings.stamping.appending import Appending  # noqa: PLC0415

    whole = io.BytesIO(pdf)  # signed in place: what was there keeps its bytes
    try:
        writer = Appending(whole)
        if writer.prev.encrypted:
            raise ValueError("an encrypted file cannot be sealed")
        for enclosure in enclosures:
            enclosing.enclose(writer, enclosure, at)
        spoken = f"Elektronisk stämpel från {key.organisation}"
        field.add(writer, spoken)
        with keys.signer_of(key) as signer:
            return signed(writer, signer, at)
    except sources.Fault as fault:
        raise keys.Unusable(
            f"Kommunens stämpelnyckel går inte att använda: {fault}", code=fault.code
        ) from fault
    except (PdfError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise ValueError(f"not a PDF that can be sealed: {error}") from error


def signed(writer: Any, signer: Any, at: datetime.datetime, name: str = field.NAME) -> bytes:
    from pyhanko.sign import fields, signers  # noqa: PLC0415 (as above)
    from pyhanko.sign.signers import cms_embedder  # noqa: PLC0415

    first = not writer.prev.embedded_signatures
    steps = cms_embedder.PdfCMSEmbedder().write_cms(
        field_name=name, writer=writer, existing_fields_only=True
    )
    next(steps)
    steps.send(
        cms_embedder.SigObjSetup(
            sig_placeholder=signers.pdf_byterange.SignatureObject(
                timestamp=at,
                subfilter=fields.SigSeedSubFilter.PADES,
                bytes_reserved=room_for(signer),
            ),
            mdp_setup=cms_embedder.SigMDPSetup(
                md_algorithm="sha256",
                certify=first,
                docmdp_perms=fields.MDPPerm.NO_CHANGES if first else None,
            ),
        )
    )
    prepared, output = steps.send(cms_embedder.SigIOSetup(md_algorithm="sha256", in_place=True))
    steps.send(finished(signer.async_sign(prepared.document_digest, "sha256", use_pades=True)))
    content: bytes = output.getvalue()
    return content


def room_for(signer: Any) -> int:
    """Hexadecimal digits to keep for the signature: pyHanko fills them in afterwards."""
    chain = sum(len(one.dump()) for one in signer.cert_registry)
    return 2 * (len(signer.signing_cert.dump()) + chain + ROOM)


def finished(job: Coroutine[Any, Any, T]) -> T:
    """Run one of pyHanko's coroutines; in a thread, since a browser test has a loop in ours."""
    with ThreadPoolExecutor(max_workers=1) as pool:
        return pool.submit(asyncio.run, job).result()
