"""The stamp: over every byte, seen by a validator, heard by a screen reader, in both standards."""

from __future__ import annotations

import hashlib
import io
import zlib
from collections.abc import Callable

import pypdfium2
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from meetings import stamping
from meetings.stamping.appending import Appending
from tests.meetings import paper, seals, snapshots

DIGESTS = {name: hashlib.sha256(content).hexdigest() for name, content in seals.ENCLOSED.items()}


@pytest.mark.parametrize("style", ["paragraphs", "headings"])
@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_both_standards_hold_before_and_after_the_seal(style: str, profile: str) -> None:
    before = paper.minutes(getattr(snapshots, style)(), "signing")
    assert paper.failures(before, profile) == []
    assert paper.failures(seals.sealed(style), profile) == []


def test_the_validator_would_have_told_of_a_field_outside_the_structure(monkeypatch) -> None:
    monkeypatch.setattr("meetings.stamping.field.tag", lambda *_: None)
    content = stamping.stamp(paper.minutes(snapshots.headings()), key=seals.key_of(), at=seals.AT)
    assert paper.failures(content, "ua1") != []


def test_a_sealed_file_says_so_in_every_way() -> None:
    report = seals.look(seals.sealed())
    assert report == stamping.Report(
        sealed=True, intact=True, whole=True, known=True, test=True, organisation=seals.TOWN,
        certificate_sha256=seals.key_of().sha256, signed_at=seals.AT, attachments=DIGESTS,
        faults=("Stämpeln är gjord med en testnyckel och bevisar ingenting.",),
    )  # fmt: skip
    assert report.genuine


def test_what_was_drawn_keeps_its_bytes() -> None:
    before = paper.minutes(snapshots.paragraphs())
    after = stamping.stamp(before, key=seals.key_of(), at=seals.AT)
    assert after.startswith(before)
    assert paper.page_texts(after) == paper.page_texts(before)


def test_the_enclosures_are_there_for_any_reader() -> None:
    with pypdfium2.PdfDocument(seals.sealed()) as document:
        files = [document.get_attachment(i) for i in range(document.count_attachments())]
        assert {f.get_name(): bytes(f.get_data()) for f in files} == seals.ENCLOSED


