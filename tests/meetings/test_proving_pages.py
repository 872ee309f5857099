"""The panel of justering: which ways it offers, and answers that reach it from other pages."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from meetings import proving
from meetings.models import Approval, SigningRound
from members import audit, securing
from members.models import ApprovalLevel, AuditEntry, Council, Person
from tests import authenticator, builders, standing
from tests.authenticator import SoftPasskey
from tests.builders import PASSWORD, Cast

pytestmark = pytest.mark.django_db
As = Callable[[Person], Client]
HOST, HERE = "localhost", "http://localhost"


@standing.fixture
def round_(cast: Cast) -> SigningRound:
    return builders.in_signing(cast)


def url(round_: SigningRound, page: str = "") -> str:
    return f"/{round_.meeting.council.slug}/moten/{round_.meeting.key}/justera/{page}"


def look(client: Client, round_: SigningRound) -> Any:
    return client.get(url(round_), headers={"host": HOST})


def send(client: Client, round_: SigningRound, page: Any, **typed: str) -> Any:
    content = {"challenge": page.context["challenge"].token, "shown": page.context["shown"]}
    return client.post(url(round_, "godkann/"), content | typed, headers={"host": HOST})


def assertion(passkey: SoftPasskey, page: Any) -> str:
    """What the browser makes of the options on the page."""
    public = page.context["passkey_options"]["publicKey"]
    assert [one["id"] for one in public["allowCredentials"]] == [
        proving.encode(passkey.credential_id)
    ]
    given = page.context["challenge"]
    asked = proving.passkey_challenge(given.snapshot_sha256, given.nonce)
    assert (public["challenge"], public["rpId"]) == (proving.encode(asked), HOST)
    return passkey.answer(asked).json()


def test_a_passkey_answers_the_page_it_was_asked_on(
    cast: Cast, round_: SigningRound, as_: As
) -> None:
    passkey, client = SoftPasskey(cast.chair).registered(), as_(cast.chair)
    page = look(client, round_)
    sent = send(client, round_, page, method="passkey", assertion=assertion(passkey, page))
    assert sent.headers["Location"] == url(round_, "kvitto/")
    receipt = client.get(url(round_, "kvitto/")).content.decode()
    assert "Digitalt godkännande med passkey" in receipt
    assert Approval.objects.get().evidence["origin"] == HERE


def test_a_page_of_another_session_of_the_same_person_is_refused(
    cast: Cast, round_: SigningRound, as_: As
) -> None:
    passkey, one, other = SoftPasskey(cast.chair).registered(), as_(cast.chair), as_(cast.chair)
    page = look(one, round_)
    answer = assertion(passkey, page)
    refused = send(other, round_, page, method="passkey", assertion=answer)
    assert "Sidan hör till en annan inloggning." in refused.content.decode()
    assert Approval.objects.count() == 0
    assert send(one, round_, page, method="passkey", assertion=answer).status_code == 302


def test_the_trail_says_what_was_wrong(cast: Cast, round_: SigningRound, as_: As) -> None:
    client = as_(cast.chair)
    send(client, round_, look(client, round_), password="fel")
    send(client, round_, look(client, round_), method="passkey", assertion="{}")
    entries = AuditEntry.objects.filter(action="signing.refused").order_by("pk")
    assert [audit.sentence(entry) for entry in entries] == [
        "Gunilla Strömvik försökte justera med fel lösenord",
        "Gunilla Strömvik försökte justera med ett svar från en passkey som inte stämde",
    ]


def test_the_best_way_comes_first_and_the_others_can_be_chosen(
    cast: Cast, round_: SigningRound, as_: As
) -> None:
    client = as_(cast.chair)
    assert look(client, round_).context["best"].name == "password"
    authenticator.give_codes(cast.chair)
    assert look(client, round_).context["best"].name == "password_code"
    SoftPasskey(cast.chair).registered()
    page = look(client, round_)
    assert page.context["best"].name == "passkey"
    assert page.context["ready"] == {"passkey", "password_code", "password"}
    assert send(client, round_, page, method="password", password=PASSWORD).status_code == 302
    assert Approval.objects.get().method == "password"


def test_without_any_accepted_way_one_is_helped_to_one(
    cast: Cast, round_: SigningRound, as_: As
) -> None:
    Council.objects.update(approval_levels=[ApprovalLevel.PASSKEY])
    client = as_(cast.chair)
    page = look(client, round_)
    assert page.context["best"] is None
    text = page.content.decode()
    assert f'href="/konto/sakerhet/passkey/ny/?next={url(round_)}%23justera"' in text
    assert "Lägg till engångskoder" not in text
    refused = send(client, round_, page, method="password", password=PASSWORD)
    assert "Rådet godtar inte det sättet att justera." in refused.content.decode()


def test_an_address_without_a_name_offers_no_passkey(
    cast: Cast, round_: SigningRound, as_: As
) -> None:
    SoftPasskey(cast.chair).registered()
    page = as_(cast.chair).get(url(round_), headers={"host": "127.0.0.1"})
    assert page.context["best"].name == "password"


def test_a_wait_after_a_reset_says_when_it_ends(cast: Cast, round_: SigningRound, as_: As) -> None:
    securing.postpone_approvals(cast.chair)
    client = as_(cast.chair)
    text = look(client, round_).content.decode()
    assert "Du kan justera från och med" in text
    assert 'name="password"' not in text


def test_an_enormous_answer_is_refused_calmly(cast: Cast, round_: SigningRound, as_: As) -> None:
    client = as_(cast.chair)
    page = look(client, round_)
    for odd in ("x" * 100_000, json.dumps([[]] * 3000), "\0"):
        assert send(client, round_, page, method="passkey", assertion=odd).status_code == 200
    assert Approval.objects.count() == 0
