"""What manage.py worker does, over and over: each job does one thing that is due, if there is one.

A job is a function without arguments that returns something true when it did something (then it
is asked again at once) and None when there was nothing to do. It claims its row with FOR UPDATE
SKIP LOCKED in a transaction of its own, so that any number of workers may run and a killed one
leaves nothing behind. Other apps add theirs in AppConfig.ready: `jobs.add(sealing.seal_next)`.
"""

from __future__ import annotations

from collections.abc import Callable

from members import audit, mail

Job = Callable[[], object]

JOBS: list[Job] = [mail.deliver_next, audit.anchor_daily]


def add(job: Job) -> None:
    """Have the worker do this too."""
    if job not in JOBS:
        JOBS.append(job)
