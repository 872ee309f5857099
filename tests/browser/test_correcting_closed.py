"""A closed item is corrected from the form to the seal, and every page of it looked at."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import expect

from meetings import signing
from meetings.models import SigningRound
from tests import builders
from tests.browser.conftest import DESK, PHONE, Watched
from tests.builders import PASSWORD, Cast
from tests.meetings import secret


def test_a_closed_item_is_corrected_justerad_and_read(
    cast: Cast, sign_in: Callable[..., Watched]
) -> None:
    meeting, item = secret.sealed(cast)
    at = f"/{meeting.council.slug}/moten/{meeting.key}/"
    returned = secret.sent(cast, meeting, item)
    signer = returned.signers.get(person=cast.adjuster)
    signing.return_minutes(by=cast.adjuster, signer=signer, comment="Nej, Polly.")
    secretary = sign_in(cast.secretary, width=PHONE)
    page = secretary.go(f"{at}rattelse/")
    page.get_by_label("Var", exact=True).select_option(
        label="§\N{NO-BREAK SPACE}6 Läget i kvarteret (sekretess)"
    )
    page.get_by_label("Så står det").fill("Kalle")
    page.get_by_label("Så ska det stå").fill("Polly")
    page.get_by_label("Varför").fill("Hörfel.")
    page.get_by_role("button", name="Skicka rättelsen till justering").click()
    expect(page.get_by_text("De orden finns inte i texten.").first).to_be_visible()
    expect(page.get_by_label("Så ska det stå")).to_have_value("Polly")
    secretary.look(where="correct, words that a closed item does not have")
    page.get_by_label("Så står det").fill("Pelle")
    page.get_by_role("button", name="Skicka rättelsen till justering").click()
    page.get_by_text("Rättelsen är skickad till justering").wait_for()
    page = secretary.go(f"{at}rattelse/")
    page.get_by_role("link", name="sekretessbelagd PDF").wait_for()
    secretary.look(where="correct, one out and one returned")
    chair = sign_in(cast.chair, width=PHONE)
    page = chair.go(f"{at}justera/")
    page.get_by_text("Texten omfattas av sekretess.").wait_for()
    chair.look(where="sign, a closed correction")
    page.get_by_label("Ditt lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Justera", exact=True).click()
    page.get_by_role("heading", name="Du har justerat rättelsen").wait_for()
    round_ = SigningRound.every.get(state="open")
    signing.unlock(by=cast.secretary, round_=round_, reason="Det var Polly.")
    builders.approve(round_.signers.get(person=cast.adjuster))
    page.reload()
    page.get_by_role("link", name="Öppna den sekretessbelagda delen, PDF").wait_for()
    chair.look(where="receipt of a closed correction")
    for width in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": 900})
        chair.go(f"{at}sekretess/")
        expect(page.get_by_text("Så ska det stå")).to_be_visible()
        chair.look(where="the closed part, corrected")
        chair.go(f"{at}protokoll/")
        expect(page.get_by_role("link", name="Läs den i den sekretessbelagda")).to_be_visible()
        chair.look(where="minutes with a closed correction")
