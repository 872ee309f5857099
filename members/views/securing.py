"""What an administrator does for somebody who has lost a second factor."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from members import access, securing
from members.forms.securing import ResetForm
from members.roles import Right
from members.views.errors import add_errors
from members.views.person import person_of


@require_http_methods(["GET", "HEAD", "POST"])
def reset_sign_in(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    by = person_of(request)
    mandate = access.mandate_for(by, slug, pk, may=Right.RESET_SIGN_IN)
    form = ResetForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            securing.remove_second_factor(
                by=by, council=mandate.council, person=mandate.person, **form.cleaned_data
            )
        except ValidationError as error:
            add_errors(form, error)
        else:
            messages.success(
                request, f"Borttaget. {mandate.person} har fått ett mejl om hur det går vidare."
            )
            return redirect("change_member", slug, pk)
    context = {"council": mandate.council, "mandate": mandate, "form": form}
    return render(request, "members/securing/reset_sign_in.html", context)
