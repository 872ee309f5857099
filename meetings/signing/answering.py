"""Answering remarks while the minutes are written again: take the wording over, or say why not.

Taking over goes the same ways as writing: compare-and-set on the text as the signer read it, so a
text that somebody has changed since is never overwritten unseen.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.db import transaction

from meetings import comparing, followup, minuting, moving, richtext, snapshot, wording
from meetings.models import (
    ActionItem,
    AgendaItem,
    CommentAnswer,
    OrganisationReport,
    ReviewComment,
)
from meetings.signing import remarks
from meetings.signing.remarks import Remark
from meetings.states import State
from members import audit
from members.models import Person

audit.register(
    {
        "remark.taken_over": "förde in en föreslagen ändring i {what}",
        "remark.answered": "svarade på en synpunkt om {document}",
    },
    words=wording.IN_THE_TRAIL,
)

LONGEST = 10_000


@dataclass(frozen=True)
class Difference:
    """A stretch that somebody has changed since the signer read it: read, wanted and now."""

    label: str
    read: str
    wanted: str
    now: str
    merged: str | None = None  # both changes in one, where they do not meet


@dataclass
class Plan:
    """What taking a remark over would write; `differences` is what must be looked at first."""

    texts: list[tuple[AgendaItem | OrganisationReport, str]] = field(default_factory=list)
    decisions: list[str] | None = None
    actions: list[tuple[ActionItem, str]] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)


class ChangedSince(ValidationError):
    """The item is not as the signer read it; `differences` shows what there is instead."""

    def __init__(self, differences: list[Difference]) -> None:
        super().__init__(
            "Paragrafen har ändrats sedan den lästes. Jämför och välj vad som ska stå.",
            code="changed_since",
        )
        self.differences = differences


@transaction.atomic
def take_over(
    *, by: Person, comment: ReviewComment, text: str = "", choice: str = ""
) -> CommentAnswer:
    """Write what the remark proposes into the minutes, and answer it with that.

    What has been changed since the signer read it raises ChangedSince, and nothing is written,
    unless `choice` says what to do with it: "theirs" writes the proposal over, "both" puts the two
    changes together. ValidationError when the remark proposes no wording or is answered already.
    """
    remark = to_answer(comment)
    if remark.wanted is None:
        raise ValidationError("Synpunkten föreslår ingen ny lydelse. Svara i stället.")
    item = standing_item(comment)
    plan = plan_for(remark, item)
    if plan.differences and choice not in ("theirs", "both"):
        raise ChangedSince(plan.differences)
    if choice == "both" and any(one.merged is None for one in plan.differences):
        raise ChangedSince(plan.differences)
    write(by, item, plan, both=choice == "both")
    made = CommentAnswer.objects.create(comment=comment, taken_over=True, text=said(text), by=by)
    audit.record(
        by=by, action="remark.taken_over", council=item.meeting.council, subject=item,
        remark=comment.pk,
    )  # fmt: skip
    return made


@transaction.atomic
def answer(*, by: Person, comment: ReviewComment, text: str) -> CommentAnswer:
    """Answer in words. The signer reads it at the next round."""
    to_answer(comment)
    text = said(text)
    if not text:
        raise ValidationError({"text": "Skriv ett svar."})
    made = CommentAnswer.objects.create(comment=comment, taken_over=False, text=text, by=by)
    meeting = comment.round.meeting
    audit.record(
        by=by, action="remark.answered", council=meeting.council, subject=meeting,
        remark=comment.pk,
    )  # fmt: skip
    return made


def to_answer(comment: ReviewComment) -> Remark:
    """The remark, with its meeting locked and being written, and not answered yet."""
    moving.lock(comment.round.meeting, State.MINUTING)
    remark = remarks.remark_of(comment)
    if remark.answer is not None:
        raise ValidationError("Synpunkten är redan besvarad.", code="answered")
    return remark


def said(text: str) -> str:
    text = richtext.without_invisible(text).strip()
    if len(text) > LONGEST:
        raise ValidationError({"text": "Svaret får ha högst 10 000 tecken."})
    return text


def standing_item(comment: ReviewComment) -> AgendaItem:
    item = AgendaItem.objects.standing().filter(pk=comment.item_id or 0).first()
    if item is None:
        raise ValidationError("Paragrafen finns inte kvar. Svara i stället.")
    item.meeting = comment.round.meeting
    return item


def plan_for(remark: Remark, item: AgendaItem) -> Plan:
    """What to write where, and what stands in the way."""
    read, wanted = remark.line, remark.wanted
    if read is None or wanted is None:
        raise ValidationError("Synpunkten föreslår ingen ny lydelse. Svara i stället.")
    plan = Plan()
    if wanted["text"] != read["text"]:
        plan_text(plan, item, "Texten", read["text"], wanted["text"])
    plan_reports(plan, item, read, wanted)
    if wanted["decisions"] != read["decisions"]:
        plan.decisions = wanted["decisions"]
        now = [point.text for point in item.decisions.all()]
        if now != read["decisions"]:
            plan.differences.append(
                Difference("Beslut", *(as_lines(x) for x in (read["decisions"],
                                                             wanted["decisions"], now)))
            )  # fmt: skip
    plan_actions(plan, item, read, wanted)
    return plan


def as_lines(points: list[str]) -> str:
    return richtext.paragraphs("\n\n".join(points))


def plan_text(
    plan: Plan, target: AgendaItem | OrganisationReport, label: str, read: str, wanted: str
) -> None:
    now = richtext.clean(target.text)
    plan.texts.append((target, wanted))
    if now not in (richtext.clean(read), richtext.clean(wanted)):
        plan.differences.append(
            Difference(label, read, wanted, now, comparing.merged(read, wanted, now))
        )


def plan_reports(
    plan: Plan, item: AgendaItem, read: snapshot.ItemLine, wanted: snapshot.ItemLine
) -> None:
    """Reports are found again by the organisation as printed, for a snapshot has no other key."""
    rows = {row.label: row for row in item.reports.standing()}
    for before, after in zip(read["reports"], wanted["reports"], strict=True):
        if before["text"] == after["text"]:
            continue
        row = rows.get(after["label"])
        if row is None:
            raise ValidationError(
                f"Rapporten från {after['label']} finns inte kvar. Svara i stället."
            )
        row.item = item
        plan_text(plan, row, f"Rapporten från {row.label}", before["text"], after["text"])


def plan_actions(
    plan: Plan, item: AgendaItem, read: snapshot.ItemLine, wanted: snapshot.ItemLine
) -> None:
    rows = list(item.action_items.filter(removed_at__isnull=True))
    for before, after in zip(read["actions"], wanted["actions"], strict=True):
        if before["text"] == after["text"]:
            continue
        row = next((one for one in rows if one.text == before["text"]), None)
        if row is None:
            raise ValidationError(
                "Uppdraget har ändrats eller tagits bort sedan det lästes. Ändra det för hand och "
                "svara i stället."
            )
        plan.actions.append((row, after["text"]))


def write(by: Person, item: AgendaItem, plan: Plan, *, both: bool) -> None:
    """Write the plan. A text that changes at this very moment wins over us."""
    merged = {one.label: one.merged for one in plan.differences} if both else {}
    for target, html in plan.texts:
        label = (
            f"Rapporten från {target.label}" if isinstance(target, OrganisationReport) else "Texten"
        )
        outcome = minuting.save_text(
            by=by, target=target, html=merged.get(label) or html, base_version=target.text_version
        )
        if outcome.kind != "saved":
            raise ValidationError("Någon skrev i texten just nu. Försök igen.", code="changed")
    if plan.decisions is not None:
        minuting.set_decisions(by=by, item=item, points=plan.decisions)
    for action, words in plan.actions:
        followup.change_action(by=by, action=action, text=words)
