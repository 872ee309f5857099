"""Before justering, and justering: check and send; read, approve or return; the receipt."""

from __future__ import annotations

import datetime
import ipaddress

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from meetings import (
    access,
    archiving,
    life,
    minuting,
    moving,
    proving,
    signing,
    snapshot,
    wording,
)
from meetings.forms.signing import SigningForm
from meetings.minuting import printing
from meetings.models import Meeting, RoundState, Signer
from meetings.states import State
from meetings.views.archiving import shown_document
from members.models import MinutesStyle
from members.roles import Right
from members.views.errors import add_errors
from members.views.person import person_of


@require_safe
def check(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    meeting = access.meeting_for(person_of(request), slug, key, may=Right.WRITE)
    if meeting.state != State.MINUTING:
        messages.info(request, moving.CLOSED[State(meeting.state)])
        return redirect("meeting", slug, key)
    found = [(problem, place_of(meeting, problem)) for problem in minuting.problems(meeting)]
    signers = printing.signers_of(meeting)
    context = {
        "meeting": meeting,
        "steps": life.life_of(meeting),
        "the": printing.the_document(meeting),
        "names": wording.joined([person.name for _, person in signers if person]),
        "blocking": [line for line in found if line[0].blocking],
        "warnings": [line for line in found if not line[0].blocking],
        "signers": signers,
        "due": signing.due_on(meeting),
        "remarks": signing.remarks_of(meeting),
    }
    return render(request, "meetings/signing/check.html", context)


def place_of(meeting: Meeting, problem: minuting.Problem) -> tuple[str, str]:
    """Where a problem is mended: address and words of the link."""
    slug, key = meeting.council.slug, meeting.key
    if problem.place == "register":
        return reverse("register", args=[slug]), "Till registret"
    if problem.place == "meeting":
        return reverse("change_meeting", args=[slug, key]), "Till mötets uppgifter"
    words = "Till närvaron" if problem.place == "attendance" else "Till texten"
    return f"{reverse('desk', args=[slug, key])}#{problem.place}", words


@require_http_methods(["GET", "HEAD", "POST"])
def open_round(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    by = person_of(request)
    meeting = access.meeting_for(by, slug, key, may=Right.WRITE)
    if request.method != "POST":
        return redirect("check", slug, key)
    try:
        opened = signing.open_round(by=by, meeting=meeting)
    except ValidationError as error:
        for sentence in error.messages:
            messages.error(request, sentence)
        return redirect("check", slug, key)
    names = wording.joined([signer.name for signer in opened.signers.all()])
    messages.success(request, f"Skickat till justering. Mejl är på väg till {names}.")
    return redirect("meeting", slug, key)


@require_safe
@never_cache
def sign(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    signer = access.signer_for(person_of(request), slug, key)
    if signer.round.state != RoundState.OPEN or hasattr(signer, "approval"):
        return after(request, signer)
    return sign_page(request, signer, form_of(request, signer))


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
@never_cache
def approve(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    person = person_of(request)
    signer = access.signer_for(person, slug, key)
    if request.method != "POST" or hasattr(signer, "approval"):
        return redirect("sign", slug, key)
    form = form_of(request, signer)
    if form.is_valid() and form.asks_for_password():
        try:
            signing.approve(
                by=person, signer=signer, shown_sha256=form.cleaned_data["shown"],
                answer=form.cleaned_data, address=address_of(request),
                user_agent=request.headers.get("User-Agent", ""),
            )  # fmt: skip
        except proving.Refused as error:
            form.add_error("password", error)
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect("receipt", slug, key)
    return sign_page(request, signer, form)


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
@never_cache
def return_minutes(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    person = person_of(request)
    signer = access.signer_for(person, slug, key)
    if request.method != "POST":
        return redirect("sign", slug, key)
    form = form_of(request, signer)
    if form.is_valid():
        try:
            signing.return_minutes(
                by=person,
                signer=signer,
                comment=form.cleaned_data["comment"],
                item=form.cleaned_data["item"],
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect("sign", slug, key)
    return sign_page(request, signer, form)


def form_of(request: HttpRequest, signer: Signer) -> SigningForm:
    minutes = archiving.frozen_minutes(signer.round)
    return SigningForm(request.POST or None, signer=signer, minutes=minutes)


def sign_page(request: HttpRequest, signer: Signer, form: SigningForm) -> HttpResponse:
    """The frozen text and the two ways on; or what became of the round if it closed meanwhile."""
    signer.round.refresh_from_db(fields=["state"])
    if signer.round.state != RoundState.OPEN:
        return after(request, signer, comment=form["comment"].value() or "")
    context = {
        **about(signer),
        **shown_document(form.minutes),
        "form": form.as_asked_for(),
        "challenge": signing.start(signer=signer),
        "consent": signing.consent_for(signer.round.meeting),
        "shown": signer.round.version.sha256,
        "text_id": snapshot.short_hash(signer.round.version.sha256),
        "method": proving.provider_for(signer.round.meeting.council.approval_level).method,
    }
    return render(request, "meetings/signing/sign.html", context)


def after(request: HttpRequest, signer: Signer, comment: str = "") -> HttpResponse:
    """Where a signer comes who has nothing left to do in this round: the receipt, or why."""
    meeting = signer.round.meeting
    if signer.round.state != RoundState.RETURNED:
        return redirect("receipt", meeting.council.slug, meeting.key)
    context = {
        **about(signer),
        "replaced": signing.has_been_replaced(signer),
        "approval": getattr(signer, "approval", None),
        "remarks": signing.remarks_of(meeting),
        "comment": comment,
    }
    return render(request, "meetings/signing/returned.html", context)


@require_safe
@never_cache
def receipt(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    signer = access.signer_for(person_of(request), slug, key)
    approval = getattr(signer, "approval", None)
    if approval is None or signer.round.state == RoundState.RETURNED:
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
    }
    return render(request, "meetings/signing/receipt.html", context)


def when(moment: datetime.datetime) -> str:
    """ "Torsdag 19 mars 2026 kl. 18.07"."""
    local = moment.astimezone(wording.HERE)
    day = wording.upper_first(wording.named_date(local.date()))
    return f"{day} kl.{wording.NBSP}{local.hour}.{local.minute:02d}"


def about(signer: Signer) -> dict[str, object]:
    """What every page of a round tells: the meeting, the signer, and the others."""
    meeting = signer.round.meeting
    return {
        "meeting": meeting,
        "steps": life.life_of(meeting),
        "the": printing.the_document(meeting),
        "done": done_words(meeting),
        "signer": signer,
        "late": signer.round.due_on < timezone.localdate(),
        "others": signer.round.signers.exclude(pk=signer.pk).select_related("approval"),
    }


def done_words(meeting: Meeting) -> str:
    """ "justerat och låst", "godkända och låsta": agreeing with the_document."""
    headings = meeting.minutes_style == MinutesStyle.HEADINGS
    return "godkända och låsta" if headings else "justerat och låst"


def address_of(request: HttpRequest) -> str | None:
    """Where the request came from; behind the README's proxy, what the proxy says."""
    said = request.META.get("REMOTE_ADDR", "")
    if settings.SECURE_PROXY_SSL_HEADER:
        said = request.headers.get("X-Forwarded-For", said).rsplit(",", 1)[-1].strip()
    try:
        return str(ipaddress.ip_address(said))
    except ValueError:
        return None
