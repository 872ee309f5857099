"""Every import points down (README, "Huset"), and there are no circles."""

from __future__ import annotations

import ast
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
APPS = ("members", "meetings")
# Leaves of meetings: plain values and words, free for every layer of it.
LEAVES = {"roles", "prepared", "states", "snapshot", "wording", "richtext", "comparing"}
FACES = {
    "forms": 5,
    "views": 6,
    "templatetags": 6,
    "urls": 7,
    "apps": 7,  # says what the worker does
    "second_factor_urls": 7,
    "sso_urls": 7,
    "admin": 7,
    "management": 7,
    "demo": 7,
    "benchmarks": 7,
}


def modules() -> dict[str, Path]:
    """Dotted names of all modules of the program, without migrations."""
    found = {}
    for app in (*APPS, "brå"):
        for path in (ROOT / app).rglob("*.py"):
            if "migrations" in path.parts:
                continue
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def imports_of(name: str) -> set[str]:
    """Our own modules that a module imports, wherever in it."""
    found = set()
    for node in ast.walk(ast.parse(MODULES[name].read_text())):
        if isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name} imports relatively"
            base = node.module or ""
            for alias in node.names:
                whole = f"{base}.{alias.name}"
                found.add(whole if whole in MODULES else base)
        elif isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return {target for target in found if target in MODULES and target != name}


def level(name: str) -> int:
    """0 leaves, 1–2 models, 3–4 activities, 5 forms, 6 views, 7 addresses and commands, 8 brå."""
    parts = name.split(".")
    if parts[0] == "brå":
        return 8
    second = parts[1] if len(parts) > 1 else ""
    if second in LEAVES or second == "":
        return 0
    if second in FACES:
        return FACES[second]
    activity = {"members": (1, 3), "meetings": (2, 4)}[parts[0]]
    return activity[0] if second == "models" else activity[1]


@pytest.mark.parametrize("name", sorted(MODULES))
def test_a_module_imports_only_its_own_level_and_below(name: str) -> None:
    upward = {target for target in imports_of(name) if level(target) > level(name)}
    assert upward == set()


@pytest.mark.parametrize("name", sorted(n for n in MODULES if n.startswith("members")))
def test_who_knows_nothing_of_meetings(name: str) -> None:
    assert {target for target in imports_of(name) if target.startswith("meetings")} == set()


def test_there_are_no_circles() -> None:
    """Packages that re-export count as one with their parts only towards the outside."""
    graph = {
        name: {t for t in imports_of(name) if not name.startswith(f"{t}.") and t != name}
        for name in MODULES
    }
    TopologicalSorter(graph).prepare()


def test_the_rule_finds_an_import_that_points_up() -> None:
    assert level("meetings.views.signing") > level("meetings.signing") > level("meetings.models.x")
    assert level("members.joining") > level("meetings.models.meeting") > level("members.models.a")
