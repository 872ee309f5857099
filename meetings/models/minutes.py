from __future__ import annotations

from typing import Any

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


class DecisionRevision(models.Model):
    """Every saved wording of an item's decisions, as all its points in order. Append-only.

    They are written as a whole, so a point that was taken away is found in the wording before.
    """

    item = models.ForeignKey(
        AgendaItem, on_delete=models.CASCADE, related_name="decision_revisions"
    )
    points = models.JSONField(default=list)
    # Nobody: what stood before the wordings were kept.
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "version av beslut"
        verbose_name_plural = "versioner av beslut"
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.item_id}: {len(self.points)}"


class TextKind(models.TextChoices):
    """What a frozen text is: the minutes, or a small paper of its own beside them."""

    MINUTES = "minutes", "Protokoll"
    EXTRACT = "extract", "Omedelbart justerat"
    CORRECTION = "correction", "Rättelse"


class OfMinutes(models.Manager[Any]):
    """Whole minutes only: what nearly everyone means, so that nobody can forget to say it."""

    def get_queryset(self) -> models.QuerySet[Any]:
        return super().get_queryset().filter(kind=TextKind.MINUTES)


class MinutesVersion(models.Model):
    """A frozen snapshot (meetings.snapshot), its exact bytes and their hash. Append-only.

    `objects` and `meeting.versions` are those of whole minutes; `every` has also the extracts of
    omedelbar justering and the corrections.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="versions")
    kind = models.CharField(max_length=10, choices=TextKind, default=TextKind.MINUTES)
    number = models.PositiveSmallIntegerField()
    canonical = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    program_version = models.CharField(max_length=40)
    frozen_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    # As printed on the page Underskrifter; "" in versions from before it was kept.
    frozen_by_name = models.CharField(max_length=200, default="", db_default="")
    frozen_at = models.DateTimeField(db_default=Now())

    objects = OfMinutes()
    every: models.Manager[MinutesVersion] = models.Manager()

    class Meta:
        verbose_name = "fryst protokoll"
        verbose_name_plural = "frysta protokoll"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "kind", "number"], name="version_number_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.meeting} version {self.number}"


class ClosedItem(models.Model):
    """A closed item as frozen: its canonical bytes, stored apart from the version. Append-only.

    The version's own bytes hold the commitment (snapshot.commitment_of), so that one approval of
    one hash covers both, and whoever has the public minutes can find nothing out by guessing.
    """

    version = models.ForeignKey(
        MinutesVersion, on_delete=models.PROTECT, related_name="closed_items"
    )
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="closed_in")
    canonical = models.BinaryField()
    salt = models.BinaryField()
    commitment = models.CharField(max_length=64, unique=True)

    class Meta:
        verbose_name = "sekretessbelagd paragraf"
        verbose_name_plural = "sekretessbelagda paragrafer"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["version", "item"], name="closed_item_once_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.version}, {self.commitment[:12]}"


class FrozenItem(models.Model):
    """An item that a version of kind extract holds. Append-only.

    While its round is open, or for ever once it is sealed, the database refuses to change it: the
    full minutes repeat it word for word.
    """

    version = models.ForeignKey(
        MinutesVersion, on_delete=models.PROTECT, related_name="frozen_items"
    )
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="frozen_in")
    number = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "item"], name="item_frozen_once_a_version")
        ]

    def __str__(self) -> str:
        return f"{self.item} i {self.version}"


class Dissent(models.Model):
    """A differing view of chair or justerare at justering, printed with the minutes.

    It belongs to an item, or to the whole. Content: closed while in justering and after.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="dissents")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.CASCADE, null=True, blank=True, related_name="dissents"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField("avvikande mening")
    noted_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "avvikande mening"
        verbose_name_plural = "avvikande meningar"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text
