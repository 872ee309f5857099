"""manage.py bench: how fast the program is, one line per figure (shared/performance.md)."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Mäter hur snabbt programmet är, i en databas som skapas och tas bort."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write("Mätningarna byggs.")
