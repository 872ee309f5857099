"""Signs that no font of the paper has: their number is written instead of them.

An empty box would be silent about what was lost, and PDF/A does not allow it. Source Sans 3, which
ships with the program, has what Swedish names and words need, DejaVu Sans (a package that Brå asks
for) arrows, mathematics and the commonest faces. A sign that neither has becomes "[U+4E00]".
"""

from __future__ import annotations

import functools
import re
import unicodedata
from pathlib import Path

from meetings.pdf import shipped

FAMILIES = ("latin", "latin-ext", "vietnamese", "greek", "cyrillic")
FALLBACK = "DejaVuSans.ttf"
FONT_FOLDERS = ("/usr/share/fonts", "/usr/local/share/fonts")
# What every font has: nearly all minutes hold nothing else, and then no font is opened.
UNUSUAL = re.compile(
    r"[^\t\n\r\x20-\x7e\xa0-\u0137\u0139-\u0148\u014a-\u017e"
    r"\u2013\u2014\u2018\u2019\u201c-\u201e\u2022\u2026\u20ac\u2212]"
)
# Says how the sign before it looks or joins, and has no shape of its own.
SILENT = re.compile(
    "[\u00ad\u034f\u061c\u115f-\u1160\u180b-\u180f\u200b-\u200f\u2028-\u202f\u2060-\u206f"
    "\ufe00-\ufe0f\ufeff\U0001f3fb-\U0001f3ff\U000e0000-\U000e0fff]"
)


def printable(text: str) -> str:
    """The same text, or HTML, with only signs that a font has; accents put on their letters."""
    if not UNUSUAL.search(text):
        return text
    return UNUSUAL.sub(lambda sign: _written(sign[0]), unicodedata.normalize("NFC", text))


def unprintable(text: str) -> list[str]:
    """The signs of a text that will be written as their number, each once, in order."""
    found = UNUSUAL.findall(unicodedata.normalize("NFC", text))
    return list(dict.fromkeys(sign for sign in found if _written(sign) == number_of(sign)))


def number_of(sign: str) -> str:
    """ "[U+4E00]"."""
    return f"[U+{ord(sign):04X}]"


def _written(sign: str) -> str:
    if SILENT.match(sign):
        return ""
    return sign if ord(sign) in covered() else number_of(sign)


@functools.cache
def covered() -> frozenset[int]:
    """The signs that the fonts have, read from the fonts themselves."""
    # Imported here: only a process that meets an unusual sign opens a font.
    from fontTools.ttLib import TTFont  # noqa: PLC0415

    files = [shipped.static_path(f"fonts/source-sans-3-{family}-400.woff2") for family in FAMILIES]
    signs: set[int] = set()
    for path in (*files, *fallback()):
        with TTFont(path, lazy=True) as font:
            signs |= font.getBestCmap().keys()
    return frozenset(signs)


def fallback() -> list[Path]:
    """DejaVu Sans, where this machine has it."""
    found = (path for folder in FONT_FOLDERS for path in Path(folder).rglob(FALLBACK))
    return list(found)[:1]
