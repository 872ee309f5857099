"""Returning: back to writing with a remark, and what was remarked."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from meetings import moving, richtext, sealing, wording
from meetings.models import (
    AgendaItem,
    Approval,
    Meeting,
    ReviewComment,
    RoundState,
    Signer,
    SigningRound,
)
from meetings.signing import rounds
from meetings.states import State
from members import audit
from members.models import Person

audit.register({"signing.returned": "lämnade tillbaka {document}"}, words=wording.IN_THE_TRAIL)


@transaction.atomic
def return_minutes(
    *, by: Person, signer: Signer, comment: str, item: AgendaItem | None = None
) -> SigningRound:
    """Return the minutes to writing with a remark. Approvals given become void and stay in the log.

    Raises ValidationError without a remark, when the round is closed, or when the signer has
    already approved: what is approved cannot be taken back by the same person.
    """
    meeting = moving.lock(signer.round.meeting)
    round_ = SigningRound.objects.select_related("meeting__council", "version").get(
        pk=signer.round_id
    )
    rounds.require_open(round_)
    if by.pk != signer.person_id:
        raise ValidationError("Bara den som står som underskrivare kan lämna tillbaka protokollet.")
    if Approval.objects.filter(signer=signer).exists():
        raise ValidationError("Du har redan justerat protokollet. Kontakta sekreteraren.")
    comment = richtext.without_invisible(comment).strip()
    if not comment:
        raise ValidationError({"comment": "Skriv vad som behöver ändras."})
    if len(comment) > 10_000:
        raise ValidationError({"comment": "Synpunkten får ha högst 10 000 tecken."})
    if item is not None and item.meeting_id != meeting.pk:
        raise ValidationError({"item": "Paragrafen hör till ett annat möte."})
    ReviewComment.objects.create(round=round_, item=item, person=by, text=comment)
    round_.state, round_.closed_at, round_.returned_by = RoundState.RETURNED, timezone.now(), by
    round_.save(update_fields=["state", "closed_at", "returned_by"])
    moving.move(meeting, State.MINUTING)
    audit.record(
        by=by, action="signing.returned", council=meeting.council, subject=meeting,
        round=round_.number, sha256=round_.version.sha256,
    )  # fmt: skip
    for person in rounds.concerned(round_):
        if person.pk != by.pk:
            rounds.write_to(person, "signing_returned", round_, comment=comment, returned_by=by)
    return round_


@dataclass(frozen=True)
class Remark:
    """What a signer wrote when returning the minutes, and about what."""

    name: str
    text: str
    at: datetime.datetime
    item: int | None  # AgendaItem.pk: the anchor on the desk; None for the whole
    about: str  # "§ 4 Lägesbild" as it was when it was read, "" for the whole


def remarks_of(meeting: Meeting) -> list[Remark]:
    """Why the minutes came back: of the latest round, if it was returned. For the secretary."""
    last = meeting.rounds.select_related("version").order_by("-number").first()
    if last is None or last.state != RoundState.RETURNED:
        return []
    called = {
        line["key"]: f"{line['label']} {line['heading']}".strip()
        for line in sealing.read(last.version)["items"]
    }
    return [
        Remark(
            name=comment.person.name, text=comment.text, at=comment.at, item=comment.item_id,
            about=called.get(comment.item_id or 0, ""),
        )
        for comment in last.comments.select_related("person")
    ]  # fmt: skip
