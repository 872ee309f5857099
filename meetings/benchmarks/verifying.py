"""Kontrollera protokoll: the answer to a hash, and to a file that must be looked into."""

from __future__ import annotations

import io
import statistics
import time
from collections.abc import Callable, Iterator
from unittest import mock

from django.test import Client
from django.urls import reverse

from meetings.benchmarks.figures import Figure, Sizes
from meetings.models import Meeting
from meetings.verifying import limiting

NO_LIMIT = {"hash": (1_000_000, 60), "file": (1_000_000, 60)}


def figures(meeting: Meeting, sizes: Sizes) -> Iterator[Figure]:
    """Of sealed minutes, asked about as a stranger does."""
    client, sealed = Client(HTTP_HOST="127.0.0.1"), meeting.sealed
    hashes = [sealed.pdf_sha256, "0" * 64]
    grown = bytes(sealed.pdf) + b"\n"  # not the original, so the inspector must look

    def ask(number: int) -> None:
        client.post(reverse("verify_hash"), {"sha256": hashes[number % 2]})

    def send(number: int) -> None:
        file = io.BytesIO(grown + b"%" * number)
        file.name = "protokoll.pdf"
        client.post(reverse("verify_file"), {"file": file})

    with mock.patch.dict(limiting.MOST, NO_LIMIT):
        told = f"hela svaret, av {4 * sizes.rounds} frågor"
        yield Figure("check_hash_p95", 1000 * p95(ask, 4 * sizes.rounds), "ms", told)
        told = f"{len(grown) // 1024} kB, det långsammaste vanliga av {sizes.prints + 1}"
        yield Figure("check_upload", p95(send, sizes.prints + 1), "s", told)


def p95(act: Callable[[int], None], times: int) -> float:
    """Seconds by the clock that 19 of 20 keep within."""
    act(0)
    taken = []
    for number in range(max(times, 2)):
        began = time.perf_counter()
        act(number)
        taken.append(time.perf_counter() - began)
    return statistics.quantiles(taken, n=20, method="inclusive")[-1]
