"""What has to be fetched: asked of a real browser, counted at the server."""

from __future__ import annotations

import tempfile
import threading
from collections.abc import Callable, Iterable, Iterator
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

import brotli  # type: ignore[import-untyped]
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from django.urls import reverse

from meetings.benchmarks.collected import as_in_production
from meetings.benchmarks.figures import Figure
from meetings.benchmarks.pages import Stack
from meetings.benchmarks.paper import chromium, run_chromium
from meetings.models import Meeting

PACKED = (".woff2", ".png", ".jpg")  # compressed already


OWN_SCRIPTS = "/static/js/"  # beside what is vendored and the bundle of the editor


def figures(meeting: Meeting, open_meeting: Meeting, stack: Stack) -> Iterator[Figure]:
    """The reading page of justerade minutes with all it brings, and the desk's own scripts."""
    if not chromium():
        return
    told = "filer som i drift, packade med brotli"
    with as_in_production():
        path = reverse("minutes", args=[meeting.council.slug, meeting.key])
        page = all_fetched(stack, path)
        path = reverse("desk", args=[open_meeting.council.slug, open_meeting.key])
        desk = all_fetched(stack, path)
    own = [size for file, size in desk.items() if file.startswith(OWN_SCRIPTS)]
    yield Figure("reading_page_kb", sum(page.values()) / 1000, "kB", f"{len(page)} {told}")
    yield Figure("desk_js_kb", sum(own) / 1000, "kB", f"{len(own)} {told}")


def all_fetched(stack: Stack, path: str) -> dict[str, int]:
    """Bytes by address, of everything Chromium asks for to show the page."""
    fetched: dict[str, int] = {}
    server = make_server("127.0.0.1", 0, counting(stack, fetched), WSGIServer, handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
            address = f"http://127.0.0.1:{server.server_port}{path}"
            shown = run_chromium(profile, "--virtual-time-budget=3000", "--dump-dom", address)
        if 'class="minutes' not in shown:
            raise RuntimeError("the browser did not get to see the minutes")
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
    return fetched


class Quiet(WSGIRequestHandler):
    def log_message(self, *_: object) -> None:
        """Not a line for each request."""


def counting(stack: Stack, fetched: dict[str, int]) -> Callable[..., Iterable[bytes]]:
    """The program with its static files, signed in, that notes what it hands out."""
    program = StaticFilesHandler(WSGIHandler())

    def application(environ: dict[str, Any], start: Any) -> list[bytes]:
        environ["HTTP_COOKIE"] = stack.cookies
        environ["HTTP_HOST"] = "127.0.0.1:8000"
        environ.pop("HTTP_ACCEPT_ENCODING", None)
        environ.pop("HTTP_ORIGIN", None)  # of another port than the one it is asked on
        answer = program(environ, start)
        content = b"".join(answer)
        answer.close()
        connections.close_all()  # of this thread, or the database could not be dropped
        path = environ["PATH_INFO"]
        fetched[path] = len(content if path.endswith(PACKED) else brotli.compress(content))
        return [content]

    return application
