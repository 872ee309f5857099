"""The texts of items and reports: saved by compare-and-set, every wording kept."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Literal

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from meetings import moving, richtext
from meetings.models import AgendaItem, OrganisationReport, TextRevision
from meetings.states import State
from members.models import Person


@dataclass(frozen=True)
class Outcome:
    """What became of a save. In every case the words sent are kept as a revision.

    saved: `version` is the new one. conflict: somebody saved first; `text`, `version`, `by` and
    `at` are theirs, `own` when it was the same person elsewhere. closed: the minutes are not open
    for writing; `message` says why.
    """

    kind: Literal["saved", "conflict", "closed"]
    version: int
    text: str
    at: datetime.datetime
    by: str = ""
    own: bool = False
    message: str = ""


def save_text(
    *, by: Person, target: AgendaItem | OrganisationReport, html: str, base_version: int
) -> Outcome:
    """Save the text if nobody has since `base_version`; else keep it as a losing revision.

    Sending the same text twice (a retry after a lost answer) is a save. Raises ValidationError
    when the text is longer than a § can be; nothing is cut.
    """
    if len(html) > richtext.MAX_CHARACTERS:
        raise ValidationError(
            f"Texten är {len(html)} tecken lång, högst {richtext.MAX_CHARACTERS} får plats i en "
            "paragraf. Dela upp den eller lägg en del som bilaga."
        )
    text = richtext.clean(html)
    item = target.item if isinstance(target, OrganisationReport) else target
    try:
        with transaction.atomic():
            return compare_and_set(by, target, item, text, base_version)
    except IntegrityError as error:
        if "bra:" not in str(error):
            raise
        # The minutes were frozen between our check and our write, or the § is adjusted at once:
        # the database said no, so nobody who writes elsewhere pays for asking.
        item.meeting.refresh_from_db(fields=["state"])
        return closed(by, target, item, text, base_version)


def compare_and_set(
    by: Person,
    target: AgendaItem | OrganisationReport,
    item: AgendaItem,
    text: str,
    base_version: int,
) -> Outcome:
    if item.meeting.state != State.MINUTING:
        return closed(by, target, item, text, base_version)
    if at := won(by, target, item, text, base_version):
        return Outcome("saved", base_version + 1, text, at)
    current = type(target)._default_manager.get(pk=target.pk)
    last = latest_winner(target, item)
    at, author = (last.at, last.by) if last else (timezone.now(), None)
    if current.text == text:
        return Outcome("saved", current.text_version, text, at)
    revision(by, target, item, text, base_version, None)
    name = author.name if author else ""
    return Outcome("conflict", current.text_version, current.text, at, by=name, own=author == by)


# One statement, since it is the one that is asked most often of all: the text where nobody has
# saved since, and only then the revision that keeps it.
SAVE = """
WITH saved AS (
    UPDATE {texts} SET text = %(text)s, text_version = %(base)s + 1
    WHERE id = %(target)s AND text_version = %(base)s RETURNING text, text_version
)
INSERT INTO {revisions} (item_id, report_id, base_version, version, text, by_id)
SELECT %(item)s, %(report)s, %(base)s, text_version, text, %(by)s FROM saved RETURNING at
"""


def won(
    by: Person,
    target: AgendaItem | OrganisationReport,
    item: AgendaItem,
    text: str,
    base_version: int,
) -> datetime.datetime | None:
    """When the text was saved; None when somebody has saved since `base_version`."""
    tables = {"texts": target._meta.db_table, "revisions": TextRevision._meta.db_table}
    values: dict[str, str | int | None] = {
        "text": text, "base": base_version, "target": target.pk, "item": item.pk, "by": by.pk,
        "report": target.pk if isinstance(target, OrganisationReport) else None,
    }  # fmt: skip
    with connection.cursor() as cursor:
        cursor.execute(SAVE.format(**tables), values)
        row = cursor.fetchone()
    return row[0] if row else None


def closed(
    by: Person,
    target: AgendaItem | OrganisationReport,
    item: AgendaItem,
    text: str,
    base_version: int,
) -> Outcome:
    """Minutes not open for writing: the words are kept as long as the meeting takes rows at all."""
    state = State(item.meeting.state)
    if state != State.APPROVED and text != target.text:
        revision(by, target, item, text, base_version, None)
    message = moving.FROZEN if state == State.MINUTING else moving.CLOSED[state]
    return Outcome("closed", target.text_version, target.text, timezone.now(), message=message)


def revision(
    by: Person,
    target: AgendaItem | OrganisationReport,
    item: AgendaItem,
    text: str,
    base_version: int,
    version: int | None,
) -> None:
    TextRevision.objects.create(
        item=item,
        report=target if isinstance(target, OrganisationReport) else None,
        base_version=base_version,
        version=version,
        text=text,
        by=by,
    )


def latest_winner(target: AgendaItem | OrganisationReport, item: AgendaItem) -> TextRevision | None:
    report = target if isinstance(target, OrganisationReport) else None
    winners = TextRevision.objects.filter(item=item, report=report, version__isnull=False)
    return winners.select_related("by").order_by("-version").first()
