"""manage.py anchor_trail: note the heads of the trail outside the database, now."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from members import audit


class Command(BaseCommand):
    help = (
        "Antecknar händelseloggens senaste nummer och kontrollsumma för varje råd i ankarfilen "
        "(BRA_ANCHORS). Arbetaren gör det en gång om dygnet. Flytta filen, eller en kopia av den, "
        "till ett ställe dit den som äger databasen inte når."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            written = audit.anchor()
        except OSError as error:
            raise CommandError(
                f"Ankarfilen {settings.ANCHORS} kunde inte skrivas: {error.strerror or error}."
            ) from error
        for one in written:
            self.stdout.write(f"{one.name or 'installationen'}: {one.words}")
        if not written:
            self.stdout.write("Inget har hänt sedan den senaste anteckningen i dag.")
