"""The way into an account: told when it changes, and a day's wait when somebody else did it."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members import joining, securing
from members.models import AuditEntry, OutgoingMail, Person
from members.roles import Role
from tests import authenticator, builders
from tests.authenticator import SoftPasskey
from tests.builders import PASSWORD, Cast

pytestmark = pytest.mark.django_db
As = Callable[[Person], Client]
Committed = Any  # pytest-django's fixture that runs what waits for the commit


@pytest.fixture(autouse=True)
def fresh_limits(db: None) -> None:
    cache.clear()


@pytest.fixture
def root(cast: Cast) -> Person:
    return Person.objects.create_superuser("rot@drift.example", PASSWORD, name="Rut Rot")


def shown_again(client: Client) -> Client:
    """Signed in, and having just given the password again."""
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def letters(subject: str) -> list[tuple[str, str]]:
    told = OutgoingMail.objects.filter(subject=subject).order_by("pk")
    return [(one.to_email, one.body) for one in told]


def waits(person: Person) -> bool:
    return securing.approvals_open_at(Person.objects.get(pk=person.pk)) is not None


def test_a_changed_address_is_told_to_the_old_one_and_approvals_wait_a_day(
    cast: Cast, root: Person
) -> None:
    before = timezone.now()
    joining.move_account(by=root, person=cast.chair, email="ny@kommun.example")
    ((to, body),) = letters("Adressen till ditt konto är ändrad")
    assert to == "gunilla@kommun.example"
    assert "Rut Rot har ändrat adressen" in body
    assert "Den nya adressen är ny@kommun.example." in body
    chair = Person.objects.get(pk=cast.chair.pk)
    assert chair.approvals_wait_until is not None
    waited = chair.approvals_wait_until - before
    assert datetime.timedelta(hours=24) <= waited < datetime.timedelta(hours=24, minutes=1)
    assert AuditEntry.objects.get(action="credential.address_changed_for").person == root


def test_a_corrected_address_of_somebody_invited_is_told_too(cast: Cast) -> None:
    person = joining.add_person(name="Asta Ek", email="asta@kommun.example")
    joining.give_mandate(by=cast.secretary, council=cast.council, person=person, role=Role.MEMBER)
    joining.change_person(
        by=cast.secretary, council=cast.council, person=person, name="Asta Ek",
        email="asta.ek@kommun.example",
    )  # fmt: skip
    assert letters("Adressen till ditt konto är ändrad")[0][0] == "asta@kommun.example"
    assert waits(person) is True


def test_a_first_address_and_a_corrected_name_make_nobody_wait(cast: Cast) -> None:
    person = cast.without_login
    for name, email in (("Leif Kvarnbo", "leif@kommun.example"), ("Leif K", "leif@kommun.example")):
        joining.change_person(
            by=cast.secretary, council=cast.council, person=person, name=name, email=email
        )
    assert waits(person) is False
    assert letters("Adressen till ditt konto är ändrad") == []


def test_an_own_change_makes_nobody_wait(cast: Cast, root: Person) -> None:
    joining.move_account(by=root, person=root, email="rut@drift.example")
    assert waits(root) is False
    assert letters("Adressen till ditt konto är ändrad")[0][0] == "rot@drift.example"


def test_a_changed_password_is_told_and_noted(cast: Cast, as_: As) -> None:
    as_(cast.chair).post(
        reverse("account_change_password"),
        {
            "oldpassword": PASSWORD,
            "password1": "en helt ny mening",
            "password2": "en helt ny mening",
        },
    )
    ((to, body),) = letters("Din inloggning är ändrad")
    assert (to, "Lösenordet är bytt." in body) == ("gunilla@kommun.example", True)
    assert "Hej Gunilla Strömvik!" in body
    assert AuditEntry.objects.get(action="credential.password_changed").person == cast.chair
    assert waits(cast.chair) is False


def test_codes_added_and_removed_by_oneself_are_told_and_noted(
    cast: Cast, as_: As, django_capture_on_commit_callbacks: Committed
) -> None:
    client = shown_again(as_(cast.chair))
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    code = authenticator.code_of(Authenticator(data={"secret": secret}))
    with django_capture_on_commit_callbacks(execute=True):
        added = client.post(reverse("mfa_activate_totp"), {"code": code})
    assert added.headers["Location"] == reverse("mfa_view_recovery_codes")
    assert securing.has_codes(cast.chair) is True
    client.post(reverse("mfa_deactivate_totp"))
    assert securing.has_codes(cast.chair) is False
    assert securing.has_second_factor(cast.chair) is False  # the recovery codes went with it
    told = [body for _, body in letters("Din inloggning är ändrad")]
    assert "En app för engångskoder är tillagd." in told[0]
    assert "Appen för engångskoder är borttagen." in told[1]
    actions = AuditEntry.objects.filter(action__startswith="credential").order_by("pk")
    assert [one.action for one in actions] == ["credential.codes_added", "credential.codes_removed"]


def test_a_removed_passkey_is_told_and_noted(cast: Cast, as_: As) -> None:
    SoftPasskey(cast.chair).registered()
    row = Authenticator.objects.get()
    client = shown_again(as_(cast.chair))
    assert client.post(reverse("mfa_remove_webauthn", args=[row.pk])).status_code == 302
    assert securing.passkeys_of(cast.chair) == []
    assert "En passkey är borttagen." in letters("Din inloggning är ändrad")[0][1]
    assert AuditEntry.objects.filter(action="credential.passkey_removed").count() == 1


def test_nobody_removes_the_passkey_of_another(cast: Cast, as_: As) -> None:
    SoftPasskey(cast.chair).registered()
    row = Authenticator.objects.get()
    client = shown_again(as_(cast.adjuster))
    for name in ("mfa_remove_webauthn", "mfa_edit_webauthn"):
        assert client.post(reverse(name, args=[row.pk]), {"name": "x"}).status_code == 404
    assert Authenticator.objects.get().wrap().name == "Telefonen"


@pytest.mark.parametrize("name", ["mfa_add_webauthn", "mfa_activate_totp"])
def test_a_second_factor_is_added_only_by_who_knows_the_password(
    cast: Cast, as_: As, name: str
) -> None:
    answer = as_(cast.chair).post(reverse(name), {"code": "123456", "credential": "{}"})
    assert answer.headers["Location"].startswith(reverse("account_reauthenticate"))
    assert Authenticator.objects.count() == 0


def test_recovery_codes_are_shown_once(cast: Cast, as_: As) -> None:
    authenticator.give_codes(cast.chair)
    client = shown_again(as_(cast.chair))
    client.post(reverse("mfa_generate_recovery_codes"))
    pages = [client.get(reverse("mfa_view_recovery_codes")) for _ in range(2)]
    code = pages[0].context["unused_codes"][0]
    assert [code in page.content.decode() for page in pages] == [True, False]


def test_an_administrator_removes_a_lost_second_factor(cast: Cast, as_: As) -> None:
    SoftPasskey(cast.chair).registered()
    authenticator.give_codes(cast.chair)
    seat = builders.mandate(cast.chair, cast.council)
    client = as_(cast.administrator)
    address = reverse("reset_sign_in", args=[cast.council.slug, seat.pk])
    card = client.get(reverse("change_member", args=[cast.council.slug, seat.pk]))
    assert address in card.content.decode()
    empty = client.post(address, {"reason": " "}).content.decode()
    assert "Skriv varför" in empty
    assert securing.has_second_factor(cast.chair) is True
    client.post(address, {"reason": "Telefonen ligger i sjön."})
    assert securing.has_second_factor(cast.chair) is False
    assert waits(cast.chair) is True
    ((to, body),) = letters("Din passkey och dina engångskoder är borttagna")
    assert (to, "Telefonen ligger i sjön." in body) == ("gunilla@kommun.example", True)
    entry = AuditEntry.objects.get(action="credential.removed_for")
    assert (entry.person, entry.facts["reason"]) == (cast.administrator, "Telefonen ligger i sjön.")
    again = client.post(address, {"reason": "Igen."}).content.decode()
    assert "ingen passkey eller app för engångskoder att ta bort" in again


@pytest.mark.parametrize("who", ["secretary", "chair", "adjuster", "other_secretary"])
def test_nobody_else_removes_it(cast: Cast, as_: As, who: str) -> None:
    SoftPasskey(cast.chair).registered()
    seat, person = builders.mandate(cast.chair, cast.council), getattr(cast, who)
    address = reverse("reset_sign_in", args=[cast.council.slug, seat.pk])
    assert as_(person).post(address, {"reason": "x"}).status_code == 404
    with pytest.raises(ValidationError, match="administratör"):
        securing.remove_second_factor(
            by=person, council=cast.council, person=cast.chair, reason="x"
        )
    assert securing.has_second_factor(cast.chair) is True


def test_nobody_removes_it_for_who_runs_the_installation_or_for_oneself(
    cast: Cast, root: Person
) -> None:
    for person in (root, cast.administrator):
        joining.give_mandate(
            by=cast.secretary, council=cast.council, person=person, role=Role.MEMBER
        )
        assert securing.may_reset(
            by=cast.administrator, council=cast.council, person=person
        ) is False  # fmt: skip
    assert securing.may_reset(by=cast.administrator, council=cast.council, person=cast.chair)


def test_who_has_codes_is_asked_for_one_at_sign_in_and_each_is_good_once(
    cast: Cast, client: Client
) -> None:
    row = authenticator.give_codes(cast.member)
    code = authenticator.code_of(row)
    for attempt in (client, Client()):
        sent = attempt.post(
            reverse("account_login"), {"login": "patrik@kommun.example", "password": PASSWORD}
        )
        assert sent.headers["Location"] == reverse("mfa_authenticate")
        assert "_auth_user_id" not in attempt.session
        page = attempt.post(reverse("mfa_authenticate"), {"code": code})
    assert client.session["_auth_user_id"] == str(cast.member.pk)
    assert "Koden är redan använd." in page.content.decode()
    assert EmailAddress.objects.filter(user=cast.member, verified=True).count() == 1


def test_a_recovery_code_signs_in_once(cast: Cast) -> None:
    authenticator.give_codes(cast.member)
    code = authenticator.recovery_codes(cast.member)[0]
    landed = []
    for attempt in (Client(), Client()):
        attempt.post(
            reverse("account_login"), {"login": "patrik@kommun.example", "password": PASSWORD}
        )
        attempt.post(reverse("mfa_authenticate"), {"code": code})
        landed.append("_auth_user_id" in attempt.session)
    assert landed == [True, False]
