"""Opening a round: the text is frozen and the signers are asked."""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from meetings import minuting, moving, sealing, wording
from meetings.minuting import printing
from meetings.models import Meeting, Signer, SigningRound
from meetings.signing import rounds
from meetings.states import State
from members import audit
from members.models import Person

audit.register({"signing.opened": "skickade {document} till justering"}, words=wording.IN_THE_TRAIL)


def open_round(*, by: Person, meeting: Meeting) -> SigningRound:
    """Freeze the minutes, lock them and ask the signers by mail; then try the seal.

    Raises ValidationError with the blocking faults of minuting.problems, or with what is wrong
    with the municipality's key; nothing is changed then.
    """
    with rounds.noting_unready(by, meeting):
        opened = freeze_and_ask(by, meeting)
    sealing.try_preflight(opened)
    return opened


@transaction.atomic
def freeze_and_ask(by: Person, meeting: Meeting) -> SigningRound:
    meeting = moving.lock(meeting, State.MINUTING)
    rounds.refuse_two_at_once(meeting)
    found = [*minuting.problems(meeting), *sealing.problems(meeting)]
    faults = [problem.message for problem in found if problem.blocking]
    if faults:
        raise ValidationError(faults)
    version = minuting.freeze(by=by, meeting=meeting)
    opened = SigningRound.objects.create(
        meeting=meeting, version=version, number=version.number, due_on=due_on(meeting)
    )
    for position, (role, person) in enumerate(printing.signers_of(meeting), start=1):
        if person is None:
            raise ValidationError("En underskrift saknar person.")
        Signer.objects.create(
            round=opened, person=person, role=role, position=position, name=person.name
        )
    moving.move(meeting, State.SIGNING)
    audit.record(
        by=by, action="signing.opened", council=meeting.council, subject=meeting,
        sha256=version.sha256, round=opened.number,
    )  # fmt: skip
    for signer in opened.signers.select_related("person"):
        rounds.write_to(signer.person, "signing_asked", opened, signer=signer)
    return opened


def due_on(meeting: Meeting) -> datetime.date:
    """The council's days from the meeting; minutes that come late still get a week."""
    week = timezone.localdate() + datetime.timedelta(days=7)
    return max(meeting.signing_due_on, week)
