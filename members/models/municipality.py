from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models
from django.db.models.functions import Now
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
    # Those it has now, one of its Arms; "" without.
    arms_sha256 = models.CharField("kommunvapen", max_length=64, blank=True, editable=False)

    objects = MunicipalityQuerySet.as_manager()

    class Meta:
        verbose_name = "kommun"
        verbose_name_plural = "kommuner"
        ordering = [SwedishOrder("name")]

    def __str__(self) -> str:
        return self.name


class ArmsQuerySet(models.QuerySet["Arms"]):
    def drawing(self, sha256: str) -> bytes | None:
        """The arms with this content, whoever has or had them; None for "" or unknown."""
        found = self.filter(sha256=sha256).values_list("drawing", flat=True).first()
        return None if found is None else bytes(found)


class Arms(models.Model):
    """Arms that a municipality has or has had, as cleaned SVG. Append-only.

    A frozen text names its arms by their content, and is drawn with them again when it is sealed
    and every time an extract is made: so they are kept when the municipality gets others.
    """

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="every_arms"
    )
    sha256 = models.CharField(max_length=64)
    drawing = models.BinaryField()
    added_at = models.DateTimeField(db_default=Now())

    objects = ArmsQuerySet.as_manager()

    class Meta:
        verbose_name = "kommunvapen"
        verbose_name_plural = "kommunvapen"
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["municipality", "sha256"], name="arms_once")]

    def __str__(self) -> str:
        return f"{self.municipality}, {self.sha256[:12]}"
