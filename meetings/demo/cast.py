"""The two municipalities, their organisations and their people. All of them are invented."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from meetings.models import ItemKind
from members.models import OrganisationKind as Kind
from members.roles import Role

PASSWORD = "fyren-lyser-i-hamnen"  # noqa: S105 - printed by manage.py demo --accounts
FIRST_DAY = datetime.date(2022, 11, 14)


@dataclass(frozen=True)
class Seat:
    """One person's place. `login` is the part of the address before @; without it, no account."""

    name: str
    role: Role
    organisation: str = ""
    title: str = ""
    login: str = ""
    address_only: bool = False  # has an address, but no account yet
    substitute: str = ""
    starts_on: datetime.date = FIRST_DAY
    ends_on: datetime.date | None = None


@dataclass(frozen=True)
class Town:
    name: str
    host: str
    arms: str
    council: str
    short_name: str
    slug: str
    paragraphs: bool
    standing: tuple[tuple[ItemKind, str], ...]
    organisations: dict[str, tuple[Kind, tuple[str, ...]]]
    administrator: tuple[str, str]  # name, login
    seats: tuple[Seat, ...]
    files: tuple[str, ...]
    runs_the_installation: bool = False


STRANDKOPING = Town(
    name="Strandköpings kommun",
    host="strandkoping.example",
    arms="strandkoping.svg",
    council="Strandköpings brottsförebyggande råd",
    short_name="Lokala BRÅ",
    slug="strandkopings-bra",
    paragraphs=True,
    standing=(
        (ItemKind.OPENING, "Inledning"),
        (ItemKind.ADJUSTER, "Val av justerare"),
        (ItemKind.AGENDA, "Fastställande av dagordningen"),
        (ItemKind.FOLLOW_UP, "Uppföljning av uppdrag"),
        (ItemKind.ROUND_TABLE, "Aktuellt från verksamheterna"),
        (ItemKind.COMING_EVENTS, "Vad är på gång"),
        (ItemKind.NEXT_MEETING, "Nästa möte"),
    ),
    organisations={
        "Kommunstyrelsen": (Kind.BOARD, ("KS",)),
        "Kommunledningskontoret": (Kind.OFFICE, ("KLK",)),
        "Polisen": (Kind.AGENCY, ("Kommunpolisen", "Lokalpolisområde Strandköping")),
        "Räddningstjänsten Östra kusten": (Kind.RESCUE, ("Räddningstjänsten",)),
        "Socialnämnden": (Kind.BOARD, ("Socialförvaltningen",)),
        "Utbildningsnämnden": (Kind.BOARD, ("Utbildningsförvaltningen",)),
        "Samhällsbyggnadsnämnden": (Kind.BOARD, ("Samhällsbyggnadskontoret", "SBK")),
        "Kultur- och fritidsnämnden": (Kind.BOARD, ("Kultur och fritid",)),
        "Strandbygdens gymnasieförbund": (Kind.FEDERATION, ("Gymnasieförbundet",)),
        "Strandköpingsbostäder AB": (Kind.MUNICIPAL_COMPANY, ("Strandköpingsbostäder",)),
        "Köpmannaföreningen i Strandköping": (Kind.ASSOCIATION, ("Köpmannaföreningen",)),
        "Kommunala pensionärsrådet": (Kind.OTHER, ("Pensionärsrådet",)),
    },
    administrator=("Adam Drakenhjelm", "adam.drakenhjelm"),
    seats=(
        Seat("Gunilla Strömvik", Role.CHAIR, "Kommunstyrelsen", "", "gunilla.stromvik"),
        Seat(
            "Anders Ekholm-Lindqvist", Role.VICE_CHAIR, "Kommunstyrelsen", "",
            "anders.ekholm-lindqvist",
        ),
        Seat(
            "Karin Tallhed", Role.SECRETARY, "Kommunledningskontoret", "säkerhetssamordnare",
            "karin.tallhed",
        ),
        Seat("Patrik Norrbäck", Role.MEMBER, "Polisen", "kommunpolis", "patrik.norrback"),
        Seat(
            "Søren Kjærgaard", Role.MEMBER, "Räddningstjänsten", "insatsledare", "soren.kjaergaard"
        ),
        Seat("Fatima Benmoussa", Role.MEMBER, "Socialnämnden", "", "fatima.benmoussa"),
        Seat(
            "Ingrid Palmcrantz", Role.MEMBER, "Utbildningsnämnden", "", "", address_only=True,
            ends_on=datetime.date(2025, 12, 31),
        ),
        Seat(
            "Anna-Karin Margareta von Essen-Lindqvist", Role.MEMBER, "Utbildningsnämnden", "",
            "anna-karin.von-essen", starts_on=datetime.date(2026, 1, 1),
        ),
        Seat(
            "Jörgen Almhöjd", Role.MEMBER, "Samhällsbyggnadsnämnden", "", "jorgen.almhojd",
            substitute="Åsa Vinterlund",
        ),
        Seat(
            "Birgitta Norén-Öhman", Role.MEMBER, "Kultur- och fritidsnämnden", "", "",
            address_only=True, starts_on=datetime.date(2024, 2, 1),
        ),
        Seat(
            "Henrik Åslund", Role.MEMBER, "Gymnasieförbundet", "rektor", "", address_only=True
        ),
        Seat(
            "Mirela Kovačević-Ćosić", Role.MEMBER, "Strandköpingsbostäder", "trygghetschef",
            "mirela.kovacevic-cosic", substitute="Tomas Hellgren",
        ),
        Seat("Sara Bergqvist", Role.MEMBER, "Köpmannaföreningen", "", "sara.bergqvist"),
        Seat("Leif Kvarnbo", Role.MEMBER, "Pensionärsrådet"),
        Seat(
            "Åsa Vinterlund", Role.SUBSTITUTE, "Samhällsbyggnadsnämnden", "", "asa.vinterlund"
        ),
        Seat("Tomas Hellgren", Role.SUBSTITUTE, "Strandköpingsbostäder", "", "", address_only=True),
        Seat(
            "Mirjam Osterhed", Role.CO_OPTED, "Kommunledningskontoret", "folkhälsostrateg",
            "mirjam.osterhed", starts_on=datetime.date(2025, 1, 1),
        ),
        Seat(
            "Rita Holmgren", Role.READER, "Kommunledningskontoret", "registrator",
            "rita.holmgren",
        ),
    ),
    files=("strandkoping-1", "strandkoping-2", "strandkoping-3", "strandkoping-4"),
)  # fmt: skip

