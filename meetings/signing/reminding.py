"""Reminding signers who have not approved: some days before the last day, and once it has passed.

Due and not noted as sent: a missed night is made up for, and two workers send once, because the
note in the trail is looked for under the meeting's lock. Of whatever kind the text is; nobody is
reminded on the day they were asked, as one would be of what is to be justerat at once.
"""

from __future__ import annotations

import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, IntegerField, OuterRef, QuerySet
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.urls import reverse
from django.utils import timezone

from meetings import moving, wording
from meetings.models import Meeting, RoundState, Signer, SigningRound, TextKind
from meetings.signing import rounds
from members import audit
from members.models import AuditEntry

audit.register(
    {
        "signing.reminded": "påminde om justeringen av {document}",
        "signing.overdue": "sade till att tiden för justering av {document} har gått ut",
    },
    words=wording.IN_THE_TRAIL,
)

DAYS_BEFORE = 3
BEFORE, AFTER = "before", "after"
# The page of the secretary where a text that is out can be seen to.
OUT_AT: dict[str, str] = {
    TextKind.MINUTES: "meeting", TextKind.EXTRACT: "at_once", TextKind.CORRECTION: "correct",
}  # fmt: skip


def remind_next() -> Signer | SigningRound | None:
    """Send one reminder that is due, or tell one secretary; None when there is none."""
    today = timezone.localdate()
    for which in (AFTER, BEFORE):
        signer = due(which, today).first()
        if signer is not None:
            return remind(signer, which)
    round_ = overdue(today).first()
    return tell_secretary(round_) if round_ is not None else None


def due(which: str, today: datetime.date) -> QuerySet[Signer]:
    """Signers who have not approved and have not got this reminder."""
    waiting = Signer.objects.required().filter(round__in=open_rounds(), approval__isnull=True)
    if which == AFTER:
        waiting = waiting.filter(round__due_on__lt=today)
    else:
        soon = today + datetime.timedelta(days=DAYS_BEFORE)
        waiting = waiting.filter(
            round__due_on__gte=today, round__due_on__lte=soon, round__opened_at__date__lt=today
        )
    return waiting.exclude(Exists(noted("signing.reminded", "signer", which))).order_by("pk")


def open_rounds() -> QuerySet[SigningRound]:
    return SigningRound.every.filter(state=RoundState.OPEN)


def overdue(today: datetime.date) -> QuerySet[SigningRound]:
    """Open rounds whose last day has passed and whose secretary has not been told."""
    late = open_rounds().filter(due_on__lt=today, meeting__secretary__isnull=False)
    told = AuditEntry.objects.annotate(
        of=Cast(KT("facts__round"), IntegerField()), kind=KT("facts__kind")
    ).filter(
        action="signing.overdue", subject_type=Meeting._meta.label_lower,
        subject_id=OuterRef("meeting"), of=OuterRef("number"), kind=OuterRef("kind"),
    )  # fmt: skip
    return late.exclude(Exists(told)).order_by("pk")


def noted(action: str, fact: str, which: str) -> QuerySet[AuditEntry]:
    """The note of a reminder to the signer that OuterRef("pk") is."""
    return AuditEntry.objects.annotate(whom=Cast(KT(f"facts__{fact}"), IntegerField())).filter(
        action=action, subject_type=Meeting._meta.label_lower,
        subject_id=OuterRef("round__meeting"), whom=OuterRef("pk"), facts__which=which,
    )  # fmt: skip


@transaction.atomic
def remind(signer: Signer, which: str) -> Signer:
    """Mail the signer, unless another worker did or they have approved meanwhile."""
    meeting = moving.lock(signer.round.meeting)
    if not due(which, timezone.localdate()).filter(pk=signer.pk).exists():
        return signer
    round_ = SigningRound.every.select_related("meeting__council", "version").get(
        pk=signer.round_id
    )
    rounds.write_to(signer.person, "signing_reminder", round_, signer=signer, late=which == AFTER)
    audit.record(
        by=None, action="signing.reminded", council=meeting.council, subject=meeting,
        signer=signer.pk, which=which, round=round_.number,
    )  # fmt: skip
    return signer


@transaction.atomic
def tell_secretary(round_: SigningRound) -> SigningRound:
    """Tell the secretary who has not approved although the last day has passed."""
    meeting = moving.lock(round_.meeting)
    if not overdue(timezone.localdate()).filter(pk=round_.pk).exists():
        return round_
    names = [signer.name for signer in rounds.waiting_for(round_)]
    if meeting.secretary is not None:
        path = reverse(OUT_AT[round_.kind], args=[meeting.council.slug, meeting.key])
        rounds.write_to(
            meeting.secretary, "signing_overdue", round_,
            names=wording.joined(names), link=settings.BASE_URL + path,
        )  # fmt: skip
    audit.record(
        by=None, action="signing.overdue", council=meeting.council, subject=meeting,
        round=round_.number, kind=round_.kind,
    )  # fmt: skip
    return round_
