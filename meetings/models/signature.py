from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now

from meetings.models.agenda import AgendaItem
from meetings.models.meeting import Meeting
from meetings.models.minutes import MinutesVersion, OfMinutes, TextKind
from members.models import Municipality, Person
from members.roles import SignerRole


class RoundState(models.TextChoices):
    OPEN = "open", "Pågår"
    COMPLETED = "completed", "Klar"
    RETURNED = "returned", "Återlämnad"
    UNLOCKED = "unlocked", "Öppnad igen"  # by the secretary, with a reason
    HANDED_ON = "handed_on", "Överlämnad till nästa möte"


class SigningRound(models.Model):
    """One round of justering: one frozen version, its signers, until all approve or one returns.

    `objects` and `meeting.rounds` are those of whole minutes; `every` has also the rounds of
    extracts (omedelbar justering) and corrections.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="rounds")
    kind = models.CharField(max_length=10, choices=TextKind, default=TextKind.MINUTES)
    version = models.OneToOneField(MinutesVersion, on_delete=models.PROTECT, related_name="round")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=9, choices=RoundState, default=RoundState.OPEN)
    due_on = models.DateField("senast")
    opened_at = models.DateTimeField(db_default=Now())
    closed_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    unlock_reason = models.TextField("varför texten öppnades", blank=True)
    handed_to = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="rounds_handed_here"
    )

    objects = OfMinutes()
    every: models.Manager[SigningRound] = models.Manager()

    class Meta:
        verbose_name = "justeringsomgång"
        verbose_name_plural = "justeringsomgångar"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "kind", "number"], name="round_number_once"),
            # Of whatever kind: so one address of justering a meeting is enough.
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(state=RoundState.OPEN), name="one_open_round"
            ),
            models.UniqueConstraint(
                fields=["meeting"],
                condition=Q(state=RoundState.COMPLETED, kind=TextKind.MINUTES),
                name="one_completed_round",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.meeting}, omgång {self.number}"


class UnlockRequest(models.Model):
    """The secretary asks to open a text that somebody has approved. Append-only.

    Another of those concerned has to agree before it is opened (SigningRound.returned_by).
    """

    round = models.OneToOneField(
        SigningRound, on_delete=models.PROTECT, related_name="unlock_request"
    )
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField("varför texten behöver öppnas")
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return self.reason


class SignerQuerySet(models.QuerySet["Signer"]):
    def required(self) -> SignerQuerySet:
        """Whose approval the round needs: those in whose place nobody stands."""
        return self.filter(stand_in__isnull=True)


class Signer(models.Model):
    """A signer, frozen when the round opens, or appointed later in another's place. Append-only."""

    round = models.ForeignKey(SigningRound, on_delete=models.PROTECT, related_name="signers")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="signer_places")
    role = models.CharField(max_length=10, choices=SignerRole)
    position = models.PositiveSmallIntegerField()
    name = models.CharField(max_length=200)
    stands_in_for = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="stand_in"
    )
    reason = models.CharField("varför en annan justerar", max_length=300, blank=True)
    appointed_by = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = SignerQuerySet.as_manager()

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
    preview_sha256 = models.CharField(max_length=64, blank=True)  # the paper that was shown
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


class Verdict(models.TextChoices):
    NO_REMARKS = "no_remarks", "Inga synpunkter"
    CHANGE = "change", "Föreslå ändring"


class ItemReview(models.Model):
    """A signer's mark on one item while the round is open: kept between visits and devices."""

    signer = models.ForeignKey(Signer, on_delete=models.PROTECT, related_name="reviews")
    item = models.ForeignKey(AgendaItem, on_delete=models.PROTECT, related_name="reviews")
    verdict = models.CharField(max_length=10, choices=Verdict)
    comment = models.TextField("varför", blank=True)
    proposal = models.JSONField(null=True, blank=True)  # the wording proposed, see signing
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "markering vid justering"
        verbose_name_plural = "markeringar vid justering"
        constraints = [models.UniqueConstraint(fields=["signer", "item"], name="item_review_once")]

    def __str__(self) -> str:
        return f"{self.signer}: {self.get_verdict_display()}"


