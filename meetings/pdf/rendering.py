"""From template to PDF with WeasyPrint: PDF/A-3a and PDF/UA-1 in one file, the same every time."""

from __future__ import annotations

import base64
import functools
import threading
from datetime import UTC, datetime
from typing import Any, NamedTuple

from django.template.loader import render_to_string

from meetings import snapshot as snapshots
from meetings import wording
from meetings.pdf import context as contexts
from meetings.pdf.standing import Standing

SHEETS = ("css/minutes.css", "css/print.css")
# Pango's font map, which all documents of a process share, is not made for two threads at once.
_one_at_a_time = threading.Lock()


class RenderingError(Exception):
    """The paper could not be made, for instance because it asked for a forbidden address."""


class Engine(NamedTuple):
    """Costly to make, the same for every document: fonts and parsed style sheets."""

    weasyprint: Any
    fetcher: Any
    fonts: Any
    counters: Any
    sheets: list[Any]


@functools.cache
def engine() -> Engine:
    """Once a process, and only in one that prints: sharing it saves a fifth of each rendering."""
    # Imported here, not above: half a second and 40 MB that a process without paper never pays.
    import weasyprint  # noqa: PLC0415
    from weasyprint.css.counters import CounterStyle  # noqa: PLC0415
    from weasyprint.text.fonts import FontConfiguration  # noqa: PLC0415

    from meetings.pdf import fetching  # noqa: PLC0415

    fetcher, fonts, counters = fetching.StaticFetcher(), FontConfiguration(), CounterStyle()
    sheets = [
        weasyprint.CSS(
            url=fetching.BASE + name, url_fetcher=fetcher, font_config=fonts,
            counter_style=counters,
        )
        for name in SHEETS
    ]  # fmt: skip
    return Engine(weasyprint, fetcher, fonts, counters, sheets)


def minutes_html(
    *, snapshot: snapshots.Snapshot, standing: Standing, arms: bytes | None = None
) -> str:
    """The page that is printed, as HTML (for measuring another printer against)."""
    context = contexts.minutes_context(
        snapshot=snapshot, standing=standing, arms_src=data_uri(arms)
    )
    return render_to_string("print/minutes.html", context | head(standing.dated))


def render_minutes(
    *, snapshot: snapshots.Snapshot, standing: Standing, arms: bytes | None
) -> bytes:
    """The minutes as PDF. Approved ones carry their snapshot as the attachment protokoll.json."""
    approved = standing.state == "approved"
    return to_pdf(
        minutes_html(snapshot=snapshot, standing=standing, arms=arms),
        identifier=standing.text_id,
        dated=standing.dated,
        attached=snapshots.canonical(snapshot) if approved else None,
    )


def render_extract(
    *,
    snapshot: snapshots.Snapshot,
    item_key: int,
    standing: Standing,
    arms: bytes | None,
    certified_by: str = "",
    certified_at: datetime | None = None,
) -> bytes:
    """One item as a protokollsutdrag. KeyError when the snapshot has no such item."""
    certified = certified_by
    if certified_by and certified_at:
        certified = f"{certified_by}, {wording.moment(certified_at)}"
    context = contexts.extract_context(
        snapshot=snapshot, item_key=item_key, standing=standing, certified=certified
    )
    dated = certified_at or standing.dated
    context["minutes"]["head_arms"] = data_uri(arms)
    html = render_to_string("print/extract.html", context | head(dated))
    return to_pdf(html, identifier=f"{standing.text_id}/{item_key}", dated=dated)


def render_agenda(*, agenda: snapshots.Agenda, arms: bytes | None) -> bytes:
    """The agenda or call as PDF."""
    context = contexts.agenda_context(agenda=agenda, arms_src=data_uri(arms))
    html = render_to_string("print/agenda.html", context | head(None))
    return to_pdf(html, identifier="", dated=None)


def head(dated: datetime | None) -> dict[str, str]:
    """The file's own date (fixed by the minutes, never the clock), for its metadata."""
    moment = dated.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ") if dated else ""
    return {"dated": moment, "paper": "1"}


def to_pdf(
    html: str, *, identifier: str, dated: datetime | None, attached: bytes | None = None
) -> bytes:
    """Print it. The same HTML gives the same bytes, in every process."""
    from meetings.pdf import conformance, fetching  # noqa: PLC0415 - loads the engine

    with _one_at_a_time:
        tools = engine()
        attachments = []
        if attached is not None:
            moment = (dated or datetime.fromtimestamp(0, UTC)).astimezone(UTC)
            attachments.append(
                tools.weasyprint.Attachment(
                    string=attached, name="protokoll.json", created=moment, modified=moment,
                    description="Den låsta texten, byte för byte som den godkändes",
                    relationship="Source", url_fetcher=tools.fetcher,
                )
            )  # fmt: skip
        try:
            page = tools.weasyprint.HTML(
                string=html, base_url=fetching.BASE, url_fetcher=tools.fetcher
            )
            pdf: bytes = page.write_pdf(
                font_config=tools.fonts, counter_style=tools.counters, stylesheets=tools.sheets,
                attachments=attachments,
                pdf_variant="pdf/a-3a", pdf_identifier=identifier[:32].encode() or True,
                finisher=conformance.finish,
            )  # fmt: skip
        except tools.weasyprint.urls.FatalURLFetchingError as error:
            # A BaseException, which `except Exception` of a view or a worker would miss.
            raise RenderingError(str(error)) from error
    return pdf


def data_uri(image: bytes | None) -> str:
    """The arms as an address that reads nothing from outside the page."""
    if not image:
        return ""
    kinds = ((b"\x89PNG", "png"), (b"\xff\xd8", "jpeg"))
    kind = next((kind for magic, kind in kinds if image.startswith(magic)), "svg+xml")
    return f"data:image/{kind};base64,{base64.b64encode(image).decode()}"
