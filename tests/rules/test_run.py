"""./run before anything is installed: its words, its environment, its private database.

The whole way (bare machine, apt, pip, Ctrl-C) was tried by hand; what is here is what a change
breaks without anybody noticing.
"""

from __future__ import annotations

import ast
import contextlib
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from importlib.machinery import SourceFileLoader
from importlib.util import module_from_spec, spec_from_loader
from pathlib import Path
from typing import Any

import psycopg
import pytest

ROOT = Path(__file__).resolve().parents[2]
SOURCE = (ROOT / "run").read_text()


@pytest.fixture
def run() -> Any:
    """The program as a module of its own for each test, which may change its places."""
    loader = SourceFileLoader("run_program", str(ROOT / "run"))
    spec = spec_from_loader(loader.name, loader)
    assert spec is not None
    module = module_from_spec(spec)
    sys.modules[loader.name] = module  # dataclasses look their module up
    loader.exec_module(module)
    yield module
    del sys.modules[loader.name]


def run_command(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "run"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=30, check=False)


def test_without_a_command_it_tells_what_there_is() -> None:
    result = run_command()
    assert (result.returncode, result.stderr) == (0, "")
    assert re.findall(r"^  \./run (\w+)", result.stdout, re.MULTILINE) == [
        "demo",
        "test",
        "bench",
        "manage",
    ]


def test_an_unknown_command_is_refused_with_the_list_of_those_that_exist() -> None:
    result = run_command("prov")
    assert (result.returncode, result.stdout) == (2, "")
    assert result.stderr.startswith("Känner inte till kommandot 'prov'.\n\nBrå:")


def test_it_needs_nothing_outside_the_standard_library() -> None:
    imported = set()
    for node in ast.walk(ast.parse(SOURCE)):
        if isinstance(node, ast.Import):
            imported |= {name.name.split(".")[0] for name in node.names}
        elif isinstance(node, ast.ImportFrom):
            imported.add(str(node.module).split(".")[0])
    assert imported - sys.stdlib_module_names == set()


def test_an_older_python_can_read_it_and_so_say_that_it_is_too_old() -> None:
    ast.parse(SOURCE, feature_version=(3, 8))


