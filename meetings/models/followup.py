from __future__ import annotations

import re

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

from meetings.models.agenda import AgendaItem, OrganisationReport
from meetings.models.meeting import Meeting
from members.models import Council, Organisation, Person
from members.roles import Right

NEUTRAL_ACTION = "Uppdrag som omfattas av sekretess"
NEUTRAL_TOPIC = "Ämne som omfattas av sekretess"


class ActionStatus(models.TextChoices):
    PROPOSED = "proposed", "Förslag"
    OPEN = "open", "Pågår"
    DONE = "done", "Klart"
    DROPPED = "dropped", "Avskrivet"


class ActionItemQuerySet(models.QuerySet["ActionItem"]):
    def visible_to(self, person: Person) -> ActionItemQuerySet:
        """Those of councils one may read, once the minutes they stand in are justerade.

        Until then only those who may read the draft see them: they are part of it. What sprang
        from a closed item is closed as well, also to whoever shall do it.
        """
        drafts = Council.objects.visible_to(person, Right.READ_DRAFT)
        closed = Meeting.objects.with_closed_for(person)
        return (
            self.filter(council__in=Council.objects.visible_to(person))
            .filter(
                models.Q(item__meeting__approved_at__isnull=False) | models.Q(council__in=drafts)
            )
            .filter(models.Q(item__secrecy="") | models.Q(item__meeting__in=closed))
        )

    def open_to_everyone(self) -> ActionItemQuerySet:
        """Without those of closed items: what is printed, mailed and shown on walls."""
        return self.filter(item__secrecy="")

    def standing(self) -> ActionItemQuerySet:
        """Not removed, and neither is the item they spring from."""
        return self.filter(removed_at__isnull=True, item__removed_at__isnull=True)

    def unfinished(self) -> ActionItemQuerySet:
        return self.standing().filter(status__in=(ActionStatus.PROPOSED, ActionStatus.OPEN))


class ActionItem(models.Model):
    """An uppdrag, or a förslag while nobody has it. Its words are sealed with the minutes;
    its status lives on and has a history of its own."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="action_items")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="action_items")
    report = models.ForeignKey(
        OrganisationReport, on_delete=models.SET_NULL, null=True, blank=True,
        related_name="action_items",
    )  # fmt: skip
    position = models.PositiveSmallIntegerField(default=0)
    text = models.TextField("uppdrag")
    in_text = models.BooleanField(
        "står redan i texten", default=False,
        help_text="Skrivs då bara i uppdragslistan, inte en gång till under paragrafen.",
    )  # fmt: skip
    persons = models.ManyToManyField(Person, blank=True, related_name="action_items")
    organisations = models.ManyToManyField(Organisation, blank=True, related_name="action_items")
    role_in_words = models.CharField(
        "ansvarig i ord", max_length=200, blank=True, help_text="Som sekreteraren, säkerhetschefen."
    )
    due_on = models.DateField("klart senast", null=True, blank=True)
    due_next_meeting = models.BooleanField("till nästa möte", default=False)
    status = models.CharField("läge", max_length=8, choices=ActionStatus, default=ActionStatus.OPEN)
    # The point among the item's decisions that gives it, as it was last written from who, what
    # and when. While a point still reads so, sentence and uppdrag are one (followup.sentence).
    decision_text = models.TextField("beslutets mening", blank=True)
    # The form it was given with: sent again after a lost answer, it gives nothing new.
    asked_as = models.UUIDField(null=True, blank=True, unique=True, editable=False)
    created_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = ActionItemQuerySet.as_manager()

    class Meta:
        verbose_name = "uppdrag"
        verbose_name_plural = "uppdrag"
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(due_on__isnull=True) | models.Q(due_next_meeting=False),
                name="action_due_one_way",
            )
        ]

    def __str__(self) -> str:
        return self.public_text

    @property
    def public_text(self) -> str:
        """Its words, or that they are closed: what lists print, also to who may read them."""
        return NEUTRAL_ACTION if self.item.is_secret else self.text


class ActionEventQuerySet(models.QuerySet["ActionEvent"]):
    def standing(self) -> ActionEventQuerySet:
        """What counts: neither taken back nor taking something back."""
        return self.filter(takes_back__isnull=True, taken_back__isnull=True)


class ActionEvent(models.Model):
    """A report on an action item: its status, with who, when and a word about it. Append-only.

    A new day lives here and not on the action item, whose words are sealed with its minutes. What
    was reported by mistake is taken back by one more row.
    """

    action = models.ForeignKey(ActionItem, on_delete=models.CASCADE, related_name="events")
    status = models.CharField(max_length=8, choices=ActionStatus)
    note = models.CharField(max_length=500, blank=True)
    due_on = models.DateField("ny tid", null=True, blank=True)
    due_next_meeting = models.BooleanField("ny tid är nästa möte", default=False)
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="followed_up"
    )
    takes_back = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="taken_back"
    )
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    objects = ActionEventQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(due_on__isnull=True) | models.Q(due_next_meeting=False),
                name="event_due_one_way",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_status_display()} {self.at:%Y-%m-%d}"


class TopicQuerySet(models.QuerySet["Topic"]):
    def waiting(self) -> TopicQuerySet:
        """Not taken up at any later meeting yet."""
        return self.filter(became__isnull=True).order_by("item__meeting__date", "position", "pk")

    def open_to_everyone(self) -> TopicQuerySet:
        return self.filter(item__secrecy="")


class Topic(models.Model):
    """An "ämne att ta upp", parked for a coming meeting, with who or which guest."""

    council = models.ForeignKey(Council, on_delete=models.PROTECT, related_name="topics")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="topics")
    position = models.PositiveSmallIntegerField(default=0)
    text = models.CharField("ämne", max_length=250)
    who = models.CharField(
        "vem", max_length=200, blank=True, help_text="Ansvarig eller gäst, skrivs inom parentes."
    )

    objects = TopicQuerySet.as_manager()

    class Meta:
        verbose_name = "ämne att ta upp"
        verbose_name_plural = "ämnen att ta upp"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        """ "Ämnet (vem)". A full stop of the text goes after the bracket; that of "m.m." stays."""
        if not self.who:
            return self.text
        stop = "." if re.search(r"\w{4}\.$", self.text) else ""
        return f"{self.text.removesuffix(stop)} ({self.who}){stop}"

    @property
    def public_text(self) -> str:
        return NEUTRAL_TOPIC if self.item.is_secret else self.text
