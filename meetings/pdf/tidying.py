"""The folder of fonts that WeasyPrint keeps for a process: gone with it, or swept by the next.

WeasyPrint makes one in the temp folder and trusts to `__del__`, which an exit seldom calls and a
kill never. Half a megabyte each time adds up on a server.
"""

from __future__ import annotations

import atexit
import os
import re
import shutil
import tempfile
from pathlib import Path

PREFIX = "bra-fonts-"
NAMED = re.compile(rf"{PREFIX}(\d+)-")


def font_folder() -> Path:
    """A folder for this process, removed when it exits; those of processes that died are too."""
    sweep()
    owner = os.getpid()
    folder = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{owner}-"))
    atexit.register(remove, folder, owner)
    return folder


def remove(folder: Path, owner: int) -> None:
    """Not by a fork of the process, which ends before it."""
    if os.getpid() == owner:
        shutil.rmtree(folder, ignore_errors=True)


def sweep() -> None:
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        found = NAMED.match(folder.name)
        if found and not is_alive(int(found[1])):
            shutil.rmtree(folder, ignore_errors=True)  # somebody else's stays


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:  # it lives, and is not ours
        return True
    return True
