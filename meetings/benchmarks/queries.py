"""How often pages ask the database for many rows, against few."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Iterator
from unittest import mock

import pydyf
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from meetings import followup, pdf, planning
from meetings.benchmarks import material
from meetings.benchmarks.figures import Figure, Sizes
from meetings.benchmarks.material import Material
from meetings.benchmarks.pages import Stack
from meetings.models import Meeting
from members.roles import Role

FEW = 2  # some pages show one thing alone differently from a list
LISTS = {
    "start": "/",
    "meetings": "/moten/",
    "actions": "/uppdrag/",
    "archive": "/arkiv/",
    "search": "/sok/?q=informationen",
}


def figures(made: Material, large: Meeting, stack: Stack, sizes: Sizes) -> Iterator[Figure]:
    """The lists with few rows and with many; the meeting page and the desk by their §§."""
    slug = made.council.slug
    lists = LISTS | {"register": reverse("register", args=[slug])}
    with mock.patch.object(pdf, "render_minutes", quick_paper()):
        grow(made, 0, FEW)
        few = {name: asked(stack, path) for name, path in lists.items()}
        grow(made, FEW, sizes.rows)
    for name, path in lists.items():
        told = f"{FEW} rader gav {few[name]} (här {sizes.rows} till)"
        yield Figure(f"queries_{name}", asked(stack, path), "frågor", told)
    small = material.minutes(made, material.DAY.replace(year=2025), items=2, sentences=3)
    for name in ("meeting", "desk"):
        counts = [asked(stack, reverse(name, args=[slug, one.key])) for one in (small, large)]
        told = f"2 §§ gav {counts[0]} (här {large.items.standing().count()})"
        yield Figure(f"queries_{name}", counts[1], "frågor", told)


def asked(stack: Stack, path: str) -> int:
    stack.get(path)  # fills what is kept between requests
    with CaptureQueriesContext(connection) as captured:
        stack.get(path)
    return len(captured)


def grow(made: Material, already: int, count: int) -> None:
    """Meetings ahead and in the archive, with §§ and uppdrag, and people with organisations."""
    today = timezone.localdate()
    for number in range(already, already + count):
        days = datetime.timedelta(days=number + 1)
        planning.plan_meeting(by=made.secretary, council=made.council, date=today + days)
        meeting = material.minutes(made, material.DAY - days, items=2, sentences=3)
        followup.give_action(
            by=made.secretary, item=meeting.items.standing()[1], text=f"Återkom {number}",
            persons=[made.secretary], due_next_meeting=True,
        )  # fmt: skip
        material.seal(made, meeting)
        material.seat(made.council, 1000 + number, Role.MEMBER)


def quick_paper() -> Callable[..., bytes]:
    """An empty page for each seal: what the paper says is no matter to the count."""
    made: list[int] = []

    def page(**_: object) -> bytes:
        document, written = pydyf.PDF(), io.BytesIO()
        document.add_page(pydyf.Dictionary({"Type": "/Page", "Parent": document.pages.reference}))
        document.write(written)
        made.append(1)
        return written.getvalue() + b"%% %d\n" % len(made)

    return page
