"""Decisions, as ordered points; electing the adjusters writes one."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction

from meetings import moving, richtext, wording
from meetings.models import AgendaItem, Decision, DecisionRevision
from meetings.states import State
from members import audit
from members.models import Person

audit.register(
    {
        "decisions.set": "ändrade besluten i {what}",
        "decisions.restored": "tog tillbaka tidigare beslut i {what}",
        "adjusters.elected": "antecknade val av justerare i {what}",
    }
)

ELECTION = "utses att justera"
MOST_POINTS, LONGEST = 50, 4000


class ChangedMeanwhile(ValidationError):
    """Somebody else changed the points first; `current` are the points as they are now."""

    def __init__(self, current: list[str]) -> None:
        super().__init__("Någon annan har ändrat besluten samtidigt.", code="changed")
        self.current = current


@transaction.atomic
def set_decisions(
    *, by: Person, item: AgendaItem, points: list[str], seen: list[str] | None = None
) -> list[Decision]:
    """Replace the item's decision points, in order. Empty points fall away.

    With `seen`, the points are replaced only if they are what the person saw; else
    ChangedMeanwhile. Raises ValidationError when a point is longer than 4,000 characters.
    Nothing is written when it raises, nor when nothing is new (the desk saves as one types).
    """
    moving.lock_item(item, State.MINUTING)
    current = list(item.decisions.all())
    said, wanted = [point.text for point in current], tidy(points)
    if said == wanted:
        return current
    if seen is not None and tidy(seen) != said:
        raise ChangedMeanwhile(said)
    rows = write(by, item, points)
    audit.record(
        by=by, action="decisions.set", council=item.meeting.council, subject=item,
        points=len(rows),
    )  # fmt: skip
    return rows


@transaction.atomic
def elect_adjusters(*, by: Person, item: AgendaItem, persons: list[Person]) -> list[Decision]:
    """Note who was elected: the sentence becomes the item's decision, and they will sign.

    An earlier election in the item is replaced; other points stay. An empty list takes the
    election back. Raises ValidationError for the chair of the day or anyone not on the list.
    """
    meeting = moving.lock_item(item, State.MINUTING)
    listed = set(meeting.attendance.filter(person__isnull=False).values_list("person", flat=True))
    for person in persons:
        if person.pk == meeting.chair_id:
            raise ValidationError(
                f"{person.name} är ordförande och justerar ändå. Välj någon annan till justerare."
            )
        if person.pk not in listed:
            raise ValidationError(f"{person.name} står inte på närvarolistan.")
    meeting.adjuster_places.all().delete()
    for position, person in enumerate(dict.fromkeys(persons), start=1):
        meeting.adjuster_places.create(person=person, position=position)
    others = [point.text for point in item.decisions.all() if ELECTION not in point.text]
    sentence = [wording.elected([person.name for person in persons])] if persons else []
    rows = write(by, item, [*sentence, *others])
    audit.record(
        by=by, action="adjusters.elected", council=meeting.council, subject=item,
        persons=[person.pk for person in persons],
    )  # fmt: skip
    return rows


@transaction.atomic
def restore_decisions(
    *, by: Person, item: AgendaItem, revision: DecisionRevision, place: int | None = None
) -> list[Decision]:
    """Let a former wording stand again, or only its point at `place`, beside those that stand.

    What it replaces is kept in its turn. Raises ValidationError when there is no such point.
    """
    moving.lock_item(item, State.MINUTING)
    current = list(item.decisions.all())
    points = list(revision.points)
    if place is not None:
        if not 0 <= place < len(points):
            raise ValidationError("Beslutet finns inte i den versionen. Ladda om sidan.")
        back, points = points[place], [point.text for point in current]
        if back not in points:
            points.insert(min(place, len(points)), back)
    if points == [point.text for point in current]:
        return current
    rows = write(by, item, points)
    audit.record(
        by=by, action="decisions.restored", council=item.meeting.council, subject=item,
        points=len(rows),
    )  # fmt: skip
    return rows


def write(by: Person, item: AgendaItem, points: list[str]) -> list[Decision]:
    """Replace the points and keep the wording. The caller holds the lock."""
    texts = tidy(points)
    if len(texts) > MOST_POINTS:
        raise ValidationError(f"En paragraf kan ha högst {MOST_POINTS} beslutspunkter.")
    if any(len(text) > LONGEST for text in texts):
        raise ValidationError(
            "Ett beslut får ha högst 4 000 tecken. Lägg det långa i texten ovanför."
        )
    item.decisions.all().delete()
    DecisionRevision.objects.create(item=item, points=texts, by=by)
    return Decision.objects.bulk_create(
        Decision(item=item, position=i, text=text) for i, text in enumerate(texts, start=1)
    )


def tidy(points: list[str]) -> list[str]:
    return [text for point in points if (text := richtext.without_invisible(point).strip())]
