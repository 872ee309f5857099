"""Eleven ways to make something else of a sealed file, each as somebody would do it."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pypdfium2
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.pdf_utils.writer import copy_into_new_writer

from meetings import stamping
from meetings.stamping import applying, field, keys
from tests.meetings import seals

N = generic.pdf_name


def updated(content: bytes, change: Callable[[Any], None]) -> bytes:
    """An incremental update, as an editor saves."""
    writer, out = IncrementalPdfFileWriter(io.BytesIO(content)), io.BytesIO()
    change(writer)
    writer.write(out)
    return out.getvalue()


def with_another_title(content: bytes) -> bytes:
    def change(writer: Any) -> None:
        writer.root["/Lang"] = generic.pdf_string("en")
        writer.update_root()

    return updated(content, change)


def with_a_note(content: bytes) -> bytes:
    def change(writer: Any) -> None:
        page, _ = writer.find_page_for_modification(0)
        note = generic.DictionaryObject(
            {
                N("/Type"): N("/Annot"),
                N("/Subtype"): N("/Text"),
                N("/Rect"): generic.ArrayObject([generic.NumberObject(n) for n in (9, 9, 30, 30)]),
                N("/Contents"): generic.pdf_string("Beslutet ändrat."),
            }
        )
        writer.register_annotation(page, writer.add_object(note))

    return updated(content, change)


def with_another_text(content: bytes) -> bytes:
    def change(writer: Any) -> None:
        listed = writer.root["/Names"]["/EmbeddedFiles"]["/Names"]
        place = [str(name) for name in list(listed)[::2]].index("protokoll.json")
        spec = listed[2 * place + 1]
        stream = generic.StreamObject(stream_data=b'{"decisions":["Avslag."]}')
        stream[N("/Type")] = N("/EmbeddedFile")
        spec["/EF"] = generic.DictionaryObject({N("/F"): writer.add_object(stream)})
        writer.update_container(spec)

    return updated(content, change)


def saved_again(content: bytes) -> bytes:
    out = io.BytesIO()
    copy_into_new_writer(PdfFileReader(io.BytesIO(content))).write(out)
    return out.getvalue()


def with_a_look_alike(content: bytes) -> bytes:
    """The page without its seal, under a certificate that says the same name."""
    return stamping.stamp(without_the_seal(content), key=seals.key_of(number=1), at=seals.AT)


def cut_short(content: bytes) -> bytes:
    return content[:-20]


def with_a_line_feed(content: bytes) -> bytes:
    return content + b"\n"


def signed_by_another(content: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    field.add(writer, "Signatur", "Signatur")
    with keys.signer_of(seals.key_of("Någon annan", 2)) as signer:
        return applying.signed(writer, signer, seals.AT, "Signatur")


def with_a_page_shadowed(content: bytes) -> bytes:
    def change(writer: Any) -> None:
        page, _ = writer.find_page_for_modification(0)
        drawn = generic.StreamObject(stream_data=b"0 0 m 100 100 l S")
        page.get_object()["/Contents"] = writer.add_object(drawn)
        writer.update_container(page.get_object())

    return updated(content, change)


def without_the_seal(content: bytes) -> bytes:
    """The file as it was before: everything after its first end is left out."""
    return content[: content.index(b"%%EOF\n") + len(b"%%EOF\n")]


def with_a_page_more(content: bytes) -> bytes:
    with pypdfium2.PdfDocument(content) as document:
        document.new_page(595, 842)
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()


ALL: dict[str, Callable[[bytes], bytes]] = {
    "incremental update": with_another_title,
    "note added": with_a_note,
    "swapped JSON": with_another_text,
    "saved again": saved_again,
    "look-alike certificate": with_a_look_alike,
    "truncated": cut_short,
    "line feed after the end": with_a_line_feed,
    "signed by another": signed_by_another,
    "page shadowed": with_a_page_shadowed,
    "seal removed": without_the_seal,
    "page appended": with_a_page_more,
}
