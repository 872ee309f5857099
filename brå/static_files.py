"""What production serves: our scripts and style sheets without comments and long local names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import IO, Any

from django.contrib.staticfiles.storage import ManifestStaticFilesStorage, StaticFilesStorage
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


class Remembered:
    """Addresses put together once: a page asks for thirty, and joining them was a tenth of it."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.addresses: dict[str, str] = {}

    def url(self, name: str | None, *how: Any, **more: Any) -> str:
        if how or more or name is None:
            return str(super().url(name, *how, **more))  # type: ignore[misc]
        if name not in self.addresses:
            self.addresses[name] = super().url(name)  # type: ignore[misc]
        return self.addresses[name]


class Plain(Remembered, StaticFilesStorage):
    """The files of the tree, as they are."""


class Collected(Remembered, CompressedManifestStaticFilesStorage):
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
        self.addresses.clear()
        yield from super().post_process(
            {name: small(name, *at) for name, at in paths.items()}, **options
        )


def small(name: str, storage: Any, path: str) -> tuple[Any, str]:
    kind = next((kind for folder, kind in OURS.items() if name.startswith(folder)), None)
    return (Small(storage, kind) if kind else storage), path
