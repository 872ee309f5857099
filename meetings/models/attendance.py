from __future__ import annotations

from django.db import models
from django.db.models import Q

from meetings.models.agenda import AgendaItem
from meetings.models.meeting import Meeting
from members.models import Council, Organisation, Person


class Mode(models.TextChoices):
    EXPECTED = "expected", "Inte avprickad"
    PRESENT = "present", "Här"
    REMOTE = "remote", "På distans"
    APOLOGY = "apology", "Anmält förhinder"
    ABSENT = "absent", "Frånvarande"


HERE = (Mode.PRESENT, Mode.REMOTE)


class Part(models.TextChoices):
    """Which list of the minutes one stands in."""

    MEMBER = "member", "Ledamot"
    OTHER = "other", "Övrig närvarande"


class Guest(models.Model):
    """Someone without a mandate or account who attends: typed once, found again next time."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="guests")
    name = models.CharField("namn", max_length=200)
    title = models.CharField("titel", max_length=100, blank=True)
    organisation_name = models.CharField("organisation", max_length=200, blank=True)

    class Meta:
        verbose_name = "gäst"
        verbose_name_plural = "gäster"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Attendance(models.Model):
    """A person or a guest at a meeting, with name, title and organisation as printed that day."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="attendance")
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="attendance"
    )
    guest = models.ForeignKey(
        Guest, on_delete=models.PROTECT, null=True, blank=True, related_name="attendance"
    )
    position = models.PositiveSmallIntegerField(default=0)
    part = models.CharField(max_length=6, choices=Part, default=Part.MEMBER)
    name = models.CharField("namn", max_length=200)
    title = models.CharField("titel", max_length=100, blank=True)
    organisation = models.ForeignKey(
        Organisation, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    organisation_name = models.CharField("organisation", max_length=200, blank=True)
    co_opted = models.BooleanField("adjungerad", default=False)
    substitute = models.BooleanField("ersättare", default=False)
    mode = models.CharField("närvaro", max_length=8, choices=Mode, default=Mode.EXPECTED)

    class Meta:
        verbose_name = "närvaro"
        verbose_name_plural = "närvaro"
        ordering = ["part", "position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, guest__isnull=True)
                | Q(person__isnull=True, guest__isnull=False),
                name="attendance_person_or_guest",
            ),
            models.UniqueConstraint(fields=["meeting", "person"], name="person_attends_once"),
            models.UniqueConstraint(fields=["meeting", "guest"], name="guest_attends_once"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_here(self) -> bool:
        return self.mode in HERE


class Stay(models.Model):
    """One stretch of the meeting that somebody was there; several when they went out for a while.

    Nobody without one went in or out. Without a first item it is from the beginning, without a
    last one to the end. Items are pointed at, not numbers, so that a moved § brings it along.
    """

    attendance = models.ForeignKey(Attendance, on_delete=models.CASCADE, related_name="stays")
    first_item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="kom till",
    )  # fmt: skip
    last_item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="gick efter",
    )  # fmt: skip
    first_partly = models.BooleanField("kom medan den pågick", default=False)
    last_partly = models.BooleanField("gick medan den pågick", default=False)

    class Meta:
        verbose_name = "vistelse på mötet"
        verbose_name_plural = "vistelser på mötet"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["attendance"], condition=Q(first_item__isnull=True),
                name="stay_from_the_beginning_once",
            ),
            models.UniqueConstraint(
                fields=["attendance"], condition=Q(last_item__isnull=True),
                name="stay_to_the_end_once",
            ),
            models.CheckConstraint(
                condition=Q(first_item__isnull=False) | Q(first_partly=False),
                name="stay_partly_of_its_first_item",
            ),
            models.CheckConstraint(
                condition=Q(last_item__isnull=False) | Q(last_partly=False),
                name="stay_partly_of_its_last_item",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.attendance}, {self.first_item or ''}–{self.last_item or ''}"


class Service(models.Model):
    """A substitute steps in for a member, whenever the member is not there (KL 5:66).

    At which §§ follows from when both came and went (minuting.presence), so that it cannot
    contradict them.
    """

    attendance = models.ForeignKey(Attendance, on_delete=models.CASCADE, related_name="services")
    member = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", verbose_name="tjänstgör för"
    )

    class Meta:
        verbose_name = "tjänstgöring"
        verbose_name_plural = "tjänstgöringar"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["attendance", "member"], name="serves_for_once"),
        ]

    def __str__(self) -> str:
        return f"{self.attendance} för {self.member}"


class ConflictOfInterest(models.Model):
    """Jäv: somebody there left the room for one item (KL 6:28–30)."""

    attendance = models.ForeignKey(Attendance, on_delete=models.CASCADE, related_name="conflicts")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="conflicts")

    class Meta:
        verbose_name = "jäv"
        verbose_name_plural = "jäv"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["attendance", "item"], name="conflict_once_an_item"),
        ]

    def __str__(self) -> str:
        return f"{self.attendance}, {self.item}"
