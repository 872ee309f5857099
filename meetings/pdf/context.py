"""Snapshot and standing in, template context out: the same for screen and paper.

Nothing here knows WeasyPrint, so a page view can use it without loading the engine.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from meetings import snapshot as snapshots
from meetings import wording
from meetings.pdf import cover as covers
from meetings.pdf import items
from meetings.pdf.signature_page import signatures
from meetings.pdf.standing import Standing
from meetings.pdf.terms import CLOSED_FOOT, DRAFT_FOOT, Terms, terms_for

Snapshot = snapshots.Snapshot


def minutes_context(
    *, snapshot: Snapshot, standing: Standing, arms_src: str = "", permalinks: bool = False
) -> dict[str, Any]:
    """What `print/_document.html` needs, under the one name `minutes`.

    `arms_src` is the address of the arms: a URL of the site on screen, a data: URI on paper.
    """
    cover = snapshot["cover"]
    terms = terms_for(cover["document"])
    return {
        "minutes": {
            **covers.document_head(cover, standing, terms),
            "subtitle": covers.subtitle(cover),
            "arms_src": arms_src,
            "permalinks": permalinks,
            "facts": covers.facts(cover),
            "attendance": covers.attendance_lists(snapshot),
            "people": covers.people(snapshot, terms),
            "correction": "corrects" in snapshot,
            "cover_alone": covers.cover_stands_alone(snapshot),
            "entries": [items.item_lines(line) for line in snapshot["items"]],
            "actions": items.action_lines(snapshot),
            "attachments": items.attachment_lines(snapshot),
            "dissents": snapshot.get("dissents", []),
            "signatures": signatures(snapshot, standing, terms),
            "foot": foot(snapshot, standing, terms),
            "foot_id": foot_id(standing),
            "text_id": snapshots.short_hash(standing.text_id),
        }
    }


def extract_context(
    *,
    snapshot: Snapshot,
    item_key: int,
    standing: Standing,
    certified: str = "",
    corrections: Sequence[str] = (),
) -> dict[str, Any]:
    """What `print/extract.html` needs. KeyError when no item of the snapshot has that key."""
    cover = snapshot["cover"]
    held = covers.day_of(cover)
    lines = {line["key"]: line for line in snapshot["items"]}
    terms = terms_for(cover["document"])
    head = covers.document_head(cover, standing, terms, document=terms.extract)
    scope = f" {cover['scope']}" if cover["scope"] else ""
    text_id = snapshots.short_hash(standing.text_id)
    return {
        "minutes": {
            **head,
            "arms_src": "",
            "subtitle": f"{cover['council']}, {wording.day(held)} {held.year}",
            "entry": items.item_lines(lines[item_key]),
            "proof": [
                (label, value)
                for label, value in (
                    (terms.done, approved_line(standing) or terms.not_yet),
                    *(("Rättat", said) for said in corrections),
                    ("Utdragsbestyrkande", certified),
                    ("Text-id", text_id),
                )
                if value
            ],
            "foot": f"Utdrag ur {cover['document'].lower()}{scope}"
            + (f", text-id {text_id}" if text_id else ""),
            "foot_id": "",
        }
    }


def foot(snapshot: Snapshot, standing: Standing, terms: Terms) -> str:
    if "closed" in snapshot["cover"]:
        return CLOSED_FOOT
    return DRAFT_FOOT if standing.state == "draft" else terms.foot


def foot_id(standing: Standing) -> str:
    if standing.state == "draft":
        return f"Sparat {wording.moment(standing.saved_at)}" if standing.saved_at else ""
    return f"Text-id {snapshots.short_hash(standing.text_id)}"


def approved_line(standing: Standing) -> str:
    """ "2026-03-13 av Karin Hedlund, ordförande, och Mikael Sandgren, justerare"."""
    if standing.state != "approved" or standing.sealed_at is None:
        return ""
    names = [f"{line.name}, {line.role_label.lower()}" for line in standing.approvals]
    # A comma closes the role of all but the last: "NN, ordförande, och MM, justerare".
    listed = wording.joined([*(f"{name}," for name in names[:-1]), *names[-1:]]).replace(",,", ",")
    when = wording.local_date(standing.sealed_at).isoformat()
    return f"{when} av {listed}" if listed else when


def agenda_context(*, agenda: snapshots.Agenda, arms_src: str = "") -> dict[str, Any]:
    """What `print/agenda.html` and `print/_agenda.html` need, under the one name `minutes`."""
    cover = agenda["cover"]
    reply_by, sent_on = agenda.get("reply_by", ""), agenda.get("sent_on", "")
    lines = covers.facts(cover)
    if reply_by:
        when = wording.upper_first(wording.weekday_date(date.fromisoformat(reply_by)))
        lines.append(("Svara senast", f"{when}. Anmäl förhinder så att din ersättare kan kallas."))
    if papers_at := agenda.get("papers_at", ""):
        lines.append(("Handlingar", papers_at))
    contact = agenda.get("contact", "")
    to_what = "till möte" if cover["document"] == "Kallelse" else "för mötet"
    return {
        "minutes": {
            **covers.document_head(cover, None, terms_for(cover["document"])),
            "subtitle": f"{cover['document']} {to_what} {wording.long_date(covers.day_of(cover))}",
            "arms_src": arms_src,
            "facts": lines,
            "lines": [agenda_line(line) for line in agenda["items"]],
            "timed": any(line["time"] for line in agenda["items"]),
            "foot": f"Frågor: {contact}" if contact else "",
            "foot_id": f"Skickad {sent_on}" if sent_on else "",
        }
    }


def agenda_line(line: snapshots.AgendaLine) -> dict[str, Any]:
    there = [paper["title"] for paper in line["papers"] if not paper["later"]]
    later = [paper["title"] for paper in line["papers"] if paper["later"]]
    papers = f"{'Handlingar' if len(there) > 1 else 'Handling'}: {', '.join(there)}." * bool(there)
    coming = f"Kommer senare: {', '.join(later)}." * bool(later)
    return {
        **line,
        "time": wording.clock(line["time"]),
        "papers_line": " ".join(filter(None, (papers, coming))),
    }
