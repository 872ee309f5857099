"""The pages beside the text: from asking until the page at hand is there, nothing kept before."""

from __future__ import annotations

import functools
from itertools import count

from meetings import archiving, minuting, pdf, sealing
from meetings.benchmarks.figures import Figure, Sizes, ratio
from meetings.benchmarks.pages import Stack
from meetings.models import Meeting
from meetings.pdf import fitting


def figure(meeting: Meeting, stack: Stack, sizes: Sizes) -> Figure:
    """Of a draft: saved anew each time, so that it is printed anew each time."""
    item = meeting.items.standing().exclude(text="")[0]
    numbers, text, writer = count(10), item.text, meeting.secretary
    if writer is None:
        raise ValueError("the meeting has no secretary")
    path = f"/{meeting.council.slug}/moten/{meeting.key}/skriv/sidor/?punkt={item.pk}"

    def first_page() -> bytes:
        item.refresh_from_db()
        words = f"{text}<p>Tillagt {next(numbers)}.</p>"  # always as long
        minuting.save_text(by=writer, target=item, html=words, base_version=item.text_version)
        return stack.fetch(path)

    first_page()
    read = archiving.minutes_of(meeting)
    render = functools.partial(
        pdf.render_minutes, snapshot=read.content, standing=read.standing,
        arms=sealing.arms_of(read.content["cover"]),
    )  # fmt: skip

    def render_new() -> bytes:
        fitting.chosen.clear()  # new words, too, may be set twice before it is known how they end
        return render()

    pages = sealing.page_count(render_new())
    words = f"att göra samma PDF, {pages} sidor, CPU"
    return ratio("preview_first_page", first_page, render_new, sizes.prints, words)
