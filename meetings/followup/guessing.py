"""Who and when, guessed from the words of an uppdrag, for a person to correct. Pure.

Only what the words say: a name, an organisation or one of its other names, a role or a title that
one person has in the register, a day after "senast" and the like. Nothing said is nothing guessed.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from meetings.wording import MONTHS, WEEKDAYS, plain_date, upper_first

Who = tuple[str, str]  # key as the form has it ("p12", "o5") and the name


@dataclass(frozen=True)
class Register:
    """Who can be meant: (key, name, their roles and titles) and (key, name, its other names)."""

    people: list[tuple[str, str, list[str]]] = field(default_factory=list)
    organisations: list[tuple[str, str, list[str]]] = field(default_factory=list)


@dataclass(frozen=True)
class Guess:
    who: list[Who] = field(default_factory=list)
    role_in_words: str = ""
    due: str = ""  # "next", "on" or ""
    due_on: datetime.date | None = None
    told: str = ""  # what is wrong with the day that the words name
    body: str = ""  # what is to be done, as it stands in a list: without who and when


def guess(text: str, register: Register, near: datetime.date) -> Guess:
    """What the words say, at a meeting on the day `near`."""
    text = " ".join(text.split())
    who, role = who_in(text, register)
    due, due_on, told = due_in(text, near)
    return Guess(who, role, due, due_on, told, upper_first(body_of(text, near)))


# --- Who ------------------------------------------------------------------------------------------

ASKED = (  # words that say outright who gets it; what stands there and is unknown is a role
    re.compile(r"\b(?:ger|gav|ge)\s+(?P<who>.+?)\s+(?:i\s+uppdrag|uppdraget)\s+att\b"),
    re.compile(r"\b(?:uppdrar|uppdrog)\s+åt\s+(?P<who>.+?)\s+att\b"),
    re.compile(
        r"^(?P<who>.+?)\s+(?:får|fick|ges|gavs|har|har\s+fått|fått)\s+"
        r"(?:i\s+uppdrag|uppdraget|till\s+uppgift)\b"
    ),
    re.compile(r"^(?P<who>.+?)\s+(?:uppdrag|uppgift|ansvar)\s+(?:är|blir)\s+att\b"),
    re.compile(r"\b[Aa]nsvarig(?:a)?(?::|\s+är|\s+blir)\s+(?P<who>[^.;()]+)"),
)
IN_BRACKETS = re.compile(r"\((?P<who>[^()]+)\)[.\s]*$")
BETWEEN = re.compile(r"(?:\s*,\s*(?:och\s+|samt\s+)?|\s+och\s+|\s+samt\s+)")


def who_in(text: str, register: Register) -> tuple[list[Who], str]:
    forms = forms_of(register)
    for pattern in ASKED:
        if found := pattern.search(text):
            known, unknown = named_in(found["who"].strip(" :"), forms)
            roles = [word for word in unknown if len(word) <= 60]
            return known, joined(roles)
    if found := IN_BRACKETS.search(text):
        known, unknown = named_in(found["who"], forms)
        if known and not unknown:
            return known, ""
    return leading(text, forms), ""


def joined(words: list[str]) -> str:
    return f"{', '.join(words[:-1])} och {words[-1]}" if len(words) > 1 else "".join(words)


def named_in(words: str, forms: dict[str, Who]) -> tuple[list[Who], list[str]]:
    """Those of the register, and what is left, of "A, B och C"."""
    known: list[Who] = []
    unknown: list[str] = []
    rest = words
    while rest:
        if found := longest(rest, forms):
            who, length = found
            known.append(who)
        else:
            parted = BETWEEN.search(rest)
            length = parted.start() if parted else len(rest)
            if word := rest[:length].strip():
                unknown.append(word)
        rest = BETWEEN.sub("", rest[length:], count=1) if BETWEEN.match(rest[length:]) else (
            rest[length:].strip()
        )  # fmt: skip
    return list(dict.fromkeys(known)), unknown


def leading(text: str, forms: dict[str, Who]) -> list[Who]:
    """Those a sentence begins with: "Kommunpolisen och Karin Ek ser över …"."""
    known: list[Who] = []
    rest = text
    while found := longest(rest, forms):
        who, length = found
        known.append(who)
        parted = BETWEEN.match(rest[length:])
        if parted is None:
            return list(dict.fromkeys(known))
        rest = rest[length + parted.end() :]
    return []  # the list goes on with somebody unknown: then who is not clear


def longest(text: str, forms: dict[str, Who]) -> tuple[Who, int] | None:
    """The longest known form that the text begins with, as whole words."""
    folded = text.casefold()
    for form in sorted(forms, key=len, reverse=True):
        if not folded.startswith(form):
            continue
        after = text[len(form) : len(form) + 1]
        if not (after.isalnum() or (after in ("-", ":") and after)):
            return forms[form], len(form)
    return None


def forms_of(register: Register) -> dict[str, Who]:
    """Every form that means one and only one of the register. What two share means none."""
    ranked: list[list[tuple[str, Who]]] = [
        [(name, (key, name)) for key, name, _ in register.people],
        [
            (form, (key, name))
            for key, name, others in register.organisations
            for form in (name, *others)
        ],
        [
            (form, (key, name))
            for key, name, titles in register.people
            for title in titles
            for form in (title, definite(title))
        ],
        [(name.split()[-1], (key, name)) for key, name, _ in register.people],
        [
            (indefinite(form), (key, name))
            for key, name, others in register.organisations
            for form in (name, *others)
        ],
    ]
    forms: dict[str, Who] = {}
    for rank in ranked:
        forms |= {form: who for form, who in unique(rank) if form not in forms}
    return {form: who for bare, who in forms.items() for form in (bare, genitive(bare))} | forms


def unique(pairs: Iterable[tuple[str, Who]]) -> Iterator[tuple[str, Who]]:
    found: dict[str, set[Who]] = {}
    for form, who in pairs:
        if form.strip():
            found.setdefault(" ".join(form.split()).casefold(), set()).add(who)
    for form, whose in found.items():
        if len(whose) == 1:
            yield form, next(iter(whose))


def definite(title: str) -> str:
    """ "strateg" → "strategen", "sekreterare" → "sekreteraren", "kommunchef" → "kommunchefen"."""
    return f"{title}n" if title[-1:] in "aeouyåäö" else f"{title}en"


def indefinite(name: str) -> str:
    """ "Polisen" → "Polis", "Kommunledningskontoret" → "Kommunledningskontor"."""
    return name[:-2] if re.search(r"\w{4}(?:en|et)$", name) else name


def genitive(form: str) -> str:
    return form if form[-1:] in "sxz" else f"{form}s"


# --- When -----------------------------------------------------------------------------------------

NUMBER_OF = {
    short: number
    for number, month in enumerate(MONTHS, start=1)
    for short in {month, month[:3], *({"sept"} if month == "september" else ())}
}
BEFORE = r"(?:senast|före|innan|fram till|till och med|t\.o\.m\.|till|inom|under|klart?|klara)"
NEXT = re.compile(
    r"\b(?:senast\s+)?(?:till|vid|på|inför|före)\s+(?:rådets\s+|BRÅ:s\s+)?"
    r"(?:nästa|nästkommande|kommande)\s+(?:möte|sammanträde|rådsmöte)t?\b",
    re.IGNORECASE,
)
ISO = re.compile(rf"\b{BEFORE}\s+(?:den\s+)?(\d{{4}})-(\d{{2}})-(\d{{2}})\b", re.IGNORECASE)
DAY = re.compile(
    rf"\b{BEFORE}\s+(?:(?:på\s+)?(?:{'|'.join(WEEKDAYS)})(?:en)?\s+)?(?:den\s+)?"
    rf"(\d{{1,2}})(?::?e)?\s+({'|'.join(sorted(NUMBER_OF, key=len, reverse=True))})\b\.?"
    r"(?:\s+(\d{4})\b)?",
    re.IGNORECASE,
)
SLASHED = re.compile(rf"\b{BEFORE}\s+(?:den\s+)?(\d{{1,2}})/(\d{{1,2}})(?:[ -](\d{{4}}))?\b", re.I)
WEEK = re.compile(rf"\b{BEFORE}\s+(?:i\s+)?(?:v\.?|vecka|veckan)\s*(\d{{1,2}})\b", re.IGNORECASE)
WEEKDAY = re.compile(
    rf"\b{BEFORE}\s+(?:på\s+|nu\s+på\s+|nästa\s+)?({'|'.join(WEEKDAYS)})(?:en)?\b", re.IGNORECASE
)
MONTH = re.compile(
    rf"\b(?:senast|under|före|innan)\s+(?:i\s+|utgången\s+av\s+|slutet\s+av\s+)?({'|'.join(MONTHS)})"
    r"(?:\s+(\d{4}))?\b(?!\s*\d)",
    re.IGNORECASE,
)
Due = tuple[str, datetime.date | None, str]


def due_in(text: str, near: datetime.date) -> Due:
    """("on", the day, ""), ("next", None, "") or ("", None, what is wrong)."""
    said = spans(text, near)
    return said[0][1] if said else ("", None, "")


def spans(text: str, near: datetime.date) -> list[tuple[re.Match[str], Due]]:
    """The words that name a time, surest first, with what they mean."""
    found: list[tuple[re.Match[str], Due]] = []
    for match in NEXT.finditer(text):
        found.append((match, ("next", None, "")))
    for match in ISO.finditer(text):
        year, month, day = match.groups()
        found.append((match, on(int(day), int(month), int(year), near)))
    for match in DAY.finditer(text):
        day, name, written = match.groups()
        month = NUMBER_OF[name.lower()]
        found.append((match, on(int(day), month, int(written) if written else None, near)))
    for match in SLASHED.finditer(text):
        day, number, written = match.groups()
        found.append((match, on(int(day), int(number), int(written) if written else None, near)))
    for match in WEEK.finditer(text):
        found.append((match, in_week(int(match[1]), near)))
    for match in WEEKDAY.finditer(text):
        ahead = (WEEKDAYS.index(match[1].lower()) - near.weekday() - 1) % 7 + 1
        found.append((match, ("on", near + datetime.timedelta(days=ahead), "")))
    for match in MONTH.finditer(text):
        found.append((match, in_month(match, near)))
    # "till 5 mars … senast 15 maj": senast is what one has to keep.
    return sorted(found, key=lambda one: not one[0][0].lower().startswith("senast"))


def on(day: int, month: int, year: int | None, near: datetime.date) -> Due:
    """A day; without a year the first one from the meeting on."""
    years = [year] if year else [near.year, near.year + 1]
    dates = [made for one in years if (made := date_or_none(one, month, day))]
    if not dates:
        named = f"{day} {MONTHS[month - 1]}" if 1 <= month <= 12 else f"{day}/{month}"
        return "", None, f"{named}{f' {year}' if year else ''} finns inte. Välj en annan dag."
    meant = next((one for one in dates if one >= near), dates[-1])
    if meant < near:
        return "", None, f"{plain_date(meant)} är före mötet. Välj en annan dag."
    return "on", meant, ""


def date_or_none(year: int, month: int, day: int) -> datetime.date | None:
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def in_week(week: int, near: datetime.date) -> Due:
    """ "v. 29" is to be done when its Friday ends."""
    for year in (near.year, near.year + 1):
        try:
            friday = datetime.date.fromisocalendar(year, week, 5)
        except ValueError:
            continue
        if friday >= near:
            return "on", friday, ""
    return "", None, f"Vecka {week} finns inte. Välj en annan dag."


def in_month(match: re.Match[str], near: datetime.date) -> Due:
    """ "under maj", "senast i maj": its last day; "före maj": the day before it begins."""
    month = MONTHS.index(match[1].lower()) + 1
    words = match[0].lower()
    ends = not words.startswith(("före", "innan")) or "slutet" in words or "utgången" in words
    for year in [int(match[2])] if match[2] else [near.year, near.year + 1]:
        first = datetime.date(year + (month == 12 and ends), month % 12 + 1 if ends else month, 1)
        last = first - datetime.timedelta(days=1)
        if last >= near:
            return "on", last, ""
    return "", None, f"{match[1].lower()} {match[2]} är före mötet. Välj en annan dag."


# --- What -----------------------------------------------------------------------------------------

GIVEN = re.compile(
    r"^.{1,400}?\b(?:i\s+uppdrag|uppdraget|till\s+uppgift)\s+att\s+"
    r"|^.{1,400}?\b(?:uppdrar|uppdrog)\s+åt\s+.{1,400}?\s+att\s+",
    re.IGNORECASE,
)


def body_of(text: str, near: datetime.date, *, keep_when: bool = False) -> str:
    """What is to be done, as it stands after "i uppdrag att": without who, and without a when
    that ends it unless that is to be kept."""
    text = GIVEN.sub("", " ".join(text.split()), count=1)
    text = re.sub(r"^att\s+", "", text, flags=re.IGNORECASE).rstrip(" .")
    for match, due in [] if keep_when else spans(text, near):
        if due[0] and match.end() == len(text):
            text = text[: match.start()].rstrip(" ,")
            break
    return text
