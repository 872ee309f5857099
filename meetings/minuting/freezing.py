"""Freezing: the snapshot of everything printed, and the version that is signed."""

from __future__ import annotations

import json

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Max, Min, Prefetch

from meetings import followup, moving, richtext, secrecy, snapshot, wording
from meetings.minuting import presence, printing
from meetings.models import (
    ActionItem,
    AgendaItem,
    Dissent,
    FrozenItem,
    ItemKind,
    Meeting,
    MinutesVersion,
    OrganisationReport,
    RoundState,
    TextKind,
)
from meetings.states import State
from members.models import Council, MinutesStyle, Numbering, Person


def freeze(*, by: Person, meeting: Meeting) -> MinutesVersion:
    """Give the final § numbers and store the snapshot with its hash.

    Called by signing.open_round inside its transaction, with the meeting locked.
    """
    moving.require(meeting, State.MINUTING)
    # The council's row orders two meetings of one year that are frozen at once.
    Council.objects.select_for_update().get(pk=meeting.council_id)
    give_numbers(meeting)
    public, closed = secrecy.committed(*drawn_of(meeting))
    content = snapshot.canonical(public)
    version = MinutesVersion.objects.create(
        meeting=meeting,
        number=meeting.versions.count() + 1,
        canonical=content,
        sha256=snapshot.sha256_of(content),
        program_version=settings.PROGRAM_VERSION,
        frozen_by=by,
        frozen_by_name=by.name,
    )
    secrecy.keep(version, closed)
    return version


def give_numbers(meeting: Meeting) -> None:
    """Write the § numbers, gap-free. Raises ValidationError when later §§ stand in the way."""
    items = list(meeting.items.standing())
    numbers = provisional_numbers(meeting, items)
    if meeting.numbering == Numbering.PER_YEAR:
        refuse_overlap(meeting, list(numbers.values()))
    refuse_renumbering(meeting, numbers)
    meeting.items.update(number=None)
    for item in items:
        item.number = numbers.get(item.pk)
        item.save(update_fields=["number"])


def provisional_numbers(meeting: Meeting, items: list[AgendaItem]) -> dict[int, int]:
    """The § each item has or would have now, by item pk; empty where the style has none."""
    if meeting.numbering == Numbering.NONE:
        return {}
    first = first_number(meeting, [item.pk for item in items])
    return {item.pk: first + i for i, item in enumerate(items)}


def first_number(meeting: Meeting, keys: list[int]) -> int:
    """1, or for numbering by year the one after the highest given; kept over a returned round,
    and counted back from an item that is adjusted at once and has its number already."""
    if meeting.numbering != Numbering.PER_YEAR:
        return 1
    fixed = dict(standing_extracts(meeting).values_list("item", "number"))
    for i, key in enumerate(keys):
        if number := fixed.get(key):
            return max(1, number - i)
    own = meeting.items.aggregate(first=Min("number"))["first"]
    if own is not None:
        return own
    highest = of_the_year(meeting).aggregate(last=Max("number"))["last"]
    return (highest or 0) + 1


def standing_extracts(meeting: Meeting) -> models.QuerySet[FrozenItem]:
    return moving.frozen_items().filter(version__meeting=meeting)


def refuse_renumbering(meeting: Meeting, numbers: dict[int, int]) -> None:
    """What is adjusted at once keeps the § it was adjusted as."""
    for item, number in standing_extracts(meeting).values_list("item", "number"):
        if number is not None and numbers.get(item) != number:
            raise ValidationError(
                f"§ {number} är redan omedelbart justerad och måste behålla sitt nummer. Ändra "
                "ordningen på dagordningen så att den blir det igen."
            )


def adjusted_lines(meeting: Meeting) -> dict[int, snapshot.ItemLine]:
    """Items adjusted at once, by key, word for word as in their extracts."""
    lines: dict[int, snapshot.ItemLine] = {}
    versions = MinutesVersion.every.filter(
        meeting=meeting,
        kind=TextKind.EXTRACT,
        round__state__in=(RoundState.OPEN, RoundState.COMPLETED),
    ).select_related("round")
    for version in versions:
        for line in json.loads(bytes(version.canonical))["items"]:
            lines[line["key"]] = line
            if version.round.state == RoundState.COMPLETED and version.round.closed_at:
                when = wording.long_date(wording.local_date(version.round.closed_at))
                line["at_once"] = f"Omedelbart justerad {when}."
    return lines


def of_the_year(meeting: Meeting) -> models.QuerySet[AgendaItem]:
    """Numbered items of the council's other meetings that year."""
    return AgendaItem.objects.filter(
        meeting__council=meeting.council_id,
        meeting__date__year=meeting.date.year,
        number__isnull=False,
    ).exclude(meeting=meeting.pk)


def refuse_overlap(meeting: Meeting, numbers: list[int]) -> None:
    """After a return: the count may not change once a later meeting has its numbers."""
    later = of_the_year(meeting).filter(number__gte=min(numbers)).aggregate(n=Min("number"))["n"]
    if later is not None and later != max(numbers) + 1:
        raise ValidationError(
            f"Ett senare möte har redan fått § {later} och framåt. Mötet måste därför ha "
            f"{later - min(numbers)} paragrafer, nu har det {len(numbers)}."
        )


def items_with_everything(meeting: Meeting) -> list[AgendaItem]:
    """The standing items with all that is printed, in a fixed number of queries."""
    actions = ActionItem.objects.filter(removed_at__isnull=True).prefetch_related(
        "persons", "organisations"
    )
    return list(
        meeting.items.standing().prefetch_related(
            "decisions",
            "topics",
            Prefetch("reports", OrganisationReport.objects.standing().select_related("reporter")),
            Prefetch("action_items", actions),
            Prefetch("dissents", Dissent.objects.select_related("person")),
        )
    )


