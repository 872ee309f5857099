"""What a browser fetches to read justerade minutes, as large as it comes over the wire.

Chromium itself says what it asks for: which of the fonts a page needs is written nowhere else.
Static text is compressed as WhiteNoise stores it; the page is counted as the program sends it.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.contrib.staticfiles import finders
from django.urls import reverse
from whitenoise import compress  # type: ignore[import-untyped]

from meetings.benchmarks import material
from meetings.benchmarks.figures import Figure, Sizes
from meetings.benchmarks.paper import ITEMS, PEOPLE, chromium
from meetings.benchmarks.visiting import Visitor

HOST = "http://localhost"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


def figures(sizes: Sizes) -> Iterator[Figure]:
    where = material.place("Rosdala", members=PEOPLE)
    meeting = material.seal(where, material.written(where, items=ITEMS))
    address = reverse("minutes", args=[where.council.slug, meeting.key])
    page = Visitor(where.chair).get(address)
    weights = {"page": len(page)}
    for name in fetched(address, page):
        path = Path(str(finders.find(name)))
        kind = path.suffix.lstrip(".")
        weights[kind] = weights.get(kind, 0) + weight(path)
    if len(weights) == 1:
        yield Figure("reading_page_kb", None, "kB", "Chromium or Playwright is not installed")
        return
    parts = ", ".join(f"{kind} {size / 1000:.3g}" for kind, size in weights.items())
    yield Figure(
        "reading_page_kb", sum(weights.values()) / 1000, "kB",
        f"none ({parts}; {'brotli' if compress.brotli_installed else 'gzip'}, page as sent)",
    )  # fmt: skip


def weight(path: Path) -> int:
    """Bytes over the wire."""
    content, packer = path.read_bytes(), compress.Compressor(quiet=True)
    if not packer.should_compress(str(path)):
        return len(content)
    pack = packer.compress_brotli if packer.use_brotli else packer.compress_gzip
    return min(len(content), len(pack(content)))


def fetched(address: str, page: bytes) -> list[str]:
    """Names of the static files a browser with an empty cache asks for; [] without a browser."""
    program = chromium()
    try:
        # Imported here: of the development environment only.
        from playwright import sync_api  # noqa: PLC0415
    except ImportError:
        program = None
    if program is None:
        return []
    names: list[str] = []

    def answer(route: sync_api.Route) -> None:
        path = unquote(urlsplit(route.request.url).path)
        name = path.removeprefix(settings.STATIC_URL)
        if path == address:
            route.fulfill(body=page, content_type="text/html; charset=utf-8")
        elif name != path and (found := finders.find(name)):
            names.append(name)
            route.fulfill(body=Path(found).read_bytes(), content_type=KINDS.get(Path(name).suffix))
        else:
            route.fulfill(status=404)

    options = ["--disable-gpu", *(["--no-sandbox"] if os.geteuid() == 0 else [])]
    with sync_api.sync_playwright() as player:
        browser = player.chromium.launch(executable_path=program, args=options)
        shown = browser.new_page()
        shown.route("**/*", answer)
        shown.goto(f"{HOST}{address}", wait_until="networkidle")
        browser.close()
    return names
