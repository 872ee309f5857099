"""Kontrollera protokoll: open to the world, without cookies. The hash first, the file second.

Nothing is changed by these addresses and nothing of the visitor is used, so they ask for no CSRF
token: a page that keeps no cookie can be used by anyone, from anywhere, with cookies refused.
"""

from __future__ import annotations

import ipaddress
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from meetings import snapshot, verifying
from meetings.forms.verifying import FileForm, HashForm
from meetings.verifying import inspection, limiting
from meetings.views import answers
from meetings.views.signing import approving

PAGE = "meetings/verifying/verify.html"
WRAPPING = 64 * 1024  # bytes of a request around the file in it
TOO_MANY = "Du har kontrollerat många filer på kort tid. Vänta en minut och försök igen."
BUSY = "Många kontrollerar filer just nu. Vänta en stund och försök igen."
TOO_LARGE = (
    f"Filen är för stor för att skickas hit. Den får vara högst {verifying.LARGEST_TOLD}. "
    "Räkna ut filens kontrollsumma själv och klistra in den i stället."
)


@require_safe
@login_not_required
def verify(request: HttpRequest) -> HttpResponse:
    return shown(request)


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_exempt
@never_cache
@login_not_required
def verify_hash(request: HttpRequest) -> HttpResponse:
    """Is this hash in the register? A script gets the answer alone, others the page."""
    if request.method != "POST":
        return redirect("verify")
    if not limiting.allow("hash", visitor(request)):
        return refused(request, TOO_MANY, 429)
    form = HashForm(request.POST)
    if form.is_valid():
        return answered(request, verifying.judge_hash(form.cleaned_data["sha256"]))
    if answers.is_fetch(request):
        return answers.refusal(form)
    return shown(request, hash_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@csrf_exempt
@never_cache
@login_not_required
def verify_file(request: HttpRequest) -> HttpResponse:
    """A file sent here. Too large a one is refused before it is read."""
    if request.method != "POST":
        return redirect("verify")
    if not limiting.allow("file", visitor(request)):
        return refused(request, TOO_MANY, 429)
    if announced(request) > verifying.LARGEST + WRAPPING:
        verifying.refuse_large()
        return refused(request, TOO_LARGE, 413)
    form = FileForm(request.POST, request.FILES)
    if not form.is_valid():
        return shown(request, file_form=form)
    try:
        return answered(request, verifying.judge_file(form.cleaned_data["file"].file))
    except inspection.Busy:
        return refused(request, BUSY, 503)


def announced(request: HttpRequest) -> int:
    """How many bytes the request says that it has."""
    said = request.META.get("CONTENT_LENGTH") or "0"
    return int(said) if said.isascii() and said.isdigit() else 0


def visitor(request: HttpRequest) -> str:
    """The address, or the network of one that has many to choose among."""
    said = approving.address_of(request) or "?"
    if ":" in said:
        return str(ipaddress.ip_network(f"{said}/64", strict=False).network_address)
    return said


def answered(request: HttpRequest, answer: verifying.Answer) -> HttpResponse:
    context: dict[str, Any] = {"answer": answer, "grouped": snapshot.grouped_hash(answer.sha256)}
    if answers.is_fetch(request):
        html = render_to_string("meetings/verifying/_answer.html", context, request)
        return JsonResponse({"html": html, "verdict": answer.verdict})
    return shown(request, **context)


def refused(request: HttpRequest, words: str, status: int) -> HttpResponse:
    if answers.is_fetch(request):
        return JsonResponse({"message": words}, status=status)
    return shown(request, status=status, refusal=words)


def shown(request: HttpRequest, status: int = 200, **context: Any) -> HttpResponse:
    forms = {"hash_form": HashForm(), "file_form": FileForm()}
    more = {"largest": verifying.LARGEST, "too_large": TOO_LARGE, "verdicts": verifying.Verdict}
    return render(request, PAGE, forms | more | context, status=status)
