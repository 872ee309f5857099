"""The words for when somebody was there: "t.o.m. § 5", "§§ 1–3 och 5–8", "del av § 4". Pure.

Where items have numbers they are said as §§. Where they have headings only, each is called
"punkten Lägesbild"; ranges of headings say where they begin and end, and holes are named.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from meetings import wording
from meetings.minuting.presence import Line, There
from meetings.models import AgendaItem

NOWHERE = "inte vid någon paragraf"
NOWHERE_AMONG_HEADINGS = "inte vid någon punkt"
UNCLEAR = (",", ";", " och ", "”")  # in a heading: then it is quoted, or it runs into the sentence


@dataclass(frozen=True)
class Names:
    """What the items are called in public lists, by their place."""

    numbers: list[int]  # empty where they have none
    headings: list[str]
    prefix: str = ""

    @classmethod
    def of(cls, items: Sequence[AgendaItem], numbers: dict[int, int], prefix: str) -> Names:
        numbered = bool(numbers) and all(item.pk in numbers for item in items)
        return cls(
            [numbers[item.pk] for item in items] if numbered else [],
            [item.public_name for item in items],
            prefix,
        )

    def several(self, places: Sequence[int]) -> str:
        """ "§ 4", "§§ 1–3 och 5", "punkten Lägesbild", "punkterna A och B"."""
        if self.numbers:
            return wording.sections([self.numbers[place] for place in places], self.prefix)
        said = [self.heading(place) for place in places]
        return f"{'punkten' if len(said) == 1 else 'punkterna'} {wording.joined(said)}"

    def heading(self, place: int) -> str:
        text = self.headings[place].rstrip(".") or self.headings[place]
        if any(mark in text for mark in UNCLEAR) or text != self.headings[place]:
            return f"”{self.headings[place].replace('”', '’')}”"
        return text


def span(there: Sequence[There], names: Names) -> str:
    """When somebody was there, or "" for all along."""
    here = [i for i, one in enumerate(there) if one is not There.AWAY]
    parts = [i for i, one in enumerate(there) if one is There.PARTLY]
    if len(here) == len(there) and not parts:
        return ""
    if not here:
        return NOWHERE if names.numbers else NOWHERE_AMONG_HEADINGS
    if here == parts:
        return f"del av {names.several(parts)}"
    return edge(there, here, parts, names) or listed(here, parts, len(there), names)


def edge(there: Sequence[There], here: list[int], parts: list[int], names: Names) -> str:
    """One unbroken stretch from the beginning or to the end: "t.o.m. § 5", "fr.o.m. § 3"."""
    first, last = here[0], here[-1]
    if len(here) == 1 or not unbroken(here):
        return ""
    if first == 0 and parts in ([], [last]):
        return f"t.o.m. {of(there[last])}{names.several([last])}"
    if last == len(there) - 1 and parts in ([], [first]):
        return f"fr.o.m. {of(there[first])}{names.several([first])}"
    return ""


def of(there: There) -> str:
    return "del av " if there is There.PARTLY else ""


def unbroken(places: Sequence[int]) -> bool:
    return all(b == a + 1 for a, b in pairwise(places))


def listed(here: list[int], parts: list[int], length: int, names: Names) -> str:
    whole = [place for place in here if place not in parts]
    also = f"del av {names.several(parts)}" if parts else ""
    if names.numbers:
        return " samt ".join(filter(None, [names.several(whole), also]))
    return ", ".join(filter(None, [among_headings(whole, parts, length, names), also]))


def among_headings(whole: list[int], parts: list[int], length: int, names: Names) -> str:
    """Headings have no ranges: the ends are told, and what was missed between them."""
    first, last = whole[0], whole[-1]
    holes = [i for i in range(first, last + 1) if i not in whole and i not in parts]
    if len(whole) <= max(2, len(holes)) and (holes or len(whole) == 1):
        return names.several(whole)
    ends = [
        f"fr.o.m. {names.several([first])}" if first else "",
        f"t.o.m. {names.several([last])}" if last < length - 1 else "",
    ]
    missed = f"ej {names.several(holes)}" if holes else ""
    return ", ".join(filter(None, [" ".join(filter(None, ends)), missed]))


def serving(line: Line, names: Names) -> str:
    """ "tjänstgörande för Ulla Brännfors §§ 1–4"; without §§ where that is all one was there."""
    here = [i for i, there in enumerate(line.there) if there is not There.AWAY]
    said = []
    for person, places in line.serves:
        when = "" if places == here else at(places, len(line.there), names)
        said.append(f"för {person.name} {when}".rstrip())
    return f"tjänstgörande {wording.joined(said)}" if said else ""


def at(places: Sequence[int], length: int, names: Names) -> str:
    if names.numbers:
        return names.several(places)
    return span([There.WHOLE if i in places else There.AWAY for i in range(length)], names)


def conflicts(places: Sequence[int], names: Names) -> str:
    """ "ej § 6 (jäv)"."""
    return f"ej {names.several(places)} (jäv)" if places else ""


def conflict(people: Sequence[str]) -> str:
    """The sentence printed at the item."""
    return f"{wording.joined(people)} deltar inte i ärendet på grund av jäv."
