"""What production serves: our scripts and style sheets without comments and long local names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, Any

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

OURS = {"js/": "application/javascript", "css/": "text/css"}

_IMPORTS = ManifestStaticFilesStorage._js_module_import_aggregation_patterns  # type: ignore[attr-defined]


class Small:
    """The files of another storage as collectstatic reads them, ours made small."""

    def __init__(self, storage: Any, kind: str) -> None:
        self.storage = storage
        self.kind = kind

    def open(self, path: str) -> IO[Any]:
        # Here and not at the top: it starts a Go runtime, which no web worker should carry.
        import minify  # noqa: PLC0415

        with self.storage.open(path) as file:
            text = file.read().decode()
        return ContentFile(minify.string(self.kind, text).encode())


class Collected(CompressedManifestStaticFilesStorage):
    """Hashed names, also where a module of ours imports another: after an update no page is a
    mixture of old and new. What others wrote comes packed from them, and stays as it is."""

    patterns = (*ManifestStaticFilesStorage.patterns, ("js/*.js", _IMPORTS[1]))
    max_post_process_passes = 20  # one for each step of the longest chain of imports

    def __init__(self, *, packed: bool = True, **options: Any) -> None:
        super().__init__(**options)
        self.packed = packed

    def file_hash(self, name: str, content: Any = None) -> str | None:
        """Short, as it stands wherever a script imports another."""
        whole = super().file_hash(name, content)
        return whole[:8] if whole else None

    def compress_files(self, paths: set[str]) -> Iterable[tuple[str, str]]:
        """Beside each file, for gzip and brotli: half a minute, which tests and bench spare."""
        return super().compress_files(paths) if self.packed else ()

    def post_process(self, paths: dict[str, Any], **options: Any) -> Iterator[Any]:
        yield from super().post_process(
            {name: small(name, *at) for name, at in paths.items()}, **options
        )


def small(name: str, storage: Any, path: str) -> tuple[Any, str]:
    kind = next((kind for folder, kind in OURS.items() if name.startswith(folder)), None)
    return (Small(storage, kind) if kind else storage), path
