"""A file sent to Kontrollera protokoll that is not the original: what its seal is worth."""

from __future__ import annotations

import time
import zlib
from collections.abc import Callable

import pytest
from django.core.cache import cache

from meetings import stamping
from meetings.models import SealCertificate
from meetings.verifying import Verdict, inspection
from members import audit
from members.models import AuditEntry, Municipality
from tests import builders
from tests.builders import Cast
from tests.meetings import paper, seals, snapshots
from tests.meetings.test_verifying import ask_file, ask_hash, told

pytestmark = pytest.mark.django_db
UNREADABLE = "Filen går inte att läsa. Den är trasig, eller gjord så att den inte kan kontrolleras."


@pytest.fixture(autouse=True)
def nobody_has_asked_yet() -> None:
    cache.clear()


@pytest.fixture
def known(db: None) -> None:
    """The certificate of tests.meetings.seals is one that has sealed here."""
    town = Municipality.objects.create(name=seals.TOWN)
    key = seals.key_of()
    SealCertificate.objects.create(municipality=town, sha256=key.sha256, der=key.certificate)


def actions() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


@pytest.mark.usefixtures("known")
class TestASeal:
    def test_one_of_ours_that_the_register_does_not_know_is_genuine_and_not_the_original(
        self,
    ) -> None:
        answer = ask_file(seals.sealed())
        verdict, because = told(answer)
        assert (verdict, because) == (
            Verdict.GENUINE,
            "Det stämpeln gäller är oförändrat, men filen finns inte bland de justerade.",
        )
        words = answer.content.decode()
        assert f"<dd>{seals.TOWN}</dd>" in words
        assert "gjord med en testnyckel. Den bevisar ingenting." in words
        assert actions() == ["file.altered"]

    @pytest.mark.parametrize(
        "added", [b"\n", b"% note", b"\n1 0 obj\n<<>>\nendobj\n%%EOF\n", b"\x00" * 100]
    )
    def test_something_added_after_it_is_found(self, added: bytes) -> None:
        verdict, because = told(ask_file(seals.sealed() + added))
        assert verdict == Verdict.GENUINE
        assert because.startswith("Det stämpeln gäller är oförändrat, men filen är inte byte")

    def test_something_altered_below_it_makes_it_worth_nothing(self) -> None:
        content = bytearray(seals.sealed())
        place = content.index(b"/MediaBox")
        content[place + 1] ^= 1
        verdict, because = told(ask_file(bytes(content)))
        assert verdict == Verdict.UNKNOWN
        assert because == (
            "Filen har en stämpel från Älvhamra kommun, men innehållet har ändrats efter att den "
            "sattes."
        )
        assert actions() == ["file.altered"]

    def test_a_look_alike_certificate_is_not_the_municipality(self) -> None:
        """The same name in every field, and another key."""
        forged = stamping.stamp(
            paper.minutes(snapshots.paragraphs()), key=seals.key_of(seals.TOWN, 1), at=seals.AT
        )
        answer = ask_file(forged)
        verdict, because = told(answer)
        assert verdict == Verdict.UNKNOWN
        assert because.startswith("Filen har en stämpel, men den är inte gjord av någon kommun")
        assert answer.context["answer"].organisation == ""
        assert actions() == []

    def test_a_file_without_one_is_told(self) -> None:
        answer = told(ask_file(paper.minutes(snapshots.paragraphs())))
        assert answer == (Verdict.UNKNOWN, "Filen har ingen stämpel.")


def test_what_was_added_to_a_sealed_file_leads_back_to_its_original(cast: Cast) -> None:
    meeting = builders.sealed(cast)
    answer = ask_file(bytes(meeting.sealed.pdf) + b"\n%note\n")
    verdict, because = told(answer)
    assert verdict == Verdict.GENUINE
    assert because.startswith("Något har lagts till i filen efter att den låstes")
    assert answer.context["answer"].original.sha256 == meeting.sealed.pdf_sha256
    assert "Strandköpings brottsförebyggande råd" in answer.content.decode()


def test_a_test_key_is_told_of_with_the_original_too(cast: Cast) -> None:
    meeting = builders.sealed(cast)
    answer = ask_hash(meeting.sealed.pdf_sha256)
    assert answer.context["answer"].test is True
    assert "gjord med en testnyckel" in answer.content.decode()


# --- Files made to harm whoever reads them --------------------------------------------------------


def objects(*bodies: bytes, root: int = 1, size: int | None = None) -> bytes:
    """A PDF of the given objects, numbered from 1, with a table that fits."""
    out, places = b"%PDF-1.7\n", []
    for number, body in enumerate(bodies, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(bodies) + 1, table)
    out += b"trailer\n<</Size %d/Root %d 0 R>>\n" % (size or len(bodies) + 1, root)
    return out + b"startxref\n%d\n%%%%EOF\n" % start


