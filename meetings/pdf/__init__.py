"""The paper: minutes, extracts and agendas as PDF. Objects in, bytes out, no database.

    render_minutes, render_extract, render_agenda   the files
    minutes_context                                 the same document for a page on screen:
                                                    include "print/_document.html" with it
    Standing, ApprovalLine                          how far the minutes have come

context and signature_page say *what* is printed; rendering, fetching and conformance *how*.
"""

from meetings.pdf.context import extract_context, minutes_context
from meetings.pdf.rendering import (
    RenderingError,
    minutes_html,
    render_agenda,
    render_extract,
    render_minutes,
    warm,
)
from meetings.pdf.signs import number_of, unprintable
from meetings.pdf.standing import ApprovalLine, StandIn, Standing

__all__ = [
    "ApprovalLine",
    "RenderingError",
    "StandIn",
    "Standing",
    "extract_context",
    "minutes_context",
    "minutes_html",
    "number_of",
    "render_agenda",
    "render_extract",
    "render_minutes",
    "unprintable",
    "warm",
]
