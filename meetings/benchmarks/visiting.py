"""Somebody signed in, asking the program for pages in this process, through all of its stack.

Not django.test.Client: it keeps every context that was rendered and passes over the CSRF check,
so that neither what a page costs nor what it is compared with would be what a worker does.
"""

from __future__ import annotations

import functools
import io
from typing import Any
from urllib.parse import quote, urlencode
from wsgiref.util import setup_testing_defaults

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.test import Client

from members.models import Person

TOKEN = "m" * 32  # any secret will do, as long as cookie and header agree


@functools.cache
def application() -> WSGIHandler:
    return WSGIHandler()


class Visitor:
    def __init__(self, person: Person) -> None:
        client = Client()
        client.force_login(person)
        session = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.cookies = (
            f"{settings.SESSION_COOKIE_NAME}={session}; {settings.CSRF_COOKIE_NAME}={TOKEN}"
        )

    def get(self, address: str) -> bytes:
        path, _, query = address.partition("?")
        return self.send(path, REQUEST_METHOD="GET", QUERY_STRING=quote(query, safe="=&%+"))

    def post(self, path: str, fields: dict[str, str]) -> bytes:
        """As the desk's scripts do it."""
        body = urlencode(fields).encode()
        return self.send(
            path, REQUEST_METHOD="POST", CONTENT_LENGTH=str(len(body)),
            CONTENT_TYPE="application/x-www-form-urlencoded", HTTP_X_CSRFTOKEN=TOKEN,
            HTTP_X_REQUESTED_WITH="fetch", **{"wsgi.input": io.BytesIO(body)},
        )  # fmt: skip

    def send(self, path: str, **more: Any) -> bytes:
        """The body of the answer; AssertionError for any other than 200."""
        environ: dict[str, Any] = {
            "PATH_INFO": path, "HTTP_HOST": "localhost", "REMOTE_ADDR": "127.0.0.1",
            "HTTP_COOKIE": self.cookies, **more,
        }  # fmt: skip
        setup_testing_defaults(environ)
        said: list[str] = []

        def begin(status: str, headers: list[tuple[str, str]], error: Any = None) -> Any:
            said.append(status)

        answer = application()(environ, begin)
        try:
            content = b"".join(answer)
        finally:
            answer.close()
        if not said[0].startswith("200"):
            raise AssertionError(f"{path}: {said[0]}")
        return content
