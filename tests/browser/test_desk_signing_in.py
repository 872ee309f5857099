"""Signing in again at the desk, with what the person signs in with, and never as somebody else."""

from __future__ import annotations

import base64
from collections.abc import Callable

from allauth.account.utils import user_pk_to_url_str
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
)
from django.contrib.sessions.models import Session
from playwright.sync_api import APIResponse, Locator, Page, Route, expect

from meetings.models import AgendaItem, Meeting, TextRevision
from members.models import Person
from tests import authenticator
from tests.browser.conftest import PHONE, Watched, axe
from tests.browser.desk import (
    colleague,
    open_desk,
    saved,
    sign_in_as,
    stored,
    text_of,
    the_held,
)
from tests.builders import PASSWORD, Cast

SignIn = Callable[..., Watched]
DEVICE = {
    "protocol": "ctap2", "transport": "internal", "hasResidentKey": True,
    "hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True,
}  # fmt: skip


def asked_to_sign_in(page: Page, item: AgendaItem) -> Locator:
    """The session has ended while one writes; the dialog that the strip opens."""
    text_of(page, item).click()
    Session.objects.all().delete()
    page.keyboard.type("Ord.")
    strip = page.locator("#desk-alert")
    expect(strip).to_contain_text("du har blivit utloggad")
    strip.get_by_role("button", name="Logga in").click()
    return page.get_by_role("dialog")


def test_a_one_time_code_is_asked_for_in_place(
    cast: Cast, sign_in: SignIn, meeting: Meeting, first: AgendaItem
) -> None:
    codes = authenticator.give_codes(cast.secretary)
    watched = sign_in(cast.secretary, width=PHONE)
    page = open_desk(watched, meeting, at=first)
    dialog = asked_to_sign_in(page, first)
    dialog.get_by_label("Lösenord").fill(PASSWORD)
    page.keyboard.press("Enter")
    code = dialog.get_by_label("Engångskod")
    expect(code).to_be_focused()
    code.fill("000000")
    page.keyboard.press("Enter")
    expect(dialog).to_contain_text("Koden stämmer inte.")
    assert axe(page) == []
    code.fill(authenticator.code_of(codes))
    page.keyboard.press("Enter")
    saved(page)
    expect(dialog).not_to_be_visible()
    assert stored(first) == "<p>Ord.</p>"


def test_a_passkey_is_enough(
    cast: Cast, sign_in: SignIn, meeting: Meeting, first: AgendaItem
) -> None:
    passkey = authenticator.SoftPasskey(cast.secretary).registered()
    page = open_desk(sign_in(cast.secretary), meeting, at=first)
    hold(page, passkey)
    dialog = asked_to_sign_in(page, first)
    dialog.get_by_role("button", name="Använd passkey").click()
    saved(page)
    expect(dialog).not_to_be_visible()
    assert stored(first) == "<p>Ord.</p>"


def test_nothing_is_saved_in_the_name_of_another_who_has_signed_in(
    cast: Cast, sign_in: SignIn, meeting: Meeting, first: AgendaItem
) -> None:
    watched = sign_in(cast.secretary)
    page = open_desk(watched, meeting, at=first)
    sign_in_as(colleague(cast), page, watched.base)
    text_of(page, first).click()
    page.keyboard.type("Karins.")
    strip = page.locator("#desk-alert")
    expect(strip).to_contain_text("Bo Ek är inloggad i den här webbläsaren nu.")
    assert stored(first) == ""
    strip.get_by_role("button", name="Logga in").click()
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("Den som är inloggad i webbläsaren nu loggas ut.")
    dialog.get_by_label("Lösenord").fill(PASSWORD)
    refusal = held_answer(page)
    page.keyboard.press("Enter")
    expect(dialog).not_to_be_visible()
    page.evaluate("window.setTimeout = () => 0")  # nothing is saved by waiting
    refusal()
    saved(page)
    assert stored(first) == "<p>Karins.</p>"
    authors = Person.objects.filter(pk__in=TextRevision.objects.values("by"))
    assert list(authors) == [cast.secretary]


def held_answer(page: Page) -> Callable[[], None]:
    """What waits is tried once more, and the server's no is on its way until this is called."""
    held: list[tuple[Route, APIResponse]] = []
    page.route("**/text/", lambda route: held.append((route, route.fetch())), times=1)
    with page.expect_request("**/text/"):
        page.evaluate("window.dispatchEvent(new Event('online'))")
    route, answer = the_held(page, held)

    def let_go() -> None:
        route.fulfill(response=answer)

    return let_go


def hold(page: Page, passkey: authenticator.SoftPasskey) -> None:
    """The browser's device has the passkey that the register knows."""
    cdp = page.context.new_cdp_session(page)
    cdp.send("WebAuthn.enable")
    device = cdp.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
    key = passkey.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    credential = {
        "credentialId": base64.b64encode(passkey.credential_id).decode(),
        "isResidentCredential": True,
        "rpId": authenticator.RP_ID,
        "privateKey": base64.b64encode(key).decode(),
        "userHandle": base64.b64encode(user_pk_to_url_str(passkey.owner).encode()).decode(),
        "signCount": 1,
    }
    cdp.send("WebAuthn.addCredential", {**device, "credential": credential})
