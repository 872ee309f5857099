"""What WeasyPrint may read: `data:` URIs and the program's own static files. Nothing else.

Its default fetcher opened network connections and embedded local files (signing.md, The file).
Imported only by the engine in rendering.py, because weasyprint takes half a second to load.
"""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from weasyprint.urls import URLFetcher, URLFetcherResponse

from meetings.pdf.shipped import TYPES, static_path

# RFC 2606: a name that never resolves. It gives relative addresses in the style sheets a base
# without naming a folder of this machine.
BASE = "https://static.invalid/"


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
