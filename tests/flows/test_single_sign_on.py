"""Signing in by the municipality's service, and being asked there anew to approve."""

from __future__ import annotations

import datetime
import time
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from meetings import proving
from meetings.models import Approval, SigningRound
from members.models import ApprovalLevel, AuditEntry, Council, Person
from tests import builders, signin_service
from tests.builders import Cast
from tests.signin_service import SignInService

pytestmark = pytest.mark.django_db


@pytest.fixture
def there(settings: Settings) -> Iterator[SignInService]:
    cache.clear()
    with signin_service.running(SignInService()) as service:
        settings.OIDC_ISSUER, settings.OIDC_CLIENT_ID = service.issuer, signin_service.CLIENT
        settings.OIDC_SECRET, settings.OIDC_NAME = signin_service.SECRET, "Strandköpings kommun"
        app = {
            "provider_id": "kommunen", "name": "Strandköpings kommun",
            "client_id": signin_service.CLIENT, "secret": signin_service.SECRET,
            "settings": {"server_url": service.issuer},
        }  # fmt: skip
        settings.SOCIALACCOUNT_PROVIDERS = {
            "openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}
        }
        yield service


@pytest.fixture
def round_(cast: Cast, there: SignInService) -> SigningRound:
    """The chair has no password here, and comes in by the service."""
    Council.objects.update(approval_levels=[ApprovalLevel.SSO])
    Person.objects.filter(pk=cast.chair.pk).update(password="!")
    come_in(there)
    return builders.in_signing(cast)


def come_in(there: SignInService) -> Client:
    client = Client()
    sent = client.post(reverse("openid_connect_login", args=["kommunen"]))
    client.get(there.signed_in(sent.headers["Location"]))
    return client


def url(round_: SigningRound, page: str) -> str:
    return f"/{round_.meeting.council.slug}/moten/{round_.meeting.key}/{page}"


def asked(client: Client, round_: SigningRound) -> str:
    """From the page of justering to the address the browser is sent to."""
    page = client.get(url(round_, "justera/"))
    assert "Justera med inloggning hos Strandköpings kommun" in page.content.decode()
    typed = {
        "method": "sso", "challenge": page.context["challenge"].token,
        "shown": page.context["shown"],
    }  # fmt: skip
    answer = client.post(url(round_, "justera/inloggning/"), typed)
    return str(answer.headers["Location"])


def test_who_is_known_by_that_address_comes_in(cast: Cast, there: SignInService) -> None:
    client = come_in(there)
    assert client.session["_auth_user_id"] == str(cast.chair.pk)
    page = Client().get(reverse("account_login")).content.decode()
    assert "Logga in hos Strandköpings kommun" in page


@pytest.mark.parametrize(
    ("email", "verified"), [("ingen@kommun.example", True), ("gunilla@kommun.example", False)]
)
def test_nobody_else_does(cast: Cast, there: SignInService, email: str, verified: bool) -> None:
    there.email, there.verified = email, verified
    count = Person.objects.count()
    assert "_auth_user_id" not in come_in(there).session
    assert Person.objects.count() == count


def test_without_a_service_there_is_no_such_way(cast: Cast, client: Client) -> None:
    assert client.get(reverse("openid_connect_login", args=["kommunen"])).status_code == 404
    assert "Logga in hos" not in client.get(reverse("account_login")).content.decode()


def test_an_approval_asks_anew_and_leaves_evidence(
    cast: Cast, there: SignInService, round_: SigningRound
) -> None:
    client = come_in(there)
    address = asked(client, round_)
    for wanted in ("prompt=login", "max_age=0", "code_challenge_method=S256"):
        assert wanted in address
    receipt = client.get(there.signed_in(address), follow=True).content.decode()
    assert "Digitalt godkännande med inloggning hos Strandköpings kommun" in receipt
    approval = Approval.objects.get()
    kept = (approval.evidence, approval.snapshot_sha256, approval.nonce)
    assert approval.snapshot_sha256 == round_.version.sha256
    assert proving.verify_evidence("sso", *kept) is proving.Finding.HOLDS
    assert proving.verify_evidence("sso", kept[0], "0" * 64, kept[2]) is proving.Finding.FAILS
    for name, value in (("subject", "x"), ("issuer", "x"), ("asked_at", 1), ("client_id", "x")):
        altered = kept[0] | {name: value}
        assert proving.verify_evidence("sso", altered, *kept[1:]) is proving.Finding.FAILS, name


