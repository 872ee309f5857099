"""The items of an agenda on a page: made plain, so that each is drawn once (views.fragments)."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterable
from typing import NamedTuple

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString

from meetings.models import Meeting
from meetings.presenting import Agenda, Line
from meetings.states import State
from meetings.templatetags.meeting_words import clock
from meetings.views import fragments

register = template.Library()
MOST = 100  # agendas kept, of some tens of kB each


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


class Place(NamedTuple):
    """The meeting whose agenda it is."""

    slug: str
    key: str
    minutes: str  # their address once they are justerade: then their decisions are told


@register.simple_tag
def agenda_lines(lines: Agenda | list[Line], meeting: Meeting) -> SafeString:
    slug, key = meeting.council.slug, meeting.key
    minutes = reverse("minutes", args=[slug, key]) if meeting.state == State.APPROVED else ""
    draw: Callable[..., SafeString] = kept if isinstance(lines, Agenda) else drawn
    return draw(lines, Place(slug, key, minutes), fragments.icons())


def drawn(lines: Iterable[Line], place: Place, icons: str) -> SafeString:
    """`icons` stand in what is drawn, so it is kept under them too."""
    shown = (told(line, place) for line in lines)
    return fragments.drawn("meeting/_agenda_line.html", "lines", shown)


kept = functools.lru_cache(maxsize=MOST)(drawn)


def told(line: Line, place: Place) -> Shown:
    item = line.item
    at_all = Shown(
        item.pk, line.label, line.heading,
        link=f"{place.minutes}#{line.anchor}" if place.minutes else "",
        clock=clock(item.planned_time) if item.planned_time else "",
    )  # fmt: skip
    if line.closed:
        return at_all._replace(secrecy=item.secrecy)
    return at_all._replace(
        presenters=item.presenters,
        registry_number=item.registry_number,
        decisions=line.decisions if place.minutes else (),
        proposal="" if place.minutes else item.proposed_decision,
        papers=papers(line, place) if line.papers else "",
    )


def papers(line: Line, place: Place) -> str:
    where = {"meeting": {"key": place.key}, "council": {"slug": place.slug}}
    return render_to_string("meetings/attaching/_attached.html", where | {"papers": line.papers})
