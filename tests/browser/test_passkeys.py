"""A passkey on a phone: made in the middle of a justering, approved with, signed in with.

Chromium's own virtual authenticator (CDP WebAuthn) stands for the phone's finger or face.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from playwright.sync_api import CDPSession, Page, expect

from meetings import proving
from meetings.models import Approval, Meeting, SigningRound
from members import securing
from members.models import ApprovalLevel, Council, Person
from tests import authenticator, builders
from tests.browser.conftest import DESK, PHONE, Watched
from tests.builders import PASSWORD, Cast

SignIn = Callable[..., Watched]
HELPED = "Först behöver du en passkey"


@pytest.fixture
def round_(cast: Cast) -> SigningRound:
    cache.clear()
    return builders.in_signing(cast)


@pytest.fixture
def on_phone(sign_in: SignIn) -> SignIn:
    """`sign_in` with an authenticator that knows who holds it."""

    def open_page(person: Person, *, width: int = PHONE) -> Watched:
        watched = sign_in(person, width=width)
        # Browsers make no passkey for a bare number.
        assert watched.base.startswith("http://localhost:")
        plug_in(watched.page)
        return watched

    return open_page


def plug_in(page: Page, **options: bool) -> CDPSession:
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    kind = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
        "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    cdp.send("WebAuthn.addVirtualAuthenticator", {"options": kind | options})
    return cdp


def url(meeting: Meeting, page: str = "justera/") -> str:
    return f"/{meeting.council.slug}/moten/{meeting.key}/{page}"


def make_passkey(page: Page) -> None:
    """From the link to the page it leads back to: the password, one press, the recovery codes."""
    page.get_by_role("link", name="Skapa en passkey").click()
    page.get_by_role("button", name="Fortsätt").wait_for()  # here is a password asked for, too
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Fortsätt").click()
    page.get_by_role("button", name="Skapa passkey").click()
    page.get_by_role("link", name="Jag har sparat dem, tillbaka").click()


def test_a_chair_without_anything_makes_a_passkey_and_approves_with_it(
    round_: SigningRound, cast: Cast, on_phone: SignIn
) -> None:
    Council.objects.update(approval_levels=[ApprovalLevel.PASSKEY, ApprovalLevel.PASSWORD_CODE])
    watched = on_phone(cast.chair)
    page = watched.go(url(round_.meeting))
    expect(page.get_by_text(HELPED)).to_be_visible()
    watched.look(where="sign, nothing to sign with")
    make_passkey(page)
    page.wait_for_url(f"**{url(round_.meeting)}#justera")
    watched.look(where="sign, with a passkey")
    page.get_by_role("button", name="Justera med passkey").click()
    page.get_by_role("heading", name="Du har justerat protokollet").wait_for()
    expect(page.get_by_text("Digitalt godkännande med passkey", exact=True)).to_be_visible()
    watched.look(where="receipt")
    approval = Approval.objects.get()
    assert approval.evidence["origin"] == watched.base
    assert (
        proving.verify_evidence(
            approval.method, approval.evidence, round_.version.sha256, approval.nonce
        )
        is proving.Finding.HOLDS
    )


def test_what_was_typed_waits_while_a_passkey_is_made(
    round_: SigningRound, cast: Cast, on_phone: SignIn
) -> None:
    watched = on_phone(cast.chair)
    page = watched.go(url(round_.meeting))
    page.get_by_text("Lämna en synpunkt på helheten").click()
    box = page.get_by_label("Vad behöver ändras?")
    box.fill("Jag undrar över § 3.\nVar det onsdag?")
    make_passkey(page)
    page.wait_for_url(f"**{url(round_.meeting)}#justera")
    expect(box).to_have_value("Jag undrar över § 3.\nVar det onsdag?")
    expect(box).to_be_visible()
    assert watched.said == []


def test_signing_in_with_the_passkey_that_was_made(
    cast: Cast, round_: SigningRound, on_phone: SignIn
) -> None:
    watched = on_phone(cast.chair)
    page = watched.go("/konto/sakerhet/")
    watched.look(where="security, nothing yet")
    page.get_by_role("link", name="Skapa en passkey").click()
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Fortsätt").click()
    page.get_by_label("Vad ska den heta?").wait_for()
    watched.look(where="add a passkey")
    page.get_by_label("Vad ska den heta?").fill("Min telefon")
    page.get_by_role("button", name="Skapa passkey").click()
    page.get_by_label("Dina koder").wait_for()
    watched.look(where="recovery codes")
    page.get_by_role("link", name="Till Inloggning och säkerhet").click()
    expect(page.get_by_text("Min telefon").first).to_be_visible()
    watched.look(where="security, with a passkey")
    page.context.clear_cookies()
    watched.go(f"/konto/login/?next={url(round_.meeting)}")
    watched.look(where="login")
    page.get_by_role("button", name="Logga in med passkey").click()
    page.get_by_role("heading", name="Justera protokollet").wait_for()
    assert [passkey.name for passkey in securing.passkeys_of(cast.chair)] == ["Min telefon"]
    assert watched.said == []


def test_a_passkey_that_does_not_know_who_holds_it_is_not_made(
    cast: Cast, round_: SigningRound, on_phone: SignIn
) -> None:
    watched = on_phone(cast.chair)
    page = watched.page
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.disable")
    cdp.detach()
    watched.go("/konto/sakerhet/passkey/ny/")
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Fortsätt").click()
    plug_in(page, isUserVerified=False)
    page.get_by_role("button", name="Skapa passkey").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert Authenticator.objects.count() == 0


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_the_pages_of_codes_and_the_second_step(
    cast: Cast, round_: SigningRound, sign_in: SignIn, width: int
) -> None:
    watched = sign_in(cast.member, width=width)
    page = watched.go("/konto/sakerhet/engangskoder/ny/")
    watched.look(where="again")
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Fortsätt").click()
    secret = page.get_by_label("Går det inte att läsa av?").input_value()
    watched.look(where="add codes")
    shown = authenticator.code_of(Authenticator(data={"secret": secret}))
    page.get_by_label("Koden som appen visar nu").fill(shown)
    page.get_by_role("button", name="Lägg till").click()
    page.get_by_label("Dina koder").wait_for()
    for path in ("engangskoder/ta-bort/", "reservkoder/", "reservkoder/nya/", "", "passkey/ny/"):
        watched.go(f"/konto/sakerhet/{path}")
        watched.look(where=path)
    page.context.clear_cookies()
    watched.go("/konto/login/")
    page.get_by_label("E-post").fill("patrik@kommun.example")
    page.get_by_label("Lösenord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Logga in", exact=True).click()
    page.get_by_role("heading", name="Visa att det är du").wait_for()
    watched.look(where="second step")


def test_password_and_code_at_justering(cast: Cast, round_: SigningRound, sign_in: SignIn) -> None:
    app = authenticator.give_codes(cast.adjuster)
    watched = sign_in(cast.adjuster, width=PHONE)
    page = watched.go(url(round_.meeting))
    watched.look(where="sign, password and code")
    page.get_by_label("Ditt lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Justera", exact=True).click()
    expect(page.get_by_label("Engångskod")).to_have_attribute("aria-invalid", "true")
    watched.look(where="sign, no code")
    page.get_by_label("Ditt lösenord").fill(PASSWORD)
    page.get_by_label("Engångskod").fill(authenticator.code_of(app))
    page.get_by_label("Engångskod").press("Enter")
    page.get_by_role("heading", name="Du har justerat protokollet").wait_for()
    assert Approval.objects.get().method == "password_code"


def test_who_was_helped_by_another_sees_when_it_opens(
    cast: Cast, round_: SigningRound, sign_in: SignIn
) -> None:
    securing.postpone_approvals(cast.chair)
    watched = sign_in(cast.chair, width=PHONE)
    page = watched.go(url(round_.meeting))
    expect(page.get_by_text("Du kan justera från och med")).to_be_visible()
    assert page.get_by_role("button", name="Justera", exact=True).count() == 0
    watched.look(where="sign, waiting")


def test_an_administrator_removes_a_lost_factor(
    cast: Cast, round_: SigningRound, sign_in: SignIn
) -> None:
    authenticator.give_codes(cast.chair)
    watched = sign_in(cast.administrator, width=PHONE)
    seat = builders.mandate(cast.chair, cast.council)
    page = watched.go(f"/rad/{cast.council.slug}/register/{seat.pk}/")
    page.get_by_role("link", name="Ta bort passkeys och engångskoder").click()
    page.get_by_label("Varför?").wait_for()
    watched.look(where="reset")
    page.get_by_label("Varför?").fill("Telefonen är borta.")
    page.get_by_role("button", name="Ta bort", exact=True).click()
    page.get_by_text("har fått ett mejl").wait_for()
    assert securing.has_second_factor(cast.chair) is False
