"""A proposal: the wording a signer wants in an item instead, as stored with the mark. Pure.

    {"text": HTML, "reports": {"0": HTML}, "decisions": ["…"], "actions": {"0": "…"}}

Only what differs from the frozen item is there. "typed" holds the fields as they were filled in,
so that the form can be opened again; it stays with the mark and is no part of the remark.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, TypedDict, cast

from django.core.exceptions import ValidationError

from meetings import comparing, richtext, snapshot

LONGEST_POINT, MOST_POINTS, MOST_FIELDS = 4000, 50, 2000


class Proposal(TypedDict, total=False):
    text: str
    reports: dict[str, str]
    decisions: list[str]
    actions: dict[str, str]
    typed: dict[str, str]


@dataclass(frozen=True)
class Field:
    """One stretch of an item's wording as a form shows it. `name` says where it belongs."""

    name: str  # "text-0", "report-2-0", "decision-1", "decision-new", "action-0"
    label: str
    words: str
    html: str = ""  # of a table, which is shown and not changed

    @property
    def editable(self) -> bool:
        return not self.html


KINDS = {"li": "Punkt", "h3": "Rubrik", "h4": "Rubrik", "blockquote": "Citat", "table": "Tabell"}


def fields_of(line: snapshot.ItemLine) -> list[Field]:
    """Everything of an item that a signer can put in other words, in the order of the paper."""
    return [
        *text_fields("text", line["text"], ""),
        *(
            field
            for place, report in enumerate(line["reports"])
            for field in text_fields(f"report-{place}", report["text"], f"{report['label']}: ")
        ),
        *(
            Field(f"decision-{place}", numbered("Beslut", place, line["decisions"]), point)
            for place, point in enumerate(line["decisions"])
        ),
        Field("decision-new", "Nytt beslut", ""),
        *(
            Field(f"action-{place}", numbered(action["label"], place, line["actions"]),
                  action["text"])
            for place, action in enumerate(line["actions"])
            if not action["in_text"]
        ),
    ]  # fmt: skip


def numbered(word: str, place: int, among: list[Any]) -> str:
    return f"{word} {place + 1}" if len(among) > 1 else word


def text_fields(name: str, html: str, before: str) -> Iterator[Field]:
    parts = comparing.parts_of(html)
    counts: dict[str, int] = {}
    for part in parts:
        kind = KINDS.get(part.kind, "Stycke")
        counts[kind] = counts.get(kind, 0) + 1
        shown = "" if part.editable else part.html
        yield Field(f"{name}-{part.place}", f"{before}{kind} {counts[kind]}", part.words, shown)


def proposal_of(line: snapshot.ItemLine, typed: Mapping[str, str]) -> Proposal | None:
    """What the filled-in fields propose, or None when nothing is worded otherwise."""
    kept = {name: typed[name] for name in allowed(line) if name in typed}
    made: Proposal = {}
    text = comparing.with_edits(line["text"], edits(kept, "text"))
    if text != comparing.with_edits(line["text"], {}):
        made["text"] = text
    if reports := changed_reports(line, kept):
        made["reports"] = reports
    decisions = points(line, kept)
    if decisions != [point.strip() for point in line["decisions"]]:
        made["decisions"] = decisions
    if actions := changed_actions(line, kept):
        made["actions"] = actions
    refuse_too_long(made)
    if not made:
        return None
    made["typed"] = kept
    return made


def allowed(line: snapshot.ItemLine) -> list[str]:
    return [field.name for field in fields_of(line) if field.editable]


def edits(typed: Mapping[str, str], name: str) -> dict[int, str]:
    """The parts of one text that were filled in, by place."""
    start = f"{name}-"
    return {
        int(key.removeprefix(start)): words
        for key, words in typed.items()
        if key.startswith(start) and key.removeprefix(start).isdecimal()
    }


def changed_reports(line: snapshot.ItemLine, typed: Mapping[str, str]) -> dict[str, str]:
    made = {}
    for place, report in enumerate(line["reports"]):
        text = comparing.with_edits(report["text"], edits(typed, f"report-{place}"))
        if text != comparing.with_edits(report["text"], {}):
            made[str(place)] = text
    return made


def points(line: snapshot.ItemLine, typed: Mapping[str, str]) -> list[str]:
    """Decision points as filled in; emptied ones fall away."""
    said = [
        typed.get(f"decision-{place}", point) for place, point in enumerate(line["decisions"])
    ] + [typed.get("decision-new", "")]
    return [tidy for point in said if (tidy := plain(point))]


def changed_actions(line: snapshot.ItemLine, typed: Mapping[str, str]) -> dict[str, str]:
    """Action items in other words. One that is emptied is asked for in the comment instead."""
    made = {}
    for place, action in enumerate(line["actions"]):
        words = plain(typed.get(f"action-{place}", action["text"]))
        if words and words != plain(action["text"]):
            made[str(place)] = words
    return made


def plain(text: str) -> str:
    return richtext.without_invisible(text).replace("\r\n", "\n").strip()


def refuse_too_long(made: Proposal) -> None:
    texts = [made.get("text", ""), *made.get("reports", {}).values()]
    if any(len(text) > richtext.MAX_CHARACTERS for text in texts):
        raise ValidationError("Texten är längre än en paragraf kan vara.")
    said = [*made.get("decisions", []), *made.get("actions", {}).values()]
    if any(len(point) > LONGEST_POINT for point in said):
        raise ValidationError("Ett beslut eller uppdrag får ha högst 4 000 tecken.")
    if len(made.get("decisions", [])) > MOST_POINTS:
        raise ValidationError(f"En paragraf kan ha högst {MOST_POINTS} beslutspunkter.")


def proposed(line: snapshot.ItemLine, proposal: Mapping[str, Any] | None) -> snapshot.ItemLine:
    """The item as it would be with the proposal."""
    wanted = cast(Proposal, proposal or {})
    reports, actions = wanted.get("reports", {}), wanted.get("actions", {})
    return {
        **line,
        "text": wanted.get("text", line["text"]),
        "reports": [
            {**report, "text": reports.get(str(place), report["text"])}
            for place, report in enumerate(line["reports"])
        ],
        "decisions": wanted.get("decisions", line["decisions"]),
        "actions": [
            {**action, "text": actions.get(str(place), action["text"])}
            for place, action in enumerate(line["actions"])
        ],
    }


def as_sent(proposal: Mapping[str, Any] | None) -> dict[str, Any] | None:
    """The proposal as it is kept with a remark: the wording, without the form's fields."""
    wording = {key: value for key, value in (proposal or {}).items() if key != "typed"}
    return wording or None
