"""What WeasyPrint may read: `data:` URIs and the program's own static files. Nothing else.

Its default fetcher opened network connections and embedded local files (signing.md, The file).
Imported only by the engine in rendering.py, because weasyprint takes half a second to load.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.core.exceptions import SuspiciousFileOperation
from django.utils._os import safe_join
from weasyprint.urls import URLFetcher, URLFetcherResponse

# RFC 2606: a name that never resolves. It gives relative addresses in the style sheets a base
# without naming a folder of this machine.
BASE = "https://static.invalid/"
TYPES = {".css": "text/css", ".svg": "image/svg+xml", ".png": "image/png", ".woff2": "font/woff2"}


class StaticFetcher(URLFetcher):
    """Refuses every address but `data:` and BASE, and stops the rendering when it does."""

    base = BASE

    def __init__(self) -> None:
        # fail_on_errors: a file with a hole in it must not be sealed. The exception is
        # FatalURLFetchingError, a BaseException: rendering.py turns it into RenderingError.
        super().__init__(allowed_protocols={"data"}, allow_redirects=False, fail_on_errors=True)
        # WeasyPrint swallows even that while it draws an SVG image, and draws nothing instead.
        self.refused: list[str] = []

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> Any:
        try:
            return self.read(url, headers)
        except Exception:
            self.refused.append(url)
            raise

    def read(self, url: str, headers: dict[str, str] | None) -> Any:
        if url.startswith(BASE):
            path = static_path(unquote(urlsplit(url).path.lstrip("/")))
            return URLFetcherResponse(
                url, path.read_bytes(), {"Content-Type": TYPES[path.suffix.lower()]}
            )
        return super().fetch(url, headers)


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
