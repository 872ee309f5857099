"""The draft's pages beside its text on the desk: what there is, and a page as a picture."""

from __future__ import annotations

import base64

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from meetings import access, pdf, previewing
from meetings.models import Meeting
from meetings.states import State
from meetings.views import answers
from members.roles import Right
from members.views.person import person_of

WAIT = "Flera papper görs just nu. Försök igen om några sekunder."
FAILED = "Sidorna kunde inte göras. Det du har skrivit är sparat. Försök igen om en stund."


@require_safe
def preview(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """The pages, with the one where a § begins (?punkt=) in the answer itself, so that it is seen
    at once. Without scripts: the file."""
    meeting = meeting_written(request, slug, key)
    if not answers.is_fetch(request):
        return redirect("minutes_pdf", slug, key)
    try:
        made = previewing.preview_of(meeting)
    except previewing.Busy:
        return no_store(JsonResponse({"message": WAIT}, status=503))
    except pdf.RenderingError:
        return no_store(JsonResponse({"message": FAILED}, status=500))
    if request.GET.get("text") == made.text:
        return no_store(JsonResponse({"text": made.text}))
    return no_store(JsonResponse(shown(meeting, made, request.GET.get("punkt", ""))))


def shown(meeting: Meeting, made: previewing.Preview, item: str) -> dict[str, object]:
    first = made.places.get(int(item), 1) if item.isascii() and item.isdigit() else 1
    pages = [
        {"alt": alt, "src": address(meeting, made, number)}
        for number, alt in enumerate(made.pages, start=1)
    ]
    encoded = base64.b64encode(previewing.picture(made, first)).decode()
    pages[first - 1]["src"] = f"data:image/png;base64,{encoded}"
    return {"text": made.text, "made": made.made, "first": first, "pages": pages}


def address(meeting: Meeting, made: previewing.Preview, number: int) -> str:
    page = reverse("preview_page", args=[meeting.council.slug, meeting.key, number])
    return f"{page}?text={made.text}"


@require_safe
def preview_page(request: HttpRequest, slug: str, key: str, number: int) -> HttpResponse:
    """A page of the text that is told; 404 when that text is written over since."""
    meeting = meeting_written(request, slug, key)
    try:
        made = previewing.preview_of(meeting)
        if request.GET.get("text", made.text) != made.text:
            raise Http404("Texten har ändrats.")
        return no_store(HttpResponse(previewing.picture(made, number), content_type="image/png"))
    except IndexError as error:
        raise Http404("Sidan finns inte.") from error
    except (previewing.Busy, pdf.RenderingError):
        return no_store(HttpResponse(WAIT, status=503, content_type="text/plain; charset=utf-8"))


def meeting_written(request: HttpRequest, slug: str, key: str) -> Meeting:
    """A meeting whose minutes the person writes now."""
    meeting = access.meeting_for(person_of(request), slug, key, may=Right.WRITE)
    if meeting.state != State.MINUTING:
        raise Http404(access.NOT_HERE)
    return meeting


def no_store(response: HttpResponse) -> HttpResponse:
    """Drafts are kept in no cache of a browser."""
    response["Cache-Control"] = "private, no-store"
    return response
