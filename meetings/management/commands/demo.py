"""manage.py demo: two invented municipalities to look at, and a list of who can sign in."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from meetings.demo import accounts, filling


class Command(BaseCommand):
    help = (
        "Fyller en tom databas med demouppgifter: två påhittade kommuner med tre års protokoll "
        "och ett möte i varje läge. Görs bara med BRA_DEMO=1."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--if-empty", action="store_true", help="Gör ingenting om databasen redan används."
        )
        parser.add_argument(
            "--accounts", action="store_true", help="Visa bara vilka som kan logga in."
        )

    def handle(
        self, *args: Any, if_empty: bool = False, accounts: bool = False, **options: Any
    ) -> None:
        if accounts:
            self.show_accounts()
        elif filling.is_empty():
            self.fill()
        elif not if_empty:
            raise CommandError(
                "Demouppgifterna finns redan."
                if filling.is_ours()
                else "Databasen används redan till annat. Demouppgifter läggs i en tom databas."
            )

    def fill(self) -> None:
        if not settings.DEMO:
            raise CommandError(
                "Demons konton har ett lösenord som alla känner till. Sätt BRA_DEMO=1 om det är "
                "meningen att databasen ska fyllas med dem."
            )
        filling.fill()

    def show_accounts(self) -> None:
        if not filling.is_ours():
            self.stdout.write("Här finns inga demokonton.")
            return
        self.stdout.write(accounts.table())
