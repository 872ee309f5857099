"""Give an uppdrag, change it, take it away, bring it back; with it the decision that gives it."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from meetings import moving, richtext, wording
from meetings.followup import deciding
from meetings.followup.holding import assignee
from meetings.models import (
    ActionEvent,
    ActionItem,
    ActionStatus,
    AgendaItem,
    OrganisationReport,
)
from meetings.states import State
from members import audit
from members.models import Organisation, Person

audit.register(
    {
        "action.given": "antecknade {what}",
        "action.changed": "ändrade {what}",
        "action.removed": "tog bort {what}",
        "action.restored": "tog tillbaka {what}",
        "action.followed_up": "ändrade läget för {what} till {status}",
        "action.report_taken_back": "tog tillbaka en rapport om {what}",
    },
    words={"status": {status.value: f"”{status.label}”" for status in ActionStatus}},
)
audit.describe(
    ActionItem,
    named="uppdraget ”{text}”",
    unnamed="ett uppdrag",
    meeting=lambda action: action.item.meeting_id,
)

LONGEST = 2000
FIELDS = {"text", "role_in_words", "due_on", "due_next_meeting", "in_text"}


@transaction.atomic
def give_action(
    *,
    by: Person,
    item: AgendaItem,
    text: str,
    report: OrganisationReport | None = None,
    as_decision: bool = False,
    instead_of: str = "",
    asked_as: uuid.UUID | None = None,
    **fields: Any,
) -> ActionItem:
    """Note an action item that springs from an item. See change_action for the fields.

    With nobody to do it, it is a proposal (förslag) until somebody is named. `as_decision` also
    writes the decision that gives it, in place of the point `instead_of` where there is one. The
    same form sent twice (`asked_as`), or the same words to the same, give one and not two.
    """
    meeting = moving.lock_item(item, State.MINUTING)
    if before := sent_before(item, asked_as):
        return change_action(
            by=by, action=before, text=text, as_decision=as_decision or None, **fields
        )
    action = ActionItem(
        council=meeting.council,
        item=item,
        report=report,
        position=item.action_items.count() + 1,
        asked_as=asked_as,
    )
    if before := twin(action, {"text": text, **fields}):
        return before
    write(action, text=text, **fields)
    if as_decision:
        deciding.write_sentence(action, instead_of=instead_of)
    ActionEvent.objects.create(action=action, status=action.status, by=by)
    audit.record(by=by, action="action.given", council=action.council, subject=action)
    return action


def sent_before(item: AgendaItem, asked_as: uuid.UUID | None) -> ActionItem | None:
    return item.action_items.filter(asked_as=asked_as).first() if asked_as else None


def twin(action: ActionItem, fields: dict[str, Any]) -> ActionItem | None:
    """The same words given to the same in the same item: two secretaries noted one thing.

    Raises ValidationError when they noted different days.
    """
    wanted = richtext.one_line(fields["text"]).casefold()
    others = action.item.action_items.filter(removed_at__isnull=True)
    for other in others.prefetch_related("persons", "organisations"):
        if other.text.casefold() != wanted or who(other) != (
            {person.pk for person in fields.get("persons") or []},
            {one.pk for one in fields.get("organisations") or []},
            richtext.one_line(fields.get("role_in_words", "")),
        ):
            continue
        same_day = other.due_on == fields.get("due_on")
        if same_day and other.due_next_meeting == fields.get("due_next_meeting", False):
            return other
        raise ValidationError(
            "Uppdraget är redan antecknat i paragrafen, men med en annan tid. Ändra det i stället."
        )
    return None


def who(action: ActionItem) -> tuple[set[int], set[int], str]:
    return (
        {person.pk for person in action.persons.all()},
        {one.pk for one in action.organisations.all()},
        action.role_in_words,
    )


@transaction.atomic
def change_action(
    *, by: Person, action: ActionItem, as_decision: bool | None = None, **fields: Any
) -> ActionItem:
    """Change text, persons, organisations, role_in_words, due_on, due_next_meeting, in_text.

    The decision that gives it follows, unless somebody has rewritten it by hand. True for
    `as_decision` writes it (anew), False takes it away.
    """
    moving.lock_item(action.item, State.MINUTING)
    action = (
        ActionItem.objects.select_for_update(of=("self",))
        .select_related("council", "item__meeting")
        .get(pk=action.pk)
    )
    follows = deciding.point_of(action) is not None
    write(action, **fields)
    if as_decision or (as_decision is None and follows):
        deciding.write_sentence(action)
    elif follows:
        deciding.take_sentence_away(action)
        action.decision_text = ""
        action.save(update_fields=["decision_text"])
    audit.record(by=by, action="action.changed", council=action.council, subject=action)
    return action


def write(
    action: ActionItem,
    *,
    persons: list[Person] | None = None,
    organisations: list[Organisation] | None = None,
    **fields: Any,
) -> None:
    """Set, validate and save; proposed without anyone, open with someone."""
    if fields.keys() - FIELDS:
        raise TypeError(f"not of an action item: {sorted(fields.keys() - FIELDS)}")
    for name, value in fields.items():
        setattr(action, name, richtext.one_line(value) if isinstance(value, str) else value)
    if not action.text:
        raise ValidationError({"text": "Skriv vad uppdraget är."})
    if len(action.text) > LONGEST:
        raise ValidationError({"text": "Ett uppdrag får ha högst 2 000 tecken."})
    if action.due_on and action.due_next_meeting:
        raise ValidationError({"due_on": "Välj antingen ett datum eller nästa möte."})
    refuse_past(action, fields.get("due_on"))
    action.clean_fields(exclude=["council", "item", "report"])
    action.save()
    if persons is not None:
        action.persons.set(persons)
    if organisations is not None:
        action.organisations.set(organisations)
    if action.status in (ActionStatus.PROPOSED, ActionStatus.OPEN):
        given = assignee(action) != ""
        action.status = ActionStatus.OPEN if given else ActionStatus.PROPOSED
        action.save(update_fields=["status"])


def refuse_past(action: ActionItem, due_on: datetime.date | None) -> None:
    """A day that is set now cannot lie before the meeting."""
    if due_on and due_on < action.item.meeting.date:
        raise ValidationError(
            {"due_on": f"{wording.plain_date(due_on)} är före mötet. Välj en senare dag."}
        )


@transaction.atomic
def remove_action(*, by: Person, action: ActionItem) -> None:
    """Take an action item away from minutes being written, and the decision that gives it while
    that stands as it was written; restore_action brings both back."""
    moving.lock_item(action.item, State.MINUTING)
    still_one = deciding.take_sentence_away(action)
    ActionItem.objects.filter(pk=action.pk).update(
        removed_at=timezone.now(), decision_text=action.decision_text if still_one else ""
    )
    audit.record(by=by, action="action.removed", council=action.council, subject=action)


@transaction.atomic
def restore_action(*, by: Person, action: ActionItem) -> None:
    moving.lock_item(action.item, State.MINUTING)
    ActionItem.objects.filter(pk=action.pk).update(removed_at=None)
    action.refresh_from_db(fields=["decision_text"])
    deciding.bring_sentence_back(action)
    audit.record(by=by, action="action.restored", council=action.council, subject=action)
