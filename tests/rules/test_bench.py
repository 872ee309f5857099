"""./run bench: every figure it promises comes out, measured on next to nothing."""

from __future__ import annotations

import time

import pytest
from django.db import connection

from meetings.benchmarks import figures, measuring, paper
from meetings.benchmarks.figures import Figure
from meetings.management.commands import bench

OF_THE_BROWSER = ["reading_page_kb", "desk_js_kb", "typing_p95", "pdf_warm"]
ALWAYS = [
    "meeting_page", "desk_page", "autosave", "sealed_read", "pdf_growth", "worker_memory",
    "preview_first_page",
    "search_council", "search_all", "search_index", "compound_recall",
    "seal_p95", "check_hash_p95", "check_upload",
]  # fmt: skip
QUERIES = [
    f"queries_{page}"
    for page in ("start", "meetings", "actions", "archive", "search", "register", "meeting", "desk")
]


@pytest.mark.django_db(transaction=True)  # the browser's server is another thread
def test_every_figure_is_measured_beside_its_reference() -> None:
    found = {figure.name: figure for figure in measuring.figures(figures.TINY)}
    assert sorted(found) == sorted(ALWAYS + QUERIES + OF_THE_BROWSER * bool(paper.chromium()))
    assert [figure.name for figure in found.values() if not figure.value > 0] == []


def test_a_figure_is_one_line_of_name_value_unit_and_reference() -> None:
    line = str(Figure("pdf_warm", 0.2512, "×", "Chromium (2 ms mot 8 ms)"))
    assert line == "pdf_warm 0.251 × Chromium (2 ms mot 8 ms) [vanligt 0.30, mål ≤ 0.25]"
    line = str(Figure("queries_start", 12, "frågor", "2 rader gav 12"))
    assert line == "queries_start 12 frågor 2 rader gav 12 [vanligt –, mål lika många]"


@pytest.mark.parametrize(("wall", "clock"), [(True, "perf_counter"), (False, "process_time")])
def test_a_ratio_is_told_by_how_long_both_take(
    monkeypatch: pytest.MonkeyPatch, wall: bool, clock: str
) -> None:
    now = [0.0]
    monkeypatch.setattr(time, clock, lambda: now[0])

    def rest(seconds: float) -> None:
        now[0] += seconds

    # The first time is no measure, nor is the one that was disturbed.
    slow, quick = iter([9, 0.02, 0.02, 5]), iter([9, 0.005, 3, 0.005])
    figure = figures.ratio(
        "slow", lambda: rest(next(slow)), lambda: rest(next(quick)), 3, "en kort vila", wall=wall
    )
    assert figure.value == pytest.approx(4)
    assert figure.reference == "en kort vila (20.00 ms mot 5.00 ms, median av 3)"


def test_the_database_that_is_used_for_work_is_never_measured_in(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The command works in test_<name>, and leaves nothing behind when a figure fails."""
    done: list[str] = []
    creation = connection.creation
    monkeypatch.setattr(creation, "create_test_db", lambda **_: done.append("created"))
    monkeypatch.setattr(creation, "destroy_test_db", lambda name, **_: done.append("dropped"))

    def fails(*_: object) -> list[Figure]:
        done.append("measured")
        raise RuntimeError("en mätning som inte går")

    monkeypatch.setattr(measuring, "figures", fails)
    with pytest.raises(RuntimeError):
        bench.Command().handle(tiny=True)
    assert done == ["created", "measured", "dropped"]
