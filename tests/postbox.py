"""A real SMTP server on loopback, for mail that is really sent."""

from __future__ import annotations

import email.message
import email.policy
import socket
from collections.abc import Iterator
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from pytest_django import Settings


class Postbox:
    """A mail server that keeps what it gets; `refuses` makes it answer as a full one does."""

    def __init__(self) -> None:
        self.letters: list[email.message.EmailMessage] = []
        self.receivers: list[list[str]] = []
        self.refuses = False

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        if self.refuses:
            return "452 4.3.1 Insufficient system storage"
        self.letters.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        self.receivers.append(list(envelope.rcpt_tos))
        return "250 OK"


@pytest.fixture
def postbox(settings: Settings) -> Iterator[Postbox]:
    box = Postbox()
    with socket.socket() as held:  # so that nobody else is given the port meanwhile
        held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        held.bind(("127.0.0.1", 0))
        port = held.getsockname()[1]
        controller = Controller(box, hostname="127.0.0.1", port=port, ready_timeout=60)
        controller.start()
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST = "127.0.0.1"
        settings.EMAIL_PORT = port
        yield box
        controller.stop()
