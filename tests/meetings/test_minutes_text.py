"""Stored HTML as type: cleaned, unbroken where it must be, tables with a head."""

from __future__ import annotations

import re
from html import unescape

import pytest

from meetings.templatetags.minutes_text import halved, typeset, unbroken


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ("<p>Hej<script>alert(1)</script></p>", "<p>Hej</p>"),
        ('<p onclick="x()" style="color:red">Hej</p>', "<p>Hej</p>"),
        ('<img src="https://example.com/a.png"><p>Hej</p>', "<p>Hej</p>"),
        ('<p><a href="javascript:x()">Hej</a></p>', '<p><a rel="noopener noreferrer">Hej</a></p>'),
        ("", ""),
    ],
)
def test_what_may_not_be_printed_is_cleaned_away(stored, expected):
    assert typeset(stored) == expected


def test_empty_paragraphs_are_left_out():
    assert typeset("<p>Hej</p><p></p><p> <br></p><p>du</p>") == "<p>Hej</p><p>du</p>"


def test_a_list_point_of_one_paragraph_loses_the_paragraph():
    stored = "<ul><li><p>a</p></li><li><p>b</p><ul><li><p>c</p></li></ul></li></ul>"
    assert typeset(stored) == "<ul><li>a</li><li>b<ul><li>c</li></ul></li></ul>"


def test_a_list_point_of_two_paragraphs_keeps_them():
    assert typeset("<ul><li><p>a</p><p>b</p></li></ul>") == "<ul><li><p>a</p><p>b</p></li></ul>"


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("tas upp under § 8 i dag", "tas upp under §\xa08 i dag"),
        ("kl. 17.00–04.00", '<span class="unbroken">kl.\xa017.00–04.00</span>'),
        ("§§ 1–8 <b>", '<span class="unbroken">§§\xa01–8</span> &lt;b&gt;'),
        ("mellan 15 000–20 000 kr", 'mellan <span class="unbroken">15\xa0000–20\xa0000</span> kr'),
        ("den 5 mars 2026", "den 5\xa0mars 2026"),
        ("15 000 invånare", "15\xa0000 invånare"),
        ("ökade 10 % i år", "ökade 10\xa0% i år"),
        ("se bilaga 1", "se bilaga\xa01"),
        ("kl. efter lunch", "kl. efter lunch"),
        ("trygghets\u2011vandring", "trygghets-vandring"),
    ],
)
def test_what_belongs_together_is_not_parted_at_the_end_of_a_line(written, expected):
    assert unbroken(written) == expected


def test_what_is_too_long_for_a_word_is_set_in_pieces_without_a_hyphen():
    """Hyphenating 5,000 letters in a row would hold up the paper for two minutes."""
    letters = "abc" * 15 + "&amp;" + "abc" * 999
    html = typeset(f"<p>Kod: {letters} slut.</p>")
    assert '<p class="ragged">Kod: <span class="address">' in html
    assert html.replace("<wbr>", "").count(letters) == 1
    pieces = html.split('<span class="address">')[1].split("</span>")[0].split("<wbr>")
    assert max(len(unescape(piece)) for piece in pieces) < 50
    assert len([piece for piece in pieces if "&amp;" in piece]) == 1  # not parted itself
    longest = "ansvarsfördelningsöverenskommelsernas"
    assert "address" not in typeset(f"<p>{longest} {longest}</p>")
    assert "<wbr>" in unbroken("x" * 200)


def test_a_short_last_word_goes_with_the_one_before():
    assert typeset("<p>Mötet hålls i salen.</p>") == "<p>Mötet hålls i\xa0salen.</p>"


def test_a_long_last_word_is_hyphenated_with_care():
    assert typeset("<p>Vi ser över belysningen.</p>") == (
        '<p>Vi ser över <span class="last-word">belysningen.</span></p>'
    )


def test_a_list_that_goes_on_from_another_writes_its_numbers_out():
    stored = '<ol start="3"><li><p>c</p><ul><li>x</li></ul></li><li>d</li></ol><ol><li>a</li></ol>'
    assert typeset(stored) == (
        '<ol start="3"><li data-number="3">c<ul><li>x</li></ul></li><li data-number="4">d</li>'
        "</ol><ol><li>a</li></ol>"
    )


@pytest.mark.parametrize(
    ("kind", "start", "numbers"),
    [
        ("a", 2, ["b", "c"]),
        ("A", 26, ["Z", "27"]),
        ("i", 3, ["iii", "iv"]),
        ("I", 49, ["XLIX", "L"]),
    ],
)
def test_a_list_with_letters_writes_them_out(kind, start, numbers):
    stored = f'<ol start="{start}" type="{kind}"><li>x</li><li>y</li></ol>'
    assert re.findall('data-number="([^"]+)"', typeset(stored)) == numbers


def test_a_start_that_is_no_number_stops_nothing():
    assert typeset('<ol start="x"><li>a</li></ol>').endswith("<li>a</li></ol>")


TABLE = "<table><tbody><tr>{}</tr><tr><td>Norrby</td><td>1 684</td></tr></tbody></table>"


@pytest.mark.parametrize("first", ["<th>Område</th><th>2025</th>", "<td>Område</td><td>2025</td>"])
def test_every_table_gets_a_head_and_its_figures_to_the_right(first):
    assert typeset(TABLE.format(first)) == (
        '<div class="ruled" tabindex="0"><table><colgroup><col class="w52"><col class="w47">'
        '</colgroup><thead><tr><th scope="col">Område</th>'
        '<th scope="col" class="number">2025</th></tr></thead><tbody><tr><td>Norrby</td>'
        '<td class="number">1\xa0684</td></tr></tbody></table></div>'
    )


def test_a_table_with_merged_cells_is_left_unmarked():
    stored = '<table><tr><th colspan="2">Antal</th></tr><tr><td>1</td><td>2</td></tr></table>'
    assert "number" not in typeset(stored)


def test_a_fingerprint_may_break_in_the_middle_and_nothing_else_does():
    assert halved("a" * 64) == "a" * 32 + "<wbr>" + "a" * 32
    assert halved("<b>") == "<b>"
