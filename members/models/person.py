from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.db import models
from django.utils import timezone

from members.models.ordering import SwedishOrder


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """Make a person who signs in by e-mail. For commands and tests: joining.py is the door."""
        person = self.model(email=self.tidy_email(email), **fields)
        person.set_password(password)
        person.save()
        return person

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> Person:
        """Made at the server's own terminal, so the address needs no proof by mail."""
        # Here, because allauth's models point at this one and cannot be loaded before it.
        from allauth.account.models import EmailAddress  # noqa: PLC0415

        person = self.create_user(email, password, is_staff=True, is_superuser=True, **fields)
        EmailAddress.objects.create(user=person, email=person.email, verified=True, primary=True)
        return person

    @staticmethod
    def tidy_email(email: str) -> str:
        """E-mail is compared in lower case: nobody has two accounts that differ in capitals."""
        return email.strip().lower()

    def get_by_natural_key(self, username: str | None) -> Person:
        return self.get(email=self.tidy_email(username or ""))


class Person(AbstractBaseUser, PermissionsMixin):
    """A person, and the account when there is an e-mail and a password.

    Without an e-mail one can still be a member, attend, and be given action items. The same
    person can sit in many councils, of many municipalities, in many roles at once.
    """

    name = models.CharField("namn", max_length=200)
    email = models.EmailField("e-post", null=True, blank=True, unique=True)
    is_active = models.BooleanField("får logga in", default=True)
    is_staff = models.BooleanField(
        "driftadministratör", default=False, help_text="Får sätta upp kommuner och råd i admin."
    )
    created_at = models.DateTimeField("skapad", default=timezone.now, editable=False)
    invited_at = models.DateTimeField("inbjuden", null=True, blank=True, editable=False)
    # After somebody else changed the way in: see members.credentials.
    approvals_wait_until = models.DateTimeField(
        "får justera från", null=True, blank=True, editable=False
    )

    objects: ClassVar[PersonManager] = PersonManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        verbose_name = "person"
        verbose_name_plural = "personer"
        ordering = [SwedishOrder("name")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(email__isnull=True)
                | models.Q(email=models.functions.Lower("email")) & ~models.Q(email=""),
                name="person_email_lower_case_or_none",
                violation_error_message="Skriv adressen med små bokstäver.",
            )
        ]

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name.split(" ")[0]

    @property
    def can_sign_in(self) -> bool:
        """By password, or by the municipality's own service once they have come in by it."""
        if not self.email or not self.is_active:
            return False
        if self.has_usable_password() or not settings.OIDC_ISSUER:
            return self.has_usable_password()
        # Here, because allauth's models point at this one and cannot be loaded before it.
        from allauth.socialaccount.models import SocialAccount  # noqa: PLC0415

        return bool(SocialAccount.objects.filter(user=self).exists())
