"""What production serves is made of the files of the tree, smaller, and linked by hashed names."""

from __future__ import annotations

import re
from pathlib import Path
from unittest import mock

import pytest
from django.conf import settings
from django.contrib.staticfiles.storage import StaticFilesStorage, staticfiles_storage

from brå.static_files import Plain
from meetings.benchmarks import collected

OURS = Path(settings.BASE_DIR) / "static"
IMPORTED = re.compile(r"""(?:from\s*|import\s*\(?)["'](\.[^"']+)["']""")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("static")
    collected.collect(folder)
    return folder


def served(folder: Path, source: Path) -> Path:
    return folder / Path(staticfiles_storage.url(source.relative_to(OURS).as_posix())).relative_to(
        settings.STATIC_URL
    )


def test_every_script_and_style_of_ours_is_made_smaller(folder: Path) -> None:
    with collected.served(folder):
        for source in [*OURS.glob("js/**/*.js"), *OURS.glob("css/*.css")]:
            small = served(folder, source)
            assert small.stat().st_size < source.stat().st_size, source


def test_a_script_imports_others_by_the_names_that_change_with_them(folder: Path) -> None:
    """Else a browser could put a new script together with an old one it had kept."""
    with collected.served(folder):
        for source in OURS.glob("js/**/*.js"):
            small = served(folder, source)
            wanted = IMPORTED.findall(source.read_text())
            found = IMPORTED.findall(small.read_text())
            assert len(found) == len(wanted), source
            for name in found:
                assert re.search(r"\.[0-9a-f]{8}\.js$", name), (source, name)
                assert (small.parent / name).exists(), (source, name)


def test_no_script_calls_a_private_method_through_an_optional_chain() -> None:
    """The minifier of that version gives the method another name and this call the old one."""
    assert [one for one in OURS.glob("js/**/*.js") if "?.#" in one.read_text()] == []


def test_an_address_is_put_together_once_and_is_the_one_django_gives() -> None:
    ours, django = Plain(), StaticFilesStorage()
    for name in ("img/icons.svg", "css/desk.css"):
        assert {ours.url(name), ours.url(name)} == {django.url(name)}
    with mock.patch.object(StaticFilesStorage, "url", side_effect=AssertionError):
        assert ours.url("img/icons.svg") == django.base_url + "img/icons.svg"
