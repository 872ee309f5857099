"""The process that reads strangers' files: what it may not do, and what is made of its death."""

from __future__ import annotations

import io
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from meetings import stamping
from meetings.verifying import inspection
from tests.meetings import seals
from tests.meetings.test_verifying_seals import CATALOG, PAGES, objects, stream
from tests.members.test_mail import waits_for

LIMITED = """
import sys
sys.path.insert(0, {folder!r})
import inspector
inspector.limit()
"""


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., bytes]:
    """What an inspector taken over by a file tells us, with the limits it took on before."""

    def run(program: str, *, limited: bool = True) -> bytes:
        taken = tmp_path / "taken.py"
        folder = str(inspection.PROGRAM.parent)
        taken.write_text((LIMITED.format(folder=folder) if limited else "") + program)
        monkeypatch.setattr(inspection, "PROGRAM", taken)
        with tempfile.TemporaryFile() as file:
            file.write(b"%PDF-1.7")
            return inspection.ask(file, [])

    return run


def test_the_honest_one_reads_a_sealed_file() -> None:
    with tempfile.TemporaryFile() as file:
        file.write(seals.sealed())
        found = inspection.inspect(file, certificates=[seals.key_of().certificate])
    assert (found.answered, found.genuine, found.whole, found.test) == (True, True, True, True)
    assert (found.organisation, found.signed_at) == (seals.TOWN, seals.AT)


def test_it_is_told_no_secrets(told: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BRA_SECRET_KEY", "a secret")
    monkeypatch.setenv("DATABASE_URL", "postgresql://another secret")
    names = told("import os; print(sorted(os.environ))").decode()
    assert eval(names) == sorted({"PATH", "LANG", *platform_names()})


def platform_names() -> set[str]:
    """What Python or the system adds by itself."""
    return {"LC_CTYPE"} if "LC_CTYPE" in os.environ else set()


def test_it_holds_no_file_but_its_own_three_and_the_certificates(
    told: Callable[..., bytes],
) -> None:
    with Path(os.devnull).open():
        assert len(eval(told("import os; print(os.listdir('/proc/self/fd'))"))) == 5


@pytest.mark.parametrize(
    "harm",
    [
        "x = bytearray(2_000_000_000)",
        "import os; os.abort()",
        "import ctypes; ctypes.string_at(0)",
        "import os; os.fork()",
        "import threading; threading.Thread(target=print).start()",
        "open('/tmp/big', 'wb').write(bytes(2_000_000))",
        "print('x' * 2_000_000)",
        "raise SystemExit(3)",
    ],
)
def test_what_it_may_not_do_is_no_answer(told: Callable[..., bytes], harm: str) -> None:
    assert told("print('{}')") == b"{}\n"
    assert told(harm) == b""
    assert inspection.read(b"") == inspection.NO_ANSWER


def test_one_that_never_ends_is_ended(
    told: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspection, "SECONDS", 0.5)
    began = time.monotonic()
    assert told("import time; time.sleep(60)") == b""
    assert time.monotonic() - began < 30  # not the minute it wished for


def test_one_that_only_computes_is_ended_by_its_own_limit(told: Callable[..., bytes]) -> None:
    began = time.monotonic()
    program = "import resource; resource.setrlimit(resource.RLIMIT_CPU, (1, 1))\nwhile True: pass"
    assert told(program) == b""
    assert time.monotonic() - began < inspection.SECONDS


def test_a_child_it_made_before_its_limits_goes_with_it(
    told: Callable[..., bytes], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(inspection, "SECONDS", 3.0)  # time to have made it, on a busy machine
    noted = tmp_path / "pid"
    program = (
        "import os, time\nchild = os.fork()\n"
        f"if child: open({str(noted)!r}, 'w').write(str(child))\ntime.sleep(60)"
    )
    assert told(program, limited=False) == b""
    status = Path(f"/proc/{noted.read_text()}/status")
    assert waits_for(lambda: not status.exists() or "zombie" in status.read_text())


@pytest.mark.parametrize(
    "answer",
    [b"", b"nonsense", b"[]", b"null", b'{"faults": 7}', b'{"signed_at": "yesterday"}',
     b"[" * 100_000],
)  # fmt: skip
def test_nonsense_is_no_answer(answer: bytes) -> None:
    assert inspection.read(answer) == inspection.NO_ANSWER


def test_only_some_are_read_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(inspection, "PATIENCE", 0.01)
    for _ in range(inspection.AT_ONCE):
        assert inspection._places.acquire(blocking=False)
    try:
        with pytest.raises(inspection.Busy):
            inspection.inspect(io.BytesIO(), certificates=[])
    finally:
        for _ in range(inspection.AT_ONCE):
            inspection._places.release()


@pytest.mark.slow
def test_the_largest_honest_file_is_read_within_the_limits() -> None:
    """A protocol with 45 MB of noise for a picture, sealed: two readers and their copies of it."""
    noise = stream(os.urandom(45_000_000), b"/Type/XObject/Subtype/Image/Width 3000/Height 5000"
        b"/BitsPerComponent 8/ColorSpace/DeviceRGB")  # fmt: skip
    page = (
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R"
        b"/Resources<</XObject<</I 5 0 R>>>>>>"
    )
    large = objects(CATALOG, PAGES, page, stream(b"9 0 0 9 0 0 cm /I Do", b""), noise)
    sealed = stamping.stamp(large, key=seals.key_of(), at=seals.AT, enclosures=seals.ENCLOSURES)
    for added, whole in ((b"", True), (b"\n", False)):
        with tempfile.TemporaryFile() as file:
            file.write(sealed + added)
            known = [seals.key_of().certificate]
            found = inspection.inspect(file, certificates=known, enclosed=True)
        assert (found.answered, found.genuine, found.whole) == (True, True, whole)
