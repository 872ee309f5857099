"""Search in justerade minutes."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from meetings import naming, searching, signing, wording
from meetings.views.archiving import chosen
from members.access import visible_councils
from members.views.person import person_of

PER_PAGE = 20


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    user = person_of(request)
    councils = list(visible_councils(user))
    council, year = chosen(request, councils)
    words = request.GET.get("q", "")
    oldest = request.GET.get("ordning") == "aldst"
    number = page_number(request)
    result = searching.search(
        user=user, words=words, council=council, year=year, oldest_first=oldest,
        page=number, per_page=PER_PAGE,
    )  # fmt: skip
    names = naming.names_of(councils)
    corrected = signing.corrected_items({row.meeting_id for row in result.rows})
    for row in result.rows:
        row.corrected = (row.meeting_id, row.item_key) in corrected
        row.council_name = names[row.council_id]
        row.actions_said = f"{wording.number_word(row.action_count)} uppdrag"
    context = {
        "words": searching.tidy(words),
        "result": result,
        "page": Paginator(range(result.total), PER_PAGE).get_page(number),
        "council": council,
        "year": year,
        "oldest": oldest,
        "councils": [
            (one, names[one.pk], result.councils[one.pk])
            for one in councils
            if one.pk in result.councils
        ]
        if len(councils) > 1
        else [],
        "several": len(councils) > 1,
    }
    return render(request, "meetings/searching/search.html", context)


def page_number(request: HttpRequest) -> int:
    said = request.GET.get("sida", "")
    return int(said) if said.isascii() and said.isdigit() and len(said) < 6 else 1
