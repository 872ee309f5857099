"""Parts of the desk's page as HTML, by the id of the element they are put in."""

from __future__ import annotations

from typing import Any

from django.template.loader import render_to_string
from django.utils.html import escape
from django.utils.safestring import SafeString

from meetings import access, followup, minuting
from meetings.models import AgendaItem, Meeting
from meetings.views import fragments
from meetings.views.minuting import panels, presence, reading


def part(template: str, context: dict[str, Any]) -> str:
    return render_to_string(f"meetings/minuting/{template}", context | {"icons": fragments.icons()})


def outline_part(meeting: Meeting) -> dict[str, str]:
    return {"outline": outline(reading.sections_of(meeting))}


def outline(sections: list[reading.Section]) -> SafeString:
    return fragments.drawn("minuting/_outline.html", "sections", sections)


def whole(sections: list[reading.Section]) -> SafeString:
    """The §§ as they stand in the text."""
    return fragments.drawn("minuting/_sections.html", "sections", sections)


def section_of(meeting: Meeting, pk: int) -> dict[str, Any]:
    """One whole §, for the script to put where the outline says."""
    found = one_section(meeting, pk) or access.nothing()
    found.conflicts = presence.conflicts_of(meeting).get(pk, "")
    return {"item": pk, "section": whole([found])}


def one_section(meeting: Meeting, pk: int) -> reading.Section | None:
    sections = reading.sections_of(meeting)
    return next((one for one in sections if one.pk == str(pk)), None)


def attendance_part(meeting: Meeting) -> dict[str, str]:
    """The list, and what is printed of jäv at the §§."""
    context = presence.context(meeting, reading.labels_of(meeting))
    said = {f"conflicts-{pk}": escape(words) for pk, words in context["conflicts"].items()}
    return {"attendance-list": part("_attendance.html", context), **said}


def attachments_part(meeting: Meeting) -> dict[str, str]:
    context = {"attachments": panels.attachments_of(meeting, reading.labels_of(meeting))}
    return {"attachment-list": part("_attachments.html", context)}


def removed_part(meeting: Meeting, taken: list[minuting.Removed]) -> dict[str, str]:
    context = {"removed": panels.removed_from(meeting, taken, reading.labels_of(meeting))}
    return {"removed-list": part("_removed.html", context)}


def open_actions_part(meeting: Meeting) -> dict[str, str]:
    context = {"open_actions": panels.open_actions(meeting)}
    return {"open-actions": part("_open_actions.html", context)}


def follow_up_part(meeting: Meeting) -> dict[str, str]:
    """The table of earlier uppdrag, where the meeting has a § for it."""
    pk = followup.place_of(meeting.items.standing())
    context = {"rows": followup.table_of(meeting)}
    return {f"follow-up-{pk}": part("_follow_up.html", context)} if pk else {}


def actions_part(item: AgendaItem) -> dict[str, str]:
    rows = item.action_items.filter(removed_at__isnull=True)
    points = set(item.decisions.values_list("text", flat=True))
    rows = rows.prefetch_related("persons", "organisations")
    actions = [reading.action(row, points) for row in rows]
    return {f"actions-{item.pk}": part("_actions.html", {"actions": actions})}


def all_actions_part(meeting: Meeting) -> dict[str, str]:
    sections = reading.sections_of(meeting)
    return {"action-list": part("_all_actions.html", {"given": reading.given(sections)})}


def report_blocks(item: AgendaItem) -> list[dict[str, Any]]:
    """Every report of the item in order; the page keeps the blocks it has."""
    rows = reading.reports_of(item)
    return [{"pk": row.pk, "html": part("_reports.html", {"reports": [row]})} for row in rows]
