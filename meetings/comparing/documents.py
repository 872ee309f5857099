"""What has changed around the items of the minutes, in sentences: order, cover, people, papers."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any

from meetings import snapshot, wording
from meetings.comparing import items

LABELS = {
    "municipality": "Kommun",
    "council": "Rådets namn",
    "short_name": "Rådets korta namn",
    "document": "Handlingens namn",
    "date": "Sammanträdesdatum",
    "starts_at": "Mötet började",
    "ends_at": "Mötet slutade",
    "place": "Plats",
    "scope": "Omfattning",
    "registry_number": "Diarienummer",
    "chair": "Ordförande",
    "secretary": "Sekreterare",
}
LISTS = {
    "members": "bland ledamöterna",
    "others": "bland övriga närvarande",
    "apologies": "bland dem som anmält förhinder",
    "absent": "bland de frånvarande",
}
TOLD = {"cover", "items", "signers", "attachments", "dissents", *LISTS}


def changes_around(old: snapshot.Snapshot, new: snapshot.Snapshot) -> list[str]:
    """Everything that is not inside an item that is there in both, as sentences."""
    before, after = dict[str, Any](old), dict[str, Any](new)
    found = [
        *about_order(old["items"], new["items"]),
        *about_cover(before["cover"], after["cover"]),
        *(
            line
            for key, where in LISTS.items()
            for line in about_people(where, before.get(key, []), after.get(key, []))
        ),
        *about_signers(old["signers"], new["signers"]),
        *about_attachments(old["attachments"], new["attachments"]),
        *about_dissents(before.get("dissents", []), after.get("dissents", [])),
    ]
    rest = (before.keys() | after.keys()) - TOLD
    if any(before.get(key) != after.get(key) for key in rest):
        found.append("Också annat omkring texten är ändrat. Läs hela dokumentet.")
    return found


def about_order(
    old: Sequence[snapshot.ItemLine], new: Sequence[snapshot.ItemLine]
) -> Iterator[str]:
    """Items that are gone, that came, that moved, and numbers that followed."""
    was, now = {one["key"]: one for one in old}, {one["key"]: one for one in new}
    for key, line in was.items():
        if key not in now:
            yield f"{items.name_of(line)} är borttagen."
    for key, line in now.items():
        if key not in was:
            yield f"{items.name_of(line)} är ny."
    shared = [key for key in was if key in now]
    order = [key for key in now if key in was]
    moved = moved_keys(shared, order)
    for key in moved:
        before = was[key]["label"]
        yield f"{items.name_of(now[key])} är flyttad{f' och var förut {before}' * bool(before)}."
    renumbered = [
        now[key] for key in order if key not in moved and was[key]["label"] != now[key]["label"]
    ]
    if len(renumbered) == 1:
        (line,) = renumbered
        yield f"{items.name_of(line)} var förut {was[line['key']]['label'] or 'utan nummer'}."
    elif renumbered:
        yield f"{items.names_of(renumbered)} har fått nya nummer, för andra paragrafer är ändrade."


def moved_keys(old: list[int], new: list[int]) -> list[int]:
    """Those that changed place among the others: the fewest that explain the new order."""
    stayed: set[int] = set()
    for block in SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        stayed.update(new[block.b : block.b + block.size])
    return [key for key in new if key not in stayed]


def about_cover(old: Mapping[str, str], new: Mapping[str, str]) -> Iterator[str]:
    for key, label in LABELS.items():
        if key == "scope":
            continue  # follows from the items, which are told
        before, after = readable(key, old.get(key, "")), readable(key, new.get(key, ""))
        if before != after:
            yield f"{label}: {exchanged(before, after)}."
    rest = (old.keys() | new.keys()) - LABELS.keys()
    if any(old.get(key) != new.get(key) for key in rest):
        yield "Kommunens vapen eller dokumentets utseende är ändrat."


def readable(key: str, value: str) -> str:
    return wording.clock(value) if key.endswith("s_at") and value else value


def exchanged(old: str, new: str) -> str:
    """ "nu Vågsalen, förut Hörsalen"; what was or is not there is said so."""
    if not old:
        return f"{new} har lagts till"
    return f"nu {new}, förut {old}" if new else f"{old} är borttaget"


def about_people(
    where: str, old: Sequence[snapshot.Present], new: Sequence[snapshot.Present]
) -> Iterator[str]:
    """Who was there and how. Two of one name are told apart by their organisation."""
    was, now = by_person(old), by_person(new)
    for who, line in was.items():
        if who not in now:
            yield f"{called(line)} är inte längre {where}."
    for who, line in now.items():
        if who not in was:
            yield f"{called(line)} står nu {where}."
        elif words := differs(was[who], line):
            yield f"{line['name']}: {words}."


def by_person(lines: Sequence[snapshot.Present]) -> dict[tuple[str, str, int], snapshot.Present]:
    """By name and organisation, and by how many-th where both are the same."""
    found: dict[tuple[str, str, int], snapshot.Present] = {}
    for line in lines:
        place = 0
        while (line["name"], line["organisation"], place) in found:
            place += 1
        found[line["name"], line["organisation"], place] = line
    return found


def called(line: snapshot.Present) -> str:
    return ", ".join(filter(None, (line["name"], line["organisation"], line["note"])))


def differs(old: snapshot.Present, new: snapshot.Present) -> str:
    pairs = ((old["title"], new["title"]), (old["note"], new["note"]))
    return "; ".join(exchanged(before, after) for before, after in pairs if before != after)


def about_signers(
    old: Sequence[snapshot.SignerLine], new: Sequence[snapshot.SignerLine]
) -> Iterator[str]:
    was, now = ([f"{one['name']}, {one['role_label'].lower()}" for one in side]
                for side in (old, new))  # fmt: skip
    if was != now:
        yield f"De som justerar är nu {wording.joined(now)}, förut {wording.joined(was)}."


def about_attachments(
    old: Sequence[snapshot.AttachmentLine], new: Sequence[snapshot.AttachmentLine]
) -> Iterator[str]:
    """Papers by their number, which is never given to another."""
    was, now = {one["number"]: one for one in old}, {one["number"]: one for one in new}
    for number, line in was.items():
        if number not in now:
            yield f"Bilaga {number} {line['title']} är borttagen."
    for number, line in now.items():
        before = was.get(number)
        if before is None:
            yield f"Bilaga {number} {line['title']} har lagts till."
        elif before["sha256"] != line["sha256"]:
            yield f"Bilaga {number} {line['title']} är utbytt mot en annan fil."
        elif (before["title"], before["item_label"]) != (line["title"], line["item_label"]):
            told = exchanged(paper(before), paper(line))
            yield f"Bilaga {number}: {told}."


def paper(line: snapshot.AttachmentLine) -> str:
    return f"{line['title']} ({line['item_label'] or 'hela mötet'})"


def about_dissents(old: Sequence[Mapping[str, str]], new: Sequence[Mapping[str, str]]) -> list[str]:
    """Differing views about the whole."""
    was, now = ([(one["name"], one["text"]) for one in side] for side in (old, new))
    return [
        *(f"Avvikande mening från {name}: ”{text}” är borttagen." for name, text in was
          if (name, text) not in now),
        *(f"Avvikande mening från {name} är antecknad: ”{text}”" for name, text in now
          if (name, text) not in was),
    ]  # fmt: skip