def stream(content: bytes, entries: bytes) -> bytes:
    return b"<<%s/Length %d>>stream\n%s\nendstream" % (entries, len(content), content)


def bomb(entries: bytes = b"") -> bytes:
    """Two gigabytes of zeros, in two million bytes, in ten thousand."""
    packer = zlib.compressobj(9)
    packer.compress(bytes(1 << 20))
    beginning = packer.flush(zlib.Z_FULL_FLUSH)  # and so on: such blocks may be repeated
    block = packer.compress(bytes(1 << 20)) + packer.flush(zlib.Z_FULL_FLUSH)
    once = beginning + 2047 * block + packer.flush()
    return stream(zlib.compress(once), b"/Filter[/FlateDecode/FlateDecode]" + entries)


PAGES = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>"
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"
FIELDS = b"<</Type/Catalog/Pages 2 0 R/AcroForm<</SigFlags 3/Fields[3 0 R]>>>>"
HARMFUL: dict[str, Callable[[], bytes]] = {
    "nothing but a beginning": lambda: b"%PDF-1.7\n",
    "half a sealed file": lambda: seals.sealed()[: len(seals.sealed()) // 2],
    "a table that points outside": lambda: objects(CATALOG, PAGES)[:-9] + b"999999999\n%%EOF",
    "tables that point at each other": lambda: (
        b"%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 1/Prev 9/Root 1 0 R>>\n"
        b"startxref\n9\n%%EOF"
    ),
    "a root that is itself": lambda: objects(b"1 0 R"),
    "pages that are their own children": lambda: objects(
        CATALOG, b"<</Type/Pages/Kids[2 0 R 2 0 R]/Count 2>>"
    ),
    "fields that are their own children": lambda: objects(
        FIELDS, PAGES, b"<</FT/Sig/T(a)/Kids[3 0 R 3 0 R]>>"
    ),
    "arrays a hundred thousand deep": lambda: objects(
        CATALOG, PAGES, b"[" * 100_000 + b"]" * 100_000
    ),
    "a root a hundred thousand deep": lambda: objects(b"<</A" * 100_000 + b">>" * 100_000),
    "a stream that grows two hundred thousand times": lambda: objects(CATALOG, PAGES, PAGE, bomb()),
    "a table that grows": lambda: (
        b"%PDF-1.7\n1 0 obj\n" + bomb(b"/Type/XRef/Size 9/W[1 2 1]/Root 1 0 R")
        + b"\nendobj\nstartxref\n9\n%%EOF"
    ),
    "a billion objects": lambda: objects(CATALOG, PAGES, size=1_000_000_000),
    "a signature with nothing in it": lambda: objects(
        FIELDS, PAGES, b"<</FT/Sig/T(a)/V 4 0 R>>", b"<</Type/Sig/ByteRange[0 0 0 0]/Contents<>>>"
    ),
    "a signature over more than there is": lambda: objects(
        FIELDS, PAGES, b"<</FT/Sig/T(a)/V 4 0 R>>",
        b"<</Type/Sig/Filter/Adobe.PPKLite/SubFilter/ETSI.CAdES.detached"
        b"/ByteRange[0 99999999999 99999999999 99999999999]/Contents<30820000>>>",
    ),
    "zeros": lambda: b"%PDF-1.7\n" + bytes(5_000_000),
    "brackets": lambda: b"%PDF-1.7\n" + b"<<[(" * 500_000,
}  # fmt: skip


@pytest.mark.parametrize("name", HARMFUL)
def test_a_file_made_to_harm_gets_an_answer_in_time(cast: Cast, name: str) -> None:
    file = HARMFUL[name]()
    began = time.monotonic()
    answer = ask_file(file)
    verdict, because = told(answer)
    assert verdict == Verdict.UNKNOWN
    assert because in (UNREADABLE, "Filen har ingen stämpel.")
    # Ended by its limit of CPU or of time; what is left is the answer's own time on a busy machine.
    assert time.monotonic() - began < 2 * inspection.SECONDS
    noted = ["file.unreadable"] if because == UNREADABLE else []
    assert [one for one in actions() if one.startswith("file.")] == noted


def test_a_scan_is_told_from_a_file(cast: Cast) -> None:
    entries = b"/Type/XObject/Subtype/Image/Width 8/Height 8/BitsPerComponent 8"
    picture = stream(b"\x7f" * 64, entries + b"/ColorSpace/DeviceGray")
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R"
        b"/Resources<</XObject<</I 5 0 R>>>>>>"
    )
    scan = objects(CATALOG, PAGES, page, stream(b"9 0 0 9 0 0 cm /I Do", b""), picture)
    verdict, because = told(ask_file(scan))
    assert verdict == Verdict.UNKNOWN
    assert because.startswith("Filen ser ut att vara inskannad.")
    entry = AuditEntry.objects.get(action="file.refused")
    assert audit.sentence(entry) == (
        "Programmet fick en fil att kontrollera som såg ut att vara inskannad"
    )
