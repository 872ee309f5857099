"""How signing in behaves here: closed sign-up, mail through our outbox, nothing typed is lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode, urlsplit

from allauth.account.adapter import DefaultAccountAdapter
from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.cache import patch_cache_control
from django.utils.http import url_has_allowed_host_and_scheme

from members import joining, mail, securing
from members.models import Person

# allauth's letters that we write ourselves, in templates/mail/. The others are never sent with
# our settings, and go out as allauth words them if they should be.
LETTERS = {
    "account/email/password_reset_key": "password_reset",
    "account/email/email_confirmation": "confirm_address",
    "account/email/email_confirmation_signup": "confirm_address",
}

# allauth's notices of a changed way in, each with the trail's action (members.securing.telling).
CHANGES = {
    "account/email/password_reset": "credential.password_reset",
    "account/email/password_changed": "credential.password_changed",
    "account/email/password_set": "credential.password_set",
    "mfa/email/webauthn_added": "credential.passkey_added",
    "mfa/email/webauthn_removed": "credential.passkey_removed",
    "mfa/email/totp_activated": "credential.codes_added",
    "mfa/email/totp_deactivated": "credential.codes_removed",
    "mfa/email/recovery_codes_generated": "credential.recovery_renewed",
}
# What to do in place of the password, where one is asked to show again that it is oneself.
AGAIN = {
    "reauthenticate": "Skriv lösenordet",
    "mfa_reauthenticate": "Skriv en engångskod",
    "mfa_reauthenticate:webauthn": "Använd din passkey",
}

# What a field is called where it is shown outside its form. Others are shown without a name.
LABELS = {
    "name": "Namn",
    "email": "E-post",
    "organisation": "Organisation",
    "title": "Titel",
    "heading": "Rubrik",
    "text": "Text",
    "place": "Plats",
    "comment": "Kommentar",
    "decision": "Beslut",
}
NOT_TYPED = frozenset({"csrfmiddlewaretoken", "next"})

SELF_EVIDENT = frozenset(
    {
        "account/messages/logged_in.txt",
        "account/messages/logged_out.txt",
        "mfa/messages/recovery_codes_generated.txt",
    }
)


class AccountAdapter(DefaultAccountAdapter):
    # allauth's Swedish has "Epost-adressen och/eller lösenordet är felaktigt".
    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "E-postadressen eller lösenordet stämmer inte.",
        "enter_current_password": "Det är inte ditt nuvarande lösenord.",
        "incorrect_password": "Lösenordet stämmer inte.",
        "too_many_login_attempts": "Det blev för många försök. Vänta en stund och försök igen.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: accounts begin with an invitation (members.joining)."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue what allauth wants to say; a slow mail server must not hold up a sign-in."""
        letter = LETTERS.get(template_prefix)
        if letter is None:
            message = self.render_mail(template_prefix, email, {"request": self.request, **context})
            subject, body = str(message.subject), str(message.body)
        else:
            subject = render_to_string(f"mail/{letter}.subject.txt", context)
            body = render_to_string(f"mail/{letter}.txt", context).strip() + "\n"
        mail.queue(to=email, subject=subject, body=body)

    def send_notification_mail(
        self,
        template_prefix: str,
        user: Person,
        context: dict[str, Any] | None = None,
        email: str | None = None,
    ) -> None:
        """Tell of a changed way in: a letter in our words, and an entry in the trail."""
        change = CHANGES.get(template_prefix)
        if change is None:
            super().send_notification_mail(template_prefix, user, context, email)
        elif user.email:
            securing.tell(person=user, change=change, address=email or user.email)

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """A passkey first, if there is one: it is the quickest. In our words."""
        methods = super().get_reauthentication_methods(user)
        for method in methods:
            method["description"] = AGAIN[method["id"]]
        return sorted(methods, key=lambda method: method["id"] != "mfa_reauthenticate:webauthn")

    def set_password(self, user: Person, password: str) -> None:
        """A first password through "Glömt lösenord" is an invitation accepted by another mail."""
        if user.has_usable_password():
            super().set_password(user, password)
        else:
            joining.accept_invitation(person=user, password=password)
            user.refresh_from_db()

    def add_message(
        self,
        request: HttpRequest,
        level: int,
        message_template: str | None = None,
        message_context: dict[str, Any] | None = None,
        extra_tags: str = "",
        message: str | None = None,
    ) -> None:
        """Say what cannot be seen; that one is signed in, or out, the page shows by itself."""
        if message_template not in SELF_EVIDENT:
            super().add_message(
                request, level, message_template, message_context, extra_tags, message
            )


