"""The receipt: who approved what, when and how, and what happens next."""

from __future__ import annotations

import datetime

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meetings import access, archiving, proving, signing, snapshot, wording
from meetings.models import RoundState
from meetings.views.signing.reading import about, closed_file_address
from members.views.person import person_of


@require_safe
@never_cache
def receipt(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    signer = access.signer_for(person_of(request), slug, key)
    approval = getattr(signer, "approval", None)
    if approval is None or signer.round.state not in (RoundState.OPEN, RoundState.COMPLETED):
        return redirect("sign", slug, key)
    minutes = archiving.frozen_minutes(signer.round)
    last = signer.round.approvals.order_by("-at", "-pk").first()
    context = {
        **about(signer),
        "approval": approval,
        "approved_when": when(approval.at),
        "was_last": last == approval,
        "waiting": signing.waiting_for(signer.round),
        "cover": minutes.content["cover"],
        "method": proving.provider_for(approval.method).method,
        "text_id": snapshot.short_hash(approval.snapshot_sha256),
        "sealed": minutes.sealed,
        "closed_file": closed_file_address(signer.round),
    }
    return render(request, "meetings/signing/receipt.html", context)


def when(moment: datetime.datetime) -> str:
    """ "Torsdag 19 mars 2026 kl. 18.07"."""
    local = moment.astimezone(wording.HERE)
    day = wording.upper_first(wording.named_date(local.date()))
    return f"{day} kl.{wording.NBSP}{local.hour}.{local.minute:02d}"
