"""Returning the minutes to writing, with remarks."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from meetings import access, signing
from meetings.views.signing.reading import form_of, sign_page
from members.views.errors import add_errors
from members.views.person import person_of


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
            signing.return_minutes(by=person, signer=signer, comment=form.cleaned_data["comment"])
        except ValidationError as error:
            add_errors(form, error)
        else:
            return redirect("sign", slug, key)
    return sign_page(request, signer, form)
