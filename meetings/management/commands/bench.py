"""manage.py bench: how fast the program is, one line per figure (shared/performance.md)."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.db import connection

from meetings.benchmarks import measuring
from meetings.benchmarks.figures import TINY, Sizes


class Command(BaseCommand):
    help = "Mäter hur snabbt programmet är, i en databas som skapas och tas bort."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--tiny", action="store_true", help="Bara några varv: visar att mätningarna fungerar."
        )

    def handle(self, *args: Any, tiny: bool = False, **options: Any) -> None:
        """Never in the database that DATABASE_URL names: in test_<its name>, as the tests do."""
        name = connection.settings_dict["NAME"]
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        try:
            for figure in measuring.figures(TINY if tiny else Sizes()):
                self.stdout.write(str(figure))
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)
