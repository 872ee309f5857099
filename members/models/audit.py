from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from members.models.council import Council
from members.models.person import Person


class AuditEntry(models.Model):
    """Who did what, when. Append-only: a trigger refuses UPDATE, DELETE and TRUNCATE.

    The names stand as text beside the keys, so that the history outlives people and things.

    The entries of a council are a chain, and those of no council are one more: another trigger
    gives `sequence` (without gaps), `at` (the clock of the database) and `hash`, which covers
    the row and the hash before it. What a program sends for these three is not heeded.
    """

    council = models.ForeignKey(
        Council, on_delete=models.PROTECT, null=True, related_name="trail", db_constraint=False
    )
    # The meeting whose history the entry belongs to. A number and no key: the trail is WHO's,
    # and knows nothing of meetings.
    meeting_id = models.BigIntegerField(null=True)
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, related_name="+", db_constraint=False
    )
    person_name = models.CharField(max_length=200)
    action = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=40, blank=True)
    subject_id = models.BigIntegerField(null=True)
    subject_text = models.CharField(max_length=300, blank=True)
    facts = models.JSONField(default=dict)
    at = models.DateTimeField(db_default=Now(), editable=False)
    sequence = models.BigIntegerField("nummer", db_default=0, editable=False)
    hash = models.BinaryField(db_default=b"", editable=False)

    class Meta:
        verbose_name = "händelse"
        verbose_name_plural = "händelselogg"
        ordering = ["-pk"]
        constraints = [
            # Also what finds the head of a chain, and what no fork of it gets past.
            models.UniqueConstraint(
                fields=["council", "sequence"], name="audit_chain", nulls_distinct=False
            )
        ]
        indexes = [
            models.Index(fields=["subject_type", "subject_id"], name="audit_subject"),
            models.Index(
                fields=["meeting_id"],
                name="audit_meeting",
                condition=Q(meeting_id__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.person_name}: {self.action}"
