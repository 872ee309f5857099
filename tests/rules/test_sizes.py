"""Files and functions that fit on a screen or a few, and names that say what is inside."""

from __future__ import annotations

import ast
import subprocess
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODULE, FUNCTION, VIEW, CLASS, TEMPLATE, TEST_FILE = 400, 60, 40, 250, 130, 400
JUNK = {"utils", "util", "helpers", "helper", "common", "base", "core", "misc"}


def tracked(*patterns: str) -> list[Path]:
    """Files of the tree, tracked or about to be, without migrations."""
    listed = subprocess.run(
        ["git", "-C", str(ROOT), "ls-files", "-z", "-co", "--exclude-standard", "--", *patterns],
        capture_output=True, check=True, text=True,
    ).stdout.split("\0")  # fmt: skip
    paths = [ROOT / name for name in listed if name and "/migrations/" not in name]
    return [path for path in paths if path.is_file()]


CODE = tracked("brå/*.py", "members/*.py", "meetings/*.py")
TESTS = tracked("tests/*.py")
TEMPLATES = tracked("templates/*.html")


def named(path: Path) -> str:
    return str(path.relative_to(ROOT))


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def long_parts(path: Path, kinds: tuple[type, ...], most: int) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, kinds):
            length = node.end_lineno - node.lineno + 1  # type: ignore[attr-defined]
            if length > most:
                yield f"{node.name}: {length} lines"  # type: ignore[attr-defined]


FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)


@pytest.mark.parametrize("path", CODE, ids=named)
def test_modules_functions_and_classes_keep_their_size(path: Path) -> None:
    most = VIEW if "views" in path.parts else FUNCTION
    assert lines(path) <= MODULE
    assert list(long_parts(path, FUNCTIONS, most)) == []
    assert list(long_parts(path, (ast.ClassDef,), CLASS)) == []


@pytest.mark.parametrize("path", TESTS, ids=named)
def test_test_files_keep_their_size(path: Path) -> None:
    assert lines(path) <= TEST_FILE


@pytest.mark.parametrize("path", TEMPLATES, ids=named)
def test_templates_keep_their_size(path: Path) -> None:
    assert lines(path) <= TEMPLATE


def test_no_module_is_a_junk_drawer() -> None:
    assert [
        named(path) for path in CODE + TESTS if path.stem in JUNK or path.parent.name in JUNK
    ] == []


def test_the_folder_is_written_with_the_composed_letter() -> None:
    """Decomposed (a + ring) the package cannot be imported on other systems."""
    names = [path.name for path in ROOT.iterdir() if path.name.startswith("br")]
    assert names == [unicodedata.normalize("NFC", "brå")]


def test_templates_carry_no_inline_styles_or_scripts() -> None:
    """The CSP would refuse them; print templates are read by WeasyPrint and may have <style>."""
    guilty = [
        named(path)
        for path in TEMPLATES
        if "print" not in path.parts
        and any(
            word in path.read_text() for word in (" style=", "<style", " onclick=", "javascript:")
        )
    ]
    assert guilty == []
