"""The file itself: both standards, the same bytes every time, nothing read from outside."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pydyf
import pypdfium2
import pytest
from django.conf import settings

from meetings import pdf
from meetings.pdf import conformance, fetching, fitting, rendering, shipped
from tests.meetings import paper, snapshots


@pytest.mark.parametrize("name", paper.EVERY_PAPER)
def test_every_paper_is_archivable_and_accessible_at_once(name):
    content = paper.EVERY_PAPER[name]()
    assert paper.failures(content, "3a") == []
    assert paper.failures(content, "ua1") == []


def test_the_validator_would_have_told(monkeypatch):
    monkeypatch.setattr(conformance, "declare_accessible", lambda pdf, objects: None)
    assert paper.failures(paper.minutes(snapshots.headings()), "ua1") != []


def test_a_list_of_people_over_two_pages_keeps_both_standards():
    long = snapshots.paragraphs()
    long["members"] = [
        snapshots.present(f"{snapshots.LONG_NAME} {i}", "Samhällsbyggnadsförvaltningen")
        for i in range(70)
    ]
    content = paper.minutes(long)
    assert paper.failures(content, "3a") == []
    assert paper.failures(content, "ua1") == []
    assert paper.words(content).count("Łukasz Østergård-Ćosić") == 70


def test_a_link_in_the_text_keeps_both_standards():
    linked = snapshots.headings()
    linked["items"][0]["text"] = '<p>Läs <a href="https://www.example.com/a">rapporten</a>.</p>'
    content = paper.minutes(linked)
    assert paper.failures(content, "3a") == []
    assert paper.failures(content, "ua1") == []


def test_running_heads_are_no_part_of_what_is_read_aloud():
    streams = paper.page_streams(paper.minutes(snapshots.paragraphs()))
    # Place (two lines), document, council, date label, date, "Sida", number; registry, two of foot.
    found = [stream.count(b"/Artifact\n<</Type /Pagination>>\nBDC") for stream in streams]
    # And on two pages whose text goes on from the one before, what it belongs to.
    assert found == [11, 11, 11, 12, 12, 11]


def test_every_approved_page_but_the_last_is_the_page_that_was_read():
    of = snapshots.paragraphs()
    read, sealed = paper.minutes(of, "signing"), paper.minutes(of, "approved")
    before, after = paper.page_streams(read), paper.page_streams(sealed)
    assert len(before) == len(paper.page_texts(read)) == len(after) == 6
    assert before[:-1] == after[:-1]
    assert before[-1] != after[-1]
    assert paper.page_texts(read)[:-1] == paper.page_texts(sealed)[:-1]


@pytest.mark.parametrize("count", [5, 7])
def test_many_signers_do_not_move_the_pages(count):
    """With seven, Underskrifter goes over to a second page by a single line."""
    of = snapshots.headings()
    of["signers"] = [
        {"role": "adjuster", "role_label": "Justerare", "name": f"Bo Ek {i}", "person": i}
        for i in range(count)
    ]
    before, after = paper.minutes(of, "signing"), paper.minutes(of, "approved")
    texts = paper.page_texts(before)
    first = next(n for n, text in enumerate(texts) if text.startswith("Underskrifter"))
    assert paper.page_streams(before)[:first] == paper.page_streams(after)[:first]
    assert len(texts) == len(paper.page_texts(after))


def test_a_few_lines_on_a_page_of_their_own_are_brought_back():
    of = snapshots.headings()
    text = "<p>Rådet går igenom läget i kommunen och i länet, område för område.</p>"
    for count in range(8, 40):
        of["items"] = [snapshots.item(i, f"Punkt {i}", text) for i in range(count)]
        standing = snapshots.standing("signing", of)
        loose = rendering.lay_out(pdf.minutes_html(snapshot=of, standing=standing))
        if fitting.ends_in_a_few_lines(loose.pages[:-1]):
            break
    first = paper.minutes(of, "signing", arms=None)
    assert len(paper.page_texts(first)) == len(loose.pages) - 1
    # The second time the choice is known, and the text is set once.
    with mock.patch.object(rendering, "lay_out", wraps=rendering.lay_out) as lay_out:
        assert paper.minutes(of, "signing", arms=None) == first
        sealed = paper.minutes(of, "approved", arms=None)
    assert (lay_out.call_count, len(paper.page_texts(sealed))) == (2, len(loose.pages) - 1)


def test_a_choice_for_a_text_is_remembered_for_that_text_alone():
    with mock.patch.object(fitting, "chosen", {}), mock.patch.object(fitting, "MOST", 2):
        for word in ("ett", "två", "tre"):
            html = f'<head>nu</head><article>{word}<section class="signatures">Namn</section>'
            fitting.remember(fitting.text_of(html), closer=word == "två")
            signed = html.replace("nu", "sedan").replace("Namn", "Annat namn")
            assert fitting.chosen[fitting.text_of(signed)] is (word == "två")
        assert list(fitting.chosen.values()) == [True, False]  # no more than there is room for


def test_the_same_minutes_give_the_same_bytes_in_another_process():
    code = (
        "import django; django.setup()\n"
        "import hashlib\n"
        "from tests.meetings import paper, snapshots\n"
        "print(hashlib.sha256(paper.minutes(snapshots.paragraphs())).hexdigest())"
    )
    here = hashlib.sha256(paper.minutes(snapshots.paragraphs())).hexdigest()
    for seed in ("1", "2"):
        there = subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "DJANGO_SETTINGS_MODULE": "brå.settings"},
            cwd=settings.BASE_DIR, capture_output=True, text=True, check=True,
        )  # fmt: skip
        assert there.stdout.strip() == here


def test_the_file_says_its_title_and_its_date():
    with pypdfium2.PdfDocument(paper.minutes(snapshots.paragraphs())) as document:
        about = document.get_metadata_dict(skip_empty=True)
        bookmarks = [mark.get_title() for mark in document.get_toc()]
    assert about["Title"] == "Protokoll 2026-03-05, Älvhamra lokala brottsförebyggande råd"
    assert about["CreationDate"] == about["ModDate"] == "D:20260313081200Z"
    assert bookmarks[:4] == [
        "Älvhamra lokala brottsförebyggande råd", "§\xa01 Inledning", "§\xa02 Val av justerare",
        "§\xa03 Fastställande av dagordningen",
    ]  # fmt: skip
    assert bookmarks[-3:] == ["Uppdragslista", "Bilagor", "Underskrifter"]


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1:9/bait.png", "https://example.com/bait.png", "ftp://example.com/bait.png",
        "file:///etc/passwd", "file:///etc/hostname.png", "/etc/passwd", "../../../etc/passwd",
        "https://static.invalid/../brå/settings.py", "https://static.invalid/%2e%2e/manage.py",
        "https://static.invalid/css/../../manage.py", "https://static.invalid/css/nowhere.css",
        "https://static.invalid.example.com/css/print.css", "gopher://127.0.0.1/",
    ],
)  # fmt: skip
def test_nothing_outside_the_static_files_is_read(address):
    with pytest.raises((ValueError, OSError)):
        fetching.StaticFetcher().fetch(address)


@pytest.mark.parametrize("address", ["http://127.0.0.1:9/bait.svg", "file:///etc/passwd"])
def test_arms_that_reach_outside_stop_the_printing_with_an_ordinary_exception(address):
    bait = (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9" width="9" height="9">'
        f'<image href="{address}" width="9" height="9"/></svg>'
    )
    with pytest.raises(pdf.RenderingError):
        paper.minutes(snapshots.paragraphs(), arms=bait.encode())


def test_the_programs_own_fonts_are_read():
    found = shipped.static_path("fonts/source-sans-3-latin-400.woff2")
    assert found == Path(settings.BASE_DIR) / "static/fonts/source-sans-3-latin-400.woff2"


def test_a_stream_that_would_end_in_a_carriage_return_goes_in_as_it_is():
    # The low byte of Adler-32 is one more than the sum of the bytes: 12 gives 13, the return.
    bad, good = pydyf.Stream([b"\x0c"], compress=True), pydyf.Stream([b"\x0b"], compress=True)
    assert bad.data.endswith(b"\r\nendstream")
    document = pydyf.PDF()
    document.add_object(bad)
    document.add_object(good)
    conformance.pack(document)
    assert bad.data == b"<</Length 1>>\nstream\n\x0c\nendstream"
    assert b"/FlateDecode" in good.data


def test_an_unused_object_changes_the_end_and_keeps_both_standards(monkeypatch):
    asked = iter([True, True, False])
    monkeypatch.setattr(conformance, "ends_ambiguously", lambda content: next(asked))
    content = paper.minutes(snapshots.headings())
    assert paper.failures(content, "3a") == []
    assert paper.failures(content, "ua1") == []


DRAW = (
    "import django; django.setup()\n"
    "from tests.meetings import paper, snapshots\n"
    "paper.minutes(snapshots.headings())\n"
)


@pytest.mark.parametrize("killed", [False, True])
def test_a_process_that_printed_leaves_no_fonts_behind(killed, tmp_path):
    """One that ends takes its folder with it; one that is killed, the next one's sweep."""
    env = {**os.environ, "TMPDIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "brå.settings"}
    ends = ["import os; os.kill(os.getpid(), 9)", ""] if killed else [""]
    left = []
    for end in ends:
        command = [sys.executable, "-c", DRAW + end]
        subprocess.run(command, env=env, cwd=settings.BASE_DIR, check=False)
        left.append(len(os.listdir(tmp_path)))
    assert left == ([1, 0] if killed else [0])
