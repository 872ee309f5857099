"""A figure beside its reference, and how large everything is that is measured.

Times on shared cores say little; a ratio of two things measured by turns in the same run does.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

Work = Callable[[], object]

# What is ordinary, and what we aim for (shared/performance.md), by the name's beginning.
AIMS: dict[str, tuple[str, str]] = {
    "pdf_warm": ("0.30", "≤ 0.25"),
    "sealed_read": ("–", "≤ 0.01"),
    "pdf_growth": ("1.16", "≤ 1.1"),
    "preview_first_page": ("–", "≤ 1.3, och under en sekund"),
    "meeting_page": ("8.0", "≤ 3"),
    "desk_page": ("–", "≤ 4"),
    "autosave": ("–", "≤ 2"),
    "queries": ("–", "lika många"),
    "search_council": ("58–100, brett 1140", "≤ 100"),
    "search_all": ("1270–13500", "≤ 300"),
    "search_index": ("1.33", "≤ 1.35"),
    "compound_recall": ("0.00–0.64", "≥ 0.99"),
    "reading_page_kb": ("–", "< 100"),
    "desk_js_kb": ("–", "≤ 60"),
    "typing_p95": ("–", "< 30"),
    "worker_memory": ("–", "≤ 1.2"),
    "seal_p95": ("–", "< 1"),
    "check_hash_p95": ("–", "< 100"),
    "check_upload": ("–", "< 3"),
}


@dataclass(frozen=True)
class Sizes:
    rounds: int = 60  # how often a page is asked for
    prints: int = 7  # how often a protocol is printed
    short: int = 41  # copies of eight §§ that make about 90 pages …
    long: int = 204  # … and about 450
    items: int = 30  # §§ of the large meeting, and people at it
    rows: int = 30  # of a list
    archived: int = 50_000  # §§ in the searched council …
    unlike: int = 1_000  # … of which so many differ
    searches: int = 5  # of each kind
    papers: int = 200  # PDFs made by one worker
    keys: int = 400  # pressed on the desk


TINY = Sizes(
    rounds=2, prints=1, short=1, long=2, items=3, rows=2, archived=200, unlike=20, searches=1,
    papers=2, keys=20,
)  # fmt: skip


@dataclass(frozen=True)
class Figure:
    """`name value unit reference`, and what is ordinary and aimed at: one line of the bench."""

    name: str
    value: float
    unit: str
    reference: str

    def __str__(self) -> str:
        whole = self.value >= 100 or self.value == round(self.value)
        value = f"{self.value:.0f}" if whole else f"{self.value:.3g}"
        ordinary, aim = AIMS[self.name if self.name in AIMS else self.name.split("_")[0]]
        told = f"{self.name} {value} {self.unit} {self.reference}"
        return f"{told} [vanligt {ordinary}, mål {aim}]"


def ratio(
    name: str, work: Work, reference: Work, rounds: int, words: str, *, wall: bool = False
) -> Figure:
    """How many times the reference's time the work takes: medians of both, measured by turns.

    Time is the CPU of this process, or with `wall` that of the clock, where other processes work.
    """
    clock = time.perf_counter if wall else time.process_time
    ours, theirs = by_turns([work, reference], rounds, clock)
    mine, other = statistics.median(ours), statistics.median(theirs)
    told = f"{words} ({mine * 1000:.2f} ms mot {other * 1000:.2f} ms, median av {rounds})"
    return Figure(name, mine / other, "×", told)


def by_turns(works: Sequence[Work], rounds: int, clock: Callable[[], float]) -> list[list[float]]:
    """What each of the works took, round for round; they have been done once before."""
    for work in works:
        work()
    times: list[list[float]] = [[] for _ in works]
    for _ in range(rounds):
        for work, taken in zip(works, times, strict=True):
            began = clock()
            work()
            taken.append(clock() - began)
    return times
