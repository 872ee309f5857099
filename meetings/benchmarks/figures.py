"""A figure beside its reference, and how large everything is that is measured.

Times on shared cores say little; a ratio of two things measured by turns in the same run does.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass

Work = Callable[[], object]


@dataclass(frozen=True)
class Sizes:
    rounds: int = 60  # how often a page is asked for
    prints: int = 7  # how often a protocol is printed
    short: int = 12  # copies of eight §§ that make about 90 pages …
    long: int = 60  # … and about 450
    items: int = 30  # §§ of the large meeting, and people at it
    archived: int = 50_000  # §§ in the searched council
    papers: int = 60  # PDFs made by one worker


TINY = Sizes(rounds=2, prints=1, short=1, long=2, items=3, archived=300, papers=2)


@dataclass(frozen=True)
class Figure:
    """`name value unit reference`: one line of the bench (shared/performance.md has the aims)."""

    name: str
    value: float
    unit: str
    reference: str

    def __str__(self) -> str:
        return f"{self.name} {self.value:.3g} {self.unit} {self.reference}"


def ratio(
    name: str, work: Work, reference: Work, rounds: int, words: str, *, wall: bool = False
) -> Figure:
    """How many times the reference's time the work takes: medians of both, measured by turns.

    Time is the CPU of this process, or with `wall` that of the clock, where other processes work.
    """
    clock = time.perf_counter if wall else time.process_time
    work()
    reference()
    ours, theirs = [], []
    for _ in range(rounds):
        ours.append(taken(work, clock))
        theirs.append(taken(reference, clock))
    mine, other = statistics.median(ours), statistics.median(theirs)
    told = f"{words} ({mine * 1000:.2f} ms mot {other * 1000:.2f} ms, median av {rounds})"
    return Figure(name, mine / other, "×", told)


def taken(work: Work, clock: Callable[[], float]) -> float:
    began = clock()
    work()
    return clock() - began
