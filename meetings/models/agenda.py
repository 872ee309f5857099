from __future__ import annotations

from django.db import models

from meetings.models.meeting import Meeting
from members.models import Council, Organisation, Person

# What stands in every public list in the place of what is under secrecy.
NEUTRAL_HEADING = "Ärende som omfattas av sekretess"
NEUTRAL_REPORT = "Rapport som omfattas av sekretess"


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


# What public minutes cannot do without: who justerar, what is decided on, when one meets.
ALWAYS_OPEN = (ItemKind.OPENING, ItemKind.ADJUSTER, ItemKind.AGENDA, ItemKind.NEXT_MEETING)


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

    def under_secrecy(self) -> AgendaItemQuerySet:
        return self.exclude(secrecy="")

    def open_to_everyone(self) -> AgendaItemQuerySet:
        """Those that everyone who reads the meeting may read: what lists, search and walls show."""
        return self.filter(secrecy="")

    def visible_to(self, person: Person) -> AgendaItemQuerySet:
        """Without the closed items that the person may not read. The meeting's own doors come
        first: this is only about secrecy."""
        closed = Meeting.objects.with_closed_for(person)
        return self.filter(models.Q(secrecy="") | models.Q(meeting__in=closed))


class AgendaItem(models.Model):
    """An item (ärende, punkt, §). `position` is the order; `number` is the § once frozen.

    A closed item (stängt ärende) has the provision it is closed under in `secrecy`. All of it, and
    everything that springs from it, is then for who has Right.READ_CLOSED and for who signs it;
    others meet its number, `public_name` and the provision.
    """

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
    secrecy = models.CharField(
        "omfattas av sekretess enligt", max_length=120, blank=True, default="", db_default="",
        help_text="Lagrummet, som OSL 35 kap. 1 §. Tomt: ärendet är öppet.",
    )  # fmt: skip
    public_heading = models.CharField(
        "rubrik i öppna listor", max_length=120, blank=True, default="", db_default="",
        help_text=f"Säger inget om saken. Tomt: {NEUTRAL_HEADING}.",
    )  # fmt: skip
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
        return self.public_name

    @property
    def is_secret(self) -> bool:
        return self.secrecy != ""

    @property
    def may_be_closed(self) -> bool:
        return self.kind not in ALWAYS_OPEN

    @property
    def public_name(self) -> str:
        """The heading as anyone may read it."""
        if not self.is_secret:
            return self.heading
        return self.public_heading or NEUTRAL_HEADING


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

    def open_to_everyone(self) -> OrganisationReportQuerySet:
        return self.filter(item__secrecy="")


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
        return NEUTRAL_REPORT if self.item.is_secret else self.label