def snapshot_of(meeting: Meeting) -> snapshot.Snapshot:
    """Everything the public minutes print, now. Numbers are provisional until frozen."""
    return drawn_of(meeting)[0]


def whole_of(meeting: Meeting) -> snapshot.Snapshot:
    """As snapshot_of, with the closed items: for who may read them."""
    return secrecy.joined(*drawn_of(meeting))


def drawn_of(meeting: Meeting) -> tuple[snapshot.Snapshot, dict[int, snapshot.ClosedPart]]:
    """The public minutes as they are now, and the closed items by key."""
    items = items_with_everything(meeting)
    numbers = provisional_numbers(meeting, items)
    labels = printing.labels_of(meeting, items, numbers)
    roll = presence.roll_of(items, presence.with_presence(meeting))
    lists = printing.present_lists(meeting, roll, numbers)
    conflicts = printing.conflict_sentences(roll)
    adjusted = adjusted_lines(meeting)
    table_at = followup.place_of(items)
    earlier = followup.lines_of(followup.table_of(meeting)) if table_at else []
    lines = {
        item.pk: adjusted.get(item.pk)
        or item_line(
            meeting,
            item,
            numbers,
            labels,
            earlier if item.pk == table_at else [],
            conflicts.get(item.pk, ""),
        )
        for item in items
    }
    closed = {item.pk: item.public_name for item in items if item.is_secret}
    papers = attachment_lines(meeting, labels)
    drawn: snapshot.Snapshot = {
        "format": snapshot.FORMAT,
        "cover": printing.cover_of(meeting, list(numbers.values())),
        "members": lists["members"],
        "others": lists["others"],
        "apologies": lists["apologies"],
        "signers": printing.signer_lines(meeting),
        "items": [
            snapshot.public_line(line, closed[key]) if key in closed else line
            for key, line in lines.items()
        ],
        "attachments": [line for key, line in papers if key not in closed],
    }
    # Only where there is one, so that the bytes of minutes without are as they were before.
    if views := [dissent_line(meeting, one) for one in meeting.dissents.filter(item=None)]:
        drawn["dissents"] = views
    if lists["absent"]:
        drawn["absent"] = lists["absent"]
    parts: dict[int, snapshot.ClosedPart] = {
        key: {"item": lines[key], "attachments": [paper for of, paper in papers if of == key]}
        for key in closed
    }
    return drawn, parts


def attachment_lines(
    meeting: Meeting, labels: dict[int, str]
) -> list[tuple[int | None, snapshot.AttachmentLine]]:
    """Each paper with the key of the item it belongs to."""
    return [
        (
            row.item_id,
            {
                "number": row.number,
                "title": row.title,
                "item_label": labels.get(row.item_id or 0, ""),
                "sha256": row.sha256,
                "filename": row.filename,
                "pages": row.pages,
                "size": row.size,
            },
        )
        for row in meeting.attachments.standing()
    ]


def item_line(
    meeting: Meeting,
    item: AgendaItem,
    numbers: dict[int, int],
    labels: dict[int, str],
    earlier: list[snapshot.FollowUpLine],
    conflicts: str,
) -> snapshot.ItemLine:
    numbered = meeting.minutes_style == MinutesStyle.PARAGRAPHS
    points = [point.text for point in item.decisions.all()]
    line: snapshot.ItemLine = {
        "key": item.pk,
        "number": numbers.get(item.pk),
        "label": labels[item.pk] if numbered else "",
        "kind": item.kind,
        "heading": item.heading,
        "registry_number": item.registry_number,
        "presenters": item.presenters,
        "text": richtext.clean(item.text),
        "reports": [
            {
                "label": report.label,
                "reporter": report.reporter.name if report.reporter else "",
                "text": richtext.clean(report.text),
            }
            for report in item.reports.all()
        ],
        "next_meeting": next_meeting(meeting, item),
        "topics": [str(topic) for topic in item.topics.all()],
        "decisions": points,
        "actions": [action_line(action, points) for action in item.action_items.all()],
        "dispatch": item.dispatch,
    }
    # These too only where there are any, as in snapshot_of.
    if earlier:
        line["follow_up"] = earlier
    if views := [dissent_line(meeting, one) for one in item.dissents.all()]:
        line["dissents"] = views
    if item.is_secret:
        line["secrecy"] = item.secrecy
    if conflicts:
        line["conflicts"] = conflicts
    return line


def dissent_line(meeting: Meeting, dissent: Dissent) -> snapshot.DissentLine:
    """ "Jörgen Almhöjd, justerare", and what they hold instead."""
    roles = printing.roles_of(meeting).get(dissent.person_id, [])
    return {"name": ", ".join([dissent.person.name, *roles]), "text": dissent.text}


def action_line(action: ActionItem, points: list[str]) -> snapshot.ActionLine:
    """One that a decision of the item gives is not said a second time under it."""
    who = followup.assignee(action)
    decided = action.decision_text in points if action.decision_text else False
    return {
        "label": "Uppdrag" if who else "Förslag",
        "text": action.text,
        "assignee": who,
        "due": followup.due(action),
        "in_text": action.in_text or decided,
    }


def next_meeting(meeting: Meeting, item: AgendaItem) -> str:
    """The sentence about the next meeting, unless the item of that kind says it itself."""
    if item.kind != ItemKind.NEXT_MEETING or meeting.next_date is None:
        return ""
    if not richtext.is_empty(item.text):
        return ""
    return wording.next_meeting(
        when=meeting.next_date,
        start=meeting.next_starts_at,
        end=meeting.next_ends_at,
        place=meeting.next_place,
    )
