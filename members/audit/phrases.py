"""How the trail reads: every registered action is a Swedish sentence, "Anna tog bort § 4"."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Model

from members.models import (
    AuditEntry,
    Mandate,
    Municipality,
    Organisation,
    OutgoingMail,
    Person,
)

# What follows the name. {what} is the subject as `describe` has it, other words are facts.
ACTIONS: dict[str, str] = {
    "person.invited": "bjöd in {what}",
    "person.joined": "valde lösenord och gick med",
    "person.changed": "ändrade uppgifterna om {what}",
    "mandate.given": "gav uppdrag åt {what}",
    "mandate.changed": "ändrade uppdraget för {what}",
    "mandate.ended": "avslutade uppdraget för {what}",
    "organisation.added": "lade till {what}",
    "organisation.changed": "ändrade {what}",
    "council.changed": "ändrade rådets inställningar",
    "municipality.arms_changed": "bytte vapen för {what}",
    "mail.retried": "skickade om {what}",
    "drift.saved": "sparade {what} i driftadministrationen",
    "drift.removed": "tog bort {what} i driftadministrationen",
}


@dataclass(frozen=True)
class Subject:
    """How a kind of thing is spoken of, and which meeting it belongs to."""

    named: str
    unnamed: str
    meeting: Callable[[Any], int | None] | None = None


PLAIN = Subject("{text}", "något")
SUBJECTS: dict[str, Subject] = {}
WORDS: dict[str, Mapping[str, Mapping[str, str]]] = {}
LONGEST = 100  # of a subject inside a sentence; the words of an uppdrag can be many


def register(
    actions: Mapping[str, str], *, words: Mapping[str, Mapping[str, str]] | None = None
) -> None:
    """Add an app's actions; each name once.

    `words` says how the facts in these sentences read: {"mode": {"present": "som närvarande"}};
    under "" what stands where an entry has no such fact.
    """
    twice = ACTIONS.keys() & actions.keys()
    if twice:
        raise ValueError(f"audit actions registered twice: {sorted(twice)}")
    ACTIONS.update(actions)
    WORDS.update(dict.fromkeys(actions, words or {}))


def describe(
    model: type[Model],
    *,
    named: str,
    unnamed: str,
    meeting: Callable[[Any], int | None] | None = None,
) -> None:
    """Say how entries speak of a model: "bilagan {text}", and "en bilaga" to whom it is not told.

    With `meeting`, which finds a row's meeting, they belong to that meeting's history.
    """
    SUBJECTS[model._meta.label_lower] = Subject(named, unnamed, meeting)


describe(Person, named="{text}", unnamed="en person")
describe(Mandate, named="{text}", unnamed="en person")
describe(Organisation, named="organisationen {text}", unnamed="en organisation")
describe(Municipality, named="{text}", unnamed="en kommun")
describe(OutgoingMail, named="mejlet ”{text}”", unnamed="ett mejl")


def what(entry: AuditEntry, *, veiled: bool = False) -> str:
    """The subject inside a sentence; veiled without its own words."""
    subject = SUBJECTS.get(entry.subject_type, PLAIN)
    return subject.unnamed if veiled else subject.named.format(text=shortened(entry.subject_text))


def shortened(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1].rstrip()}…"


class Told(dict[str, str]):
    """Facts as words. One that an entry of an older version lacks leaves nothing behind."""

    def __missing__(self, key: str) -> str:
        return ""


def sentence(entry: AuditEntry, **given: str) -> str:
    """ "Karin Tallhed tog bort § 4 Medborgarlöften". `given` overrides what and the facts."""
    phrase = ACTIONS.get(entry.action, entry.action)
    words = WORDS.get(entry.action, {})
    told = Told(what=what(entry))
    for fact, told_as in words.items():
        told[fact] = told_as.get(str(entry.facts.get(fact, "")), "")
    told.update(given)
    # Not str.split: a no-break space between § and its number stays one.
    return re.sub(" {2,}", " ", f"{entry.person_name} {phrase.format_map(told)}").strip(" ")
