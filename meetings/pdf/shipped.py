"""Where the styles and fonts of the paper lie: among the sources, or collected in production."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.utils._os import safe_join

TYPES = {".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png", ".woff2": "font/woff2"}


def static_path(name: str) -> Path:
    """Where the static file lies: among the sources, or collected in production.

    ValueError for anything that is not a static file of a kind the paper uses.
    """
    if ".." in name.split("/") or "\\" in name or Path(name).suffix.lower() not in TYPES:
        raise ValueError(f"not a static file of the paper: {name}")
    try:
        found = finders.find(name)
        if found is None and settings.STATIC_ROOT:
            found = safe_join(settings.STATIC_ROOT, name)
    except SuspiciousFileOperation as error:
        raise ValueError(f"outside the static files: {name}") from error
    if not found or not Path(found).is_file():
        raise ValueError(f"no such static file: {name}")
    return Path(found)