def test_a_taken_port_is_told_before_anything_is_installed(run: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(run.Stop, match=f"Port {port} är upptagen .* --port 8080"):
            run.demo_port(["--port", str(port)])


@pytest.mark.parametrize("given", ["0", "65536", "åtta", "-1", ""])
def test_a_port_that_is_none_is_refused(run: Any, given: str) -> None:
    with pytest.raises(run.Stop, match="ett tal mellan 1 och 65535"):
        run.demo_port([f"--port={given}"])


def test_tests_see_none_of_the_users_own_settings(
    run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    for name in ("BRA_SMTP_HOST", "DJANGO_DEBUG", "PGHOST", "PYTHONPATH"):
        monkeypatch.setenv(name, "surprise")
    seen = run.environment("postgresql:///x", hermetic=True, BRA_MEDIA="/m")
    assert "surprise" not in seen.values()
    assert [seen[name] for name in ("DATABASE_URL", "BRA_MEDIA")] == ["postgresql:///x", "/m"]


def test_what_is_said_beside_the_tests_comes_before_their_closing_line(
    run: Any, capsys: pytest.CaptureFixture[str]
) -> None:
    with run.closing_line_last() as told:
        os.write(told, b"....\n3090 passed\n")
        run.say("  mypy  godkänt")
    lines = capsys.readouterr().out.splitlines()
    assert sorted(lines[:-1]) == ["  mypy  godkänt", "...."]
    assert lines[-1] == "3090 passed"


def test_two_test_runs_get_a_database_each_also_on_the_users_server(
    run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://u@db.example/bra?sslmode=require")
    with run.test_environment() as (for_checks, for_tests):
        assert for_checks["DATABASE_URL"] == "postgresql://u@db.example/bra?sslmode=require"
        own = f"postgresql://u@db.example/bra_{os.getpid()}?sslmode=require"
        assert for_tests["DATABASE_URL"] == own


@pytest.mark.parametrize(("missing", "vital"), [("libpango-1.0-0", True), ("chromium", False)])
def test_without_apt_it_gives_the_line_for_it_and_stops_only_for_what_is_vital(
    run: Any,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    missing: str,
    vital: bool,
) -> None:
    monkeypatch.setattr(run, "apt_prefix", lambda: None)
    monkeypatch.setattr(run.shutil, "which", lambda name: f"/usr/bin/{name}")
    stops = pytest.raises(run.Stop) if vital else contextlib.nullcontext()
    with stops:
        run.ensure_system({missing: lambda: False, "there": lambda: True})
    told = capsys.readouterr().out.splitlines()
    assert told[-1] == f"  sudo apt-get install -y --no-install-recommends {missing}"


def test_a_package_that_apt_does_not_know_keeps_no_other_away(
    run: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[list[str]] = []

    def attempt(command: list[str]) -> subprocess.CompletedProcess[str]:
        wanted = command[command.index("-qq") + 3 :]
        if wanted[0] == "install":
            asked.append(wanted[3:])
        return subprocess.CompletedProcess(command, int("unknown" in wanted), "E: unknown", "")

    monkeypatch.setattr(run, "attempt", attempt)
    assert run.apt_install([], ["known", "unknown"]) is False
    assert asked == [["known", "unknown"], ["known"], ["unknown"]]


# --- The lock files -----------------------------------------------------------------------------


def requirements(lock: str) -> dict[str, str]:
    """Name and version of everything in a lock file, each of which must carry a hash."""
    text = (ROOT / lock).read_text()
    assert "://" not in text, f"{lock} names a host"
    found = {}
    for entry in re.split(r"\n(?=\w)", text):
        name, version = re.match(r"([\w.\[\]-]+)==([^\s;]+)", entry).groups()  # type: ignore[union-attr]
        assert "--hash=sha256:" in entry, f"{name} in {lock} has no hash"
        found[name] = version
    return found


def test_the_locks_hold_what_pyproject_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())

    def names(wanted: list[str]) -> set[str]:
        return {re.match(r"[\w-]+", line).group().lower() for line in wanted}  # type: ignore[union-attr]

    groups = project["dependency-groups"]
    assert names(project["project"]["dependencies"]) - requirements("requirements.lock").keys() == (
        set()
    )
    assert names(groups["dev"]) - requirements("requirements-dev.lock").keys() == set()
    assert names(groups["embedded"]) == requirements("requirements-embedded.lock").keys()


def test_the_tests_run_on_the_versions_that_are_shipped() -> None:
    shipped, tested = requirements("requirements.lock"), requirements("requirements-dev.lock")
    assert {name: tested.get(name) for name in shipped} == shipped


# --- The private database -----------------------------------------------------------------------


@pytest.fixture
def var(run: Any) -> Iterator[Path]:
    """A var/ that the server's user may enter, which pytest's own temporary folder is not."""
    folder = Path(tempfile.mkdtemp(prefix="bra-run-", dir="/tmp"))
    folder.chmod(0o755)
    run.VAR = folder
    run.base_folder = lambda: folder
    if not run.postgres_folders():
        pytest.skip("PostgreSQL's programs are not installed on this machine")
    yield folder
    for pid in run.processes_in(folder / "c" / "data"):
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
    shutil.rmtree(folder)


# The server is meant to outlive the one that started it.
outlives = pytest.mark.filterwarnings(
    "ignore:subprocess .* is still running:ResourceWarning",
    "ignore::pytest.PytestUnraisableExceptionWarning",
)


def answer(url: str) -> Any:
    with psycopg.connect(url) as connection:
        row = connection.execute("SELECT current_database(), current_setting('fsync')").fetchone()
    return row


@outlives
def test_the_last_one_out_stops_the_server(run: Any, var: Path) -> None:
    first, second = run.Cluster("c", True), run.Cluster("c", True)
    with first.running() as url:
        with second.running() as same:
            assert same == url
        assert answer(url) == ("bra", "off")
    assert run.processes_in(var / "c" / "data") == []


@outlives
def test_it_comes_back_after_kill_9_and_a_pid_file_that_names_a_stranger(
    run: Any, var: Path
) -> None:
    cluster = run.Cluster("c", False)
    data = var / "c" / "data"
    with cluster.running() as url:
        assert answer(url) == ("bra", "on")
        pid_file = data / "postmaster.pid"
        os.kill(int(pid_file.read_text().split()[0]), signal.SIGKILL)
        deadline = time.monotonic() + 10
        while run.processes_in(data) and time.monotonic() < deadline:
            time.sleep(0.05)
        stranger = subprocess.Popen(["sleep", "60"], **run.as_user(cluster.user))
        pid_file.write_text(f"{stranger.pid}\n{data}\n")
        try:
            with run.Cluster("c", False).running() as again:
                assert answer(again) == ("bra", "on")
        finally:
            stranger.kill()
            stranger.wait()


def test_data_of_another_version_is_kept_in_the_demo_and_thrown_away_in_tests(
    run: Any, var: Path
) -> None:
    data = var / "c" / "data"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("9\n")
    with pytest.raises(run.Stop, match=r"gjord med PostgreSQL 9, .* Installera postgresql-9"):
        run.Cluster("c", False).choose_programs()
    assert data.exists()
    run.Cluster("c", True).choose_programs()
    assert not data.exists()


def test_a_long_path_gets_a_socket_in_a_short_folder_of_the_servers_own(
    run: Any, tmp_path: Path
) -> None:
    home = tmp_path / ("å" * 60)
    folder = run.socket_folder(home, None)
    try:
        assert len(bytes(folder)) < 90
        assert folder.stat().st_mode & 0o777 == 0o700
        folder.chmod(0o755)
        with pytest.raises(run.Stop, match="tillhör någon annan"):
            run.socket_folder(home, None)
    finally:
        folder.rmdir()
