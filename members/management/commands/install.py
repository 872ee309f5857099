"""manage.py install: a municipality and the first person who may sign in, in one go."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from django.utils import timezone

from members import joining
from members.models import Administrator, Municipality, Person


class Command(BaseCommand):
    help = (
        "Lägger upp en kommun och dess administratör, som också blir driftadministratör. "
        "Skriver ut en länk där personen väljer lösenord. Kan köras igen för en ny länk."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--municipality", required=True, help="Namn, som Kalmar kommun.")
        parser.add_argument("--code", default="", help="Kommunkod, fyra siffror.")
        parser.add_argument("--name", required=True, help="Administratörens namn.")
        parser.add_argument("--email", required=True, help="Administratörens e-postadress.")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            person = self.set_up(
                **{name: options[name] for name in ("municipality", "code", "name", "email")}
            )
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if person.has_usable_password():
            self.stdout.write(f"{person.email} har redan ett lösenord och kan logga in.")
        else:
            self.stdout.write("Öppna länken och välj lösenord (gäller i sju dagar):")
            self.stdout.write(joining.invitation_link(person))

    @transaction.atomic
    def set_up(self, *, municipality: str, code: str, name: str, email: str) -> Person:
        place, created = Municipality.objects.get_or_create(
            name=municipality, defaults={"code": code}
        )
        if created:
            place.full_clean()
        person = joining.add_person(name=name, email=email)
        person.is_staff = person.is_superuser = True
        person.save(update_fields=["is_staff", "is_superuser"])
        Administrator.objects.get_or_create(
            municipality=place, person=person, defaults={"starts_on": timezone.localdate()}
        )
        return person
