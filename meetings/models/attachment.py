from __future__ import annotations

from django.db import models
from django.utils import timezone

from meetings.models.agenda import AgendaItem
from meetings.models.meeting import Meeting
from members.models import Person

NEUTRAL_TITLE = "Bilaga som omfattas av sekretess"


class AttachmentQuerySet(models.QuerySet["Attachment"]):
    def standing(self) -> AttachmentQuerySet:
        return self.filter(removed_at__isnull=True).order_by("number", "pk")

    def open_to_everyone(self) -> AttachmentQuerySet:
        """Of the whole meeting, or of an item that is not closed."""
        return self.filter(models.Q(item__isnull=True) | models.Q(item__secrecy=""))

    def visible_to(self, person: Person) -> AttachmentQuerySet:
        """Without those of closed items that the person may not read."""
        closed = Meeting.objects.with_closed_for(person)
        return self.filter(
            models.Q(item__isnull=True)
            | models.Q(item__secrecy="")
            | models.Q(item__meeting__in=closed)
        )


class Attachment(models.Model):
    """A numbered bilaga. The file lies in MEDIA_ROOT under its own SHA-256, never overwritten."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="attachments")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="attachments"
    )
    number = models.PositiveSmallIntegerField("bilaga")
    title = models.CharField("rubrik", max_length=200)
    filename = models.CharField("filnamn", max_length=200)
    content_type = models.CharField(max_length=100)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField("storlek i byte")
    pages = models.PositiveIntegerField("sidor", null=True, blank=True)
    added_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = AttachmentQuerySet.as_manager()

    class Meta:
        verbose_name = "bilaga"
        verbose_name_plural = "bilagor"
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["meeting", "number"], name="attachment_number_once",
                condition=models.Q(removed_at__isnull=True),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return NEUTRAL_TITLE if self.is_secret else self.title

    @property
    def is_secret(self) -> bool:
        return self.item is not None and self.item.is_secret

    @property
    def stored_as(self) -> str:
        """Path below MEDIA_ROOT."""
        return f"attachments/{self.sha256[:2]}/{self.sha256}"
