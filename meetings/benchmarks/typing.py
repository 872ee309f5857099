"""How long it takes from a key on the desk until its letter is seen, in a real browser."""

from __future__ import annotations

import statistics
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib.util import find_spec
from socketserver import ThreadingMixIn
from typing import Any
from wsgiref.simple_server import WSGIServer, make_server

from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.urls import reverse

from meetings.benchmarks.figures import Figure, Sizes
from meetings.benchmarks.pages import EMPTY, Stack
from meetings.benchmarks.paper import chromium
from meetings.benchmarks.weight import Quiet
from meetings.models import ItemKind, Meeting
from members.models import Person

# No å, ä or ö: Playwright's keyboard has no such key, and puts the letter in without one.
WORDS = "polisen talar om hamnen, trafiken och torget under sommaren. "
PAUSE = 20  # ms between keys: fifty a second, faster than anybody writes
# From the key to the second frame after it, when what the key changed has been drawn.
MEASURE = """() => {
  window.keysTaken = [];
  document.addEventListener("keydown", (event) => {
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => window.keysTaken.push(performance.now() - event.timeStamp);
      channel.port2.postMessage(0);
    });
  }, { capture: true });
}"""
ALL_TAKEN = """async (keys) => {
  while (window.keysTaken.length < keys) await new Promise(requestAnimationFrame);
  return window.keysTaken;
}"""
FIELD = "() => { document.body.innerHTML = '<textarea aria-label=\"Text\"></textarea>'; }"


def figures(meeting: Meeting, person: Person, sizes: Sizes) -> Iterator[Figure]:
    """In a § in the middle of a meeting with all its §§ open, beside an empty page's field."""
    if not (chromium() and find_spec("playwright")):
        return
    items = list(meeting.items.standing())
    item = [one for one in items if one.kind == ItemKind.INFORMATION][len(items) // 2 - 1]
    cookies = Stack(person).cookies
    with served() as address, ThreadPoolExecutor(1) as apart:
        desk = f"{address}{reverse('desk', args=[meeting.council.slug, meeting.key])}"
        # In a thread of its own: where another Playwright is at work, as in the tests, and inside
        # its loop Django would open a connection of its own.
        order = [one.pk for one in items] + [item.pk]
        measuring = apart.submit(measured, desk, order, f"{address}{EMPTY}", cookies, sizes.keys)
        here, there = measuring.result()
    told = f"ett fält på en tom sida ({p95(there):.1f} ms), {len(items)} §§"
    yield Figure("typing_p95", p95(here), "ms", f"{told}, {len(here)} tangenter")


def measured(
    desk: str, order: list[int], empty: str, cookies: str, keys: int
) -> tuple[list[float], list[float]]:
    """Milliseconds a key on the desk, in the last § of the order, and in the empty page's field."""
    with opened(desk, cookies) as page:
        page.goto(desk)
        page.wait_for_selector("#desk[data-ready]")
        for pk in order:  # every § has been written in
            page.locator(f"#outline [data-item='{pk}'] a").click()
            page.wait_for_selector(f"#text-{pk}[contenteditable=true]:focus")
        here = typed(page, keys)
        page.wait_for_selector("#save-state[data-state=saved]")
        page.goto(empty)
        page.evaluate(FIELD)
        page.get_by_label("Text").click()
        return here, typed(page, keys)


def typed(page: Any, keys: int) -> list[float]:
    """Milliseconds for each key of an ordinary sentence, over and over."""
    page.evaluate(MEASURE)
    page.keyboard.type((WORDS * (keys // len(WORDS) + 1))[:keys], delay=PAUSE)
    return list(page.evaluate(ALL_TAKEN, keys))


def p95(taken: list[float]) -> float:
    return statistics.quantiles(taken, n=20, method="inclusive")[-1]


class Server(ThreadingMixIn, WSGIServer):
    daemon_threads = True


@contextmanager
def served() -> Iterator[str]:
    """The program with its static files, as browsers meet it; its address."""
    program = StaticFilesHandler(WSGIHandler())

    def application(environ: dict[str, Any], start: Any) -> Iterator[bytes]:
        answer = program(environ, start)
        try:
            yield from answer
        finally:
            answer.close()
            connections.close_all()  # of this thread, or the database could not be dropped

    server = make_server("127.0.0.1", 0, application, Server, handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@contextmanager
def opened(address: str, cookies: str) -> Iterator[Any]:
    """A page of Chromium, signed in with the cookies."""
    # Only the bench and the tests have Playwright; the program runs without it.
    from playwright.sync_api import sync_playwright  # noqa: PLC0415

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        try:
            context = browser.new_context(viewport={"width": 1280, "height": 900})
            pairs = [part.split("=", 1) for part in cookies.split("; ")]
            context.add_cookies(
                [{"name": name, "value": value, "url": address} for name, value in pairs]
            )
            yield context.new_page()
        finally:
            browser.close()