LJUNGSATER = Town(
    name="Ljungsäters kommun",
    host="ljungsater.example",
    arms="ljungsater.svg",
    council="Brottsförebyggande rådet i Ljungsäter",
    short_name="Ljungsäters BRÅ",
    slug="ljungsaters-bra",
    paragraphs=False,
    standing=(
        (ItemKind.FOLLOW_UP, "Uppföljning"),
        (ItemKind.INFORMATION, "Statistik och lägesbild"),
        (ItemKind.ROUND_TABLE, "Aktuellt från verksamheterna"),
        (ItemKind.NEXT_MEETING, "Nästa möte"),
    ),
    organisations={
        "Kommunstyrelsen": (Kind.BOARD, ()),
        "Kommunledningsförvaltningen": (Kind.ADMINISTRATION, ()),
        "Polismyndigheten": (Kind.AGENCY, ("Polisen", "Kommunpolisen")),
        "Arbete och välfärd": (Kind.ADMINISTRATION, ()),
        "Utbildningsförvaltningen": (Kind.ADMINISTRATION, ()),
        "Kultur- och fritidsförvaltningen": (Kind.ADMINISTRATION, ()),
        "Tekniska förvaltningen": (Kind.ADMINISTRATION, ()),
        "Västra Ljungs räddningstjänst": (Kind.RESCUE, ("Räddningstjänsten",)),
        "Ljungsätersbostäder": (Kind.MUNICIPAL_COMPANY, ()),
        "Ljungsäter Citysamverkan": (Kind.ASSOCIATION, ("Citysamverkan",)),
    },
    administrator=("Viktor Sandelin", "viktor.sandelin"),
    seats=(
        Seat("Rolf Ahlgren", Role.CHAIR, "Kommunstyrelsen", "", "rolf.ahlgren"),
        Seat("Eva-Lotta Brandelius", Role.MEMBER, "Kommunstyrelsen", "", "", address_only=True),
        Seat(
            "Niklas Törngren", Role.SECRETARY, "Kommunledningsförvaltningen", "säkerhetschef",
            "niklas.torngren",
        ),
        Seat(
            "Niklas Törngren", Role.MEMBER, "Kommunledningsförvaltningen", "säkerhetschef",
            "niklas.torngren",
        ),
        Seat(
            "Agneta Skoog", Role.MEMBER, "Kommunledningsförvaltningen", "kommunchef",
            "agneta.skoog",
        ),
        # The same person, and the same account, as in Strandköping.
        Seat("Patrik Norrbäck", Role.MEMBER, "Polismyndigheten", "kommunpolis",
             "patrik.norrback@strandkoping.example"),
        Seat("Malin Tornborg", Role.MEMBER, "Arbete och välfärd", "", "malin.tornborg"),
        Seat("Zahra Nikpour", Role.MEMBER, "Utbildningsförvaltningen", "", "zahra.nikpour"),
        Seat(
            "Hanna Frimodig", Role.MEMBER, "Kultur- och fritidsförvaltningen", "", "",
            address_only=True,
        ),
        Seat("Disa Ivarsdotter", Role.MEMBER, "Tekniska förvaltningen", "", "", address_only=True),
        Seat("Ulf Gerdmar", Role.MEMBER, "Räddningstjänsten"),
        Seat("Pontus Karlén", Role.MEMBER, "Räddningstjänsten"),
        Seat("Stefan Fagerudd", Role.MEMBER, "Ljungsätersbostäder", "", "", address_only=True),
        Seat("Oskar Qvarnström", Role.MEMBER, "Citysamverkan", "", "", address_only=True),
    ),
    files=("ljungsater-1", "ljungsater-2", "ljungsater-3"),
    runs_the_installation=True,
)  # fmt: skip

TOWNS = (STRANDKOPING, LJUNGSATER)
