"""How often the list pages ask the database for many rows, against one."""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable, Iterator
from unittest import mock

import pydyf
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from meetings import pdf, planning
from meetings.benchmarks import material
from meetings.benchmarks.figures import Figure, Sizes
from meetings.benchmarks.material import Place
from meetings.benchmarks.visiting import Visitor
from members.roles import Role


def figures(sizes: Sizes) -> Iterator[Figure]:
    where = material.place("Hagby", members=4)
    visitor = Visitor(where.secretary)
    lists = addresses(where)
    with mock.patch.object(pdf, "render_minutes", quick_paper()):
        grow(where, 0, 1)
        one = {name: queries(visitor, address) for name, address in lists.items()}
        grow(where, 1, sizes.rows)
    for name, address in lists.items():
        many = queries(visitor, address)
        yield Figure(
            f"queries_{name}", many, "queries", f"with one row {one[name]} ({sizes.rows} rows here)"
        )


def addresses(where: Place) -> dict[str, str]:
    slug = where.council.slug
    return {
        "start": "/",
        "meetings": "/moten/",
        "actions": "/uppdrag/",
        "archive": "/arkiv/",
        "search": "/sok/?q=informationen",
        "register": f"/rad/{slug}/register/",
        "organisations": f"/rad/{slug}/organisationer/",
    }


def queries(visitor: Visitor, address: str) -> int:
    visitor.get(address)  # fills what is kept between requests
    with CaptureQueriesContext(connection) as asked:
        visitor.get(address)
    return len(asked)


def grow(where: Place, already: int, count: int) -> None:
    """Meetings ahead and in the archive (with §§ and uppdrag), people and organisations."""
    today = timezone.localdate()
    for number in range(already, already + count):
        days = datetime.timedelta(days=number + 1)
        planning.plan_meeting(by=where.secretary, council=where.council, date=today + days)
        material.seal(where, material.written(where, items=3, date=material.DAY - days))
        material.seat(where.council, 100 + number, Role.MEMBER)
        material.organisation(where.secretary, where.council, f"Föreningen {number}")


def quick_paper() -> Callable[..., bytes]:
    """An empty page for each seal: what the paper says is no matter to the count."""
    made: list[int] = []

    def page(**kwargs: object) -> bytes:
        document, written = pydyf.PDF(), io.BytesIO()
        document.add_page(pydyf.Dictionary({"Type": "/Page", "Parent": document.pages.reference}))
        document.write(written)
        made.append(1)
        return written.getvalue() + b"%% %d\n" % len(made)

    return page
