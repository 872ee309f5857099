"""What some meetings have beside the usual: omedelbar justering, a pen, a correction."""

from __future__ import annotations

import datetime
from typing import Protocol

from django.core.files.base import ContentFile

from meetings import signing
from meetings.demo import cast, papers
from meetings.demo.clock import Clock
from meetings.models import Meeting, Signer, SigningRound
from members.models import Person


class Teller(Protocol):
    by: Person  # the secretary
    clock: Clock


def approve(signer: Signer) -> None:
    """As the signer does it on the page: the text shown, and the password again."""
    challenge = signing.start(signer=signer)
    signing.approve(
        by=signer.person,
        signer=signer,
        shown_sha256=signer.round.version.sha256,
        answer={"challenge": challenge.token, "password": cast.PASSWORD},
        address="192.0.2.17",  # RFC 5737: an address for documentation
        user_agent="Demo",
    )


def adjust_at_once(teller: Teller, meeting: Meeting, heading: str) -> None:
    """The item is approved while everybody still sits there."""
    item = meeting.items.standing().get(heading=heading)
    round_ = signing.open_at_once(by=teller.by, meeting=meeting, items=[item])
    for signer in round_.signers.select_related("person"):
        teller.clock.moment += datetime.timedelta(minutes=4)
        approve(signer)


def sign_on_paper(teller: Teller, round_: SigningRound) -> None:
    """Those who sign do it with a pen, and the secretary scans the paper."""
    names = [signer.name for signer in round_.signers.all()]
    paper = papers.page("Underskrifter", ("Undertecknat med penna:", *names))
    signing.keep_scan(
        by=teller.by, round_=round_, file=ContentFile(paper), filename="skannat.pdf",
        signed_on=teller.clock.moment.date(),
    )  # fmt: skip


def correct(
    teller: Teller, meeting: Meeting, heading: str, old: str, new: str, reason: str
) -> None:
    """A slip that somebody saw a month later."""
    item = meeting.items.standing().get(heading=heading)
    round_ = signing.open_correction(
        by=teller.by, meeting=meeting, item=item.pk, old=old, new=new, reason=reason
    )
    for signer in round_.signers.select_related("person"):
        teller.clock.moment += datetime.timedelta(days=1)
        approve(signer)
