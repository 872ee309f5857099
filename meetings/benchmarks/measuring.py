"""The whole bench, in order."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator

from django.test.utils import override_settings

from meetings.benchmarks import material, memory, pages, paper, search, weight
from meetings.benchmarks.figures import Figure, Sizes


def figures(sizes: Sizes) -> Iterator[Figure]:
    """Every figure as it is ready. The database is filled, and not emptied afterwards."""
    urls = "meetings.benchmarks.urls"
    with (
        tempfile.TemporaryDirectory() as media,
        override_settings(ROOT_URLCONF=urls, MEDIA_ROOT=media, ALLOWED_HOSTS=["127.0.0.1"]),
    ):
        made = material.settle(sizes.items)
        stack = pages.Stack(made.secretary)
        protocol = material.sealed(made, material.DAY)
        large = material.minutes(made, material.DAY.replace(month=9), sizes.items, sentences=10)
        yield from pages.figures(made, large, stack, sizes)
        yield from weight.figures(protocol, stack)
        yield from paper.figures(protocol, stack, sizes)
        yield memory.figure(protocol, sizes)
        yield from search.figures(made, sizes)
