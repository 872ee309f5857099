"""A document timestamp by RFC 3161, added to a sealed file when a service can be reached.

It says when the file was already sealed, in the word of somebody else than the municipality, and
carries the certificates along, so that the seal can be checked when they have ended. The sealed
bytes stay as they are: what is added comes after them.
"""

from __future__ import annotations

import io
from typing import Any

from meetings.stamping.applying import finished

TIMEOUT = 15  # seconds for an answer


class Unreached(Exception):
    """The service did not answer as it should. The sealed file is whole without it."""


def service_at(url: str) -> Any:
    """The service, as pyHanko speaks to it."""
    # Imported here, not above: half a second that only a process that seals should pay.
    from pyhanko.sign.timestamps.requests_client import HTTPTimeStamper  # noqa: PLC0415

    return HTTPTimeStamper(url, timeout=TIMEOUT)


def augment(pdf: bytes, *, service: Any) -> bytes:
    """The sealed file with a timestamp over all of it. Raises Unreached without an answer."""
    # Imported here, not above: as in service_at.
    from pyhanko.sign import fields, signers  # noqa: PLC0415
    from pyhanko.sign.validation import dss  # noqa: PLC0415

    from meetings.stamping.appending import Appending  # noqa: PLC0415

    whole = io.BytesIO(pdf)
    writer = Appending(whole)
    seals = list(writer.prev.embedded_signatures)
    dss.DocumentSecurityStore.supply_dss_in_writer(
        writer,
        None,
        certs=[one for seal in seals for one in (seal.signer_cert, *seal.other_embedded_certs)],
    )
    # Outside of every page, where neither PDF/A nor PDF/UA asks anything of it: a tag of its own
    # would alter the structure that the seal covers.
    hidden = fields.InvisSigSettings(
        set_print_flag=True, set_hidden_flag=False, box_out_of_bounds=True
    )
    stamper = signers.PdfTimeStamper(
        service, field_name=f"Tidsstämpel {len(seals)}", invis_settings=hidden,
        readable_field_name="Tidsstämpel",
    )  # fmt: skip
    try:
        finished(stamper.async_timestamp_pdf(writer, "sha256", in_place=True))
    except Exception as error:  # whatever a network and somebody else's server can do
        raise Unreached(f"{type(error).__name__}: {error}"[:300]) from error
    return whole.getvalue()
