"""manage.py worker: sends mail and does whatever else is due, until told to stop."""

from __future__ import annotations

import logging
import signal
import threading
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import close_old_connections, connection

from members import jobs

IDLE_SECONDS = 2.0
log = logging.getLogger(__name__)


class Command(BaseCommand):
    help = "Skickar mejl och gör annat som väntar. Avslutas med Ctrl-C eller SIGTERM."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--once", action="store_true", help="Gör allt som väntar nu och avsluta sedan."
        )

    def handle(self, *args: Any, once: bool = False, **options: Any) -> None:
        stop = threading.Event()
        if not once:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            if do_all_due(stop):
                continue
            if once:
                return
            stop.wait(IDLE_SECONDS)


def do_all_due(stop: threading.Event) -> bool:
    """One thing of every job; whether any of them did something."""
    did_something = False
    for job in jobs.JOBS:
        if stop.is_set():
            break
        close_stale_connection()
        try:
            did_something |= bool(job())
        except Exception:  # a fault in one job must not stop the others, nor the worker
            log.exception("job %s failed", getattr(job, "__qualname__", job))
    return did_something


def close_stale_connection() -> None:
    """Drop a connection the server has closed; the next job opens a new one."""
    if not connection.in_atomic_block:  # a test runs us inside its own transaction
        close_old_connections()
