"""The decision point that gives an action item, while the two are one. Under the meeting's lock.

They are found together by the words: a point that reads just as it was last written follows the
action item. One rewritten by hand is the secretary's own, and is never touched.
"""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db.models import F, Max

from meetings import richtext
from meetings.followup import sentence
from meetings.models import ActionItem, Decision, Meeting
from members.models import Organisation, Person

MOST_POINTS = 50


def point_of(action: ActionItem) -> Decision | None:
    """The decision that still reads as it was written from the action item."""
    if not action.decision_text:
        return None
    return Decision.objects.filter(item=action.item_id, text=action.decision_text).first()


def sentence_of(action: ActionItem, *, passive: bool = False) -> str:
    persons, organisations = action.persons.all(), action.organisations.all()
    who = sentence.whom(persons, organisations, action.role_in_words)
    if not who:
        raise ValidationError(
            "Beslutet behöver någon som får uppdraget. Välj vem, eller låt det vara ett förslag "
            "och inte ett beslut."
        )
    meeting = action.item.meeting
    return sentence.written(
        council=sentence.itself(action.council), who=who, text=action.text, due_on=action.due_on,
        next_meeting=action.due_next_meeting, near=meeting.date, passive=passive,
    )  # fmt: skip


def preview(
    meeting: Meeting, *, text: str, persons: list[Person], organisations: list[Organisation],
    role_in_words: str, due_on: datetime.date | None, due_next_meeting: bool, passive: bool,
) -> str:  # fmt: skip
    """The sentence as it would be written, "" while nobody or nothing is named."""
    who = sentence.whom(persons, organisations, role_in_words)
    if not who or not text.strip():
        return ""
    return sentence.written(
        council=sentence.itself(meeting.council), who=who, text=richtext.one_line(text),
        due_on=due_on, next_meeting=due_next_meeting, near=meeting.date, passive=passive,
    )  # fmt: skip


def is_passive(words: str) -> bool:
    """Whether it is "NN får i uppdrag att" and not "Rådet ger NN i uppdrag att"."""
    return sentence.PASSIVE in words


def write_sentence(action: ActionItem, *, instead_of: str = "") -> None:
    """Write the decision, in place of the one that stands, of `instead_of`, or last."""
    point = point_of(action)
    passive = is_passive(point.text if point else action.decision_text or instead_of)
    words = sentence_of(action, passive=passive)
    if point is None and instead_of:
        point = Decision.objects.filter(item=action.item_id, text=instead_of.strip()).first()
    if point is None:
        add(action, words)
    elif point.text != words:
        Decision.objects.filter(pk=point.pk).update(text=words)
    if action.decision_text != words:
        action.decision_text = words
        action.save(update_fields=["decision_text"])


def add(action: ActionItem, words: str) -> None:
    points = Decision.objects.filter(item=action.item_id)
    if points.count() >= MOST_POINTS:
        raise ValidationError(f"En paragraf kan ha högst {MOST_POINTS} beslutspunkter.")
    last = points.aggregate(last=Max("position"))["last"] or 0
    Decision.objects.create(item_id=action.item_id, position=last + 1, text=words)


def take_sentence_away(action: ActionItem) -> bool:
    """Whether there was one that is still as it was written."""
    point = point_of(action)
    if point is None:
        return False
    Decision.objects.filter(item=action.item_id, position__gt=point.position).update(
        position=F("position") - 1
    )
    point.delete()
    return True


def bring_sentence_back(action: ActionItem) -> None:
    """With the action item that is restored, last among the points."""
    if action.decision_text and point_of(action) is None:
        add(action, action.decision_text)
