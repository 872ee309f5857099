"""The program's server in a process of its own: killed with -9 and started again in a moment.

    python -m tests.browser.serving PORT     then a line "start" or "kill" on its standard input,
                                             and it answers when that is done

Everything slow is loaded once; each server is a fork of it.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from typing import IO, cast

from django.conf import settings
from django.test.testcases import QuietWSGIRequestHandler


class Server:
    """The test's side."""

    def __init__(self) -> None:
        from tests.meetings.test_sealing_killed import address  # noqa: PLC0415 (not in the child)

        self.held = socket.socket()  # also while it is killed nobody else is given its port
        self.held.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.held.bind(("127.0.0.1", 0))
        self.port = self.held.getsockname()[1]
        self.url = f"http://localhost:{self.port}"
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.browser.serving", str(self.port)],
            env=os.environ | {"DATABASE_URL": address()}, cwd=settings.BASE_DIR,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )  # fmt: skip

    def tell(self, what: str) -> None:
        stdin, stdout = cast(IO[str], self.process.stdin), cast(IO[str], self.process.stdout)
        stdin.write(f"{what}\n")
        stdin.flush()
        assert stdout.readline() == f"{what}\n"

    def start(self) -> None:
        self.tell("start")

    def kill(self) -> None:
        self.tell("kill")

    def close(self) -> None:
        self.process.communicate("kill\n")
        self.held.close()


def serve(port: int, ready: int) -> None:
    from django.contrib.staticfiles.handlers import StaticFilesHandler  # noqa: PLC0415 (set up first)
    from django.core.servers.basehttp import ThreadedWSGIServer  # noqa: PLC0415
    from django.core.wsgi import get_wsgi_application  # noqa: PLC0415

    server = ThreadedWSGIServer(("127.0.0.1", port), QuietWSGIRequestHandler)
    server.set_app(StaticFilesHandler(get_wsgi_application()))
    os.write(ready, b"1")
    server.serve_forever()


def main(port: int) -> None:
    import django  # noqa: PLC0415 (only here, where it is a process of its own)

    django.setup()
    from tests import standing  # noqa: PLC0415 (set up first)

    settings.PASSWORD_HASHERS = standing.HASHERS
    settings.ALLOWED_HOSTS = ["*"]
    import brå.urls  # noqa: F401, PLC0415 (everything slow, once)

    pid = 0
    for line in sys.stdin:
        if line == "start\n":
            read, write = os.pipe()
            pid = os.fork()
            if not pid:
                serve(port, write)
            os.read(read, 1)
        elif pid:
            os.kill(pid, signal.SIGKILL)
            os.waitpid(pid, 0)
            pid = 0
        print(line, end="", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]))
