"""Pieces of the desk's page that are drawn once and kept: a § of it, a line of its lists.

A long meeting's desk is drawn again and again with one § changed. A piece is kept under the very
bytes that it is drawn from, and from nothing else, so it is never older than what it shows, and
nobody gets a piece of it but by holding all that stands in it.
"""

from __future__ import annotations

import functools
import pickle
from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString, mark_safe

from meetings.views.minuting import reading

TEMPLATES = "meetings/minuting/"
MOST = 2000  # of some kB each: less than a worker holds of templates and fonts
LONGEST = 12_000  # bytes of what a piece shows; a longer one is drawn each time


def drawn(template: str, name: str, things: Iterable[Any]) -> SafeString:
    """The template for each of the things, which it has as a list of one, under that name."""
    pieces = (piece(template, name, pickle.dumps(thing)) for thing in things)
    return mark_safe("".join(pieces))  # noqa: S308 - each drawn by a template


def piece(template: str, name: str, content: bytes) -> str:
    return (kept if len(content) <= LONGEST else draw)(template, name, content)


def draw(template: str, name: str, content: bytes) -> str:
    thing = pickle.loads(content)  # noqa: S301 - made just now, by us
    context = {name: [thing], "icons": reading.icons()}
    return render_to_string(f"{TEMPLATES}{template}", context).strip()


kept = functools.lru_cache(maxsize=MOST)(draw)
