"""The writer that adds a revision after a PDF's own bytes, in a way every validator can read."""

from __future__ import annotations

import io
from typing import Any

from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

RETURN = b"\r"
FLATE = generic.pdf_name("/FlateDecode")


class Appending(IncrementalPdfFileWriter):
    """Importing this costs half a second, which only a process that seals should pay.

    Validators read a stream's last carriage return and the line feed before "endstream" as one
    end of line and say that its length is wrong (ISO 19005-3, 6.1.7.1). One compressed stream in
    256 ends so, and one certificate in 256: here none does.
    """

    def __init__(self, whole: io.BytesIO) -> None:
        super().__init__(whole, strict=False)

    def _update_meta(self) -> None:
        """Nothing: pyHanko would date the metadata by its own clock, and lose PDF/UA's part."""

    def _populate_trailer(self, trailer: Any) -> None:
        super()._populate_trailer(trailer)
        # Uncompressed, a table of cross-references ends in the two bytes of a generation: zeros.
        trailer.pop("/Filter", None)

    def _write_objects(self, stream: Any, object_position_dict: Any) -> None:
        for one in self.objects.values():
            if isinstance(one, generic.StreamObject):
                end_clearly(one)
        super()._write_objects(stream, object_position_dict)


def end_clearly(stream: generic.StreamObject) -> None:
    """Compress once more, until the bytes do not end in a carriage return."""
    while stream.encoded_data.endswith(RETURN):
        stream.apply_filter(FLATE)