class LoginRequired(LoginRequiredMiddleware):
    """Django's, but a POST whose session has ended gets back what was typed in it.

    A page that stays open says in X-Person whose it is: when somebody else has signed in in that
    browser meanwhile, nothing of the first one's is done in the other's name.
    """

    def process_view(
        self,
        request: HttpRequest,
        view_func: Callable[..., HttpResponseBase],
        view_args: tuple[Any, ...],
        view_kwargs: dict[str, Any],
    ) -> HttpResponseBase | None:
        whose = request.headers.get("X-Person", "")
        if whose and request.user.is_authenticated and whose != str(request.user.pk):
            message = f"{request.user} är inloggad i den här webbläsaren nu."
            return JsonResponse({"error": "other_person", "message": message}, status=409)
        return super().process_view(request, view_func, view_args, view_kwargs)

    def handle_no_permission(  # type: ignore[override]  # Django promises only a redirect
        self, request: HttpRequest, view_func: Callable[..., HttpResponseBase]
    ) -> HttpResponseBase:
        if "HX-Request" in request.headers or request.headers.get("X-Requested-With") == "fetch":
            return JsonResponse(
                {
                    "error": "signed_out",
                    "message": "Du har blivit utloggad. Logga in i en annan flik och försök igen.",
                },
                status=401,
            )
        if request.method == "POST":
            return signed_out(request)
        return super().handle_no_permission(request, view_func)


class Sessions(SessionMiddleware):
    """Django's, but for one thing: only an answer that ends a session takes its cookie away.

    Django does so in every answer to a cookie whose session is gone. One that comes late, to a
    save of before, would take the cookie of somebody who has signed in since: they were signed
    out again at once.
    """

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        response = super().process_response(request, response)
        if not request.session.modified and request.session.is_empty():
            response.cookies.pop(settings.SESSION_COOKIE_NAME, None)
        return response


class Unkept:
    """A browser keeps no page that was shown to somebody signed in.

    Back would show it after they have signed out, and show a meeting as it was before the last
    press. Files say themselves how long they may be kept.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        kind = response.headers.get("Content-Type", "")
        if kind.startswith(("text/html", "application/json")) and request.user.is_authenticated:
            patch_cache_control(response, private=True, no_store=True)
        return response


def signed_out(request: HttpRequest) -> HttpResponse:
    """What was typed, ready to copy, and a way to sign in that comes back to the page."""
    context = {"typed": typed(request), "next_query": urlencode({"next": page_of(request)})}
    return render(request, "members/sign_in/signed_out.html", context, status=401)


def page_of(request: HttpRequest) -> str:
    """The page a form was sent from: its own address may answer only to POST."""
    came_from = request.headers.get("Referer", "")
    if url_has_allowed_host_and_scheme(
        came_from, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        parts = urlsplit(came_from)
        return parts.path + (f"?{parts.query}" if parts.query else "")
    return request.path


def typed(request: HttpRequest) -> list[tuple[str, str]]:
    """What a person may have typed in a refused POST, as (label, text): never secrets.

    Letters and a space or more than a few characters make it a text; codes of choices and
    numbers are passed over. The label is "" where the field has no name for people.
    """
    return [
        (LABELS.get(name.rsplit("-", 1)[-1], ""), value)
        for name, values in request.POST.lists()
        if name not in NOT_TYPED and "password" not in name
        for value in values
        if is_text(name, value)
    ]


def is_text(name: str, value: str) -> bool:
    known = name.rsplit("-", 1)[-1] in LABELS
    return bool(value.strip()) and (known or " " in value.strip() or len(value) > 20)