class ReviewComment(models.Model):
    """What a signer says when returning minutes: about one item or the whole. Append-only."""

    round = models.ForeignKey(SigningRound, on_delete=models.PROTECT, related_name="comments")
    item = models.ForeignKey(
        "AgendaItem", on_delete=models.PROTECT, null=True, blank=True, related_name="comments"
    )
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = models.TextField("synpunkt")
    proposal = models.JSONField(null=True, blank=True)  # the wording proposed, see signing
    at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "synpunkt"
        verbose_name_plural = "synpunkter"
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text


class CommentAnswer(models.Model):
    """What the secretary did with a remark: took it over, or answered it. Append-only."""

    comment = models.OneToOneField(ReviewComment, on_delete=models.PROTECT, related_name="answer")
    taken_over = models.BooleanField(default=False)
    text = models.TextField("svar", blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(db_default=Now())

    class Meta:
        verbose_name = "svar på synpunkt"
        verbose_name_plural = "svar på synpunkter"
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_over=True) | ~Q(text=""), name="answer_says_something"
            )
        ]

    def __str__(self) -> str:
        return self.text or "Övertagen"


class Preflight(models.Model):
    """The trial before the first approval: the key loads, the paper can be made. Append-only."""

    version = models.OneToOneField(
        MinutesVersion, on_delete=models.PROTECT, related_name="preflight"
    )
    preview_sha256 = models.CharField(max_length=64)
    certificate_sha256 = models.CharField(max_length=64)
    at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.version}: {self.preview_sha256[:12]}"


class SealedMinutes(models.Model):
    """The finished PDF and its hash: stored once, read for ever, never rendered again."""

    meeting = models.OneToOneField(Meeting, on_delete=models.PROTECT, related_name="sealed")
    version = models.OneToOneField(MinutesVersion, on_delete=models.PROTECT, related_name="sealed")
    round = models.OneToOneField(SigningRound, on_delete=models.PROTECT, related_name="sealed")
    pdf = models.BinaryField()
    pdf_sha256 = models.CharField(max_length=64, unique=True)
    pages = models.PositiveIntegerField()
    sealed_at = models.DateTimeField()
    validation = models.JSONField(default=dict)  # what was found when the seal was checked

    class Meta:
        verbose_name = "justerat protokoll"
        verbose_name_plural = "justerade protokoll"

    def __str__(self) -> str:
        return f"{self.meeting}, {self.pdf_sha256[:12]}"


class FileKind(models.TextChoices):
    EXTRACT = "extract", "Omedelbart justerade paragrafer"
    CORRECTION = "correction", "Rättelse"
    SCAN = "scan", "Inskannat original på papper"
    AUGMENTED = "augmented", "Protokollet med tidsstämpel"
    CLOSED = "closed", "Sekretessbelagd del"


class SealedFile(models.Model):
    """A finished file beside the minutes, stored once. Append-only.

    Extracts and corrections have a round of their own; a scan and a timestamped copy belong to
    the round of the minutes.
    """

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="sealed_files")
    round = models.ForeignKey(SigningRound, on_delete=models.PROTECT, related_name="sealed_files")
    kind = models.CharField(max_length=10, choices=FileKind)
    pdf = models.BinaryField()
    pdf_sha256 = models.CharField(max_length=64, unique=True)
    pages = models.PositiveIntegerField()
    sealed_at = models.DateTimeField()
    validation = models.JSONField(default=dict)

    class Meta:
        verbose_name = "förseglad handling"
        verbose_name_plural = "förseglade handlingar"
        ordering = ["sealed_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["round"],
                condition=~Q(kind__in=(FileKind.AUGMENTED, FileKind.CLOSED)),
                name="one_file_a_round",
            ),
            models.UniqueConstraint(
                fields=["round"], condition=Q(kind=FileKind.CLOSED), name="one_closed_file_a_round"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting}, {self.get_kind_display()}, {self.pdf_sha256[:12]}"


class SealCertificate(models.Model):
    """A certificate that has sealed here: what a file's seal is compared with. Append-only."""

    municipality = models.ForeignKey(
        Municipality, on_delete=models.PROTECT, related_name="seal_certificates"
    )
    sha256 = models.CharField(max_length=64, unique=True)
    der = models.BinaryField()
    first_used_at = models.DateTimeField(db_default=Now())

    def __str__(self) -> str:
        return f"{self.municipality}, {self.sha256[:12]}"
