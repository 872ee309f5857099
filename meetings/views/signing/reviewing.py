"""Marks under each §: no remarks, or a change proposed. In place by script, else page by page."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from meetings import access, comparing, secrecy, signing
from meetings.forms.reviewing import CommentForm, LateForm, ProposalForm
from meetings.models import AgendaItem, RoundState, Signer, Verdict
from meetings.views import answers
from meetings.views.signing import reading
from members.views.errors import add_errors
from members.views.person import person_of

TEMPLATES = "meetings/signing/"


def place_of(request: HttpRequest, slug: str, key: str, pk: int) -> tuple[Signer, AgendaItem]:
    """The signer's place and an item of their meeting; else Http404."""
    signer = access.signer_for(person_of(request), slug, key)
    return signer, access.found(AgendaItem.objects.filter(meeting=signer.round.meeting_id, pk=pk))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def mark_item(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """No remarks on one item; an earlier proposal is taken away."""
    signer, item = place_of(request, slug, key, pk)
    if request.method != "POST":
        return redirect("sign", slug, key)
    try:
        signing.mark_item(by=signer.person, signer=signer, item=item, verdict=Verdict.NO_REMARKS)
    except ValidationError as error:
        return refused(request, signer, error)
    return marked(request, signer, [item.pk])


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def mark_rest(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """No remarks on every item that is not marked."""
    signer = access.signer_for(person_of(request), slug, key)
    if request.method != "POST":
        return redirect("sign", slug, key)
    try:
        signing.mark_rest(by=signer.person, signer=signer)
    except ValidationError as error:
        return refused(request, signer, error)
    return marked(request, signer, None)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def propose(request: HttpRequest, slug: str, key: str, pk: int) -> HttpResponse:
    """The item's wording as fields to change, and why."""
    signer, item = place_of(request, slug, key, pk)
    closed = signer.round.state != RoundState.OPEN or hasattr(signer, "approval")
    if request.method != "POST" and closed:
        return redirect("sign", slug, key)
    form = form_of(request, signer, item)
    if request.method == "POST" and form.is_valid():
        try:
            signing.mark_item(
                by=signer.person, signer=signer, item=item, verdict=Verdict.CHANGE,
                comment=form.cleaned_data["comment"], typed=form.typed(),
            )  # fmt: skip
        except ValidationError as error:
            add_errors(form, error)
        else:
            return marked(request, signer, [item.pk])
    return proposal_page(request, signer, item, form)


def form_of(request: HttpRequest, signer: Signer, item: AgendaItem) -> ProposalForm:
    try:
        line = signing.line_for(signer, item)
    except ValidationError as error:
        raise Http404(access.NOT_HERE) from error
    review = signer.reviews.filter(item=item).first()
    return ProposalForm(request.POST or None, line=line, review=review)


def proposal_page(
    request: HttpRequest, signer: Signer, item: AgendaItem, form: ProposalForm
) -> HttpResponse:
    """The form on a page, or to a script alone; with what was typed when it was refused.

    When the round has closed meanwhile, the words can still be sent to the secretary.
    """
    signer.round.refresh_from_db(fields=["state"])
    line = signing.line_for(signer, item)
    if "withheld" not in line:
        secrecy.note_reading(
            by=signer.person, meeting=signer.round.meeting, items=[item], where="propose"
        )
    context = {
        **reading.about(signer),
        "form": form.as_asked_for(),
        "item": item,
        "line": line,
        "name": comparing.name_of(line),
        "late": signing.can_send_late(signer.round.meeting, signer),
        "closed": signer.round.state != RoundState.OPEN,
        "in_place": answers.is_fetch(request),
    }
    if not answers.is_fetch(request):
        return render(request, f"{TEMPLATES}propose.html", context)
    html = render_to_string(f"{TEMPLATES}_proposal.html", context, request)
    if form.is_bound:
        return answers.refusal(form, html=html)
    return JsonResponse({"html": html})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def send_late(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    """Send what one had marked or written when somebody else closed the round."""
    signer = access.signer_for(person_of(request), slug, key)
    pk = request.POST.get("item", "")
    item = (
        AgendaItem.objects.filter(meeting=signer.round.meeting_id, pk=int(pk)).first()
        if pk.isascii() and pk.isdecimal() and len(pk) < 19
        else None
    )
    if request.method != "POST":
        return redirect("sign", slug, key)
    form: CommentForm = form_of(request, signer, item) if item else LateForm(request.POST)
    if form.is_valid():
        typed = form.typed() if isinstance(form, ProposalForm) else {}
        try:
            signing.send_late(
                by=signer.person, signer=signer, comment=form.cleaned_data["comment"],
                item=item, typed=typed,
            )  # fmt: skip
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect("sign", slug, key)
    if item is not None and isinstance(form, ProposalForm):
        return proposal_page(request, signer, item, form)
    return reading.after(request, signer, comment=request.POST.get("comment", ""), form=form)


def marked(request: HttpRequest, signer: Signer, items: list[int] | None) -> HttpResponse:
    """Back to the § on the page; to a script what has changed of the page."""
    meeting = signer.round.meeting
    url = reverse("sign", args=[meeting.council.slug, meeting.key])
    if not answers.is_fetch(request):
        return redirect(f"{url}#las-{items[0]}" if items else f"{url}#slutet")
    signer = access.signer_for(person_of(request), meeting.council.slug, meeting.key)
    seen = signing.reading_of(signer)
    context = {**reading.about(signer), "reading": seen}

    def part(template: str, **more: Any) -> str:
        return render_to_string(f"{TEMPLATES}{template}", context | more, request)

    parts = {
        f"marks-{entry.key}": part("_marks.html", entry=entry)
        for entry in seen.entries
        if not entry.folded and (items is None or entry.key in items)
    }
    return JsonResponse(
        {
            "parts": parts | {"slutet": part("_progress.html")},
            "proposals": len(seen.proposals),
            "said": said(seen, items),
        }
    )


def said(seen: signing.Reading, items: list[int] | None) -> str:
    """What a screen reader says after a press."""
    left = len(seen.open)
    rest = "Alla är markerade." if not left else f"{left} kvar att markera."
    if items is None:
        return rest
    entry = next(one for one in seen.entries if one.key == items[0])
    words = "förslaget är sparat" if entry.wants_change else "inga synpunkter"
    return f"{entry.name}: {words}. {rest}"


def refused(request: HttpRequest, signer: Signer, error: ValidationError) -> HttpResponse:
    """The round closed meanwhile, or somebody stands in: the page tells what became of it."""
    if answers.is_fetch(request):
        return answers.refusal(error)
    return redirect("sign", signer.round.meeting.council.slug, signer.round.meeting.key)
