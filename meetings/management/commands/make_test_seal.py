"""manage.py make_test_seal: a key for trying things out. What it seals says TEST."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from meetings import stamping
from members.models import Municipality


class Command(BaseCommand):
    help = "Gör en testnyckel (P-256, certifikat märkt TEST) till en kommun som saknar nyckel."

    def add_arguments(self, parser: CommandParser) -> None:
        which = parser.add_mutually_exclusive_group(required=True)
        which.add_argument("kommun", nargs="?", help="Kommunkod eller namn.")
        which.add_argument("--all", action="store_true", help="Alla kommuner.")

    def handle(self, *args: Any, kommun: str | None, all: bool, **options: Any) -> None:
        towns = Municipality.objects.all() if all else found(kommun or "")
        for town in towns:
            stem = stamping.stem_of(town.code, town.name)
            made = stamping.make_test_key(settings.SEALS, stem, town.name)
            told = "gjordes" if made else "fanns redan"
            self.stdout.write(f"{town.name}: {settings.SEALS / stem}.p12 {told}.")


def found(named: str) -> list[Municipality]:
    towns = [town for town in Municipality.objects.all() if named in (town.code, town.name)]
    if not towns:
        raise CommandError(f"Det finns ingen kommun med kod eller namn ”{named}”.")
    return towns