def test_the_field_is_invisible_spoken_and_on_the_last_page() -> None:
    reader = PdfFileReader(io.BytesIO(seals.sealed()))
    field = reader.root["/AcroForm"]["/Fields"][0]
    assert [int(number) for number in field["/Rect"]] == [0, 0, 0, 0]
    assert field["/TU"] == "Elektronisk stämpel från Älvhamra kommun"
    assert "/AP" not in field
    last = reader.root["/Pages"]["/Kids"].raw_get(-1)
    assert field.raw_get("/P").reference == last.reference
    numbers = reader.root["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    keys = [int(numbers[place]) for place in range(0, len(numbers), 2)]
    assert keys == sorted(set(keys))
    element = numbers[2 * keys.index(int(field["/StructParent"])) + 1]
    assert element["/S"] == "/Form"
    assert element["/K"][0]["/Obj"]["/T"] == "Stämpel"


def test_it_is_pades_with_the_municipalitys_curve() -> None:
    [seal] = PdfFileReader(io.BytesIO(seals.sealed())).embedded_regular_signatures
    assert seal.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    algorithm = seal.signer_info["signature_algorithm"]["algorithm"].native
    assert algorithm in ("sha256_ecdsa", "ecdsa")
    attributes = {one["type"].native for one in seal.signer_info["signed_attrs"]}
    assert attributes == {"content_type", "message_digest", "signing_certificate_v2"}
    assert str(seal.docmdp_level) == "MDPPerm.NO_CHANGES"


def test_a_scan_without_any_structure_can_be_sealed() -> None:
    with io.BytesIO() as file:
        scan = pypdfium2.PdfDocument.new()
        scan.new_page(595, 842)
        scan.save(file)
        scan.close()
        content = file.getvalue()
    report = seals.look(
        stamping.stamp(content, key=seals.key_of(), at=seals.AT, enclosures=seals.ENCLOSURES)
    )
    assert (report.genuine, report.whole, report.attachments) == (True, True, DIGESTS)


# One content in 256 is compressed to bytes that do.
ENDS_IN_A_RETURN = next(
    made for n in range(9_999) if zlib.compress(made := b'{"a":%d}' % n).endswith(b"\r")
)


def test_no_stream_that_is_added_ends_in_a_carriage_return() -> None:
    """Validators take that byte for a part of the line's end, and call the length wrong."""
    plain = paper.minutes(snapshots.headings())
    awkward = (b"a certificate\r", ENDS_IN_A_RETURN)
    for size in range(400):  # so that the cross-references, which end the file, differ too
        writer, out = Appending(io.BytesIO(plain)), io.BytesIO()
        streams = [generic.StreamObject(stream_data=content) for content in (*awkward, b"a" * size)]
        streams[1].compress()
        added = [writer.add_object(stream).reference for stream in streams]
        writer.write(out)
        assert b"\r\nendstream" not in out.getvalue()
        read = PdfFileReader(out)
        assert [read.get_object(one).data for one in added] == [*awkward, b"a" * size]


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_a_file_whose_compressed_bytes_end_in_a_carriage_return_is_enclosed_whole(
    profile: str,
) -> None:
    enclosures = [stamping.Enclosure("protokoll.json", ENDS_IN_A_RETURN, "Protokollet")]
    unsealed = paper.minutes(snapshots.paragraphs())
    made = stamping.stamp(unsealed, key=seals.key_of(), at=seals.AT, enclosures=enclosures)
    digest = hashlib.sha256(ENDS_IN_A_RETURN).hexdigest()
    assert seals.look(made).attachments == {"protokoll.json": digest}
    assert paper.failures(made, profile) == []


def rewritten(content: bytes, change: Callable[[IncrementalPdfFileWriter], None]) -> bytes:
    """A file with something altered by another program."""
    writer, out = IncrementalPdfFileWriter(io.BytesIO(content)), io.BytesIO()
    change(writer)
    writer.write(out)
    return out.getvalue()


def test_files_enclosed_before_stay_however_they_are_listed() -> None:
    """Scanners and office programs list them in levels; ours are one flat list."""

    def put_in_levels(writer: IncrementalPdfFileWriter) -> None:
        stamping.enclosing.enclose(writer, stamping.Enclosure("b.txt", b"b", "Bilaga"), seals.AT)
        names = writer.root["/Names"]
        kids = generic.ArrayObject([writer.add_object(names["/EmbeddedFiles"])])
        names["/EmbeddedFiles"] = generic.DictionaryObject({generic.pdf_name("/Kids"): kids})

    content = rewritten(paper.minutes(snapshots.headings()), put_in_levels)
    more = [stamping.Enclosure(name, b"x", "Mer") for name in ("c.txt", "a.txt")]
    after = stamping.stamp(content, key=seals.key_of(), at=seals.AT, enclosures=more)
    with pypdfium2.PdfDocument(after) as document:
        names = [document.get_attachment(i).get_name() for i in range(3)]
    assert names == ["a.txt", "b.txt", "c.txt"]
    assert list(seals.look(after).attachments) == names


def test_an_enclosure_of_that_name_is_not_hidden_behind_another() -> None:
    def put(writer: IncrementalPdfFileWriter) -> None:
        stamping.enclosing.enclose(writer, seals.ENCLOSURES[0], seals.AT)

    content = rewritten(paper.minutes(snapshots.headings()), put)
    with pytest.raises(ValueError, match=r"protokoll\.json already"):
        stamping.stamp(content, key=seals.key_of(), at=seals.AT, enclosures=seals.ENCLOSURES)


def test_a_file_is_sealed_once() -> None:
    with pytest.raises(ValueError, match="Stämpel already"):
        stamping.stamp(seals.sealed(), key=seals.key_of(), at=seals.AT)


@pytest.mark.parametrize(
    "content",
    [b"", b"%PDF-1.7", b"not a pdf", b"%PDF-1.7\n" + bytes(1000), b"%PDF-1.7\n%%EOF\n"],
)
def test_what_is_no_pdf_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="not a PDF"):
        stamping.stamp(content, key=seals.key_of(), at=seals.AT)
    with pytest.raises(stamping.Unreadable):
        seals.look(content)


def test_a_file_without_a_seal_says_so() -> None:
    report = seals.look(paper.minutes(snapshots.headings()))
    assert report == stamping.Report(faults=("Filen har ingen stämpel.",))
    assert not report.genuine
