"""What a signer meets: the frozen text to read and act on, or what became of the round."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from meetings import access, archiving, life, secrecy, signing, snapshot, wording
from meetings.forms.proving import ProvingForm
from meetings.forms.reviewing import CommentForm, LateForm
from meetings.forms.signing import SigningForm
from meetings.models import RoundState, Signer, SigningRound, TextKind
from meetings.views.archiving import shown_document
from meetings.views.signing.proving import about_proving
from members.models import MinutesStyle
from members.views.person import person_of


@require_safe
@never_cache
def sign(request: HttpRequest, slug: str, key: str) -> HttpResponse:
    signer = access.signer_for(person_of(request), slug, key)
    if is_over(signer):
        return after(request, signer)
    return sign_page(request, signer, form_of(request, signer))


def is_over(signer: Signer) -> bool:
    """Nothing more is asked of the signer in this round."""
    return (
        signer.round.state != RoundState.OPEN
        or hasattr(signer, "approval")
        or Signer.objects.filter(stands_in_for=signer).exists()
    )


def form_of(request: HttpRequest, signer: Signer) -> SigningForm:
    minutes = archiving.minutes_to_sign(signer.round)
    return SigningForm(request.POST or None, signer=signer, minutes=minutes)


def sign_page(
    request: HttpRequest, signer: Signer, form: SigningForm, proof: ProvingForm | None = None
) -> HttpResponse:
    """The frozen text and the two ways on; or what became of the round if it closed meanwhile."""
    signer.round.refresh_from_db(fields=["state"])
    if is_over(signer):
        return after(request, signer, comment=form["comment"].value() or "")
    closed = secrecy.items_of(signer.round.version)
    secrecy.note_reading(by=signer.person, meeting=signer.round.meeting, items=closed, where="sign")
    context = {
        **about(signer),
        **shown_document(form.minutes),
        "closed": closed,
        "closed_file": closed_file_address(signer.round),
        "form": form.as_asked_for(),
        **about_proving(request, signer, proof or ProvingForm()),
        "consent": signing.consent_for(signer.round),
        "reading": signing.reading_of(signer),
        "text_id": snapshot.short_hash(signer.round.version.sha256),
    }
    return render(request, "meetings/signing/sign.html", context)


def after(
    request: HttpRequest, signer: Signer, comment: str = "", form: CommentForm | None = None
) -> HttpResponse:
    """Where a signer comes who has nothing left to do in this round: the receipt, or why."""
    meeting = signer.round.meeting
    stand_in = Signer.objects.filter(stands_in_for=signer).first()
    if signer.round.state in (RoundState.OPEN, RoundState.COMPLETED) and stand_in is None:
        return redirect("receipt", meeting.council.slug, meeting.key)
    late = signing.can_send_late(meeting, signer)
    context = {
        **about(signer),
        "replaced": signing.has_been_replaced(signer),
        "stand_in": stand_in,
        "approval": getattr(signer, "approval", None),
        "remarks": signing.remarks_of(meeting) if stand_in is None else [],
        "comment": comment,
        "late": late,
        "unsent": signing.reading_of(signer).proposals if late else [],
        "form": form or LateForm(initial={"comment": comment}),
    }
    return render(request, "meetings/signing/returned.html", context)


def about(signer: Signer) -> dict[str, object]:
    """What every page of a round tells: the meeting, the signer, and the others."""
    meeting, round_ = signer.round.meeting, signer.round
    return {
        "meeting": meeting,
        "steps": life.life_of(meeting),
        "the": wording.upper_first(signing.what_of(round_)),
        "what": signing.what_of(round_),
        "done": done_words(round_),
        "file": file_address(round_),
        "closed_paper": signing.is_closed_paper(round_),
        "unlocking": signing.request_of(round_) if round_.state == RoundState.OPEN else None,
        "signer": signer,
        "late": signer.round.due_on < timezone.localdate(),
        "others": signer.round.signers.required().exclude(pk=signer.pk).select_related("approval"),
    }


def done_words(round_: SigningRound) -> str:
    """ "justerat och låst", "godkända och låsta": agreeing with what is justerat."""
    if round_.kind == TextKind.CORRECTION:
        return "justerad och låst"
    headings = round_.meeting.minutes_style == MinutesStyle.HEADINGS
    whole = round_.kind == TextKind.MINUTES
    return "godkända och låsta" if headings and whole else "justerat och låst"


def file_address(round_: SigningRound) -> str:
    """Where the PDF of a round is."""
    where = [round_.meeting.council.slug, round_.meeting.key]
    if round_.kind == TextKind.MINUTES:
        return reverse("minutes_pdf", args=where)
    name = "at_once_pdf" if round_.kind == TextKind.EXTRACT else "correction_pdf"
    return reverse(name, args=[*where, round_.number])


def closed_file_address(round_: SigningRound) -> str:
    """Where the PDF of a round's closed part is, "" where nothing is closed."""
    if not secrecy.has_closed_part(round_.version):
        return ""
    where = [round_.meeting.council.slug, round_.meeting.key]
    if round_.kind == TextKind.CORRECTION:
        return reverse("closed_correction_pdf", args=[*where, round_.number])
    return reverse("closed_pdf", args=where)
