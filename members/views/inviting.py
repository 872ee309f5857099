"""The way in for somebody invited: follow the link, choose a password, be signed in."""

from __future__ import annotations

from allauth.account.internal.flows.login import perform_password_login
from allauth.account.models import Login
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from members import joining
from members.forms.inviting import PasswordForm
from members.models import Council, Person

SESSION_KEY = "invitation"


@require_safe
@login_not_required
@never_cache
def invitation(request: HttpRequest, uid: str, token: str) -> HttpResponse:
    """Move the secret from the address bar into the session. Changes nothing else: mail
    scanners open links, and so does a browser that looks ahead."""
    request.session[SESSION_KEY] = [uid, token]
    return redirect("choose_password")


@require_http_methods(["GET", "HEAD", "POST"])
@sensitive_post_parameters("password")
@login_not_required
@never_cache
def choose_password(request: HttpRequest) -> HttpResponse:
    person = invited(request)
    if person is None:
        return render(request, "members/inviting/link_is_dead.html", status=410)
    form = PasswordForm(request.POST or None, person=person)
    if request.method == "POST" and form.is_valid():
        try:
            joining.accept_invitation(person=person, password=form.cleaned_data["password"])
        except ValidationError:  # the other window was faster
            return render(request, "members/inviting/link_is_dead.html", status=410)
        return signed_in(request, person)
    context = {"form": form, "person": person, "councils": councils_of(person)}
    return render(request, "members/inviting/choose_password.html", context)


def invited(request: HttpRequest) -> Person | None:
    """Whom the link in the session is for, while it holds."""
    kept = request.session.get(SESSION_KEY)
    if not isinstance(kept, list) or len(kept) != 2:
        return None
    return joining.invited_person(*map(str, kept))


def signed_in(request: HttpRequest, person: Person) -> HttpResponse:
    """Sign in as allauth does, so that it remembers how and when the password was given."""
    request.session.pop(SESSION_KEY, None)
    person.refresh_from_db()
    return perform_password_login(
        request, {"email": person.email}, Login(user=person, email=person.email)
    )


def councils_of(person: Person) -> list[Council]:
    seats = person.mandates.not_ended(timezone.localdate()).select_related("council")
    return list({seat.council_id: seat.council for seat in seats}.values())
