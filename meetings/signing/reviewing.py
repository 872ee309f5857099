"""Marks under each § while a round is open: no remarks, or a change proposed.

A signer may change them until they approve or return; they are the same on every device. Returning
turns the proposals into remarks that are never changed (returning.py).
"""

from __future__ import annotations

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet

from meetings import moving, richtext, sealing, secrecy, snapshot
from meetings.models import (
    AgendaItem,
    Approval,
    ItemReview,
    Signer,
    SigningRound,
    Verdict,
)
from meetings.signing import proposals, rounds
from members.models import Person

LONGEST = 10_000


@transaction.atomic
def mark_item(
    *,
    by: Person,
    signer: Signer,
    item: AgendaItem,
    verdict: str,
    comment: str = "",
    typed: Mapping[str, str] | None = None,
) -> ItemReview:
    """Mark one item. A change needs another wording (`typed`, by field) or a word about why.

    Raises ValidationError when the round is closed, when the signer has approved, for an item
    that is not in the frozen text, or when nothing is proposed; the earlier mark then stands.
    """
    signer = act_in(by=by, signer=signer)
    line = line_of(signer.round, item)
    if Verdict(verdict) == Verdict.NO_REMARKS:
        said, proposal = "", None
    else:
        said, proposal = read_change(line, comment, typed or {})
    review, _ = ItemReview.objects.update_or_create(
        signer=signer,
        item=item,
        defaults={"verdict": verdict, "comment": said, "proposal": proposal},
    )
    return review


def act_in(*, by: Person, signer: Signer) -> Signer:
    """The signer's place with the meeting locked, if they can still have a say in this round.

    Raises ValidationError for anybody else, when the round is closed, when somebody stands in for
    them, and when they have approved: what is approved cannot be taken back.
    """
    moving.lock(signer.round.meeting)
    place = Signer.objects.select_related("round__meeting__council", "round__version").get(
        pk=signer.pk
    )
    if by.pk != place.person_id:
        raise ValidationError("Bara den som står som underskrivare kan lämna tillbaka protokollet.")
    rounds.require_open(place.round)
    require_not_replaced(place)
    if Approval.objects.filter(signer=place).exists():
        raise ValidationError("Du har redan justerat protokollet. Kontakta sekreteraren.")
    return place


def require_not_replaced(signer: Signer) -> None:
    """Raise ValidationError when somebody has been appointed in the signer's place."""
    stand_in = Signer.objects.filter(stands_in_for=signer).first()
    if stand_in is not None:
        raise ValidationError(
            f"{stand_in.name} justerar i stället för dig, så du kan inte justera.", code="replaced"
        )


def read_change(
    line: snapshot.ItemLine, comment: str, typed: Mapping[str, str]
) -> tuple[str, proposals.Proposal | None]:
    """The comment and the wording of a proposal, or ValidationError when there is neither."""
    said = richtext.without_invisible(comment).strip()
    if len(said) > LONGEST:
        raise ValidationError({"comment": "Synpunkten får ha högst 10 000 tecken."})
    proposal = proposals.proposal_of(line, typed)
    if not said and proposal is None:
        raise ValidationError(
            {"comment": "Ändra i texten ovanför, eller skriv här vad som behöver ändras."}
        )
    return said, proposal


@transaction.atomic
def mark_rest(*, by: Person, signer: Signer) -> int:
    """No remarks on every item that is not marked yet; how many they were."""
    signer = act_in(by=by, signer=signer)
    marked = set(signer.reviews.values_list("item", flat=True))
    rest = [
        ItemReview(signer=signer, item_id=line["key"], verdict=Verdict.NO_REMARKS)
        for line in sealing.read(signer.round.version)["items"]
        if line["key"] not in marked
    ]
    ItemReview.objects.bulk_create(rest)
    return len(rest)


def proposals_of(signer: Signer) -> QuerySet[ItemReview]:
    """The items this signer wants changed, in the order of the minutes."""
    wanted = signer.reviews.filter(verdict=Verdict.CHANGE).select_related("item")
    return wanted.order_by("item__position", "item")


def require_no_proposals(signer: Signer) -> None:
    """Raise ValidationError when the signer wants something changed: then they return instead."""
    if proposals_of(signer).exists():
        raise ValidationError(
            "Du har föreslagit en ändring. Lämna tillbaka texten med förslaget, eller välj Inga "
            "synpunkter på den paragrafen om du vill justera ändå."
        )


def line_of(round_: SigningRound, item: AgendaItem) -> snapshot.ItemLine:
    """The item as it stands in the frozen text: for acts, never for showing."""
    return line_in(secrecy.whole(round_.version), item)


def line_for(signer: Signer, item: AgendaItem) -> snapshot.ItemLine:
    """The item as the signer may read it now: one replaced, or whose round was returned, no longer
    reads what is closed."""
    return line_in(secrecy.text_for(signer.person, signer.round.version), item)


def line_in(text: snapshot.Snapshot, item: AgendaItem) -> snapshot.ItemLine:
    for line in text["items"]:
        if line["key"] == item.pk:
            return line
    raise ValidationError("Paragrafen finns inte i texten som justeras.")
