"""Snapshot and standing in, template context out: the same for screen and paper.

Nothing here knows WeasyPrint, so a page view can use it without loading the engine.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from meetings import snapshot as snapshots
from meetings import wording
from meetings.pdf.standing import Standing
from meetings.pdf.terms import DRAFT_FOOT, DRAFT_MARK, Terms, terms_for
from meetings.pdf.signature_page import signatures

# Attendance and cover facts that leave less than a third of the first page empty: then § 1
# begins on a new page, as in the mock-ups. Shorter or longer lists let it follow on.
COVER_ROWS = range(14, 36)
SHORT_REPORT = 900  # characters; such a report is never split between pages

Snapshot = snapshots.Snapshot


def minutes_context(
    *, snapshot: Snapshot, standing: Standing, arms_src: str = "", permalinks: bool = False
) -> dict[str, Any]:
    """What `print/_document.html` needs, under the one name `minutes`.

    `arms_src` is the address of the arms: a URL of the site on screen, a data: URI on paper.
    """
    cover = snapshot["cover"]
    terms = terms_for(cover["document"])
    attendance = attendance_lists(snapshot)
    return {
        "minutes": {
            **document_head(cover, standing, terms),
            "subtitle": f"{cover['document']} {wording.long_date(_date(cover))}",
            "arms_src": arms_src,
            "permalinks": permalinks,
            "facts": facts(cover),
            "attendance": attendance,
            "people": people(snapshot, terms),
            "cover_alone": cover_stands_alone(snapshot),
            "entries": [item_lines(line) for line in snapshot["items"]],
            "actions": action_lines(snapshot),
            "attachments": attachment_lines(snapshot),
            "signatures": signatures(snapshot, standing, terms),
            "foot": DRAFT_FOOT if standing.state == "draft" else terms.foot,
            "foot_id": foot_id(standing),
        }
    }


def extract_context(
    *, snapshot: Snapshot, item_key: int, standing: Standing, certified: str = ""
) -> dict[str, Any]:
    """What `print/extract.html` needs. KeyError when no item of the snapshot has that key."""
    cover = snapshot["cover"]
    lines = {line["key"]: line for line in snapshot["items"]}
    terms = terms_for(cover["document"])
    head = document_head(cover, standing, terms, document="Protokollsutdrag")
    scope = f" {cover['scope']}" if cover["scope"] else ""
    text_id = snapshots.short_hash(standing.text_id)
    return {
        "minutes": {
            **head,
            "arms_src": "",
            "subtitle": f"{cover['council']}, {wording.day(_date(cover))} {_date(cover).year}",
            "entry": item_lines(lines[item_key]),
            "proof": [
                (label, value)
                for label, value in (
                    ("Justerat", approved_line(standing)),
                    ("Utdragsbestyrkande", certified),
                    ("Protokollets text-id", text_id),
                )
                if value
            ],
            "foot": f"Utdrag ur {cover['document'].lower()}{scope}"
            + (f", text-id {text_id}" if text_id else ""),
            "foot_id": "",
        }
    }


def document_head(
    cover: snapshots.Cover, standing: Standing | None, terms: Terms, document: str = ""
) -> dict[str, Any]:
    """What stands in the running head, and what the template chooses its shape by."""
    draft = standing is not None and standing.state == "draft"
    document = document or cover["document"]
    return {
        "style": cover["style"],
        "draft": draft,
        "council": cover["council"],
        "document": document,
        "under_document": DRAFT_MARK if draft else cover["short_name"] or cover["council"],
        "title": f"{document} {cover['date']}, {cover['council']}",
        "municipality": cover["municipality"],
        "arms_alt": f"{wording.genitive(cover['municipality'])} vapen",
        # Two lines in the narrow column of the head: "Älvhamra" over "kommun".
        "municipality_lines": "\n".join(cover["municipality"].rsplit(" ", 1)),
        "date_label": terms.date_label,
        "date": cover["date"],
        "registry": f"Dnr {cover['registry_number']}" if cover["registry_number"] else "",
    }


def foot_id(standing: Standing) -> str:
    if standing.state == "draft":
        return f"Sparat {wording.moment(standing.saved_at)}" if standing.saved_at else ""
    return f"Text-id {snapshots.short_hash(standing.text_id)}"


def facts(cover: snapshots.Cover) -> list[tuple[str, str]]:
    """Tid, Plats, Omfattning: those that there are. Tid needs a clock time in style B."""
    lines = []
    if cover["style"] == "paragraphs" or cover["starts_at"]:
        when = wording.date_and_clock(_date(cover), cover["starts_at"], cover["ends_at"])
        lines.append(("Tid", when))
    lines.append(("Plats", cover["place"]))
    lines.append(("Omfattning", cover["scope"]))
    return [(label, value) for label, value in lines if value]


def people(snapshot: Snapshot, terms: Terms) -> list[tuple[str, list[str]]]:
    """Sekreterare and Justeras; style B has them only on the page Underskrifter."""
    cover = snapshot["cover"]
    if cover["style"] == "headings":
        return []
    signers = [
        f"{line['name']}, {line['role_label'].lower()}"
        for line in snapshot["signers"]
        if line["name"]
    ]
    secretary = [cover["secretary"]] if cover["secretary"] else []
    return [(label, names) for label, names in (("Sekreterare", secretary),
                                                (terms.signs, signers)) if names]  # fmt: skip


def attendance_lists(snapshot: Snapshot) -> list[dict[str, Any]]:
    """The lists that hold someone: flat rows in style A, grouped by organisation in style B."""
    grouped = snapshot["cover"]["style"] == "headings"
    labelled = (
        ("Närvarande" if grouped else "Ledamöter", snapshot["members"]),
        ("Övriga närvarande", snapshot["others"]),
        ("Förhindrade", snapshot["apologies"]),
    )
    lists = []
    for label, lines in labelled:
        if lines:
            rows = grouped_rows(lines) if grouped else flat_rows(lines)
            lists.append({"label": label, "grouped": grouped, "rows": rows, "first": not lists})
    if not grouped and not any(row["note"] for part in lists for row in part["rows"]):
        for part in lists:
            part["two_columns"] = True
    return lists


def flat_rows(lines: list[snapshots.Present]) -> list[dict[str, str]]:
    return [
        {"name": line["name"], "organisation": line["organisation"], "note": _note(line)}
        for line in lines
    ]


def grouped_rows(lines: list[snapshots.Present]) -> list[dict[str, Any]]:
    """One row an organisation, in the order of its first person."""
    groups: dict[str, list[str]] = {}
    for line in lines:
        note = _note(line)
        groups.setdefault(line["organisation"], []).append(
            f"{line['name']}, {note}" if note else line["name"]
        )
    return [{"organisation": name, "names": names} for name, names in groups.items()]


def _note(line: snapshots.Present) -> str:
    return ", ".join(filter(None, (line["title"], line["note"])))


def cover_stands_alone(snapshot: Snapshot) -> bool:
    if snapshot["cover"]["style"] == "headings":
        return False
    lists = ("members", "others", "apologies", "signers")
    return sum(len(snapshot[name]) for name in lists) in COVER_ROWS  # type: ignore[literal-required]


def item_lines(line: snapshots.ItemLine) -> dict[str, Any]:
    """An item with what is only known by looking at the whole of it."""
    reports = [
        {**report, "whole": len(report["text"]) < SHORT_REPORT} for report in line["reports"]
    ]
    bars = [bar(action) for action in line["actions"] if not action["in_text"]]
    return {
        **line,
        "anchor": f"paragraf-{line['number']}" if line["number"] else f"punkt-{line['key']}",
        "reports": reports,
        "bars": grouped_bars(bars),
    }


def bar(action: snapshots.ActionLine) -> dict[str, str]:
    """An action in the text. Who is told apart only if the sentence does not say it."""
    told = not action["assignee"] or action["assignee"].lower() in action["text"].lower()
    told = told or " får i uppdrag" in action["text"]
    who = "" if told else f"Ansvarig: {action['assignee']}."
    return {"label": action["label"], "text": action["text"], "who": who}


def grouped_bars(bars: list[dict[str, str]]) -> list[dict[str, Any]]:
    """Neighbours under one label share one bar: two "Uppdrag" in a row say it once."""
    groups: list[dict[str, Any]] = []
    for line in bars:
        if not groups or groups[-1]["label"] != line["label"]:
            groups.append({"label": line["label"], "lines": []})
        groups[-1]["lines"].append(line)
    return groups


def action_lines(snapshot: Snapshot) -> list[dict[str, Any]]:
    """Uppdragslista: every action and proposal, by item."""
    return [
        {
            "number": line["number"] or "",
            "heading": line["heading"],
            "text": action["text"],
            "assignee": action["assignee"]
            or ("Förslag, ingen utsedd" if action["label"] == "Förslag" else "Ingen utsedd"),
            "due": action["due"] or "–",
        }
        for line in snapshot["items"]
        for action in line["actions"]
    ]


def attachment_lines(snapshot: Snapshot) -> list[dict[str, Any]]:
    return [
        {
            "number": line["number"],
            "title": line["title"],
            "item": line["item_label"] or "hela mötet",
            "extent": wording.counted(line["pages"], "sida", "sidor")
            if line["pages"]
            else wording.file_size(line["size"]),
        }
        for line in snapshot["attachments"]
    ]


def approved_line(standing: Standing) -> str:
    """ "2026-03-13 av Karin Hedlund, ordförande, och Mikael Sandgren, justerare"."""
    if standing.state != "approved" or standing.sealed_at is None:
        return ""
    names = [f"{line.name}, {line.role_label.lower()}" for line in standing.approvals]
    names = [*(f"{name}," for name in names[:-1]), *names[-1:]]
    when = wording.local_date(standing.sealed_at).isoformat()
    return f"{when} av {' '.join(names[:-1])} och {names[-1]}" if len(names) > 1 else (
        f"{when} av {names[0]}" if names else when
    )  # fmt: skip


def _date(cover: snapshots.Cover) -> date:
    return date.fromisoformat(cover["date"])


def agenda_context(*, agenda: snapshots.Agenda, arms_src: str = "") -> dict[str, Any]:
    """What `print/agenda.html` and `print/_agenda.html` need, under the one name `minutes`."""
    cover = agenda["cover"]
    reply_by, sent_on = agenda.get("reply_by", ""), agenda.get("sent_on", "")
    lines = facts(cover)
    if reply_by:
        when = wording.upper_first(wording.weekday_date(date.fromisoformat(reply_by)))
        lines.append(("Svara senast", f"{when}. Anmäl förhinder så att din ersättare kan kallas."))
    if papers_at := agenda.get("papers_at", ""):
        lines.append(("Handlingar", papers_at))
    contact = agenda.get("contact", "")
    to_what = "till möte" if cover["document"] == "Kallelse" else "för mötet"
    return {
        "minutes": {
            **document_head(cover, None, terms_for(cover["document"])),
            "subtitle": f"{cover['document']} {to_what} {wording.long_date(_date(cover))}",
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
