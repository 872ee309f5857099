"""Differences between two texts: words added and struck, in HTML that is never broken."""

from __future__ import annotations

import re
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from meetings import comparing, richtext
from meetings.comparing import blocks

INS, DEL = (re.compile(rf"<{tag}>.*?</{tag}>", re.DOTALL) for tag in ("ins", "del"))
HIDDEN = re.compile(r'<span class="visually-hidden">[^<]*</span>')


def as_new(html: str) -> str:
    """The text one gets by doing what the marks say."""
    return re.sub("</?ins>", "", DEL.sub("", HIDDEN.sub("", html)))


def as_old(html: str) -> str:
    return re.sub("</?del>", "", INS.sub("", HIDDEN.sub("", html)))


def lines(html: str) -> list[str]:
    """Words block by block. A line break in the source is a space like any other."""
    return richtext.plain(html.replace("\n", " ")).splitlines()


class Elements(HTMLParser):
    """Fails on an element that is not closed where it was opened."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.add(tag)
        assert not [name for name, _ in attrs if name.startswith("on")]
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def elements_of(html: str) -> set[str]:
    reader = Elements()
    reader.feed(html)
    reader.close()
    assert reader.open == []
    return reader.seen


WORD = st.sampled_from(
    [
        "bilar",
        "64",
        "46",
        "kl. 13.30",
        "§ 4",
        "<",
        "&",
        "<b>",
        "BRÅ:s",
        "åäö",
        "–",
        "”så”",
        "\u00a0",
    ]
)
WORDS = st.lists(WORD, min_size=0, max_size=6).map(" ".join)
INLINE = st.one_of(
    WORDS.map(lambda text: text.replace("&", "&amp;").replace("<", "&lt;")),
    WORDS.map(lambda text: f"<strong>{text.replace('<', '')}</strong> slut"),
    WORDS.map(lambda text: f'<a href="https://a.example/?x=1&amp;y=2">{text}</a><br>mer'),
    WORDS.map(lambda text: f"<script>{text}</script><img src=x onerror=alert(1)>{text}"),
)
ROW = st.lists(INLINE, min_size=2, max_size=3).map(
    lambda cells: "<tr>" + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
)
BLOCK = st.one_of(
    INLINE,
    INLINE.map(lambda text: f"<p>{text}</p>"),
    INLINE.map(lambda text: f"<h3>{text}</h3>"),
    INLINE.map(lambda text: f"<strong><p>{text}</p></strong>"),
    INLINE.map(lambda text: f"<blockquote><p>{text}</p></blockquote>"),
    st.lists(INLINE, max_size=4).map(
        lambda points: "<ul>" + "".join(f"<li><p>{point}</p></li>" for point in points) + "</ul>"
    ),
    st.lists(INLINE, max_size=3).map(
        lambda points: '<ol start="3">' + "".join(f"<li>{one}</li>" for one in points) + "</ol>"
    ),
    st.lists(ROW, max_size=3).map(lambda rows: f"<table><tbody>{''.join(rows)}</tbody></table>"),
    ROW.map(lambda row: f"<table><tr><td rowspan=2>x</td></tr>{row}</table>"),
)
TEXT = st.one_of(st.lists(BLOCK, max_size=5).map("".join), st.text(max_size=60))
# The same examples each time, also on a busy machine: what fails fails for everybody.
ALIKE = settings(
    derandomize=True, deadline=None, suppress_health_check=[HealthCheck.too_slow], database=None
)


@settings(ALIKE, max_examples=400)
@given(old=TEXT, new=TEXT)
def test_taking_the_marks_away_gives_both_texts_back(old: str, new: str) -> None:
    html = comparing.marked(old, new)
    assert lines(as_new(html)) == lines(richtext.clean(new))
    assert lines(as_old(html)) == lines(richtext.clean(old))
    assert elements_of(html) <= richtext.TAGS | {"ins", "del"}
    assert elements_of(comparing.spoken(html)) <= richtext.TAGS | {"ins", "del", "span"}


@settings(ALIKE, max_examples=200)
@given(old=st.text(max_size=80), new=st.text(max_size=80))
def test_plain_words_come_back_too_and_are_never_elements(old: str, new: str) -> None:
    html = comparing.marked_words(old, new)
    assert elements_of(html) <= {"ins", "del"}
    assert unescape(as_new(html)).split() == plain_words(new)
    assert unescape(as_old(html)).split() == plain_words(old)


def plain_words(text: str) -> list[str]:
    return "".join(token.text for token in blocks.words(text)).split()


@settings(ALIKE, max_examples=200)
@given(text=TEXT)
def test_a_text_that_is_the_same_has_no_marks(text: str) -> None:
    assert elements_of(comparing.marked(text, richtext.clean(text))) <= richtext.TAGS


@pytest.mark.parametrize(
    ("old", "new", "shown"),
    [
        (
            "<p>I snitt 64 bilar per kväll.</p>",
            "<p>I snitt 46 bilar per kväll.</p>",
            "<p>I snitt <del>64</del><ins>46</ins> bilar per kväll.</p>",
        ),
        (
            "<p>NN ska ersätta pollarna i hamnen.</p>",
            "<p>NN ska begära in kostnad för att ersätta pollarna i hamnen.</p>",
            "<p>NN ska <ins>begära in kostnad för att </ins>ersätta pollarna i hamnen.</p>",
        ),
        (
            "<p>Ett.</p><p>Två hus.</p>",
            "<p>Två hus.</p><p>Tre.</p>",
            "<p><del>Ett.</del></p><p>Två hus.</p><p><ins>Tre.</ins></p>",
        ),
        (
            "<ul><li>ett rött hus</li><li>två</li></ul>",
            "<ul><li>ett blått hus</li><li>två</li></ul>",
            "<ul><li>ett <del>rött</del><ins>blått</ins> hus</li><li>två</li></ul>",
        ),
        (
            "<p>Det är viktigt nu.</p>",
            "<p>Det är <strong>viktigt</strong> nu.</p>",
            "<p>Det är <del>viktigt</del><ins><strong>viktigt</strong></ins> nu.</p>",
        ),
        (
            "<table><tbody><tr><td>Berga</td><td>12</td></tr></tbody></table>",
            "<table><tbody><tr><td>Berga</td><td>21</td></tr><tr><td>Norr</td><td>3</td></tr>"
            "</tbody></table>",
            "<table><tbody><tr><td>Berga</td><td><del>12</del><ins>21</ins></td></tr>"
            "<tr><td><ins>Norr</ins></td><td><ins>3</ins></td></tr></tbody></table>",
        ),
    ],
)
def test_just_what_changed_is_marked(old: str, new: str, shown: str) -> None:
    assert comparing.marked(old, new) == shown


def test_a_space_between_two_changed_words_does_not_part_the_change() -> None:
    shown = comparing.marked_words("Vi ses på torsdag klockan tre.", "Vi ses på fredag kvart fyra.")
    assert shown == "Vi ses på <del>torsdag klockan tre</del><ins>fredag kvart fyra</ins>."


def test_a_script_in_either_text_is_gone_or_words() -> None:
    evil = "<script>alert(1)</script><p onclick=x>Hej</p>"
    assert comparing.marked("<p>Hej</p>", evil) == "<p>Hej</p>"
    assert comparing.marked_words("", evil).startswith("<ins>&lt;script&gt;")


def test_a_table_whose_rows_are_tied_is_shown_whole_before_and_after() -> None:
    old = "<table><tbody><tr><td rowspan=2>a</td><td>b</td></tr><tr><td>c</td></tr></tbody></table>"
    new = "<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>"
    shown = comparing.marked(old, new)
    assert shown.count("<table>") == 2
    assert as_new(shown).endswith(richtext.clean(new))


def test_what_a_mark_means_is_also_said() -> None:
    said = richtext.plain(comparing.spoken(comparing.marked_words("64 bilar", "46 bilar")))
    assert said == "struket: 64, tillagt: 46, bilar"


def test_very_long_texts_are_compared_in_a_moment() -> None:
    old = "<p>" + " ".join(f"ord{i % 7}" for i in range(30_000)) + "</p>"
    new = old.replace("ord3", "ord9")
    shown = comparing.marked(old, new)
    assert richtext.plain(as_new(shown)) == richtext.plain(new)


class TestEditing:
    TEXT = "<p>Ett <strong>fett</strong> ord.</p><ul><li>x</li><li>y</li></ul><p>Sist.</p>"
    TABLE = "<table><tbody><tr><td>a</td></tr></tbody></table>"

    def test_a_part_for_each_stretch_of_words_and_for_a_table(self) -> None:
        parts = comparing.parts_of(self.TEXT + self.TABLE)
        assert [(one.kind, one.words, one.editable) for one in parts] == [
            ("p", "Ett fett ord.", True), ("li", "x", True), ("li", "y", True),
            ("p", "Sist.", True), ("table", "", False),
        ]  # fmt: skip

    def test_parts_that_come_back_as_they_went_keep_their_elements(self) -> None:
        same = {one.place: f"{one.words}\r\n" for one in comparing.parts_of(self.TEXT)}
        assert comparing.with_edits(self.TEXT, same) == self.TEXT

    @pytest.mark.parametrize(
        ("edits", "text"),
        [
            ({0: "Nytt ord."}, "<p>Nytt ord.</p><ul><li>x</li><li>y</li></ul><p>Sist.</p>"),
            ({3: ""}, "<p>Ett <strong>fett</strong> ord.</p><ul><li>x</li><li>y</li></ul>"),
            ({1: "", 2: " "}, "<p>Ett <strong>fett</strong> ord.</p><p>Sist.</p>"),
            (
                {3: "Näst sist.\r\n\r\nSist\r\nav allt."},
                "<p>Ett <strong>fett</strong> ord.</p><ul><li>x</li><li>y</li></ul>"
                "<p>Näst sist.</p><p>Sist<br>av allt.</p>",
            ),
            (
                {3: "<script>alert(1)</script>"},
                "<p>Ett <strong>fett</strong> ord.</p><ul><li>x</li><li>y</li></ul>"
                "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
            ),
        ],
    )
    def test_a_changed_part_is_plain_words_in_its_own_element(
        self, edits: dict[int, str], text: str
    ) -> None:
        assert comparing.with_edits(self.TEXT, edits) == text

    def test_two_changes_in_different_blocks_are_put_together(self) -> None:
        base = "<p>a b</p><p>c d</p><p>e f</p>"
        one, two = base.replace("a b", "a x"), base.replace("c d", "y d")
        assert comparing.merged(base, one, two) == "<p>a x</p><p>y d</p><p>e f</p>"
        assert comparing.merged(base, two, one) == "<p>a x</p><p>y d</p><p>e f</p>"
        assert comparing.merged(base, one, one) == one
        assert comparing.merged(base, one, base) == one

    @pytest.mark.parametrize("other", ["<p>a y</p><p>c d</p>", "<p>ny</p><p>c d</p>", "<p>c d</p>"])
    def test_two_changes_in_one_block_are_not(self, other: str) -> None:
        assert comparing.merged("<p>a b</p><p>c d</p>", "<p>a x</p><p>c d</p>", other) is None


@settings(ALIKE, max_examples=200)
@given(text=TEXT, edits=st.dictionaries(st.integers(0, 5), st.text(max_size=20), max_size=3))
def test_whatever_is_written_the_text_stays_clean(text: str, edits: dict[int, str]) -> None:
    made = comparing.with_edits(text, edits)
    assert richtext.clean(made) == made
    assert elements_of(made) <= richtext.TAGS
