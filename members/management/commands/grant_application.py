"""manage.py grant_application: what the web server's role may do in the database, and no more."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError

from members import granting


class Command(BaseCommand):
    help = (
        "Ger applikationens databasroll rätt att läsa och lägga till, men inte att ändra eller ta "
        "bort det som är låst. Kör den som databasens ägare efter varje migrate. Med --check görs "
        "inget: den slutar med 0 om rollens rättigheter stämmer och 1 annars."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--role", required=True, help="Rollen som webbservern loggar in med.")
        how = parser.add_mutually_exclusive_group()
        how.add_argument(
            "--print", action="store_true", dest="only_print", help="Skriv bara ut satserna."
        )
        how.add_argument("--check", action="store_true", help="Kontrollera bara rättigheterna.")

    def handle(
        self, *args: Any, role: str, only_print: bool = False, check: bool = False, **options: Any
    ) -> None:
        try:
            if check:
                self.check_rights(role)
            elif only_print:
                self.stdout.write("".join(f"{one};\n" for one in granting.statements(role)))
            else:
                granting.grant(role)
                self.check_rights(role)
        except granting.NotARole as error:
            raise CommandError(str(error)) from error
        except DatabaseError as error:
            raise CommandError(
                f"Rättigheterna kunde inte ges: {str(error).splitlines()[0]} Kör kommandot som den "
                "roll som äger databasen."
            ) from error

    def check_rights(self, role: str) -> None:
        faults = granting.faults(role)
        for fault in faults:
            self.stdout.write(fault)
        if faults:
            raise CommandError(f"Rollen {role} har inte de rättigheter den ska ha.")
        self.stdout.write(f"Rollen {role} har de rättigheter den ska ha.")
