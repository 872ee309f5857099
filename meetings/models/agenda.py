from __future__ import annotations

from django.db import models

from meetings.models.meeting import Meeting
from members.models import Council, Organisation, Person


class ItemKind(models.TextChoices):
    OPENING = "opening", "Inledning"
    ADJUSTER = "adjuster", "Val av justerare"
    AGENDA = "agenda", "Fastställande av dagordningen"
    INFORMATION = "information", "Information"
    DECISION = "decision", "Beslut"
    ROUND_TABLE = "round_table", "Laget runt"
    FOLLOW_UP = "follow_up", "Uppföljning"
    COMING_EVENTS = "coming_events", "Vad är på gång"
    NEXT_MEETING = "next_meeting", "Nästa möte"
    OTHER = "other", "Övrigt"


class StandingItem(models.Model):
    """An item that every new meeting of the council begins with."""

    council = models.ForeignKey(Council, on_delete=models.CASCADE, related_name="standing_items")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField("slag", max_length=14, choices=ItemKind, default=ItemKind.OTHER)
    heading = models.CharField("rubrik", max_length=250)

    class Meta:
        verbose_name = "stående punkt"
        verbose_name_plural = "stående punkter"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.heading


class AgendaItemQuerySet(models.QuerySet["AgendaItem"]):
    def standing(self) -> AgendaItemQuerySet:
        """Not removed, in order."""
        return self.filter(removed_at__isnull=True).order_by("position", "pk")


class AgendaItem(models.Model):
    """An item (ärende, punkt, §). `position` is the order; `number` is the § once frozen."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    position = models.PositiveIntegerField()
    number = models.PositiveIntegerField("paragraf", null=True, blank=True)
    kind = models.CharField("slag", max_length=14, choices=ItemKind, default=ItemKind.OTHER)
    heading = models.CharField("rubrik", max_length=250)
    presenters = models.CharField("föredragande", max_length=300, blank=True)
    planned_time = models.TimeField("klockslag", null=True, blank=True)
    registry_number = models.CharField("diarienummer", max_length=60, blank=True)
    proposed_decision = models.TextField("förslag till beslut", blank=True)
    dispatch = models.CharField("expedieras till", max_length=500, blank=True)
    text = models.TextField("text", blank=True)
    text_version = models.PositiveIntegerField(default=0)
    topic = models.ForeignKey(
        "Topic", on_delete=models.SET_NULL, null=True, blank=True, related_name="became",
        help_text="det ämne från ett tidigare möte som punkten sprang ur",
    )  # fmt: skip
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = AgendaItemQuerySet.as_manager()

    class Meta:
        verbose_name = "punkt på dagordningen"
        verbose_name_plural = "punkter på dagordningen"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"], name="item_number_once_a_meeting",
                condition=models.Q(number__isnull=False),
            ),
            models.CheckConstraint(
                condition=models.Q(removed_at__isnull=True) | models.Q(number__isnull=True),
                name="item_removed_has_no_number",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.heading


class Decision(models.Model):
    """One decision point of an item, in order."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="decisions")
    position = models.PositiveSmallIntegerField()
    text = models.TextField("beslut")

    class Meta:
        verbose_name = "beslutspunkt"
        verbose_name_plural = "beslutspunkter"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.text


class OrganisationReportQuerySet(models.QuerySet["OrganisationReport"]):
    def standing(self) -> OrganisationReportQuerySet:
        """Not removed, in order."""
        return self.filter(removed_at__isnull=True).order_by("position", "pk")


class OrganisationReport(models.Model):
    """What one organisation reports in a round-table item. It need not have a member present."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="reports")
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, related_name="reports", null=True, blank=True
    )
    label = models.CharField("organisation som den skrivs", max_length=200)
    reporter = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    position = models.PositiveSmallIntegerField()
    text = models.TextField("rapport", blank=True)
    text_version = models.PositiveIntegerField(default=0)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = OrganisationReportQuerySet.as_manager()

    class Meta:
        verbose_name = "rapport"
        verbose_name_plural = "rapporter"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "organisation"], name="one_report_per_organisation"
            )
        ]

    def __str__(self) -> str:
        return self.label
