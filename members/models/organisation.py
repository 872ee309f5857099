from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from members.models.municipality import Municipality
from members.models.ordering import SwedishOrder


class OrganisationKind(models.TextChoices):
    BOARD = "board", "Nämnd"
    ADMINISTRATION = "administration", "Förvaltning"
    OFFICE = "office", "Kontor"
    FEDERATION = "federation", "Kommunalförbund"
    AGENCY = "agency", "Statlig myndighet"
    RESCUE = "rescue", "Räddningstjänst"
    MUNICIPAL_COMPANY = "municipal_company", "Kommunalt bolag"
    COMPANY = "company", "Företag"
    ASSOCIATION = "association", "Förening eller samverkan"
    OTHER = "other", "Annat"


class Organisation(models.Model):
    """Whom people in a council stand for. Kept per municipality: names must not leak between."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="organisations", verbose_name="kommun"
    )
    name = models.CharField("namn", max_length=200)
    kind = models.CharField(
        "slag", max_length=20, choices=OrganisationKind, default=OrganisationKind.OTHER
    )
    aliases = ArrayField(
        models.CharField(max_length=200),
        default=list,
        blank=True,
        verbose_name="andra namn",
        help_text="Kortformer och äldre namn, som SBK eller Brandkåren. Skilj dem med komma.",
    )

    class Meta:
        verbose_name = "organisation"
        verbose_name_plural = "organisationer"
        ordering = [SwedishOrder("name")]
        constraints = [
            models.UniqueConstraint(
                models.functions.Lower("name"),
                "municipality",
                name="organisation_name_once_a_municipality",
                violation_error_message="Kommunen har redan en organisation med det namnet.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def is_called(self, name: str) -> bool:
        """Whether name is this organisation's name or one of its aliases, case aside."""
        wanted = name.strip().casefold()
        return wanted in {known.casefold() for known in (self.name, *self.aliases)}
