"""From template to PDF with WeasyPrint: PDF/A-3a and PDF/UA-1 in one file, the same every time."""

from __future__ import annotations

import base64
import contextlib
import functools
import gc
import re
import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.template.loader import render_to_string

from meetings import snapshot as snapshots
from meetings import wording
from meetings.pdf import conformance, fitting, shipped, signs, tidying
from meetings.pdf import context as contexts
from meetings.pdf.standing import Standing

VARIANT = "pdf/a-3a"
SHEETS = ("css/minutes.css", "css/print.css")
# Shares of a table's width, which tables.give_room hands out.
COLUMNS = "".join(f".w{share}{{width:{share}%}}" for share in range(1, 101))
# Space at the end of a block is never seen, but WeasyPrint breaks the last line to make room.
TRAILING = re.compile(r"\s+(?=</(?:p|h[1-6]|t[hd]|d[td]|li|caption|div|section)>)")
_lock = threading.Lock()


class RenderingError(Exception):
    """The paper could not be made, for instance because it asked for a forbidden address."""


class Engine(NamedTuple):
    """Costly to make, the same for every document: fonts and parsed style sheets."""

    weasyprint: Any
    fetcher: Any
    fonts: Any
    sheet: Any


def undisturbed(job: Callable[[], bytes]) -> bytes:
    """One rendering at a time, without the garbage collector.

    Pango's font map, which all documents of a process share, is not made for two threads. And
    collecting among a document's hundred thousand boxes, all in use, costs a tenth of the time.
    Afterwards they are all young, so one look at the youngest frees them: without it a worker
    grew by four fifths in 200 files.
    """
    with _lock:
        collecting = gc.isenabled()
        gc.disable()
        try:
            return job()
        finally:
            gc.collect(0)
            if collecting:
                gc.enable()


@functools.cache
def engine() -> Engine:
    """Once a process, and only in one that prints: sharing it saves a fifth of each rendering."""
    # Imported here, not above: half a second and 40 MB that a process without paper never pays.
    import weasyprint  # noqa: PLC0415
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    from meetings.pdf import fetching  # noqa: PLC0415

    fetcher, fonts = fetching.StaticFetcher(), FontConfiguration()
    fonts._folder = tidying.font_folder()
    # One sheet, not two: every element is then matched once.
    css = "\n".join(shipped.static_path(name).read_text("utf-8") for name in SHEETS) + COLUMNS
    sheet = weasyprint.CSS(
        string=css, base_url=fetching.BASE + SHEETS[0], url_fetcher=fetcher, font_config=fonts,
    )  # fmt: skip
    return Engine(weasyprint, fetcher, fonts, sheet)


def warm() -> None:
    """Make the engine now, in a process that will print."""
    with _lock:
        engine()


def minutes_html(
    *,
    snapshot: snapshots.Snapshot,
    standing: Standing,
    arms: bytes | None = None,
    tight: bool = False,
) -> str:
    """The page that is printed, as HTML (for measuring another printer against)."""
    context = contexts.minutes_context(
        snapshot=snapshot, standing=standing, arms_src=data_uri(arms)
    )
    return render_to_string("print/minutes.html", context | head(standing.dated, tight=tight))


def render_minutes(
    *, snapshot: snapshots.Snapshot, standing: Standing, arms: bytes | None
) -> bytes:
    """The minutes as PDF. What approved ones carry inside comes with their seal (sealing).

    Where the text ends in a few lines on a page of their own, it is set a little closer if that
    saves the page. Signing and approved files choose alike: only what both show is weighed. What
    was chosen for a text is remembered, so that its last signer does not wait for two tries.
    """
    html = functools.partial(minutes_html, snapshot=snapshot, standing=standing, arms=arms)

    def job() -> bytes:
        loose = html()
        text = fitting.text_of(loose)
        document = lay_out(html(tight=True) if fitting.chosen.get(text) else loose)
        if text not in fitting.chosen:
            pages = fitting.before_signatures(document.pages)
            closer = lay_out(html(tight=True)) if fitting.ends_in_a_few_lines(pages) else document
            saves = len(fitting.before_signatures(closer.pages)) < len(pages)
            fitting.remember(text, closer=saves)
            document = closer if saves else document
        return write(document, identifier=standing.text_id)

    return undisturbed(job)


def render_extract(
    *,
    snapshot: snapshots.Snapshot,
    item_key: int,
    standing: Standing,
    arms: bytes | None,
    certified_by: str = "",
    certified_at: datetime | None = None,
    corrections: Sequence[str] = (),
) -> bytes:
    """One item as a protokollsutdrag. KeyError when the snapshot has no such item."""
    certified = certified_by
    if certified_by and certified_at:
        certified = f"{certified_by}, {wording.moment(certified_at)}"
    context = contexts.extract_context(
        snapshot=snapshot, item_key=item_key, standing=standing, certified=certified,
        corrections=corrections,
    )  # fmt: skip
    dated = certified_at or standing.dated
    context["minutes"]["head_arms"] = data_uri(arms)
    html = render_to_string("print/extract.html", context | head(dated))
    identifier = f"{item_key}/{standing.text_id}"
    return undisturbed(lambda: write(lay_out(html), identifier=identifier))


def render_agenda(*, agenda: snapshots.Agenda, arms: bytes | None) -> bytes:
    """The agenda or call as PDF."""
    context = contexts.agenda_context(agenda=agenda, arms_src=data_uri(arms))
    html = render_to_string("print/agenda.html", context | head(None))
    return undisturbed(lambda: write(lay_out(html), identifier=""))


def head(dated: datetime | None, *, tight: bool = False) -> dict[str, Any]:
    """What the wrapper needs: the date of the file (never the clock's) and how it is set."""
    moment = dated.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if dated else ""
    return {"dated": moment, "paper": True, "tight": tight}


@contextlib.contextmanager
def nothing_refused() -> Iterator[Engine]:
    """The engine; RenderingError if it asks for anything it may not read."""
    tools = engine()
    tools.fetcher.refused.clear()
    try:
        yield tools
    except tools.weasyprint.urls.FatalURLFetchingError as error:
        # A BaseException, which `except Exception` of a view or a worker would miss.
        raise RenderingError(str(error)) from error
    if tools.fetcher.refused:
        raise RenderingError(f"not to be read: {tools.fetcher.refused[0][:200]}")


def lay_out(html: str) -> Any:
    """HTML as pages (weasyprint.Document), reading nothing from outside."""
    with nothing_refused() as tools:
        page = tools.weasyprint.HTML(
            string=signs.printable(TRAILING.sub("", html)),
            base_url=tools.fetcher.base,
            url_fetcher=tools.fetcher,
        )
        return page.render(font_config=tools.fonts, stylesheets=[tools.sheet], pdf_variant=VARIANT)


def write(document: Any, *, identifier: str) -> bytes:
    """The pages as a file. The same pages give the same bytes, in every process."""
    pdf = b""
    with nothing_refused():
        for nudge in range(9):
            pdf = document.write_pdf(
                pdf_variant=VARIANT,
                pdf_identifier=identifier[:32].encode() or True,
                finisher=functools.partial(conformance.finish, nudge=nudge),
            )
            if not conformance.ends_ambiguously(pdf):
                break
    return pdf


def data_uri(image: bytes | None) -> str:
    """The arms as an address that reads nothing from outside the page."""
    if not image:
        return ""
    kinds = ((b"\x89PNG", "png"), (b"\xff\xd8", "jpeg"))
    kind = next((kind for magic, kind in kinds if image.startswith(magic)), "svg+xml")
    return f"data:image/{kind};base64,{base64.b64encode(image).decode()}"
