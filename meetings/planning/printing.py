"""The agenda (dagordning, kallelse) as values for the paper. Reads only."""

from __future__ import annotations

from django.conf import settings
from django.urls import reverse

from meetings import snapshot, wording
from meetings.minuting import freezing, printing
from meetings.models import AgendaItem, Attachment, ItemKind, Meeting
from members.models import MinutesStyle

# What a reader of a call looks for in the margin; other kinds say nothing there.
KINDS_SAID = (ItemKind.DECISION, ItemKind.INFORMATION)


def printed_agenda(meeting: Meeting, papers: list[Attachment]) -> snapshot.Agenda:
    """What pdf.render_agenda prints. `papers` are those the reader may open."""
    items = list(meeting.items.standing())
    numbers = freezing.provisional_numbers(meeting, items)
    cover = printing.cover_of(meeting, list(numbers.values()))
    # A cancelled meeting was called to, perhaps; its paper is still what was sent.
    cover["document"] = "Kallelse" if meeting.summoned_at else "Dagordning"
    agenda: snapshot.Agenda = {
        "cover": cover,
        "items": [
            agenda_line(meeting, item, place, numbers, papers)
            for place, item in enumerate(items, start=1)
        ],
    }
    if papers:
        path = reverse("meeting", args=[meeting.council.slug, meeting.key])
        agenda["papers_at"] = settings.BASE_URL + path
    if contact := contact_of(meeting):
        agenda["contact"] = contact
    if meeting.summoned_at:
        agenda["sent_on"] = wording.local_date(meeting.summoned_at).isoformat()
    return agenda


def agenda_line(
    meeting: Meeting,
    item: AgendaItem,
    place: int,
    numbers: dict[int, int],
    papers: list[Attachment],
) -> snapshot.AgendaLine:
    numbered = meeting.minutes_style == MinutesStyle.PARAGRAPHS and item.pk in numbers
    label = wording.section(numbers[item.pk], meeting.number_prefix) if numbered else str(place)
    if item.is_secret:
        return closed_line(item, label)
    return {
        "label": label,
        "heading": item.heading,
        "presenters": item.presenters,
        "kind_label": ItemKind(item.kind).label if item.kind in KINDS_SAID else "",
        "time": f"{item.planned_time:%H:%M}" if item.planned_time else "",
        "proposed_decision": item.proposed_decision,
        "papers": [
            {"title": paper.title, "later": False} for paper in papers if paper.item_id == item.pk
        ],
    }


def closed_line(item: AgendaItem, label: str) -> snapshot.AgendaLine:
    """A closed item as anyone may read it: that it is there, and why no more is said."""
    return {
        "label": label,
        "heading": item.public_name,
        "presenters": f"Sekretess, {item.secrecy}",
        "kind_label": "",
        "time": f"{item.planned_time:%H:%M}" if item.planned_time else "",
        "proposed_decision": "",
        "papers": [],
    }


def contact_of(meeting: Meeting) -> str:
    """ "Petra Lind, sekreterare, petra@alvhamra.example"."""
    secretary = meeting.secretary
    if secretary is None:
        return ""
    return ", ".join(filter(None, (secretary.name, "sekreterare", secretary.email or "")))
