"""The whole bench, in order."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Collection, Iterator

from django.test.utils import override_settings

from meetings.benchmarks import (
    material,
    memory,
    pages,
    paper,
    previewing,
    queries,
    sealing,
    search,
    typing,
    verifying,
    weight,
)
from meetings.benchmarks.figures import Figure, Sizes

SUBJECTS = (
    "pages", "queries", "weight", "typing", "paper", "previewing", "memory", "sealing", "search",
    "verifying",
)  # fmt: skip


def figures(sizes: Sizes, only: Collection[str] = SUBJECTS) -> Iterator[Figure]:
    """Every figure as it is ready. The database is filled, and not emptied afterwards."""
    with (
        tempfile.TemporaryDirectory() as media,
        override_settings(
            ROOT_URLCONF="meetings.benchmarks.urls",
            MEDIA_ROOT=media,
            ALLOWED_HOSTS=["127.0.0.1"],
            # Slow on purpose is Django's hasher: a hundred approvals would only wait for it.
            PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        ),
    ):
        made = material.settle(sizes.items)
        stack = pages.Stack(made.secretary)
        protocol = material.sealed(made, material.DAY)
        large = material.minutes(made, material.DAY.replace(month=9), sizes.items, sentences=10)
        subjects: dict[str, Callable[[], Iterator[Figure]]] = {
            "pages": lambda: pages.figures(made, large, stack, sizes),
            "queries": lambda: queries.figures(made, large, stack, sizes),
            "weight": lambda: weight.figures(protocol, large, stack),
            "typing": lambda: typing.figures(large, made.secretary, sizes),
            "paper": lambda: paper.figures(protocol, stack, sizes),
            "previewing": lambda: iter(
                [
                    previewing.figure(
                        material.protocol(made, material.DAY.replace(month=10)), stack, sizes
                    )
                ]
            ),
            "memory": lambda: iter([memory.figure(protocol, sizes)]),
            "sealing": lambda: sealing.figures(made, sizes),
            "search": lambda: search.figures(sizes),
            "verifying": lambda: verifying.figures(protocol, sizes),
        }
        for name in SUBJECTS:
            if name in only:
                yield from subjects[name]()
