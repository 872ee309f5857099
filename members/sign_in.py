"""How allauth behaves here: closed sign-up, and its mail goes through our own outbox."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from members import mail


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody signs up: accounts begin with an invitation (members.joining)."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue what allauth wants to say; a slow mail server must not hold up a sign-in."""
        context.setdefault("request", self.request)
        message = self.render_mail(template_prefix, email, context)
        mail.queue(to=email, subject=str(message.subject), body=str(message.body))
