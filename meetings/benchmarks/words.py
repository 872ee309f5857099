"""Invented minutes: sentences put together from lists, the same in every run."""

from __future__ import annotations

import random
from collections.abc import Sequence

WHO = (
    "Kommunpolisen", "Räddningstjänsten", "Socialtjänsten", "Skolan", "Fältgruppen",
    "Bostadsbolaget", "Fastighetsägarna", "Nattvandrarna", "Fritidsförvaltningen",
    "Samhällsbyggnad", "Köpmannaföreningen", "Ordföranden", "Sekreteraren", "Krisledningen",
)  # fmt: skip
DOES = (
    "berättade om", "redovisade", "följde upp", "tog upp frågan om", "gav en lägesbild av",
    "frågade om", "föreslog en översyn av", "påminde om", "såg en minskning av",
    "såg en ökning av", "beskrev arbetet med", "ville veta mer om",
)  # fmt: skip
WHAT = (
    "klottret", "belysningen", "skadegörelsen", "ordningsstörningarna", "cykelstölderna",
    "trygghetsvandringarna", "medborgarlöftena", "kameraövervakningen", "grannsamverkan",
    "ungas umgänge", "trafiken", "inbrotten", "bedrägerierna", "föräldramötena",
    "ordningsvakterna", "narkotikan", "snöröjningen", "bränderna", "valborgsfirandet",
)  # fmt: skip
WHERE = (
    "vid stationen", "på torget", "i hamnen", "vid badplatsen", "i centrum", "vid gymnasiet",
    "längs gångstråken", "i bostadsområdena", "vid resecentrum", "i parken", "vid idrottshallen",
)  # fmt: skip
WHEN = (
    "under våren", "sedan förra mötet", "under helgerna", "efter skoltid", "sedan årsskiftet",
    "på kvällarna", "inför sommaren", "under lovet", "jämfört med i fjol",
)  # fmt: skip
MORE = (
    "Diskussion följde om vad som kan göras redan nu och vad som behöver beslut i nämnden.",
    "Ledamöterna delade bilden och pekade på vikten av att alla anmäler det de ser.",
    "Frågan tas upp igen när siffrorna för kvartalet är klara.",
    "Rådet tackade för informationen.",
)
FRONT = (
    "Al", "Björk", "Dal", "Ek", "Fur", "Gran", "Hag", "Hassel", "Hjort", "Kvarn", "Lind", "Lund",
    "Moss", "Norr", "Ros", "Rönn", "Sjö", "Sol", "Sten", "Strand", "Söder", "Tall", "Väst", "Ås",
    "Älv", "Ö",
)  # fmt: skip
BACK = (
    "backa",
    "berga",
    "bro",
    "by",
    "dala",
    "gärde",
    "hamn",
    "hult",
    "höjd",
    "kulla",
    "lunda",
    "marken",
    "näs",
    "skogen",
    "sta",
    "torp",
    "vallen",
    "vik",
    "åker",
    "ängen",
)
PLACES = tuple(front + back for front in FRONT for back in BACK)
GIVEN = (
    "Alma", "Bodil", "Cajsa", "David", "Elin", "Fredrik", "Greta", "Hugo", "Ines", "Johan",
    "Klara", "Ludvig", "Mira", "Nils", "Olga", "Petter",
)  # fmt: skip
# A word, and compounds that hold it: what a search for the word must find.
COMPOUNDS: dict[str, tuple[str, ...]] = {
    "vandring": ("trygghetsvandring", "nattvandringen", "stadsdelsvandringar"),
    "polis": ("kommunpolisen", "områdespolis", "polisanmälan"),
    "stöld": ("cykelstölder", "mopedstölden", "butiksstöld"),
    "brott": ("våldsbrotten", "brottsofferjour", "vardagsbrott"),
    "skola": ("gymnasieskolan", "skolavslutning", "grundskolans"),
    "brand": ("bilbrand", "anlagda containerbranden", "brandskydd"),
    "vakt": ("ordningsvakter", "vaktbolaget", "nattvaktens"),
    "belysning": ("gatubelysningen", "belysningsplan", "parkbelysning"),
}


def sentence(chance: random.Random) -> str:
    who, does, what = chance.choice(WHO), chance.choice(DOES), chance.choice(WHAT)
    where, when = chance.choice(WHERE), chance.choice(WHEN)
    return f"{who} {does} {what} {where} {when}."


def paragraph(chance: random.Random, sentences: int) -> str:
    lines = [sentence(chance) for _ in range(sentences - 1)]
    return " ".join([*lines, chance.choice(MORE)])


def text(chance: random.Random, paragraphs: int, sentences: int = 4) -> str:
    """Restricted HTML, as the editor sends it."""
    return "".join(f"<p>{paragraph(chance, sentences)}</p>" for _ in range(paragraphs))


def heading(chance: random.Random) -> str:
    what, where = chance.choice(WHAT), chance.choice(WHERE)
    return f"{what[0].upper()}{what[1:]} {where}"


def archived(chance: random.Random) -> str:
    """A § of the archive: common words, a place that few name, at times a compound."""
    parts = [paragraph(chance, chance.randint(2, 7)), f"Gäller {chance.choice(PLACES)}."]
    if chance.random() < 0.05:
        parts.append(f"Mer om {chance.choice(chance.choice(tuple(COMPOUNDS.values())))} följer.")
    return "\n".join(parts)


def sentences_with(word: str) -> Sequence[str]:
    """The word alone, and inside each of its compounds."""
    return [f"Mötet talade om {one} och tog frågan vidare." for one in (word, *COMPOUNDS[word])]
