"""The PDF: against Chromium, read again after sealing, and as it grows."""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from django.contrib.staticfiles import finders

from meetings import pdf, sealing, snapshot
from meetings.benchmarks.figures import Figure, Sizes, ratio
from meetings.benchmarks.pages import Stack
from meetings.models import Meeting
from meetings.pdf import rendering

CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
SHEETS = ("css/minutes.css", "css/print.css")


def figures(meeting: Meeting, stack: Stack, sizes: Sizes) -> Iterator[Figure]:
    """Of sealed minutes."""
    sealed = meeting.sealed
    standing = sealing.standing_of(sealed.round, sealed_at=sealed.sealed_at)
    content = sealing.read(sealed.version)
    arms = sealing.arms_of(content["cover"])
    render = functools.partial(pdf.render_minutes, snapshot=content, standing=standing, arms=arms)
    pages = f"{sealed.pages} sidor"
    if chromium():
        html = pdf.minutes_html(snapshot=content, standing=standing, arms=arms)
        with Printing(html) as printed:
            yield ratio("pdf_warm", render, printed, sizes.prints,
                        f"Chromium som skriver ut samma HTML, {pages}", wall=True)  # fmt: skip
    path = f"/{meeting.council.slug}/moten/{meeting.key}/protokoll.pdf"
    yield ratio("sealed_read", lambda: stack.get(path), render, sizes.prints,
                f"att göra samma PDF, {pages}")  # fmt: skip
    yield growth(content, standing, sizes)


def growth(content: snapshot.Snapshot, standing: pdf.Standing, sizes: Sizes) -> Figure:
    """CPU per page of many pages against fewer."""
    few_pages, few = cpu_per_page(content, standing, sizes.short)
    many_pages, many = cpu_per_page(content, standing, sizes.long)
    told = f"CPU per sida, {many_pages} sidor mot {few_pages}"
    return Figure(
        "pdf_growth", many / few, "×", f"{told} ({many * 1000:.1f} ms mot {few * 1000:.1f} ms)"
    )


def cpu_per_page(
    content: snapshot.Snapshot, standing: pdf.Standing, copies: int
) -> tuple[int, float]:
    """Laid out once, where render_minutes at times tries again to save a page."""
    html = pdf.minutes_html(snapshot=times(content, copies), standing=standing)
    began = time.process_time()
    made = rendering.undisturbed(
        lambda: rendering.write(rendering.lay_out(html), identifier="mätning")
    )
    taken, pages = time.process_time() - began, sealing.page_count(made)
    return pages, taken / pages


def times(content: snapshot.Snapshot, copies: int) -> snapshot.Snapshot:
    """The same minutes with all their items over and over, under new numbers."""
    lines = [line for _ in range(copies) for line in content["items"]]
    items = [
        {**line, "key": number, "number": number, "label": f"§ {number}"}
        for number, line in enumerate(lines, start=1)
    ]
    return {**content, "items": items}  # type: ignore[typeddict-item]


# --- The other printer ----------------------------------------------------------------------------


def chromium() -> str | None:
    """The browser, if there is one on this computer."""
    return next(filter(None, map(shutil.which, CHROMIUM)), None)


class Printing:
    """Chromium prints a page to PDF: the whole process each time, with a fresh profile."""

    def __init__(self, html: str) -> None:
        links = "".join(f'<link rel="stylesheet" href="{sheet_uri(name)}">' for name in SHEETS)
        self.html = html.replace("</head>", f"{links}</head>")

    def __enter__(self) -> Printing:
        self.folder = tempfile.TemporaryDirectory()
        self.page = Path(self.folder.name) / "page.html"
        self.page.write_text(self.html, encoding="utf-8")
        return self

    def __exit__(self, *_: object) -> None:
        self.folder.cleanup()

    def __call__(self) -> int:
        """Size of the file that was printed."""
        out = self.page.with_suffix(".pdf")
        out.unlink(missing_ok=True)
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            run_chromium(
                profile, "--no-pdf-header-footer", f"--print-to-pdf={out}", self.page.as_uri()
            )
        return out.stat().st_size


def run_chromium(profile: str, *arguments: str) -> str:
    """What headless Chromium prints on its standard output."""
    root = ["--no-sandbox"] if os.geteuid() == 0 else []
    command = [chromium() or "chromium", "--headless", "--disable-gpu", *root]
    command += [f"--user-data-dir={profile}", "--no-first-run", *arguments]
    done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=120)  # noqa: S603
    return done.stdout


def sheet_uri(name: str) -> str:
    found = finders.find(name)
    if not found:
        raise LookupError(name)
    return Path(found).as_uri()
