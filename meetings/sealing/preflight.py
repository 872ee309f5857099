"""The trial before the first approval: nobody shall approve what then cannot be sealed.

The key loads and lasts for ninety days more, the paper can be drawn, and a stamp on it holds. The
paper's SHA-256 is kept, and every approval is of that paper too.
"""

from __future__ import annotations

import logging

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from meetings import minuting, secrecy, snapshot, stamping
from meetings.models import Meeting, Preflight, SigningRound
from meetings.sealing import drawing, finishing

NOT_READY = "not_ready"
log = logging.getLogger(__name__)


def problems(meeting: Meeting) -> list[minuting.Problem]:
    """What is wrong with the municipality's key for a round that begins now. Reads only.

    Blocking: nobody shall be asked to approve what cannot be approved.
    """
    try:
        key = require_ready(meeting)
    except stamping.Unusable as fault:
        return [
            minuting.Problem(f"seal_{fault.code}", str(fault.messages[0]), "seal", blocking=True)
        ]
    if key.test and not settings.SEALS_TEST:
        words = "Kommunen har bara en testnyckel: det justerade protokollet får en teststämpel."
        return [minuting.Problem("test_seal", words, "seal", blocking=False)]
    return []


def require_ready(meeting: Meeting) -> stamping.Key:
    """The key, good for as long as a round may take. Raises stamping.Unusable."""
    return finishing.key_of(meeting, at=timezone.now(), lasting=stamping.LASTING)


def preflight(round_: SigningRound) -> Preflight:
    """Try everything that sealing needs, once for each frozen text, and keep that it went well.

    Outside any lock, because drawing is slow. Raises stamping.Unusable or finishing.NotSealed.
    """
    passed = Preflight.objects.filter(version=round_.version_id).first()
    if passed is not None:
        return passed
    key = require_ready(round_.meeting)
    paper = drawing.rendered(round_, drawing.standing_before(round_))
    try:
        stamping.stamp(paper, key=key, at=timezone.now())
        if secrecy.has_closed_part(round_.version):
            closed = drawing.rendered_closed(round_, drawing.standing_before(round_))
            stamping.stamp(closed, key=key, at=timezone.now())
    except ValueError as error:
        raise finishing.NotSealed(
            "PDF-filen gick inte att förse med kommunens stämpel.", code="file"
        ) from error
    try:
        with transaction.atomic():
            return Preflight.objects.create(
                version=round_.version,
                preview_sha256=snapshot.sha256_of(paper),
                certificate_sha256=key.sha256,
            )
    except IntegrityError:  # another signer's request was a moment before us
        return Preflight.objects.get(version=round_.version_id)


def try_preflight(round_: SigningRound) -> Preflight | None:
    """When a round has just been opened. What fails now is tried again before each approval."""
    try:
        return preflight(round_)
    except ValidationError as fault:
        log.warning("%s is out for justering and cannot be sealed: %s", round_, fault.messages[0])
        return None


def require_preflight(round_: SigningRound) -> Preflight:
    """For whoever is about to approve: the trial that passed, or a sentence for a signer."""
    try:
        return preflight(round_)
    except ValidationError as fault:
        log.warning("no approval of %s: %s", round_, fault.messages[0])
        raise ValidationError(
            f"Det går inte att godkänna just nu, och ingenting är sparat. {fault.messages[0]} "
            "Sekreteraren ser samma sak, och du kan godkänna så snart det är ordnat.",
            code=NOT_READY,
        ) from fault
