"""manage.py augment_seals: timestamps for sealed minutes that have none."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser

from meetings import sealing, stamping
from meetings.models import SealedMinutes


class Command(BaseCommand):
    help = "Sätter en tidsstämpel (RFC 3161) på justerade protokoll som saknar en."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--all", action="store_true", help="Också på dem som har en: förnyar skyddet."
        )

    def handle(self, *args: Any, all: bool, **options: Any) -> None:
        if not settings.TIMESTAMP_URL:
            raise CommandError("BRA_TIMESTAMP_URL är inte satt, så ingen tjänst kan tillfrågas.")
        service = stamping.service_at(settings.TIMESTAMP_URL)
        wanted = SealedMinutes.objects.order_by("pk") if all else sealing.without_timestamp()
        done, failed = 0, []
        for sealed in wanted.select_related("meeting", "round"):
            try:
                sealing.augment(sealed, service=service)
            except stamping.Unreached as error:
                raise CommandError(
                    f"{done} fick tidsstämpel. Sedan gick det inte: {error} Protokollen är "
                    "lika giltiga utan. Kör kommandot igen senare."
                ) from error
            except sealing.NotSealed as error:
                failed.append(f"{sealed}: {' '.join(error.messages)}")
            else:
                done += 1
        self.stdout.write(f"{done} fick tidsstämpel.")
        if failed:
            told = "\n".join(failed)
            raise CommandError(f"På de här gick det inte. De är lika giltiga utan.\n{told}")
