from __future__ import annotations

import datetime

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from meetings.states import BEFORE, State
from members.models import Council, MinutesStyle, Numbering, Person
from members.roles import Right, SignerRole


class MeetingQuerySet(models.QuerySet["Meeting"]):
    def visible_to(self, person: Person, right: Right = Right.READ) -> MeetingQuerySet:
        """Meetings of the councils where the person holds the right today."""
        return self.filter(council__in=Council.objects.visible_to(person, right))

    def signed_by(self, person: Person) -> MeetingQuerySet:
        """In justering or justerade, where the person signs the round that counts.

        Not of a returned round: somebody replaced in the next one no longer reads the draft.
        """
        return self.filter(
            rounds__kind="minutes",
            rounds__state__in=("open", "completed"),
            rounds__signers__person=person,
            rounds__signers__stand_in__isnull=True,
        )

    def with_closed_for(self, person: Person) -> MeetingQuerySet:
        """Whose items under secrecy the person may read: by right, or as one who signs them."""
        by_right = models.Q(council__in=Council.objects.visible_to(person, Right.READ_CLOSED))
        signs = models.Q(pk__in=Meeting.objects.signed_by(person).values("pk"))
        return self.filter(by_right | signs)

    def coming(self) -> MeetingQuerySet:
        """Planned or summoned, from today on, soonest first."""
        today = timezone.localdate()
        return self.filter(state__in=BEFORE, date__gte=today).order_by("date", "starts_at", "pk")

    def archived(self) -> MeetingQuerySet:
        return self.filter(state=State.APPROVED).order_by("-date", "-pk")


class Meeting(models.Model):
    """One meeting of a council, from plan to sealed minutes (meetings.states)."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="meetings")
    key = models.SlugField("adress", max_length=14, help_text="2026-03-05, den andra samma dag -2")
    state = models.CharField("läge", max_length=10, choices=State, default=State.PLANNED)

    date = models.DateField("datum")
    starts_at = models.DateTimeField("börjar", null=True, blank=True)
    ends_at = models.DateTimeField("slutar", null=True, blank=True)
    place = models.CharField("plats", max_length=200, blank=True)
    registry_number = models.CharField("diarienummer", max_length=60, blank=True)

    # Copied from the council when planned, so that old meetings keep theirs.
    minutes_style = models.CharField(max_length=12, choices=MinutesStyle)
    numbering = models.CharField(max_length=12, choices=Numbering)
    number_prefix = models.CharField(max_length=10, blank=True)
    signers = ArrayField(models.CharField(max_length=10, choices=SignerRole))

    chair = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="ordförande vid mötet",
    )  # fmt: skip
    secretary = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+",
        verbose_name="sekreterare vid mötet",
    )  # fmt: skip
    adjusters = models.ManyToManyField(
        Person, through="MeetingAdjuster", related_name="+", verbose_name="justerare"
    )

    # "Nästa möte" as said at the table; planning the next meeting takes it from here.
    next_date = models.DateField("nästa möte", null=True, blank=True)
    next_starts_at = models.TimeField("börjar", null=True, blank=True)
    next_ends_at = models.TimeField("slutar", null=True, blank=True)
    next_place = models.CharField("plats för nästa möte", max_length=200, blank=True)
    # On the later meeting, because the earlier one is sealed by the time this is known.
    previous = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="following"
    )

    planned_at = models.DateTimeField(default=timezone.now, editable=False)
    summoned_at = models.DateTimeField(null=True, editable=False)
    minuting_at = models.DateTimeField(null=True, editable=False)
    frozen_at = models.DateTimeField(null=True, editable=False)
    approved_at = models.DateTimeField(null=True, editable=False)
    cancelled_at = models.DateTimeField(null=True, editable=False)

    objects = MeetingQuerySet.as_manager()

    class Meta:
        verbose_name = "möte"
        verbose_name_plural = "möten"
        ordering = ["-date", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["council", "key"], name="meeting_key_once"),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True)
                | (Q(starts_at__isnull=False) & Q(ends_at__gt=F("starts_at"))),
                name="meeting_ends_after_it_starts",
            ),
            models.CheckConstraint(
                condition=~Q(state=State.APPROVED) | Q(approved_at__isnull=False),
                name="meeting_approved_has_a_time",
            ),
        ]
        indexes = [models.Index(fields=["council", "-date"], name="meeting_by_date")]

    def __str__(self) -> str:
        return f"{self.council.short_name} {self.date:%Y-%m-%d}"

    @property
    def local_start(self) -> datetime.time | None:
        return timezone.localtime(self.starts_at).time() if self.starts_at else None

    @property
    def local_end(self) -> datetime.time | None:
        return timezone.localtime(self.ends_at).time() if self.ends_at else None

    @property
    def summons_due_on(self) -> datetime.date:
        """Last day for the call: the council's days before the meeting."""
        return self.date - datetime.timedelta(days=self.council.days_for_summons)

    @property
    def signing_due_on(self) -> datetime.date:
        """Last day for justering: the council's days, counted from the meeting (KL 5:69)."""
        return self.date + datetime.timedelta(days=self.council.days_for_signing)

    @property
    def numbered(self) -> bool:
        return self.numbering != Numbering.NONE

    @property
    def item_word(self) -> str:
        """What people call an item of this meeting; the word takes -en and -er."""
        return "paragraf" if self.numbered else "punkt"

    @property
    def needs_adjuster(self) -> bool:
        return SignerRole.ADJUSTER in self.signers


class MeetingAdjuster(models.Model):
    """An adjuster elected at the meeting, in the order elected."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="adjuster_places")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="adjuster_once"),
            models.UniqueConstraint(fields=["meeting", "position"], name="adjuster_place_once"),
        ]

    def __str__(self) -> str:
        return str(self.person)
