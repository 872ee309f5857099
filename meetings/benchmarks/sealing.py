"""From the last approval to the sealed file."""

from __future__ import annotations

import datetime
import statistics
import time
from collections.abc import Iterator

from meetings import signing
from meetings.benchmarks import material
from meetings.benchmarks.figures import Figure, Sizes
from meetings.benchmarks.verifying import p95
from meetings.models import SealedMinutes, Signer


def figures(made: material.Material, sizes: Sizes) -> Iterator[Figure]:
    """Eight §§; everything that the last signer waits for, password and all."""
    times = max(2, sizes.rounds // 3)
    waiting = [last_signer(made, number) for number in range(times + 1)]
    before = SealedMinutes.objects.count()
    worked: list[float] = []  # by this process: on a busy computer the clock tells of others too

    def approve_last(_: int) -> None:
        began = time.process_time()
        material.approve(waiting.pop())
        worked.append(time.process_time() - began)

    taken = p95(approve_last, times)
    cpu = f"{statistics.median(worked):.2f} s processortid i median"
    told = f"hela svaret till den sista som godkänner 8 §§, av {times} ({cpu})"
    yield Figure("seal_p95", taken, "s", told)
    if SealedMinutes.objects.count() != before + times + 1:
        raise RuntimeError("not everything that was approved was sealed")


def last_signer(made: material.Material, number: int) -> Signer:
    """The one who has not approved yet, of minutes of their own."""
    day = material.DAY + datetime.timedelta(days=1 + number)
    meeting = material.protocol(made, day)
    round_ = signing.open_round(by=made.secretary, meeting=meeting)
    *first, last = material.signers_of(round_)
    for signer in first:
        material.approve(signer)
    return last