LIES: dict[str, Callable[[SignInService], Any]] = {
    "remembered since yesterday": lambda s: s.lies.update(auth_time=int(time.time()) - 86_400),
    "does not say when": lambda s: s.lies.update(auth_time=None),
    "another nonce": lambda s: s.lies.update(nonce="x"),
    "no nonce": lambda s: s.lies.update(nonce=None),
    "another person": lambda s: setattr(s, "email", "jorgen@kommun.example"),
    "for another program": lambda s: s.lies.update(aud="annat"),
    "from another service": lambda s: s.lies.update(iss="https://annan.example"),
    "signed by another key": lambda s: setattr(
        s, "signs_with", rsa.generate_private_key(public_exponent=65537, key_size=2048)
    ),
    "issued in the future": lambda s: s.lies.update(
        iat=int(time.time()) + 3600, auth_time=int(time.time()) + 3600
    ),
}


@pytest.mark.parametrize("lie", LIES.values(), ids=list(LIES))
def test_what_the_service_did_not_say_is_refused_and_noted(
    cast: Cast, there: SignInService, round_: SigningRound, lie: Callable[[SignInService], Any]
) -> None:
    client = come_in(there)
    lie(there)
    page = client.get(there.signed_in(asked(client, round_)), follow=True).content.decode()
    assert "Inloggningen visade inte att det är du" in page
    assert Approval.objects.count() == 0
    assert AuditEntry.objects.get(action="signing.refused").facts["why"] == "elsewhere"


def test_an_answer_to_another_session_or_a_second_time_is_nothing(
    cast: Cast, there: SignInService, round_: SigningRound
) -> None:
    client, other = come_in(there), come_in(there)
    back = there.signed_in(asked(client, round_))
    assert other.get(back).headers["Location"] == reverse("start")
    assert client.get(back.replace("state=", "state=x")).status_code == 302
    assert client.get(back).headers["Location"] == reverse("start")  # taken once, right or wrong
    assert Approval.objects.count() == 0


def test_a_password_does_not_do_where_the_council_wants_the_service(
    cast: Cast, there: SignInService, round_: SigningRound
) -> None:
    client = come_in(there)
    page = client.get(url(round_, "justera/"))
    typed = {"challenge": page.context["challenge"].token, "shown": page.context["shown"]}
    for method in ("password", "sso"):
        answer = client.post(
            url(round_, "justera/godkann/"),
            typed | {"method": method, "password": builders.PASSWORD, "id_token": "x"},
        )
        assert answer.status_code == 200
    assert Approval.objects.count() == 0


def test_a_passkey_is_added_only_soon_after_coming_in(
    cast: Cast, there: SignInService, round_: SigningRound
) -> None:
    """Who has neither password nor second factor cannot be asked for them again."""
    client = come_in(there)
    assert client.get(reverse("mfa_add_webauthn")).status_code == 200
    Person.objects.update(last_login=timezone.now() - datetime.timedelta(minutes=11))
    late = client.get(reverse("mfa_add_webauthn"), follow=True)
    assert late.redirect_chain[-1][0] == reverse("mfa_index")
    assert "Logga ut och logga in igen" in late.content.decode()


def test_a_service_that_is_silent_stops_nothing_else(
    cast: Cast, there: SignInService, round_: SigningRound, settings: Settings
) -> None:
    client = come_in(there)
    page = client.get(url(round_, "justera/"))
    typed = {
        "method": "sso", "challenge": page.context["challenge"].token,
        "shown": page.context["shown"],
    }  # fmt: skip
    there.told = lambda: {}  # type: ignore[method-assign]  # it answers, and says nothing
    for issuer in (there.issuer, "http://127.0.0.1:9"):
        settings.OIDC_ISSUER = issuer
        answer = client.post(url(round_, "justera/inloggning/"), typed, follow=True)
        assert "Kommunens inloggning svarar inte som den ska." in answer.content.decode()
