"""The last touch on the file: PDF/UA-1 beside PDF/A-3a, and what WeasyPrint leaves undone.

WeasyPrint makes one variant per file. PDF/A-3a is chosen, and this adds what PDF/UA-1 asks for
besides: its identifier with the extension schema that PDF/A demands for it, the scope of table
headers, running heads and feet as artifacts. Called with pydyf's objects before they are written.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pydyf

UA_IDENTIFIER = b"""<rdf:Description xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" \
rdf:about="" pdfuaid:part="1" /><rdf:Description \
xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">\
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">\
<pdfaSchema:schema>PDF/UA Universal Accessibility Schema</pdfaSchema:schema>\
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>\
<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix><pdfaSchema:property><rdf:Seq>\
<rdf:li rdf:parseType="Resource"><pdfaProperty:name>part</pdfaProperty:name>\
<pdfaProperty:valueType>Integer</pdfaProperty:valueType>\
<pdfaProperty:category>internal</pdfaProperty:category>\
<pdfaProperty:description>Indicates which part of ISO 14289 is followed\
</pdfaProperty:description></rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag>\
</pdfaExtension:schemas></rdf:Description></rdf:RDF>"""
AMBIGUOUS = b"\r\nendstream"
PAGINATION = pydyf.Dictionary({"Type": "/Pagination"})


def finish(document: Any, pdf: pydyf.PDF, *, nudge: int = 0) -> None:
    """WeasyPrint's `finisher`. A nudge adds that many unused objects: see ends_ambiguously."""
    for _ in range(nudge):
        pdf.add_object(pydyf.Dictionary())
    objects = {f"{thing.number} 0 R".encode(): thing for thing in pdf.objects}
    declare_accessible(pdf, objects)
    scope_headers(pdf, objects)
    set_aside_running_heads(pdf, objects)
    pack(pdf)


def declare_accessible(pdf: pydyf.PDF, objects: dict[bytes, Any]) -> None:
    """The UA identifier goes into the first rdf:RDF: a second one is not valid XMP.

    The metadata stay uncompressed, so that archives can read them without a PDF library.
    """
    metadata = objects[pdf.catalog["Metadata"]]
    metadata.compress = False
    metadata.stream = [metadata.stream[0].replace(b"</rdf:RDF>", UA_IDENTIFIER, 1)]


def scope_headers(pdf: pydyf.PDF, objects: dict[bytes, Any]) -> None:
    """/Scope on every TH: a header in a THead is its column's, any other its row's."""
    for element in struct_elements(pdf):
        if element["S"] == "/TH":
            row = objects[element["P"]]
            in_head = objects[row["P"]]["S"] == "/THead"
            element["A"]["Scope"] = "/Column" if in_head else "/Row"


def set_aside_running_heads(pdf: pydyf.PDF, objects: dict[bytes, Any]) -> None:
    """Heads and feet become pagination artifacts (ISO 14289-1, 7.8).

    WeasyPrint tags their text and then leaves the tags outside the structure tree, where a
    screen reader may or may not find them: seven times "Sida" in a seven-page protocol.
    """
    in_tree = set(reachable(objects[pdf.catalog["StructTreeRoot"]], objects))
    numbers = objects[objects[pdf.catalog["StructTreeRoot"]]["ParentTree"]]["Nums"]
    pages = [objects[reference] for reference in pdf.page_references]
    owners = dict(zip(numbers[::2], numbers[1::2], strict=True))
    for page in pages:
        of_page = owners[page["StructParents"]]
        outside = {i for i, reference in enumerate(of_page) if reference not in in_tree}
        stream = objects[page["Contents"]]
        mark_artifacts(stream.stream, outside)
        for i in outside:
            of_page[i] = "null"


def mark_artifacts(operations: list[Any], numbers: set[int]) -> None:
    """Turn "/Span <</MCID 7>> BDC" into "/Artifact <</Type /Pagination>> BDC" for these numbers."""
    for i, operation in enumerate(operations):
        if operation == b"BDC" and operations[i - 1]["MCID"] in numbers:
            operations[i - 2 : i] = ["/Artifact", PAGINATION]


def reachable(element: Any, objects: dict[bytes, Any]) -> Iterator[bytes]:
    """References of every structure element in the tree below element."""
    stack = [element]
    while stack:
        for kid in stack.pop().get("K", ()):
            if isinstance(kid, bytes) and (child := objects.get(kid)) is not None:
                yield kid
                if child.get("S"):
                    stack.append(child)


def struct_elements(pdf: pydyf.PDF) -> list[Any]:
    return [
        thing
        for thing in pdf.objects
        if isinstance(thing, pydyf.Dictionary) and thing.get("Type") == "/StructElem"
    ]


class Packed:
    """An object whose bytes are made once: pydyf makes them for the ID and again for the file."""

    packed: bytes

    @property
    def data(self) -> bytes:
        return self.packed


class PackedStream(Packed, pydyf.Stream):
    pass


class PackedDictionary(Packed, pydyf.Dictionary):
    pass


def pack(pdf: pydyf.PDF) -> None:
    """Make the bytes; compress the streams, but none that would end in a carriage return.

    One in 256 does (the low byte of its Adler-32), and validators read that byte and the line
    feed before "endstream" as one end of line: "/Length does not match" (ISO 19005-3, 6.1.7.1).
    Such a stream goes in as it is.
    """
    for thing in pdf.objects:
        if isinstance(thing, pydyf.Stream):
            data = thing.data
            if thing.compress and data.endswith(AMBIGUOUS):
                thing.compress = False
                data = thing.data
            thing.__class__, thing.packed = PackedStream, data
        elif isinstance(thing, pydyf.Dictionary):
            thing.packed = thing.data
            thing.__class__ = PackedDictionary


def ends_ambiguously(pdf: bytes) -> bool:
    """True when one of the two streams that pydyf makes last (objects, cross-references) does.

    They cannot be packed beforehand; another object in them changes their last byte.
    """
    return AMBIGUOUS in pdf
