"""A differing view of chair or justerare at justering, noted in the minutes (domain.md b2.6)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from meetings import moving, richtext, wording
from meetings.minuting import printing
from meetings.models import AgendaItem, CommentAnswer, Dissent, Meeting, ReviewComment
from meetings.states import State
from members import audit
from members.models import Person

audit.register(
    {
        "dissent.noted": "antecknade en avvikande mening i {document}",
        "dissent.removed": "tog bort en avvikande mening ur {document}",
    },
    words=wording.IN_THE_TRAIL,
)

LONGEST = 4_000
NOTED = "Antecknat i protokollet som avvikande mening."


@transaction.atomic
def note_dissent(
    *,
    by: Person,
    meeting: Meeting,
    person: Person,
    text: str,
    item: AgendaItem | None = None,
    remark: ReviewComment | None = None,
) -> Dissent:
    """Note the view of one who justerar, at an item or at the whole. With `remark`, that is its
    answer. Raises ValidationError for anybody else's view, or without words."""
    meeting = moving.lock(meeting, State.MINUTING)
    if item is not None:
        moving.refuse_frozen(item)
        if item.meeting_id != meeting.pk or item.removed_at is not None:
            raise ValidationError({"item": "Paragrafen finns inte på det här mötet."})
    if person not in those_who_sign(meeting):
        raise ValidationError({"person": "Bara de som justerar kan ha en avvikande mening här."})
    text = richtext.without_invisible(text).strip()
    if not text:
        raise ValidationError({"text": "Skriv vad den avvikande meningen är."})
    if len(text) > LONGEST:
        raise ValidationError({"text": "Den avvikande meningen får ha högst 4 000 tecken."})
    noted = Dissent.objects.create(
        meeting=meeting, item=item, person=person, text=text, noted_by=by
    )
    if remark is not None and not CommentAnswer.objects.filter(comment=remark).exists():
        CommentAnswer.objects.create(comment=remark, text=NOTED, by=by)
    audit.record(
        by=by, action="dissent.noted", council=meeting.council, subject=meeting, dissent=noted.pk
    )
    return noted


@transaction.atomic
def remove_dissent(*, by: Person, dissent: Dissent) -> None:
    """Take it away again, while the minutes are written."""
    meeting = moving.lock(dissent.meeting, State.MINUTING)
    if dissent.item is not None:
        moving.refuse_frozen(dissent.item)
    audit.record(
        by=by, action="dissent.removed", council=meeting.council, subject=meeting,
        person=dissent.person_id, text_removed=dissent.text,
    )  # fmt: skip
    dissent.delete()


def those_who_sign(meeting: Meeting) -> list[Person]:
    """Chair and justerare of the meeting, and whoever stood in for one of them in a round."""
    named = [person for _, person in printing.signers_of(meeting) if person is not None]
    rounds = meeting.rounds.prefetch_related("signers__person")
    stood_in = [signer.person for one in rounds for signer in one.signers.all()]
    return list(dict.fromkeys([*named, *stood_in]))
