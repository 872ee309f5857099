"""A process that approves or seals, and kills itself with -9 at a named point.

    python -m tests.meetings.killing        then a line "POINT ROUND" on its standard input for
                                            each victim; it answers with the victim's pid,
                                            and after one more line with how that ended

Everything slow is loaded once; each victim is a fork of it.
"""

from __future__ import annotations

import os
import signal
import sys
import traceback
from collections.abc import Callable
from typing import Any

POINTS: dict[str, tuple[str, bool]] = {
    # while the last one approves
    "approving": ("meetings.signing.approving.note_and_complete", False),
    "closed": ("meetings.signing.completing.close", True),
    "between approval and seal": ("meetings.signing.completing.seal_at_once", False),
    # while it is sealed
    "locked": ("meetings.moving.lock", True),
    "checked": ("meetings.sealing.locking.check", True),
    "drawn": ("meetings.pdf.render_minutes", True),
    "stamped": ("meetings.stamping.stamp", True),
    "validated": ("meetings.stamping.validate", True),
    "stored": ("meetings.models.SealedMinutes.objects.create", True),
    "indexed": ("meetings.searching.index", True),
    "moved": ("meetings.moving.move", True),
    "noted": ("members.audit.record", True),
    "told": ("meetings.signing.rounds.write_to", True),
    # when it is sealed
    "committed": ("meetings.sealing.exporting.export", False),
    "written beside": ("meetings.sealing.exporting.place_of", True),
    "exported": ("meetings.sealing.exporting.sync", False),
}
WHILE_APPROVING = ("approving", "closed", "between approval and seal")


def die(*_: Any, **__: Any) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def deadly(point: str) -> None:
    """Put death before or after what a point names."""
    path, after = POINTS[point]
    *where, name = path.split(".")
    known = max(n for n in range(len(where) + 1) if ".".join(where[:n]) in sys.modules)
    owner: Any = sys.modules[".".join(where[:known])]
    for part in where[known:]:
        owner = getattr(owner, part)
    whole: Callable[..., Any] = getattr(owner, name)

    def last(*args: Any, **options: Any) -> Any:
        if after:
            whole(*args, **options)
        die()

    setattr(owner, name, last)


def victim(point: str, pk: int) -> None:
    from meetings import signing  # noqa: PLC0415 (set up first)
    from meetings.models import Signer, SigningRound  # noqa: PLC0415
    from tests import builders  # noqa: PLC0415

    if point != "none":
        deadly(point)
    if point in WHILE_APPROVING:
        builders.approve(Signer.objects.get(round=pk, approval__isnull=True))
    signing.seal_at_once(SigningRound.objects.get(pk=pk))


def main() -> None:
    import django  # noqa: PLC0415 (only here, where it is a process of its own)

    django.setup()
    from django.conf import settings  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from meetings import stamping  # noqa: PLC0415
    from meetings.pdf import rendering  # noqa: PLC0415

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    stamping.warm()
    rendering.engine()
    connection.close()
    while line := sys.stdin.readline():
        point, pk = line.rsplit(" ", 1)
        pid = os.fork()
        if not pid:
            try:
                victim(point, int(pk))
            except BaseException:
                traceback.print_exc()
            finally:
                os._exit(0)
        print(pid, flush=True)
        sys.stdin.readline()  # not before: until it is waited for, its number is its own
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), flush=True)


if __name__ == "__main__":
    main()
