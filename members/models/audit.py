from __future__ import annotations

from django.db import models
from django.db.models.functions import Now

from members.models.council import Council
from members.models.person import Person


class AuditEntry(models.Model):
    """Who did what, when. Append-only: a trigger refuses UPDATE, DELETE and TRUNCATE.

    The names stand as text beside the keys, so that the history outlives people and things.
    """

    council = models.ForeignKey(
        Council, on_delete=models.PROTECT, null=True, related_name="trail", db_constraint=False
    )
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

    class Meta:
        verbose_name = "händelse"
        verbose_name_plural = "händelselogg"
        ordering = ["-pk"]
        indexes = [models.Index(fields=["subject_type", "subject_id"], name="audit_subject")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.person_name}: {self.action}"
