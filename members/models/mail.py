from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from members.models.council import Council
from members.models.person import Person


class OutgoingMailQuerySet(models.QuerySet["OutgoingMail"]):
    def due(self) -> OutgoingMailQuerySet:
        """Not sent, not given up, and its time has come."""
        return self.filter(
            sent_at__isnull=True, given_up_at__isnull=True, due_at__lte=timezone.now()
        ).order_by("due_at", "pk")


class OutgoingMail(models.Model):
    """A mail to one address, queued in the transaction that causes it; manage.py worker sends it.

    At least once: the Message-ID is fixed here before the first try, so that a mail sent twice
    after a crash is the same mail to the receiver's program.
    """

    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, related_name="+")
    council = models.ForeignKey(Council, on_delete=models.PROTECT, null=True, related_name="+")
    to_email = models.EmailField("till")
    subject = models.CharField("ämne", max_length=250)
    body = models.TextField("text")
    body_html = models.TextField(blank=True)
    message_id = models.CharField(max_length=200, unique=True)
    created_at = models.DateTimeField("skapat", default=timezone.now)
    due_at = models.DateTimeField("skickas", default=timezone.now)
    attempts = models.PositiveSmallIntegerField("försök", default=0)
    sent_at = models.DateTimeField("skickat", null=True)
    given_up_at = models.DateTimeField("uppgivet", null=True)
    last_error = models.TextField("senaste felet", blank=True)

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = "utgående mejl"
        verbose_name_plural = "utgående mejl"
        indexes = [
            models.Index(
                F("due_at"),
                name="mail_due",
                condition=Q(sent_at__isnull=True, given_up_at__isnull=True),
            )
        ]

    def __str__(self) -> str:
        return f"{self.subject} till {self.to_email}"
