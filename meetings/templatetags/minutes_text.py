"""How the stored text of an item becomes type, on screen and on paper alike.

The words are never touched: only white space (no-break spaces), element structure and classes.
"""

from __future__ import annotations

import re

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from meetings import comparing, richtext, tables

register = template.Library()

NBSP = "\N{NO-BREAK SPACE}"
# "§ 8", "§§ 1–3", "kl. 17.00", "den 5 mars", "15 000", "10 %": these never part at a line's end.
UNITS = re.compile(r"(§|\bkl\.|\bv\.|\bnr|\bbilaga) (?=\d)|(?<=\d) (?=\d{3}\b|%)")
MONTH_DAY = re.compile(
    r"\b(\d{1,2}) (?=(?:januari|februari|mars|april|maj|juni|juli|augusti|september|oktober"
    r"|november|december)\b)"
)
NUMBER = rf"\d+(?:[.:,]\d+|{NBSP}\d{{3}})*"
# Ranges ("kl. 13.30–15.00", "§§ 1–8", "26–27 mars"), addresses, and what is too long for a word.
KEPT = re.compile(
    r"(?P<address>(?:https?://|www\.)[^\s<>]*[\w/]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<endless>[^\s<>]{60,})"
    rf"|(?:(?:§§?|\bkl\.|\bv\.|\bnr|\bbilaga){NBSP})?\b{NUMBER}–{NUMBER}(?:{NBSP}(?:%|[a-zåäö]+))?"
)
ENDLESS = re.compile(r"[^\s<>]{60}")
JOINTS = re.compile(r"(&amp;|[/?=#_@.-]+)(?=\w)")
# Hyphenating 5,000 letters in a row takes WeasyPrint two minutes, setting them in pieces a second.
PIECE = re.compile(r"((?:&[#\w]+;|[^&<]){40})(?=[^<]{10})")
LONG_ADDRESS = 30  # characters; a shorter one goes to the next line whole
TAG = re.compile(r"(<[^>]*>)")
PARAGRAPH = re.compile(r"<p>((?:(?!</?p>).)*)</p>(?=(<[uo]l|<table)?)", re.S)
# Forms that our font lacks, and that Word likes: taken from another font they would stand out.
PLAINER = str.maketrans({"\u2010": "-", "\u2011": "-", "\u202f": NBSP, "\u00ad": None})
EMPTY = re.compile(r"<p>(?:\s|&nbsp;|<br>)*</p>")
ONLY_PARAGRAPH = re.compile(
    r"<(li|td|th)((?: [^>]*)?)><p>((?:(?!</?(?:p|ul|ol|li|table)\b).)*)</p>(?=</\1>|<[uo]l>)", re.S
)
END = re.compile(r"(?<=[^\s<>])\s+([^\s<>&]+)</p>")
TABLE = re.compile(r"<table>.*?</table>", re.S)
LISTS = re.compile(r"<li>|(?P<list><[uo]l(?P<attributes>[^>]*)>)|(?P<end></[uo]l>)")
START, KIND = re.compile(r' start="(\d{1,9})"'), re.compile(r' type="([aAiI])"')
ROMAN = [(100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv")]
LONG_LAST_WORD = 7  # letters; shorter ones are tied to the word before


@register.filter
def typeset(text: str) -> SafeString:
    """Stored HTML, cleaned and set: for `.text` of items and reports. Marked HTML is clean."""
    html = EMPTY.sub("", text if isinstance(text, comparing.Marked) else richtext.clean(text))
    html = ONLY_PARAGRAPH.sub(r"<\1\2>\3", html)
    html = END.sub(_keep_last_word, _join_units(html))
    if "<ol " in html:
        html = _numbered(html)
    html = PARAGRAPH.sub(_paragraph, _keep_whole(html))
    html = TABLE.sub(lambda found: tables.ruled(found[0]), html)
    return mark_safe(html)  # noqa: S308 - cleaned above, elements only added


@register.filter
def unbroken(text: str) -> str:
    """Plain words (a decision, a heading) with the same no-break spaces. Escaped as usual."""
    if isinstance(text, comparing.Marked):
        return mark_safe(_keep_whole(_join_units(text)))  # noqa: S308 - escaped where it was made
    plain = _join_units(text)
    kept = _keep_whole(escape(plain))
    return mark_safe(kept) if "<" in kept else plain  # noqa: S308 - escaped just now


@register.filter
def halved(text: str) -> SafeString | str:
    """A fingerprint (64 digits, no space) with a place to break its line in the middle."""
    if len(text) == 64 and text.isalnum():
        return format_html("{}<wbr>{}", text[:32], text[32:])
    return text


def _join_units(text: str) -> str:
    joined = UNITS.sub(lambda found: f"{found[1] or ''}{NBSP}", text.translate(PLAINER))
    return MONTH_DAY.sub(rf"\1{NBSP}", joined)


def _keep_whole(html: str) -> str:
    """Ranges of figures unbroken, and addresses and the like without hyphens of ours, which would
    be read as theirs: broken where they are joined, or anywhere. Tags are left alone."""
    signs = ("–", "@", "www.", "://")
    if not any(sign in html for sign in signs) and not ENDLESS.search(html):
        return html
    parts = TAG.split(html)
    parts[::2] = [KEPT.sub(_kept, part) for part in parts[::2]]
    return "".join(parts)


def _kept(found: re.Match[str]) -> str:
    address = found["address"] or found["endless"]
    if not address:
        return f'<span class="unbroken">{found[0]}</span>'
    if len(address) > LONG_ADDRESS:
        address = PIECE.sub(r"\1<wbr>", JOINTS.sub(r"\1<wbr>", address))
    return f'<span class="address">{address}</span>'


def _paragraph(found: re.Match[str]) -> str:
    """A paragraph that leads in to a list stays with it; one with an address is not justified."""
    text, what_follows = found[1], found[2]
    leads_in = what_follows and TAG.sub("", text).rstrip().endswith(":")
    names = ["lead-in"] * bool(leads_in) + ["ragged"] * ('class="address"' in text)
    return f'<p class="{" ".join(names)}">{text}</p>' if names else found[0]


def _keep_last_word(found: re.Match[str]) -> str:
    """No paragraph ends in a line of "het." or "ren.".

    A short last word goes with the one before it; a long one gets stricter hyphenation from
    print.css. (A no-break space before an inline element makes WeasyPrint break the line too
    early, so a long word keeps its ordinary space.)
    """
    word = found[1]
    if sum(map(str.isalpha, word)) < LONG_LAST_WORD:
        return f"{NBSP}{word}</p>"
    return f' <span class="last-word">{word}</span></p>'


def _numbered(html: str) -> str:
    """Write out the numbers of lists that do not begin at 1, or that have letters.

    WeasyPrint reads neither start nor type.
    """
    lists: list[tuple[int, str] | None] = []

    def number(found: re.Match[str]) -> str:
        if found["end"]:
            lists.pop()
        elif found["list"]:
            start, kind = START.search(found["attributes"]), KIND.search(found["attributes"])
            own = (int(start[1]) if start else 1, kind[1] if kind else "")
            lists.append(own if start or kind else None)
        elif (here := lists[-1]) is not None:
            lists[-1] = here[0] + 1, here[1]
            return f'<li data-number="{_in_kind(*here)}">'
        return found[0]

    return LISTS.sub(number, html)


def _in_kind(number: int, kind: str) -> str:
    """4 as "4", "d" or "iv"; a number that has no such form stays a number."""
    said = str(number)
    if kind in ("a", "A") and 1 <= number <= 26:
        said = chr(ord("a") + number - 1)
    elif kind in ("i", "I") and 1 <= number < 200:
        said, left = "", number
        for value, letters in [*ROMAN, (1, "i")]:
            said += letters * (left // value)
            left %= value
    return said.upper() if kind.isupper() else said
