"""manage.py bench: how fast the program is, one line per figure (shared/performance.md)."""

from __future__ import annotations

import io
import time
from collections.abc import Sequence
from contextlib import redirect_stdout
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection

from meetings.benchmarks import measuring
from meetings.benchmarks.figures import TINY, Sizes
from meetings.benchmarks.measuring import SUBJECTS


class Command(BaseCommand):
    help = "Mäter hur snabbt programmet är, i en databas som skapas och tas bort."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "subjects", nargs="*", metavar="DEL", help=f"Bara dessa: {', '.join(SUBJECTS)}."
        )
        parser.add_argument(
            "--tiny", "--quick", action="store_true", dest="tiny",
            help="Bara några varv: visar att mätningarna fungerar.",
        )  # fmt: skip

    def handle(
        self, *args: Any, tiny: bool = False, subjects: Sequence[str] = (), **options: Any
    ) -> None:
        """Never in the database that DATABASE_URL names: in test_<its name>, as the tests do."""
        if unknown := set(subjects) - set(SUBJECTS):
            raise CommandError(f"Känner inte till {', '.join(sorted(unknown))}.")
        name, began = connection.settings_dict["NAME"], time.monotonic()
        with redirect_stdout(io.StringIO()):  # it tells of the cache's table, whatever verbosity
            connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
        try:
            for figure in measuring.figures(TINY if tiny else Sizes(), subjects or SUBJECTS):
                self.stdout.write(str(figure))
                self.stdout.flush()
            self.stdout.write(f"Klart efter {time.monotonic() - began:.0f} s.")
        finally:
            connection.creation.destroy_test_db(name, verbosity=0)
