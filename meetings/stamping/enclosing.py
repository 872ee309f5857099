"""Files inside the PDF: put there as PDF/A-3 wants them, and read out again."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from meetings.stamping.parts import part

MOST = 1_000  # entries of a name tree that are looked at; ours have two


@dataclass(frozen=True)
class Enclosure:
    name: str  # ASCII, as "protokoll.json"
    content: bytes
    description: str
    relationship: str = "Data"  # PDF/A-3: Source, Data, Alternative, Supplement, Unspecified
    mime_type: str = "application/json"


def enclose(writer: Any, enclosure: Enclosure, at: datetime.datetime) -> None:
    """Add one file. pyHanko's embed_file would call the whole PDF version 2.0 for its sake."""
    # Imported here, not above: half a second that only a process that seals should pay.
    from pyhanko.pdf_utils import embed, generic  # noqa: PLC0415

    stream = embed.EmbeddedFileObject.from_file_data(
        writer, enclosure.content, mime_type=enclosure.mime_type,
        params=embed.EmbeddedFileParams(creation_date=at, modification_date=at),
    )  # fmt: skip
    spec = embed.FileSpec(
        enclosure.name, enclosure.name, stream, enclosure.description,
        generic.pdf_name(f"/{enclosure.relationship}"),
    )  # fmt: skip
    reference = writer.add_object(spec.as_pdf_object())
    names = below(writer, writer.root, "/Names", generic.DictionaryObject())
    tree = below(writer, names, "/EmbeddedFiles", generic.DictionaryObject())
    if "/Kids" in tree:
        flatten(tree)
        writer.update_container(tree)
    listed = below(writer, tree, "/Names", generic.ArrayObject())
    given = [str(name) for name in list(listed)[::2]]
    if enclosure.name in given:
        raise ValueError(f"the file has an enclosure called {enclosure.name} already")
    place = sum(2 for name in given if name < enclosure.name)
    listed.insert(place, generic.pdf_string(enclosure.name))  # in order, as a name tree must be
    listed.insert(place + 1, reference)
    writer.update_container(listed)
    associated = below(writer, writer.root, "/AF", generic.ArrayObject())
    associated.append(reference)
    writer.update_container(associated)


def below(writer: Any, parent: Any, name: str, empty: Any) -> Any:
    """What `parent` has under a name, put there empty if there is nothing."""
    if name not in parent:
        parent[name] = empty
        writer.update_container(parent)
        return empty
    return parent[name]


def flatten(tree: Any) -> None:
    """A name tree of several levels as one list."""
    from pyhanko.pdf_utils import generic  # noqa: PLC0415 (as above)

    flat = generic.ArrayObject()
    for name, reference in entries(tree):
        flat.extend((name, reference))
    tree.clear()
    tree["/Names"] = flat


def entries(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Names and references of a name tree, whatever its shape; nothing is followed for ever."""
    stack, left = [tree], MOST
    while stack and left > 0:
        node = stack.pop()
        left -= 1
        names = part(node, "/Names", ())
        for place in range(0, min(len(names) - 1, 2 * MOST), 2):
            yield names[place], names.raw_get(place + 1)
        stack.extend(kid.get_object() for kid in list(part(node, "/Kids", ()))[:MOST])


def enclosed(reader: Any) -> dict[str, str]:
    """Names and SHA-256 of every file inside."""
    tree = part(part(reader.root, "/Names", {}), "/EmbeddedFiles", {})
    found = {}
    for _, spec in entries(tree):
        entry = spec.get_object()
        name = str(part(entry, "/UF", part(entry, "/F", "")))[:200]
        stream = entry["/EF"]["/F"]
        found[name] = hashlib.sha256(stream.data).hexdigest()
    return found
