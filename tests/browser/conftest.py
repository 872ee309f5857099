"""Real Chromium (Debian's) through Playwright: pages signed in as somebody, watched throughout."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, ConsoleMessage, Page, expect
from pytest_django.live_server_helper import LiveServer

from meetings.benchmarks import collected
from meetings.models import AgendaItem, Meeting
from members.models import Person
from tests import builders, once
from tests.browser.serving import Server
from tests.builders import Cast

AXE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text()
DESK, PHONE = 1280, 390
# Only a failing test waits this long. Five seconds, as Playwright has it, pass on a busy machine.
expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """Debian's Chromium, which must not look for Google's hosts on a closed network.

    Without the window around the page, if it can be had: the same engine, and a page is there in
    a quarter of the time.
    """
    return {
        "executable_path": shutil.which("chromium-headless-shell") or shutil.which("chromium"),
        "args": [
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            # Each page is gone before what is compiled at length has paid for it.
            "--js-flags=--no-turbofan --no-maglev",
        ],
    }


@pytest.fixture(scope="session")
def collected_files(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not once.is_one_of_many(pytestconfig):
        folder = tmp_path_factory.mktemp("static")
        collected.collect(folder)
        return folder
    shared = tmp_path_factory.getbasetemp().parent
    once.made(shared, "static", lambda: collected.collect(shared / "static"))
    return shared / "static"


@pytest.fixture(scope="module", autouse=True)
def files_as_in_production(collected_files: Path) -> Iterator[None]:
    """Scripts and styles made small and hashed: what was made smaller is what is tested."""
    with collected.served(collected_files):
        yield


@pytest.fixture
def cast(transactional_db: None) -> Cast:
    """The cast, committed, because the server answers in a thread of its own."""
    return builders.cast()


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """Being minuted at the desk, with nothing written yet."""
    return builders.minuting_open(cast)


@pytest.fixture
def first(meeting: Meeting) -> AgendaItem:
    """Its first §."""
    return meeting.items.standing()[0]


@dataclass
class Watched:
    """A page and everything its console said. `look()` is the promise of every page."""

    page: Page
    base: str
    said: list[str] = field(default_factory=list)
    # Part of an address the server may refuse: Chromium itself writes of it, and when it likes.
    may_refuse: str = ""

    def listen(self) -> Watched:
        self.page.on("console", self.note)
        self.page.on("pageerror", lambda error: self.said.append(f"error: {error}"))
        return self

    def note(self, message: ConsoleMessage) -> None:
        refused = "Failed to load resource" in message.text
        if refused and self.may_refuse and self.may_refuse in message.location["url"]:
            return
        if message.type == "error" or "Content Security Policy" in message.text:
            self.said.append(message.text)

    def go(self, path: str) -> Page:
        self.page.goto(f"{self.base}{path}")
        return self.page

    def look(self, *, where: str = "") -> None:
        """axe 0 in light and dark, nothing wider than the window, nothing in the console."""
        self.page.wait_for_load_state()  # a press on a link ends when the next page begins
        for scheme in ("light", "dark"):
            self.page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found = axe(self.page, COLOURS if scheme == "dark" else "")
            assert found == [], f"{where or self.page.url}, {scheme}"
        wide = "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        assert self.page.evaluate(wide) <= 0, f"{where or self.page.url} scrolls sideways"
        assert self.said == [], where or self.page.url


# What another colour scheme can change; everything else is the same in both.
COLOURS = "runOnly: {type: 'rule', values: ['color-contrast', 'link-in-text-block']}"


def axe(page: Page, only: str = "") -> list[str]:
    """What axe finds against WCAG 2.2 A and AA and its best practice, as readable lines."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE)
    # It need not describe all that is as it should be, which is most of the page, nor read style
    # sheets and sounds for rules that are off or have nothing here to judge.
    options = f"{{resultTypes: ['violations'], preload: false, {only}}}"
    found = page.evaluate(f"axe.run({options}).then(result => result.violations)")
    return [
        f"{one['id']}: {one['help']} {[node['target'] for node in one['nodes'][:4]]}"
        for one in found
    ]


@pytest.fixture
def sign_in(browser: Browser, live_server: LiveServer) -> Iterator[Callable[..., Watched]]:
    """`sign_in(person, width=PHONE)`: a page in a fresh context with that person's session."""
    contexts = []

    def open_page(person: Person | None, *, width: int = DESK, height: int = 900) -> Watched:
        context = browser.new_context(
            locale="sv-SE",
            timezone_id="Europe/Stockholm",
            viewport={"width": width, "height": height},
            has_touch=width == PHONE,
        )
        contexts.append(context)
        if person is not None:
            client = Client()
            client.force_login(person)
            cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}]
            )
        return Watched(context.new_page(), live_server.url).listen()

    yield open_page
    for context in contexts:
        context.close()


@pytest.fixture
def watched(cast: Cast, sign_in: Callable[..., Watched]) -> Watched:
    """The secretary's page."""
    return sign_in(cast.secretary)


@pytest.fixture
def server(transactional_db: None) -> Iterator[Server]:
    """One that a test can kill."""
    own = Server()
    own.start()
    yield own
    own.close()
