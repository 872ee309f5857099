"""kill -9 of browser and of server while one types: at most what was typed the last 2 s is lost."""

from __future__ import annotations

import contextlib
import os
import random
import re
import signal
import tempfile
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, BrowserType, Error, Page, expect

from meetings.models import AgendaItem, Meeting, TextRevision
from tests import builders
from tests.browser.desk import desk_path, sign_in_as, stored, text_of
from tests.browser.serving import Server
from tests.builders import Cast

A_SECOND = 15  # characters: quicker than anybody writes
MOST_LOST = 2.0  # seconds
DONE = re.compile("saved|idle")


class Window:
    """A browser of its own with its own profile on disk, so that it can be killed."""

    def __init__(self, kind: BrowserType, options: dict[str, Any], profile: str) -> None:
        self.kind, self.options, self.profile = kind, options, profile
        self.context: BrowserContext | None = None

    def open(self) -> Page:
        self.context = self.kind.launch_persistent_context(
            self.profile, locale="sv-SE", viewport={"width": 1280, "height": 900}, **self.options
        )
        return self.context.new_page()

    def main_process(self) -> int:
        """The one with this profile that no other of them has started."""
        own = {}
        for entry in Path("/proc").iterdir():
            if not entry.name.isdecimal():
                continue
            try:
                line = (entry / "cmdline").read_text()
                parent = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except (OSError, UnicodeDecodeError):
                continue
            if f"--user-data-dir={self.profile}" in line:
                own[int(entry.name)] = parent
        [main] = [pid for pid, parent in own.items() if parent not in own]
        return main

    def close(self) -> None:
        if self.context:
            with contextlib.suppress(Error):  # killed
                self.context.close()
        self.context = None


@pytest.fixture
def window(browser_type: BrowserType, browser_type_launch_args: dict[str, Any]) -> Iterator[Window]:
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        own = Window(browser_type, browser_type_launch_args, profile)
        yield own
        own.close()


def type_until_killed(page: Page, text: str, kill: threading.Timer) -> list[tuple[float, str]]:
    """Every character with the time when it had been typed."""
    typed = []
    kill.start()
    for letter in text:
        try:
            page.keyboard.type(letter, delay=1000 / A_SECOND)
        except Error:
            break
        typed.append((time.monotonic(), letter))
        if kill.finished.is_set() and time.monotonic() - typed[0][0] > 6:
            break
    kill.join()
    return typed


@pytest.mark.parametrize("kills", [2, pytest.param(50, marks=pytest.mark.slow)])
def test_a_kill_at_a_random_moment_loses_at_most_the_last_two_seconds(
    window: Window, server: Server, cast: Cast, kills: int
) -> None:
    meeting = builders.minuting_open(cast)
    items = list(meeting.items.standing())
    chance = random.Random(11)
    worst = 0.0
    page = open_at(window, server, cast, meeting, items[0])
    for number in range(kills):
        item = items[number % len(items)]
        before = stored(item)[3:-4]
        text_of(page, item).click()
        page.keyboard.press("Control+End")
        text = "".join(chance.choice("abcdefghijklmnopqrstuvwxyzåäö") for _ in range(120))
        victims = {"browser": window.main_process(), "server": 0}
        victim = "browser" if number % 2 == 0 else "server"
        killed: list[float] = []

        def kill(pid: int = victims[victim], killed: list[float] = killed) -> None:
            killed.append(time.monotonic())
            if pid:
                os.kill(pid, signal.SIGKILL)
            else:
                server.kill()

        typed = type_until_killed(page, text, threading.Timer(chance.uniform(0.2, 5), kill))
        if victim == "browser":
            window.close()
            page = open_at(window, server, cast, meeting, item)
            page.wait_for_selector("#desk[data-brought-back]")
        else:
            server.start()
        expect(page.locator("#save-state")).to_have_attribute("data-state", DONE, timeout=30_000)
        after = stored(item)[3:-4]
        assert after.startswith(before)
        kept = after[len(before) :]
        assert text.startswith(kept)
        lost = [at for at, _ in typed[len(kept) :]]
        if victim == "server":
            assert lost == []
        elif lost:
            worst = max(worst, killed[0] - lost[0])
    print(f"at most {worst:.2f} s of typing lost in {kills} kills")
    assert worst <= MOST_LOST
    # Killed between saving and answering, the server has met the same words again: kept, none lost.
    texts = [stored(item) for item in items]
    for met in TextRevision.objects.filter(version__isnull=True):
        assert any(text.startswith(met.text.removesuffix("</p>")) for text in texts)


def open_at(window: Window, server: Server, cast: Cast, meeting: Meeting, item: AgendaItem) -> Page:
    page = window.open()
    sign_in_as(cast.secretary, page, server.url)
    page.goto(f"{server.url}{desk_path(meeting)}#item-{item.pk}")
    page.wait_for_selector("#desk[data-ready]")
    return page
