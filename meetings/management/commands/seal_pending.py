"""manage.py seal_pending: seals now what everyone has approved, as the worker does."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from meetings import sealing, signing


class Command(BaseCommand):
    help = "Låser det som alla har godkänt men som inte är låst än. Visar vad som är i vägen."

    def handle(self, *args: Any, **options: Any) -> None:
        left = 0
        for round_ in sealing.pending().select_related("meeting__council__municipality", "version"):
            if signing.seal_at_once(round_) is not None:
                self.stdout.write(f"Låst: {round_}")
                continue
            left += 1
            fault = sealing.state_of_key(round_.meeting.council).fault
            self.stdout.write(f"Inte låst: {round_}. {fault or 'Felet står i loggen.'}")
        if left:
            raise CommandError(f"{left} kunde inte låsas.")
