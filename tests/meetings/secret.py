"""Minutes with a closed § of which every part has words, as far as a test wants them."""

from __future__ import annotations

from meetings import minuting, signing
from meetings.models import AgendaItem, Meeting, SigningRound
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
