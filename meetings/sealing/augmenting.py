"""A timestamped copy of sealed minutes, when a service can be reached: never waited for.

The original keeps its bytes and its place in the register; the copy gets a place beside it.
"""

from __future__ import annotations

import logging
import time
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from meetings import moving, snapshot, stamping, wording
from meetings.models import FileKind, SealedFile, SealedMinutes
from meetings.sealing import exporting, finishing
from members import audit

audit.register(
    {"minutes.timestamped": "satte en tidsstämpel på {document}"}, words=wording.IN_THE_TRAIL
)

log = logging.getLogger(__name__)
REST = 600.0  # seconds until the worker asks again after a service that did not answer
_resting_until = 0.0
_tried: dict[int, float] = {}  # until when a file is passed over that no timestamp held on


def without_timestamp() -> QuerySet[SealedMinutes]:
    """Sealed minutes that have no timestamped copy, oldest first."""
    copies = SealedFile.objects.filter(round=OuterRef("round"), kind=FileKind.AUGMENTED)
    return SealedMinutes.objects.filter(~Exists(copies)).order_by("sealed_at", "pk")


def augment(sealed: SealedMinutes, *, service: Any) -> SealedFile:
    """A copy with a timestamp (more) over the newest one, or over the original.

    The service is asked outside of any transaction. Raises stamping.Unreached when it does not
    answer, finishing.NotSealed when what it gives does not hold.
    """
    copies = SealedFile.objects.filter(round=sealed.round_id, kind=FileKind.AUGMENTED)
    newest = copies.order_by("-pk").first()
    pdf = stamping.augment(bytes(newest.pdf if newest else sealed.pdf), service=service)
    report = stamping.validate(pdf, certificates=finishing.certificates_of())
    before = sealed.validation.get("attachments", report.attachments)
    if not (report.genuine and report.whole and report.attachments == before):
        raise finishing.NotSealed("Tidsstämpeln höll inte för kontrollen.", code="check")
    return keep(sealed, pdf, report)


@transaction.atomic
def keep(sealed: SealedMinutes, pdf: bytes, report: stamping.Report) -> SealedFile:
    meeting, now = moving.lock(sealed.meeting), timezone.now()
    kept = SealedFile.objects.create(
        meeting=meeting, round=sealed.round, kind=FileKind.AUGMENTED, pdf=pdf,
        pdf_sha256=snapshot.sha256_of(pdf), pages=sealed.pages, sealed_at=now,
        validation=finishing.noted(report, now),
    )  # fmt: skip
    audit.record(
        by=None, action="minutes.timestamped", council=meeting.council, subject=meeting,
        pdf_sha256=kept.pdf_sha256, of=sealed.pdf_sha256,
    )  # fmt: skip
    transaction.on_commit(lambda: exporting.export(kept.pdf_sha256, pdf), robust=True)
    return kept


def augment_next() -> SealedFile | None:
    """For the worker: a timestamp for one that has none, where a service is set."""
    global _resting_until
    now = time.monotonic()
    if not settings.TIMESTAMP_URL or now < _resting_until:
        return None
    passed_over = [pk for pk, until in _tried.items() if until > now]
    wanted = without_timestamp().exclude(pk__in=passed_over)
    sealed = wanted.select_related("meeting", "round").first()
    if sealed is None:
        return None
    try:
        return augment(sealed, service=stamping.service_at(settings.TIMESTAMP_URL))
    except stamping.Unreached as error:
        _resting_until = now + REST
        log.warning("no timestamp for %s: %s", sealed, error)
    except finishing.NotSealed as error:  # one that will not do must not stop the others
        _tried[sealed.pk] = now + REST
        log.warning("no timestamp for %s: %s", sealed, error)
    return None
