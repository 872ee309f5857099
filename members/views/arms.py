"""A municipality's arms, served so that even a drawing with something in it could do nothing."""

from __future__ import annotations

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from members.models import Municipality


@require_safe
def arms(request: HttpRequest, pk: int) -> HttpResponse:
    """Any signed-in person: municipal arms are public, only the installation's list is not."""
    drawing = (
        Municipality.objects.filter(pk=pk, arms__isnull=False).values_list("arms", "arms_type")
    ).first()
    if drawing is None:
        raise Http404("Kommunen har inget vapen här.")
    body = bytes(drawing[0])
    etag = f'"{hashlib.sha256(body).hexdigest()[:20]}"'
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponse(status=304)
    else:
        response = HttpResponse(body, content_type=drawing[1])
    response["ETag"] = etag
    response["Cache-Control"] = "private, max-age=3600"
    response["Content-Disposition"] = 'inline; filename="vapen.svg"'
    # In place of the site's policy: nothing runs, nothing is fetched; its own style rules may be.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
