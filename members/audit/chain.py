"""The chain: its head, and whether every link of it fits.

Read with an expression of our own and not with the function in the database, which whoever has
altered the rows could have altered too.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection

from members.models import AuditEntry, Council

NBSP = "\N{NO-BREAK SPACE}"
FIRST = bytes(32)
GUARDS = ("bra_append_only", "bra_chain", "bra_no_truncate")

# The same bytes as migration 0005 hashes. An alteration here would make every trail look broken.
LINK = """pg_catalog.sha256(pg_catalog.convert_to(pg_catalog.jsonb_build_array(
    'bra-trail/1', r.council_id, r.sequence, r.id,
    extract(epoch FROM r.at)::text, r.meeting_id, r.person_id, r.person_name,
    r.action, r.subject_type, r.subject_id, r.subject_text, r.facts::text
)::text, 'UTF8') || COALESCE(r.previous, pg_catalog.decode(pg_catalog.repeat('00', 32), 'hex')))"""

FIRST_BREAK = f"""
SELECT r.sequence, r.place, (r.at AT TIME ZONE 'Europe/Stockholm')::text, r.person_name FROM (
    SELECT e.*, row_number() OVER links AS place, lag(e.hash) OVER links AS previous
    FROM public.members_auditentry e WHERE {{whose}}
    WINDOW links AS (ORDER BY e.sequence NULLS FIRST, e.id)
) r
WHERE r.sequence IS DISTINCT FROM r.place OR r.hash IS DISTINCT FROM {LINK}
ORDER BY r.place LIMIT 1"""  # noqa: S608 (our own expression)


class Head(NamedTuple):
    """The last link of a chain. Whoever keeps it elsewhere can tell if the chain is rewritten."""

    sequence: int
    hash: bytes

    @property
    def printed(self) -> str:
        """ "nr 1 482, c41d 09aa 7be2", as on the page Underskrifter."""
        return f"nr {grouped(self.sequence)}, {mark_of(self.hash)}"


@dataclass(frozen=True)
class Break:
    """The first place where a chain does not fit. `str` tells it in Swedish."""

    sequence: int | None
    words: str

    def __str__(self) -> str:
        return self.words


def mark_of(link: bytes) -> str:
    """ "c41d 09aa 7be2": enough of a hash to compare by eye, as snapshot.short_hash."""
    shown = link.hex()[:12]
    return f"{shown[:4]} {shown[4:8]} {shown[8:]}"


def grouped(number: int) -> str:
    return f"{number:,}".replace(",", NBSP)


def head(council: Council | None) -> Head:
    """The last link of a council's chain, or of the installation's own. (0, zeros) when empty."""
    last = AuditEntry.objects.filter(council=council).order_by("-sequence")
    found = last.values_list("sequence", "hash").first()
    return Head(found[0], bytes(found[1] or b"")) if found else Head(0, FIRST)


def heads() -> dict[int | None, Head]:
    """The last link of every chain, by council pk; None is the installation's own."""
    last = AuditEntry.objects.order_by("council_id", "-sequence").distinct("council_id")
    rows = last.values_list("council_id", "sequence", "hash")
    return {council: Head(sequence or 0, bytes(link or b"")) for council, sequence, link in rows}


def verify_trail(council: Council | int | None = None) -> Break | None:
    """The first break of a council's chain, or of the installation's own; None when it is whole.

    What cannot be seen from the rows alone (the end cut off, all of it rewritten) is found by
    comparing with heads kept elsewhere: audit.anchors.
    """
    pk = council.pk if isinstance(council, Council) else council
    found = first_break(pk)
    return told(*found) if found else None


def first_break(council: int | None) -> tuple[Any, ...] | None:
    whose = "e.council_id IS NULL" if council is None else "e.council_id = %s"
    with connection.cursor() as cursor:
        cursor.execute(FIRST_BREAK.format(whose=whose), [] if council is None else [council])
        row: tuple[Any, ...] | None = cursor.fetchone()
    return row


def told(sequence: int | None, place: int, at: str | None, person: str | None) -> Break:
    """What is wrong with the row that stands at `place` and says it is number `sequence`."""
    if sequence is None or sequence < 1:
        return Break(None, "En händelse saknar nummer: den har lagts in vid sidan av programmet.")
    if sequence > place:
        return Break(place, f"Händelse nr {grouped(place)} saknas.")
    if sequence < place:
        return Break(sequence, f"Händelse nr {grouped(sequence)} finns mer än en gång.")
    when = at[:16].replace(":", ".") if at else "utan tid"
    return Break(
        sequence,
        f"Händelse nr {grouped(sequence)} ({when}, {person or 'utan namn'}) stämmer inte med sin "
        "kontrollsumma: den eller någon före den har ändrats, bytts ut eller lagts in.",
    )


def guards_down() -> list[str]:
    """The triggers of the trail that are missing or not always on: none, unless tampered with."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tgname FROM pg_catalog.pg_trigger WHERE tgenabled = 'A'"
            " AND tgrelid = 'public.members_auditentry'::pg_catalog.regclass"
        )
        standing = {name for (name,) in cursor.fetchall()}
    return [name for name in GUARDS if name not in standing]
