"""The archive, and the minutes of a meeting: on screen, as a file, and § by § as extracts."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_http_methods, require_safe

from meetings import access, archiving, life, naming, pdf, sealing, signing, snapshot
from meetings.minuting import printing
from meetings.models import SealedMinutes, TextKind
from members.access import visible_councils
from members.models import Council, Person
from members.roles import Right
from members.views.person import person_of

PER_PAGE = 50


@require_safe
def archive(request: HttpRequest) -> HttpResponse:
    user = person_of(request)
    councils = list(visible_councils(user))
    council, year = chosen(request, councils)
    counts = archiving.archive_years(user=user)
    meetings = archiving.archived_meetings(user=user, council=council, year=year)
    page = Paginator(meetings, PER_PAGE).get_page(request.GET.get("sida"))
    several = len(councils) > 1
    context = {
        "page": page,
        "council": council,
        "year": year,
        "councils": councils_with_counts(councils, counts, year) if several else [],
        "years": years_with_counts(counts, council),
        "several": several,
        "total": page.paginator.count,
    }
    return render(request, "meetings/archiving/archive.html", context)


def chosen(request: HttpRequest, councils: list[Council]) -> tuple[Council | None, int | None]:
    """The filters of the address: what is not there, or not one's own, filters nothing."""
    slug, year = request.GET.get("rad", ""), request.GET.get("ar", "")
    council = next((one for one in councils if one.slug == slug), None)
    plausible = len(year) == 4 and year.isascii() and year.isdigit() and int(year) > 0
    return council, int(year) if plausible else None


def councils_with_counts(
    councils: list[Council], counts: list[tuple[int, int, int]], year: int | None
) -> list[tuple[Council, str, int]]:
    names = naming.names_of(councils)
    return [
        (
            council,
            names[council.pk],
            sum(n for pk, y, n in counts if pk == council.pk and year in (None, y)),
        )
        for council in councils
    ]


def years_with_counts(
    counts: list[tuple[int, int, int]], council: Council | None
) -> list[tuple[int, int]]:
    """Newest first, with how many minutes each has in the council, or in all."""
    years: dict[int, int] = {}
    for pk, year, n in counts:
        if council is None or pk == council.pk:
            years[year] = years.get(year, 0) + n
    return sorted(years.items(), reverse=True)


@require_safe
def minutes(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    user = person_of(request)
    meeting = access.minutes_for(user, slug, key)
    read = archiving.minutes_of(meeting)
    document = shown_document(read, permalinks=read.sealed is not None)
    context = {
        **document,
        "meeting": meeting,
        "steps": life.life_of(meeting),
        "the": printing.the_document(meeting),
        "read": read,
        "text_id": snapshot.short_hash(read.standing.text_id),
        "file_hash": snapshot.grouped_hash(read.sealed.pdf_sha256) if read.sealed else "",
        "signers": read.round.signers.select_related("approval") if read.round else [],
        "attachments": access.papers_of(user, meeting),
        "writes": may_write(user, meeting.council_id),
        "corrections": signing.corrections_of(meeting) if read.sealed else [],
        "at_once": signing.sealed_at_once(meeting),
        "closed_part": access.reads_closed(user, meeting),
    }
    response = render(request, "meetings/archiving/minutes.html", context)
    patch_cache_control(response, private=True, no_cache=True)
    return response


def may_write(user: Person, council: int) -> bool:
    return Council.objects.visible_to(user, Right.WRITE).filter(pk=council).exists()


def shown_document(read: archiving.Minutes, *, permalinks: bool = False) -> dict[str, object]:
    """Context of print/_document.html for a page. With the arms it was frozen with."""
    arms = read.content["cover"]["arms_sha256"]
    town = read.meeting.council.municipality_id
    return pdf.minutes_context(
        snapshot=read.content,
        standing=read.standing,
        arms_src=reverse("arms", args=[town, arms]) if arms else "",
        permalinks=permalinks,
    )


@require_safe
def minutes_pdf(request: HttpRequest, slug: str, key: str) -> HttpResponseBase:
    """Sealed bytes as stored, for ever the same; before that the text as it stands, never kept."""
    user = person_of(request)
    sealed = access.sealed_seen_by(user, slug, key)
    if sealed is not None:
        return sealed_pdf(request, sealed)
    read = archiving.minutes_of(access.minutes_for(user, slug, key))
    response = as_pdf(archiving.file_of(read), read.filename)
    response["Cache-Control"] = "private, no-store"
    return response


def sealed_pdf(request: HttpRequest, sealed: SealedMinutes) -> HttpResponseBase:
    filename = archiving.file_name(sealed.meeting, sealing.read(sealed.version))
    etag = f'"{sealed.pdf_sha256}"'
    if request.headers.get("If-None-Match") in (etag, f"W/{etag}"):
        response = HttpResponse(status=304)
    elif request.method == "HEAD":
        response = as_pdf(b"", filename)
        response["Content-Length"] = str(archiving.size_of(sealed))
    else:
        response = as_pdf(archiving.bytes_of(sealed), filename)
    response["ETag"] = etag
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    return response


def as_pdf(content: bytes, filename: str, *, download: bool = False) -> HttpResponse:
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = content_disposition_header(download, filename) or ""
    return response


@require_safe
def at_once_pdf(request: HttpRequest, slug: str, key: str, number: int) -> HttpResponse:
    """What is adjusted at once, as a file of its own."""
    return paper_pdf(request, slug, key, TextKind.EXTRACT, number)


@require_safe
def correction_pdf(request: HttpRequest, slug: str, key: str, number: int) -> HttpResponse:
    return paper_pdf(request, slug, key, TextKind.CORRECTION, number)


def paper_pdf(
    request: HttpRequest, slug: str, key: str, kind: TextKind, number: int
) -> HttpResponse:
    round_ = access.paper_for(person_of(request), slug, key, kind, number)
    response = as_pdf(*archiving.paper_of(round_))
    response["Cache-Control"] = "private, no-cache"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
def extract_pdf(request: HttpRequest, slug: str, key: str, item: int) -> HttpResponse:
    """GET: a § as it stands in justerade minutes. POST, for the secretary: with the attestation."""
    user = person_of(request)
    sealed = access.sealed_for(user, slug, key)
    read = archiving.frozen_minutes(sealed.round)
    certify = request.method == "POST"
    if certify and not may_write(user, sealed.meeting.council_id):
        raise Http404("Bara sekreteraren kan bestyrka ett utdrag.")
    try:
        content = (
            archiving.certify_extract(by=user, minutes=read, item=item)
            if certify
            else archiving.extract_of(read, item)
        )
    except KeyError as error:
        raise Http404("Paragrafen finns inte.") from error
    response = as_pdf(content, read.filename_of(item), download=certify)
    response["Cache-Control"] = "private, no-cache"
    return response
