from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.utils import timezone

from members.models.ordering import SwedishOrder

if TYPE_CHECKING:
    from members.models.person import Person


class MunicipalityQuerySet(models.QuerySet["Municipality"]):
    def administered_by(self, person: Person) -> MunicipalityQuerySet:
        """Municipalities whose administrator the person is today."""
        return self.filter(
            pk__in=person.administrator_of.running(timezone.localdate()).values("municipality")
        )


class Municipality(models.Model):
    """A Swedish municipality. One installation serves one or many; nothing leaks between them."""

    name = models.CharField("namn", max_length=100, unique=True, help_text="Som Kalmar kommun.")
    code = models.CharField(
        "kommunkod", max_length=4, blank=True, help_text="Fyra siffror, enligt SCB."
    )
    arms = models.BinaryField("kommunvapen", null=True, blank=True, editable=False)
    arms_type = models.CharField(
        max_length=30, blank=True, editable=False, choices=[("image/svg+xml", "SVG")]
    )

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = "kommun"
        verbose_name_plural = "kommuner"
        ordering = [SwedishOrder("name")]

    def __str__(self) -> str:
        return self.name

    @property
    def arms_file(self) -> bytes | None:
        """The arms as plain bytes (drivers may hand out a memoryview); None without arms."""
        return bytes(self.arms) if self.arms else None
