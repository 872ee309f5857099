"""A municipality's arms, served so that even a drawing with something in it could do nothing."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from members import access
from members.models import Arms, Municipality
from members.views.person import person_of

# A drawing at an address is never changed: other arms have an address of their own.
KEEP = "private, max-age=31536000, immutable"


@require_safe
def arms(request: HttpRequest, pk: int, sha256: str) -> HttpResponse:
    """Arms that a municipality has or has had. For who may read a council of it, and for the
    administrators of it and of the installation."""
    person = person_of(request)
    theirs = Arms.objects.filter(municipality=pk)
    if not person.is_staff:
        councils = access.visible_councils(person)
        mine = Municipality.objects.filter(pk__in=councils.values("municipality"))
        theirs = theirs.filter(municipality__in=mine | Municipality.objects.administered_by(person))
    drawing = theirs.drawing(sha256)
    if drawing is None:
        raise Http404("Kommunen har inget vapen här.")
    response = HttpResponse(drawing, content_type="image/svg+xml")
    response["Cache-Control"] = KEEP
    response["Content-Disposition"] = 'inline; filename="vapen.svg"'
    # In place of the site's policy: nothing runs, nothing is fetched; its own style rules may be.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
