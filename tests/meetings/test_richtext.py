"""Restricted HTML: what may be stored and printed, and the words alone."""

from __future__ import annotations

import re

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


def nested(opening: str, closing: str, levels: int) -> str:
    return "".join(opening.format(n) for n in range(1, levels + 1)) + closing * levels


DEEP = {
    "a list": nested("<ul><li><p>rad {}</p>", "</li></ul>", 300),
    "numbers": nested('<ol start="2"><li>rad {}', "</li></ol>", 300),
    "a thread of mails": nested("<blockquote><p>rad {}</p>", "</blockquote>", 300),
    "lists in mails": nested("<blockquote><ul><li>rad {}", "</li></ul></blockquote>", 150),
    "bold words": nested("<p><strong><em>rad {}</em>", "</strong></p>", 300),
}


@pytest.mark.parametrize("kind", DEEP)
def test_what_is_too_deep_stands_on_the_last_level_word_for_word(kind):
    """A paper of 200 levels would never be done: the engine gives up."""
    html = DEEP[kind]
    stored = richtext.clean(html)
    assert richtext.plain(stored).split("\n") == richtext.plain(html).split("\n")
    assert depth(stored) <= 2 * richtext.MAX_LEVELS + 3
    assert richtext.clean(stored) == stored


def test_what_stands_around_a_level_that_is_too_deep_stays_apart():
    inner = "a<ul><li>b</li><li>c</li></ul>d"
    html = nested("<ul><li>", "", 8) + inner + "</li></ul>" * 8
    points = "</li><li>".join("abcd")
    assert richtext.clean(html) == "<ul><li>" * 8 + points + "</li></ul>" * 8
    html = nested("<blockquote>", "", 8) + "a<blockquote>b</blockquote>c" + "</blockquote>" * 8
    assert richtext.clean(html) == "<blockquote>" * 8 + "a<p>b</p>c" + "</blockquote>" * 8


def depth(html: str) -> int:
    """How many elements are inside each other at the most."""
    here = deepest = 0
    for tag in re.findall(r"<(/?)(?!br)\w", html):
        here += -1 if tag else 1
        deepest = max(deepest, here)
    return deepest


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
