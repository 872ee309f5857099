"""Minutes with a closed § of which every part has words, as far as a test wants them."""

from __future__ import annotations

from meetings import minuting, planning, secrecy, signing
from meetings.models import AgendaItem, FileKind, Meeting, SealedFile, SigningRound
from members.models import Person
from tests import builders
from tests.builders import Cast

OSL = "OSL 35 kap. 1 §"


def written(cast: Cast) -> tuple[Meeting, AgendaItem]:
    """Minutes ready for justering, with a closed § of which every part has words."""
    meeting = builders.written(cast)
    item = builders.closed_item(cast, meeting)
    builders.write(cast.secretary, item, "<p>Pelle i port fyra.</p>")
    item.refresh_from_db()
    minuting.set_decisions(by=cast.secretary, item=item, points=["Porten stängs."])
    return meeting, item


def in_signing(cast: Cast) -> tuple[SigningRound, AgendaItem]:
    meeting, item = written(cast)
    return signing.open_round(by=cast.secretary, meeting=meeting), item


def sealed(cast: Cast) -> tuple[Meeting, AgendaItem]:
    round_, item = in_signing(cast)
    return builders.approve_all(round_), item


def sent(
    cast: Cast, meeting: Meeting, item: AgendaItem, *, by: Person | None = None, **changed: str
) -> SigningRound:
    """A correction of the closed § out for justering."""
    said = {"old": "Pelle", "new": "Palle", "reason": "Hörfel."} | changed
    return signing.open_correction(by=by or cast.secretary, meeting=meeting, item=item.pk, **said)


def notes_sealed(cast: Cast) -> tuple[Meeting, AgendaItem]:
    """Minnesanteckningar (style headings) with a closed item."""
    by = cast.other_secretary
    meeting = builders.notes_written(cast)
    item = planning.add_item(by=by, meeting=meeting, heading="Läget i kvarteret")
    builders.write(by, item, "<p>Pelle i port fyra.</p>")
    secrecy.close_item(by=by, item=item, secrecy=OSL)
    meeting.refresh_from_db()
    return builders.approve_all(signing.open_round(by=by, meeting=meeting)), item


def corrected(cast: Cast) -> tuple[Meeting, AgendaItem, SigningRound]:
    meeting, item = sealed(cast)
    round_ = sent(cast, meeting, item)
    builders.approve_all(round_)
    return meeting, item, SigningRound.every.select_related("version").get(pk=round_.pk)


def files_of(round_: SigningRound) -> tuple[SealedFile, SealedFile]:
    """The public paper and the closed one."""
    kinds = (FileKind.CORRECTION, FileKind.CLOSED)
    public, closed = (SealedFile.objects.get(round=round_, kind=kind) for kind in kinds)
    return public, closed
