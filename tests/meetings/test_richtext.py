"""Restricted HTML: what may be stored and printed, and the words alone."""

from __future__ import annotations

import pytest

from meetings import richtext


@pytest.mark.parametrize(
    ("pasted", "stored"),
    [
        ("<p>Hej</p><script>alert(1)</script>", "<p>Hej</p>"),
        ("<p>Hej<img src=x onerror=alert(1)></p>", "<p>Hej</p>"),
        ('<p class="MsoNormal" style="margin:0">Hej<o:p></o:p></p>', "<p>Hej</p>"),
        (
            '<p><a href="jav\nascript:x()">Hej</a></p>',
            '<p><a rel="noopener noreferrer">Hej</a></p>',
        ),
        ("<p>§ 3-områden, Łukasz & Ćosić</p>", "<p>§ 3-områden, Łukasz &amp; Ćosić</p>"),
    ],
)
def test_nothing_but_the_allowed_elements_is_kept(pasted, stored):
    assert richtext.clean(pasted) == stored


def test_cleaning_twice_changes_nothing():
    once = richtext.clean('<ol start="3"><li><p>Tre</p></li></ol><p><b>a</b><br>b</p>')
    assert richtext.clean(once) == once


def test_points_keep_their_first_number_and_their_letters():
    stored = '<ol start="3" type="a"><li><p>c</p><ul><li><p>x</p></li></ul></li></ol>'
    assert richtext.clean(stored) == stored
    assert richtext.clean('<ol type="disc"><li>x</li></ol>') == "<ol><li>x</li></ol>"


def test_characters_that_turn_or_hide_words_fall_away_and_emoji_stay():
    assert (
        richtext.clean("<p>a\u200e\u200f\u061c\u202eb\x00 👩\u200d🚒</p>") == "<p>ab 👩\u200d🚒</p>"
    )


def test_the_words_alone_have_a_line_for_each_block():
    text = "<p>Ett &amp; <strong>två</strong></p><ul><li><p>tre</p></li><li><p>fyra</p></li></ul>"
    assert richtext.plain(text) == "Ett & två\ntre\nfyra"


@pytest.mark.parametrize("text", ["", "<p></p>", "<p> <br></p>", "<ul><li><p></p></li></ul>"])
def test_an_emptied_editor_is_empty(text):
    assert richtext.is_empty(text) is True


def test_a_single_letter_is_not_empty():
    assert richtext.is_empty("<p>x</p>") is False
