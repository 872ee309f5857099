"""Pieces of pages that are drawn once and kept: a § of the desk, a line of the agenda, its steps.

A long meeting's page is drawn again and again with one § changed. A piece is kept under the very
bytes that it is drawn from, and from nothing else, so it is never older than what it shows, and
nobody gets a piece of it but by holding all that stands in it.
"""

from __future__ import annotations

import functools
import pickle
from collections.abc import Iterable
from typing import Any

from django.template.loader import render_to_string
from django.templatetags.static import static
from django.utils.safestring import SafeString, mark_safe

MOST = 2000  # of some kB each: less than a worker holds of templates and fonts
LONGEST = 12_000  # bytes of what a piece shows; a longer one is drawn each time


def drawn(template: str, name: str, things: Iterable[Any]) -> SafeString:
    """The template for each of the things, which it has as a list of one, under that name."""
    sheet = icons()
    pieces = (of_values(f"meetings/{template}", {name: [thing]}, sheet) for thing in things)
    return mark_safe("".join(pieces))  # noqa: S308 - each drawn by a template


def piece(template: str, **values: Any) -> SafeString:
    """The template with these plain values and nothing else: it knows of no request, of nobody."""
    return of_values(template, values, icons())


def of_values(template: str, values: dict[str, Any], icons: str) -> SafeString:
    content = pickle.dumps(values)
    return (kept if len(content) <= LONGEST else draw)(template, content, icons)


def draw(template: str, content: bytes, icons: str) -> SafeString:
    values = pickle.loads(content)  # noqa: S301 - made just now, by us
    html = render_to_string(template, values | {"icons": icons})
    return mark_safe(html.strip())  # noqa: S308 - drawn by a template


kept = functools.lru_cache(maxsize=MOST)(draw)


def icons() -> str:
    """Where the browser finds the pictures."""
    return static("img/icons.svg")
