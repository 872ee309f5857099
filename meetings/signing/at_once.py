"""Omedelbar justering: chosen items are frozen, approved and sealed at the table (domain.md b2.7).

The full minutes later say so and repeat them word for word: their lines are taken from the
extract, and the database closes the rows behind them.
"""

from __future__ import annotations

import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from meetings import minuting, moving, richtext, snapshot, wording
from meetings.minuting import printing
from meetings.models import (
    AgendaItem,
    FrozenItem,
    Meeting,
    RoundState,
    SigningRound,
    TextKind,
)
from meetings.signing import papers, rounds
from meetings.states import State
from members import audit
from members.models import MinutesStyle, Person

audit.register(
    {"signing.opened_at_once": "skickade en del av {document} till omedelbar justering"},
    words=wording.IN_THE_TRAIL,
)


def open_at_once(*, by: Person, meeting: Meeting, items: list[AgendaItem]) -> SigningRound:
    """Freeze these items of minutes being written and ask the signers by mail.

    Their § numbers are final from now on. Raises ValidationError when there is nothing to sign,
    an item is empty or signed already, a signer is missing, another text is out, or the
    municipality's key will not do.
    """
    with rounds.noting_unready(by, meeting):
        return freeze_and_ask(by, meeting, items)


@transaction.atomic
def freeze_and_ask(by: Person, meeting: Meeting, items: list[AgendaItem]) -> SigningRound:
    meeting = moving.lock(meeting, State.MINUTING)
    places = places_of(meeting)
    whole = minuting.snapshot_of(meeting)
    chosen = {item.pk for item in items}
    lines = [line for line in whole["items"] if line["key"] in chosen]
    refuse_unready(meeting, chosen, lines)
    opened = papers.open_paper(
        by=by,
        meeting=meeting,
        kind=TextKind.EXTRACT,
        content=extract_of(meeting, whole, lines, places),
        places=places,
        due_on=timezone.localdate() + datetime.timedelta(days=1),
    )
    FrozenItem.objects.bulk_create(
        FrozenItem(version=opened.version, item_id=line["key"], number=line["number"])
        for line in lines
    )
    audit.record(
        by=by, action="signing.opened_at_once", council=meeting.council, subject=meeting,
        sha256=opened.version.sha256, round=opened.number, items=scope_of(meeting, lines),
    )  # fmt: skip
    return opened


def rounds_at_once(meeting: Meeting) -> QuerySet[SigningRound]:
    """The meeting's rounds of omedelbar justering, whatever became of them, with signers."""
    return papers.rounds_of(meeting, TextKind.EXTRACT)


def sealed_at_once(meeting: Meeting) -> list[tuple[SigningRound, str]]:
    """What of a meeting is adjusted at once and sealed, and what it is called."""
    rounds_ = SigningRound.every.filter(
        meeting=meeting, kind=TextKind.EXTRACT, state=RoundState.COMPLETED
    ).select_related("version")
    return [(one, rounds.what_of(one)) for one in rounds_.order_by("number")]


def places_of(meeting: Meeting) -> list[papers.Place]:
    found = printing.signers_of(meeting)
    if any(person is None for _, person in found):
        raise ValidationError("Välj först vem som leder mötet och vem som justerar.")
    places = [papers.Place(role, person, person.name) for role, person in found if person]
    if len({place.person.pk for place in places}) < len(places):
        raise ValidationError("Samma person kan inte justera i två roller.")
    unable = [place.name for place in places if not place.person.can_sign_in]
    if unable:
        raise ValidationError(
            f"{wording.joined(unable)} kan inte logga in än och kan därför inte justera. "
            "Bjud in personen i registret."
        )
    return places


def refuse_unready(meeting: Meeting, chosen: set[int], lines: list[snapshot.ItemLine]) -> None:
    if not lines or len(lines) != len(chosen):
        raise ValidationError("Välj minst en paragraf som finns på dagordningen.")
    for line in lines:
        name = line["label"] or line["heading"]
        if "withheld" in line:
            raise ValidationError(
                f"{name} omfattas av sekretess och justeras tillsammans med resten av texten."
            )
        if FrozenItem.objects.filter(
            item=line["key"], version__round__state__in=(RoundState.OPEN, RoundState.COMPLETED)
        ).exists():
            raise ValidationError(f"{name} är redan omedelbart justerad.")
        said = not richtext.is_empty(line["text"]) or line["decisions"] or line["reports"]
        if not (said or line["next_meeting"]):
            raise ValidationError(f"{name} är tom. Skriv den först.")


def extract_of(
    meeting: Meeting,
    whole: snapshot.Snapshot,
    lines: list[snapshot.ItemLine],
    places: list[papers.Place],
) -> snapshot.Snapshot:
    """The minutes with these items alone, and what hangs on no other item."""
    scope = scope_of(meeting, lines)
    labels = {line["label"] or line["heading"] for line in lines}
    return {
        **whole,
        "cover": {
            **whole["cover"],
            "scope": scope if meeting.numbered else "",
            "part": f"{rounds.AT_ONCE}{scope}",
        },
        "signers": papers.signer_lines(places),
        "items": lines,
        "attachments": [row for row in whole["attachments"] if row["item_label"] in labels],
    }


def scope_of(meeting: Meeting, lines: list[snapshot.ItemLine]) -> str:
    """ "§§ 3 och 5", or the headings where items have no number."""
    if meeting.minutes_style == MinutesStyle.PARAGRAPHS and meeting.numbered:
        numbers = [line["number"] for line in lines if line["number"] is not None]
        return wording.sections(numbers, meeting.number_prefix)
    return wording.joined([f"”{line['heading']}”" for line in lines])
