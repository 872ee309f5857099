"""The items of an agenda on a page: made plain, so that each is drawn once (views.fragments)."""

from __future__ import annotations

from typing import NamedTuple

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from meetings.models import Meeting
from meetings.presenting import Line
from meetings.states import State
from meetings.templatetags.meeting_words import clock
from meetings.views import fragments

register = template.Library()


class Shown(NamedTuple):
    """What is told of an item; of a closed one its number, the provision and a neutral heading."""

    pk: int
    label: str
    heading: str
    link: str = ""  # to its § in justerade minutes
    clock: str = ""
    secrecy: str = ""  # where it is closed here
    presenters: str = ""
    registry_number: str = ""
    decisions: tuple[str, ...] = ()
    proposal: str = ""
    papers: str = ""


@register.simple_tag
def agenda_lines(lines: list[Line], meeting: Meeting) -> SafeString:
    address = [meeting.council.slug, meeting.key]
    minutes = reverse("minutes", args=address) if meeting.state == State.APPROVED else ""
    shown = (told(line, meeting, minutes) for line in lines)
    return fragments.drawn("meeting/_agenda_line.html", "lines", shown)


def told(line: Line, meeting: Meeting, minutes: str) -> Shown:
    """`minutes` is the address of justerade minutes: then their decisions are told."""
    item = line.item
    at_all = Shown(
        item.pk, line.label, line.heading,
        link=f"{minutes}#{line.anchor}" if minutes else "",
        clock=clock(item.planned_time) if item.planned_time else "",
    )  # fmt: skip
    if line.closed:
        return at_all._replace(secrecy=item.secrecy)
    return at_all._replace(
        presenters=item.presenters,
        registry_number=item.registry_number,
        decisions=tuple(one.text for one in item.decisions.all()) if minutes else (),
        proposal="" if minutes else item.proposed_decision,
        papers=papers(line, meeting) if line.papers else "",
    )


def papers(line: Line, meeting: Meeting) -> str:
    context = {"papers": line.papers, "meeting": meeting, "council": meeting.council}
    return render_to_string("meetings/attaching/_attached.html", context)
