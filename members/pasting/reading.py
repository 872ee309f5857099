"""Text to lines: who, for what, with which title, role and address. Knows no database.

The shapes are those of real minutes (domain.md a2): "Name TAB Organisation" (Kalmar) and "Name
och Name, organisation" (Växjö), with title, role and e-mail after. Whatever cannot be told apart
stays as it was written, for a person to correct in the next step.
"""

from __future__ import annotations

import dataclasses
import re

from members.roles import COUNCIL_ROLES, Role

MAX_LINES = 300
EMAIL = re.compile(r"<?\b([^\s<>,;()\[\]]+@[^\s<>,;()\[\]]+\.[^\s<>,;()\[\]]+?)\b>?")
BULLET = re.compile(r"^\s*(?:[-–•*·]\s+|\d{1,3}[.)]\s+)")
WIDE_GAP = re.compile(r"\t+| {2,}|\N{NO-BREAK SPACE}{2,}")
LIST_MARK = re.compile(r"\s*[,;]\s*")
AND = re.compile(r"\s+(?:och|&|samt)\s+")
BRACKETS = re.compile(r"[(\[]([^)\]]*)[)\]]")
# A word of a name begins with a capital, or is a particle: "Linda Almqvist Dohrnér", "von Öst".
PARTICLES = frozenset({"af", "av", "von", "de", "der", "den", "la", "van", "di", "al", "el", "ben"})
ROLES = {role.label.casefold(): role for role in COUNCIL_ROLES} | {
    "ordf": Role.CHAIR,
    "ordf.": Role.CHAIR,
    "v ordf": Role.VICE_CHAIR,
    "v. ordf.": Role.VICE_CHAIR,
    "vice ordf": Role.VICE_CHAIR,
    "vice ordf.": Role.VICE_CHAIR,
    "sekr": Role.SECRETARY,
    "sekr.": Role.SECRETARY,
    "ers": Role.SUBSTITUTE,
    "ers.": Role.SUBSTITUTE,
}
# "Ordförande: Anna Ek", "vice ordf. Bo Ny": the role first, as under the heading Närvarande.
ROLE_FIRST = re.compile(
    rf"^({'|'.join(re.escape(word) for word in sorted(ROLES, key=len, reverse=True))})(?::\s*|\s+)"
    r"(?=[^\W\d_]+\s)",
    re.IGNORECASE,
)
# A line that is only this tells the role of the lines under it.
HEADINGS = {
    "ledamöter": Role.MEMBER,
    "ordinarie ledamöter": Role.MEMBER,
    "närvarande": Role.MEMBER,
    "ersättare": Role.SUBSTITUTE,
    "adjungerade": Role.CO_OPTED,
    "övriga": Role.CO_OPTED,
    "övriga närvarande": Role.CO_OPTED,
    "läsare": Role.READER,
}
LINE_MAX = 1000


@dataclasses.dataclass(frozen=True)
class Line:
    """One person as the list gives them. `number` is the line in what was pasted, from 1."""

    number: int
    text: str
    name: str
    organisation: str = ""
    title: str = ""
    email: str = ""
    role: Role = Role.MEMBER
    role_said: bool = False  # on the line itself: a heading or nothing is no word on one person


def read(text: str) -> list[Line]:
    """One Line for each person; a line of two names gives two. Blank lines are passed over."""
    lines: list[Line] = []
    under = Role.MEMBER
    for number, raw in enumerate(text.splitlines(), start=1):
        heading = HEADINGS.get(raw.strip(" \t:").casefold())
        if heading is not None:
            under = heading
        elif raw.strip():
            lines.extend(read_line(number, raw.strip(), under))
    return lines


def read_line(number: int, raw: str, under: Role = Role.MEMBER) -> list[Line]:
    """The people of one line. A line too long for any person is left as it is, to be corrected."""
    if len(raw) > LINE_MAX:
        return [Line(number=number, text=raw, name=raw, role=under)]
    text, first = without_role_first(BULLET.sub("", raw))
    emails = [match.lower() for match in EMAIL.findall(text)]
    text, role, notes = without_brackets(EMAIL.sub("" if "\t" in text else " ", text))
    names, rest = names_of([part for part in columns_of(text) if part])
    as_roles = [ROLES[part.casefold()] for part in rest if part.casefold() in ROLES]
    words = [part for part in rest if part.casefold() not in ROLES]
    said = next(iter(as_roles), role) or first
    return [
        Line(
            number=number,
            text=raw,
            name=name,
            organisation=words[0] if words else "",
            title=", ".join([*notes, *words[1:]]),
            email=emails[at] if at < len(emails) else "",
            role=said or under,
            role_said=said is not None,
        )
        for at, name in enumerate(names or [""])
    ]


def without_role_first(text: str) -> tuple[str, Role | None]:
    """ "Ordförande: Anna Ek" as "Anna Ek" and the chair."""
    found = ROLE_FIRST.match(text)
    return (text[found.end() :], ROLES[found[1].casefold()]) if found else (text, None)


def columns_of(text: str) -> list[str]:
    """The parts of a line: by tabs or wide gaps where there are any, else by commas."""
    wide = [part.strip(" ,;\N{NO-BREAK SPACE}") for part in WIDE_GAP.split(text)]
    if len([part for part in wide if part]) < 2:
        return [part.strip() for part in LIST_MARK.split(text.strip())]
    first, second, *more = [part for part in wide if part]
    # "Anna Ek<TAB>Polisen, kommunpolis": commas part what follows the organisation.
    return [
        first,
        *LIST_MARK.split(second),
        *(word for part in more for word in LIST_MARK.split(part)),
    ]


def without_brackets(text: str) -> tuple[str, Role | None, list[str]]:
    """The text without what stands in brackets, and that as a role or else as titles."""
    role, notes = None, []
    for inside in BRACKETS.findall(text):
        word = inside.strip()
        if word.casefold() in ROLES:
            role = ROLES[word.casefold()]
        elif word:
            notes.append(word)
    return BRACKETS.sub(" ", text), role, notes


def names_of(columns: list[str]) -> tuple[list[str], list[str]]:
    """The names a line begins with, and the columns left: "A A, B B och C C" are three names."""
    if not columns:
        return [], []
    names, rest = split_names(columns[0]), columns[1:]
    for at, part in enumerate(rest):
        several = split_names(part)
        if len(several) > 1 and all(map(looks_like_name, [*rest[:at], *several])):
            return [*names, *rest[:at], *several], rest[at + 1 :]
    return names, rest


def split_names(text: str) -> list[str]:
    """ "Anna Ek och Bo Ny" in two; "Kultur och fritid" is left whole."""
    parts = [" ".join(part.split()) for part in AND.split(text)]
    return parts if all(map(looks_like_name, parts)) else [" ".join(text.split())]


def looks_like_name(text: str) -> bool:
    """Two words or more, each with a capital or a particle."""
    words = text.split()
    return len(words) > 1 and all(
        word[:1].isupper() or word.casefold() in PARTICLES for word in words
    )
