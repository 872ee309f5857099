"""Pages that anybody may read: what this is, and how accessible it is."""

from __future__ import annotations

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe


@require_safe
@login_not_required
def accessibility(request: HttpRequest) -> HttpResponse:
    return render(request, "members/pages/accessibility.html")


@require_safe
@login_not_required
def about(request: HttpRequest) -> HttpResponse:
    return render(request, "members/pages/about.html")
