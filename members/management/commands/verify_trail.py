"""manage.py verify_trail: is the trail as the program wrote it? Exit status 0 yes, 1 no."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from members import audit
from members.audit import anchors, chain
from members.models import Council


class Command(BaseCommand):
    help = (
        "Räknar om händelseloggens kedjor och jämför dem med ankarfilen. Slutar med 0 om allt "
        "stämmer och 1 om något har ändrats."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--anchors", type=Path, help="Ankarfil att jämföra med. Annars den i BRA_ANCHORS."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        # The anchors first: what is noted meanwhile is in the rows that are read after.
        noted = self.read(options["anchors"])
        heads, names = chain.heads(), dict(Council.objects.values_list("pk", "short_name"))
        broken = 0
        for council in sorted({*heads, *(one.council for one in noted)}, key=lambda pk: pk or 0):
            found = [audit.verify_trail(council), anchors.first_break(council, noted)]
            name = names.get(council, f"Råd {council}") if council else "Installationen"
            broken += self.tell(name, heads.get(council), [one for one in found if one])
        for guard in chain.guards_down():
            broken += 1
            self.stdout.write(f"Databasen: spärren {guard} på händelseloggen är borta eller av.")
        if broken:
            raise CommandError("Händelseloggen har ändrats utanför programmet.")
        self.stdout.write("Händelseloggen är oförändrad.")

    def read(self, given: Path | None) -> list[anchors.Anchor]:
        path = given or settings.ANCHORS
        try:
            noted, unreadable = anchors.read(path)
        except FileNotFoundError as error:
            if given is not None:
                raise CommandError(f"Ankarfilen {path} finns inte.") from error
            self.stdout.write(f"Ingen ankarfil att jämföra med ({path}).")
            return []
        except OSError as error:
            raise CommandError(f"Ankarfilen {path} kunde inte läsas: {error.strerror}.") from error
        if given is not None and not noted:
            raise CommandError(f"Ankarfilen {path} innehåller inga ankare.")
        for number in unreadable:
            self.stdout.write(f"Ankarfilen: rad {number} går inte att läsa och hoppas över.")
        return noted

    def tell(self, name: str, head: audit.Head | None, found: list[audit.Break]) -> int:
        number = head.sequence if head else 0
        count = f"{chain.grouped(number)} {'händelse' if number == 1 else 'händelser'}"
        if not found and head:
            self.stdout.write(f"{name}: {count}, kedjan är hel ({audit.mark_of(head.hash)}).")
        for one in found:
            self.stdout.write(f"{name}: {one}")
        return len(found)
