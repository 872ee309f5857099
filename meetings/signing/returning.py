"""Returning: back to writing with remarks. Marks of a change become remarks, kept for ever."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from meetings import moving, richtext, wording
from meetings.models import (
    AgendaItem,
    ItemReview,
    Meeting,
    ReviewComment,
    RoundState,
    Signer,
    SigningRound,
    TextKind,
)
from meetings.signing import proposals, reviewing, rounds
from meetings.states import State
from members import audit
from members.models import Person

audit.register(
    {
        "signing.returned": "lämnade tillbaka {document}",
        "signing.remarked": "lämnade synpunkter efter att {document} lämnats tillbaka",
    },
    words=wording.IN_THE_TRAIL,
)


@transaction.atomic
def return_minutes(
    *, by: Person, signer: Signer, comment: str = "", item: AgendaItem | None = None
) -> SigningRound:
    """Return the minutes to writing with the changes the signer has proposed under the §§, and a
    comment about the whole (or `item`). Approvals given become void and stay in the log.

    Raises ValidationError without either, when the round is closed, or when the signer has
    already approved: what is approved cannot be taken back by the same person.
    """
    signer = reviewing.act_in(by=by, signer=signer)
    meeting, round_ = moving.lock(signer.round.meeting), signer.round
    marks = list(reviewing.proposals_of(signer))
    said = checked(comment, needed=not marks)
    if item is not None and item.meeting_id != meeting.pk:
        raise ValidationError({"item": "Paragrafen hör till ett annat möte."})
    keep_remarks(by, round_, marks, said, item)
    void = list(round_.approvals.values_list("signer__person", flat=True))
    round_.state, round_.closed_at, round_.returned_by = RoundState.RETURNED, timezone.now(), by
    round_.save(update_fields=["state", "closed_at", "returned_by"])
    if round_.kind == TextKind.MINUTES:  # an extract or a correction moves no meeting
        moving.move(meeting, State.MINUTING)
    audit.record(
        by=by, action="signing.returned", council=meeting.council, subject=meeting,
        round=round_.number, sha256=round_.version.sha256, approvals_void=len(void),
    )  # fmt: skip
    for person in rounds.concerned(round_):
        if person.pk != by.pk:
            rounds.write_to(
                person, "signing_returned", round_,
                comment=said, returned_by=by, void=person.pk in void,
                about=[mark.item.public_name for mark in marks],
                writes=person.pk == meeting.secretary_id,
            )  # fmt: skip
    return round_


def checked(comment: str, *, needed: bool) -> str:
    """What was written, or ValidationError under "comment"."""
    said = richtext.without_invisible(comment).strip()
    if needed and not said:
        raise ValidationError({"comment": "Skriv vad som behöver ändras."})
    if len(said) > reviewing.LONGEST:
        raise ValidationError({"comment": "Synpunkten får ha högst 10 000 tecken."})
    return said


def keep_remarks(
    by: Person,
    round_: SigningRound,
    marks: Iterable[ItemReview],
    said: str,
    item: AgendaItem | None = None,
) -> None:
    """Write the remarks, which speak of the frozen text of their round."""
    rows = [
        ReviewComment(
            round=round_, item=mark.item, person=by, text=mark.comment,
            proposal=proposals.as_sent(mark.proposal),
        )
        for mark in marks
    ]  # fmt: skip
    if said:
        rows.append(ReviewComment(round=round_, item=item, person=by, text=said))
    for row in rows:
        row.save()


@transaction.atomic
def send_late(
    *,
    by: Person,
    signer: Signer,
    comment: str = "",
    item: AgendaItem | None = None,
    typed: Mapping[str, str] | None = None,
) -> int:
    """Send what a signer had marked or was writing when somebody else closed the round; how many.

    `comment` and `typed` are the form that was open: about `item`, or about the whole. The minutes
    are being written, so the remarks are still of use. Once: whoever has sent remarks in a round
    sends no more. Raises ValidationError when the minutes have gone out again or are justerade, or
    when there is nothing to send.
    """
    meeting = moving.lock(signer.round.meeting)
    place = Signer.objects.select_related("round__meeting", "round__version").get(pk=signer.pk)
    if by.pk != place.person_id:
        raise ValidationError("Bara den som står som underskrivare kan lämna synpunkter.")
    if not can_send_late(meeting, place):
        raise ValidationError(
            "Texten går inte längre att lämna synpunkter på här. Säg det till sekreteraren."
        )
    marks = [mark for mark in reviewing.proposals_of(place) if item is None or mark.item != item]
    if item is not None:
        line = reviewing.line_of(place.round, item)
        words, proposal = reviewing.read_change(line, comment, typed or {})
        marks.append(ItemReview(item=item, comment=words, proposal=proposal))
    said = "" if item is not None else checked(comment, needed=not marks)
    keep_remarks(by, place.round, marks, said)
    audit.record(
        by=by, action="signing.remarked", council=meeting.council, subject=meeting,
        round=place.round.number,
    )  # fmt: skip
    if meeting.secretary is not None and meeting.secretary.pk != by.pk:
        path = reverse("desk", args=[meeting.council.slug, meeting.key])
        rounds.write_to(
            meeting.secretary, "signing_remarked", place.round,
            remarked_by=by, link=settings.BASE_URL + path,
        )  # fmt: skip
    return len(marks) + bool(said)


def can_send_late(meeting: Meeting, signer: Signer) -> bool:
    """Whether the minutes are written again after this very round, and nothing was sent yet."""
    return (
        meeting.state == State.MINUTING
        and signer.round.state in (RoundState.RETURNED, RoundState.UNLOCKED)
        and not rounds.has_been_replaced(signer)
        and not Signer.objects.filter(stands_in_for=signer).exists()
        and not signer.round.comments.filter(person=signer.person_id).exists()
    )
