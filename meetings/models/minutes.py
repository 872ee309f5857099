from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from meetings.models.agenda import AgendaItem, OrganisationReport
from meetings.models.meeting import Meeting
from members.models import Person


class TextRevision(models.Model):
    """Every saved wording of an item or a report, winners and losers, so no word disappears.

    A winner has the version it became; a loser (somebody else saved first) has none.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="revisions")
    report = models.ForeignKey(
        OrganisationReport, on_delete=models.CASCADE, null=True, blank=True,
        related_name="revisions",
    )  # fmt: skip
    base_version = models.PositiveIntegerField()
    version = models.PositiveIntegerField(null=True)
    text = models.TextField()
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "textversion"
        verbose_name_plural = "textversioner"
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "report", "version"], name="one_winner_per_version",
                nulls_distinct=None, condition=models.Q(version__isnull=False),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.item_id} version {self.version}"


class MinutesVersion(models.Model):
    """A frozen snapshot (meetings.snapshot), its exact bytes and their hash. Append-only."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    canonical = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    program_version = models.CharField(max_length=40)
    frozen_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    frozen_at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "fryst protokoll"
        verbose_name_plural = "frysta protokoll"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="version_number_once")
        ]

    def __str__(self) -> str:
        return f"{self.meeting} version {self.number}"
