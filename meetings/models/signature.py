from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from meetings.models.meeting import Meeting
from meetings.models.minutes import MinutesVersion
from members.models import Person
from members.roles import SignerRole


class RoundState(models.TextChoices):
    OPEN = "open", "Pågår"
    COMPLETED = "completed", "Klar"
    RETURNED = "returned", "Återlämnad"


class SigningRound(models.Model):
    """One round of justering: one frozen version, its signers, until all approve or one returns."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="rounds")
    version = models.OneToOneField(MinutesVersion, on_delete=models.PROTECT, related_name="round")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=RoundState, default=RoundState.OPEN)
    due_on = models.DateField("senast")
    opened_at = models.DateTimeField(db_default=Now())
    closed_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "justeringsomgång"
        verbose_name_plural = "justeringsomgångar"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="round_number_once"),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(state=RoundState.OPEN), name="one_open_round"
            ),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(state=RoundState.COMPLETED),
                name="one_completed_round",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}, omgång {self.number}"


class Signer(models.Model):
    """A required signer, frozen when the round opens."""

    round = models.ForeignKey(SigningRound, on_delete=models.PROTECT, related_name="signers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="signer_places")
    role = models.CharField(max_length=10, choices=SignerRole)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(fields=["round", "position"], name="signer_place_once"),
            models.UniqueConstraint(fields=["round", "person"], name="signer_person_once"),
        ]

    def __str__(self) -> str:
        return f"{self.name}, {self.get_role_display().lower()}"


class Approval(models.Model):
    """One signer's approval of one exact text (`snapshot_sha256`). Append-only."""

    round = models.ForeignKey(SigningRound, on_delete=models.PROTECT, related_name="approvals")
    signer = models.OneToOneField(Signer, on_delete=models.PROTECT, related_name="approval")
    snapshot_sha256 = models.CharField(max_length=64)
    method = models.CharField(max_length=30)
    evidence = models.JSONField(default=dict)
    consent_text = models.TextField()
    nonce = models.CharField(max_length=64, unique=True)
    address = models.GenericIPAddressField(null=True, blank=True)
    user_agent = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "godkännande"
        verbose_name_plural = "godkännanden"
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.signer}: {self.snapshot_sha256[:12]}"


class ReviewComment(models.Model):
    """What a signer says when returning minutes: about one item or the whole. Append-only."""

    round = models.ForeignKey(SigningRound, on_delete=models.PROTECT, related_name="comments")
    item = models.ForeignKey(
        "AgendaItem", on_delete=models.PROTECT, null=True, blank=True, related_name="comments"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField("synpunkt")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "synpunkt"
        verbose_name_plural = "synpunkter"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


class SealedMinutes(models.Model):
    """The finished PDF and its hash: stored once, read for ever, never rendered again."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="sealed")
    version = models.OneToOneField(MinutesVersion, on_delete=models.PROTECT, related_name="sealed")
    round = models.OneToOneField(SigningRound, on_delete=models.PROTECT, related_name="sealed")
    pdf = models.BinaryField()
    pdf_sha256 = models.CharField(max_length=64, unique=True)
    pages = models.PositiveIntegerField()
    sealed_at = models.DateTimeField()

    class Meta:
        verbose_name = "justerat protokoll"
        verbose_name_plural = "justerade protokoll"

    def __str__(self) -> str:
        return f"{self.meeting}, {self.pdf_sha256[:12]}"
