from __future__ import annotations

import datetime

from django.db import models
from django.utils import timezone

from meetings.models.agenda import AgendaItem
from meetings.models.meeting import Meeting
from members.models import Person

LINGERS = datetime.timedelta(seconds=25)  # without a word from the page: somebody has left


class AtDeskQuerySet(models.QuerySet["AtDesk"]):
    def here(self) -> AtDeskQuerySet:
        """Those whose page has been heard of just now."""
        return self.filter(seen_at__gt=timezone.now() - LINGERS)


class AtDesk(models.Model):
    """Who has the desk of a meeting open, and at which §. Not content: gone in half a minute."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="at_desk")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    writing = models.BooleanField(default=False)
    moved_at = models.DateTimeField()  # when they came to that §
    seen_at = models.DateTimeField()

    objects = AtDeskQuerySet.as_manager()

    class Meta:
        verbose_name = "vid skrivbordet"
        verbose_name_plural = "vid skrivbordet"
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="at_a_desk_once")]

    def __str__(self) -> str:
        return f"{self.person} vid {self.item or self.meeting}"
