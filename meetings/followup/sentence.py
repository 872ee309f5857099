"""The decision that gives an uppdrag: one sentence written from who, what and when. Pure.

Rådet ger polisen i uppdrag att se över belysningen senast den 15 maj 2026.
Karin Ek och polisen får i uppdrag att … till nästa möte.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable

from meetings import wording
from meetings.followup import guessing
from members.models import Council, MinutesStyle, Organisation, OrganisationKind, Person

# Bodies whose name is a word in the definite form: "Polisen" is "polisen" inside a sentence.
# Companies and associations keep theirs.
COMMON = {
    OrganisationKind.BOARD, OrganisationKind.ADMINISTRATION, OrganisationKind.OFFICE,
    OrganisationKind.AGENCY, OrganisationKind.RESCUE, OrganisationKind.FEDERATION,
}  # fmt: skip
PASSIVE = " får i uppdrag att "


def itself(council: Council) -> str:
    """What the council calls itself in decisions: the first word of its set phrases, "Rådet" or
    "BRÅ"; without any such phrase as its minutes are named."""
    for phrase in council.decision_phrases:
        if found := re.match(r"(Rådet|BRÅ|Lokala BRÅ)\b", phrase):
            return found[1]
    return "Rådet" if council.minutes_style == MinutesStyle.PARAGRAPHS else "BRÅ"


def called(organisation: Organisation) -> str:
    """Its name inside a sentence: "polisen", "kultur- och fritidsnämnden", but "SBK", "Vöfab"."""
    name = organisation.name
    return common(name) if organisation.kind in COMMON else name


def common(name: str) -> str:
    """A name that is a word in the definite form, with a small letter; any other as it is."""
    first, *rest = name.split()
    is_word = first[1:] == first[1:].lower() and all(word == word.lower() for word in rest)
    return wording.lower_first(name) if is_word and name.endswith(("en", "et", "an")) else name


def whom(
    persons: Iterable[Person], organisations: Iterable[Organisation], role_in_words: str
) -> str:
    """ "Karin Ek, polisen och säkerhetschefen"."""
    names = [person.name for person in persons]
    names += [called(organisation) for organisation in organisations]
    if role_in_words:
        names.append(common(role_in_words))
    return wording.joined(names)


def written(
    *, council: str, who: str, text: str, due_on: datetime.date | None, next_meeting: bool,
    near: datetime.date, passive: bool = False,
) -> str:  # fmt: skip
    """The sentence. A time that the words name themselves is not said twice."""
    when = when_in_words(due_on, next_meeting=next_meeting)
    body = guessing.body_of(text, near, keep_when=not when)
    what = wording.lower_first(body) if is_word(body) else body
    active = f"{council} ger {who} i uppdrag att "
    begins = f"{wording.upper_first(who)}{PASSIVE}" if passive else active
    said = guessing.due_in(what, near)
    if not when or said[:2] == ("next" if next_meeting else "on", due_on):
        return f"{begins}{what}."
    if re.search(r"[.!?]\s", what):
        return f"{begins}{what}. Uppdraget ska vara klart {when}."
    return f"{begins}{what} {when}."


def is_word(text: str) -> bool:
    """Whether the first word is written with a capital only because it stood first."""
    first = text.split(" ", 1)[0]
    return first[1:] == first[1:].lower()


def when_in_words(due_on: datetime.date | None, *, next_meeting: bool) -> str:
    if next_meeting:
        return "till nästa möte"
    return f"senast {wording.long_date(due_on)}" if due_on else ""
