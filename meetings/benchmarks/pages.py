"""The web pages, through the whole stack of middleware, against an empty page through the same."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterator
from contextlib import closing
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client
from django.urls import reverse
from django.utils.crypto import get_random_string

from meetings.benchmarks import material
from meetings.benchmarks.figures import Figure, Sizes, ratio
from meetings.models import AgendaItem, ItemKind, Meeting
from members.models import Person

EMPTY = "/tom/"
WORDS = "en tom sida för en inloggad, CPU i processen"


class Stack:
    """The program as a web server calls it, signed in as somebody.

    Not django.test.Client, whose own work would make every ratio look better than it is.
    """

    def __init__(self, person: Person) -> None:
        client = Client()
        client.force_login(person)
        self.handler = WSGIHandler()
        self.token = get_random_string(32)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.cookies = (
            f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={self.token}"
        )

    def get(self, path: str) -> bytes:
        return self.ask("GET", path)

    def fetch(self, path: str) -> bytes:
        """As the page's own scripts ask."""
        return self.ask("GET", path, fetched=True)

    def post(self, path: str, **values: object) -> bytes:
        return self.ask("POST", path, urlencode(values).encode())

    def ask(self, method: str, path: str, body: bytes = b"", *, fetched: bool = False) -> bytes:
        """The body of a page. Anything but 200 is a fault of the bench, and stops it."""
        path, _, query = path.partition("?")
        statuses: list[str] = []
        environ: dict[str, Any] = {
            "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "SCRIPT_NAME": "",
            "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "8000", "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "127.0.0.1:8000", "HTTP_ACCEPT": "text/html",
            "HTTP_COOKIE": self.cookies, "HTTP_X_CSRFTOKEN": self.token,
            "HTTP_X_REQUESTED_WITH": "fetch" if fetched or method == "POST" else "",
            "CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(body)),
            "wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr, "wsgi.url_scheme": "http",
            "wsgi.version": (1, 0), "wsgi.multithread": False, "wsgi.multiprocess": True,
            "wsgi.run_once": False,
        }  # fmt: skip

        def start(status: str, headers: object, exc_info: object = None) -> Any:
            statuses.append(status)

        with closing(self.handler(environ, start)) as answer:
            content = b"".join(answer)
        if not statuses[0].startswith("200"):
            raise RuntimeError(f"{method} {path}: {statuses[0]}")
        return content


def figures(
    made: material.Material, meeting: Meeting, stack: Stack, sizes: Sizes
) -> Iterator[Figure]:
    """Of a large meeting whose minutes are being written."""
    items, people = meeting.items.standing().count(), meeting.attendance.count()
    for name, view, more in (
        ("meeting_page", "meeting", f"{items} §§ och {people} personer"),
        ("desk_page", "desk", f"{items} §§"),
    ):
        path = reverse(view, args=[made.council.slug, meeting.key])
        yield against_empty(name, stack, path, sizes, more)
    yield autosave(made, meeting, stack, sizes)


def against_empty(name: str, stack: Stack, path: str, sizes: Sizes, more: str) -> Figure:
    return ratio(
        name, lambda: stack.get(path), lambda: stack.get(EMPTY), sizes.rounds, f"{WORDS}, {more}"
    )


def autosave(made: material.Material, meeting: Meeting, stack: Stack, sizes: Sizes) -> Figure:
    """What the desk sends while somebody writes: a § of ten sentences, changed each time."""
    item = meeting.items.standing().filter(kind=ItemKind.INFORMATION)[0]
    path = reverse("save_item_text", args=[made.council.slug, meeting.key, item.pk])
    version = AgendaItem.objects.get(pk=item.pk).text_version

    def save() -> None:
        nonlocal version
        words = f"{material.text(version, 10)}<p>Sparat {version} gånger.</p>"
        version = json.loads(stack.post(path, text=words, version=version))["version"]

    return ratio("autosave", save, lambda: stack.get(EMPTY), sizes.rounds, WORDS)
