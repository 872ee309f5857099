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
    mode = models.CharField("närvaro", max_length=8, choices=Mode, default=Mode.EXPECTED)
    from_item = models.ForeignKey(
        AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name="fr.o.m.",
    )  # fmt: skip
    to_item = models.ForeignKey(
        AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="+",
        verbose_name="t.o.m.",
    )  # fmt: skip
    serves_for = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="ersätter",
    )  # fmt: skip

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
