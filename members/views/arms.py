"""A municipality's arms, served so that even a drawing with something in it could do nothing."""

from __future__ import annotations

import hashlib

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from members import access
from members.models import Municipality
from members.views.person import person_of


@require_safe
def arms(request: HttpRequest, pk: int) -> HttpResponse:
    """For who may read a council of the municipality, and for the installation's administrator."""
    person = person_of(request)
    mine = Municipality.objects.filter(pk=pk, arms__isnull=False)
    if not person.is_staff:
        mine = mine.filter(
            pk__in=access.visible_councils(person).values("municipality")
        ) | mine.administered_by(person)
    drawing = mine.values_list("arms", "arms_type").first()
    if drawing is None or drawing[0] is None:
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
