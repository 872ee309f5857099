"""What browser tests may not do, because it fails on a machine that is slower or quicker."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

BROWSER = Path(__file__).parents[1] / "browser"
# From its second look on it evaluates text within the page, which our CSP refuses.
UNABLE = re.compile(r"\.wait_for_function\(")
# In a loop that looks for something, and nowhere else.
BLIND = re.compile(r"^ {0,4}(?:page|\w+\.page)\.wait_for_timeout\(|time\.sleep\(", re.MULTILINE)


@pytest.mark.parametrize("rule", [UNABLE, BLIND], ids=["asked in the page", "waits for a time"])
def test_browser_tests_wait_for_what_is_seen(rule: re.Pattern[str]) -> None:
    faults = [
        f"{path.name}: {found[0]}"
        for path in sorted(BROWSER.glob("*.py"))
        for found in rule.finditer(path.read_text())
    ]
    assert faults == []
