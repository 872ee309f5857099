"""The pages of justering: what they show, whom they let in, and what a mistake leads to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils.html import escape, strip_tags

from meetings import minuting, signing
from meetings.models import Approval, ItemKind, Meeting, RoundState, SigningRound
from meetings.states import State
from members.models import Person
from tests import builders, standing
from tests.builders import PASSWORD, Cast

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper")]
As = Callable[[Person], Client]


def url(meeting: Meeting, page: str = "justera/") -> str:
    return f"/{meeting.council.slug}/moten/{meeting.key}/{page}"


def text(response: Any) -> str:
    return str(response.content.decode()).replace("\N{NO-BREAK SPACE}", " ")


def form(client: Client, meeting: Meeting, **typed: str) -> dict[str, str]:
    """What the browser would send from the page as it is shown now."""
    page = client.get(url(meeting))
    challenge, shown = page.context["challenge"].token, page.context["shown"]
    return {"challenge": challenge, "shown": shown, "password": PASSWORD, **typed}


def post(client: Client, meeting: Meeting, act: str, **typed: str) -> Any:
    return client.post(url(meeting, f"justera/{act}/"), form(client, meeting, **typed))


@standing.fixture
def round_(cast: Cast) -> SigningRound:
    return builders.in_signing(cast)


class TestTheListBefore:
    def test_it_links_each_fault_to_its_place(self, cast: Cast, as_: As) -> None:
        meeting = builders.minuting_open(cast)
        page = text(as_(cast.secretary).get(url(meeting, "kontroll/")))
        item = meeting.items.standing()[0]
        assert f'href="{url(meeting, "skriv/")}#item-{item.pk}"' in page
        assert f'href="{url(meeting, "skriv/")}#attendance"' in page
        assert "Skicka till justering" not in page

    def test_without_faults_there_is_one_button(self, cast: Cast, as_: As) -> None:
        meeting = builders.written(cast)
        client = as_(cast.secretary)
        page = text(client.get(url(meeting, "kontroll/")))
        assert page.count("btn-primary") == 1
        assert "Gunilla Strömvik och Jörgen Almhöjd får ett mejl var." in page
        sent = client.post(url(meeting, "till-justering/"))
        assert sent.headers["Location"] == url(meeting, "")
        assert Meeting.objects.get(pk=meeting.pk).state == State.SIGNING

    def test_sending_too_early_shows_the_list_again(self, cast: Cast, as_: As) -> None:
        meeting = builders.minuting_open(cast)
        page = as_(cast.secretary).post(url(meeting, "till-justering/"), follow=True)
        assert page.redirect_chain == [(url(meeting, "kontroll/"), 302)]
        assert "Ingen justerare är vald." in text(page)

    def test_a_second_click_sends_nothing_twice(self, cast: Cast, as_: As) -> None:
        meeting = builders.written(cast)
        client = as_(cast.secretary)
        for _ in range(2):
            assert client.post(url(meeting, "till-justering/")).status_code == 302
        assert meeting.rounds.count() == 1

    @pytest.mark.parametrize(
        "who", ["chair", "member", "reader", "administrator", "other_secretary"]
    )
    def test_it_is_the_secretarys(self, cast: Cast, as_: As, who: str) -> None:
        meeting, client = builders.written(cast), as_(getattr(cast, who))
        assert client.get(url(meeting, "kontroll/")).status_code == 404
        assert client.post(url(meeting, "till-justering/")).status_code == 404
        assert meeting.rounds.count() == 0


class TestThePageToSign:
    def test_it_shows_the_frozen_text_and_not_the_rows(
        self, round_: SigningRound, cast: Cast, as_: As
    ) -> None:
        cast.adjuster.name = "Jörgen Nytt-Namn"
        cast.adjuster.save()
        page = text(as_(cast.chair).get(url(round_.meeting)))
        assert "Rådet talar om inledning." in " ".join(strip_tags(page).split())
        assert "Jörgen Almhöjd utses att justera dagens protokoll." in page
        assert "Jörgen Almhöjd har inte justerat än" in page
        assert f'name="shown" value="{round_.version.sha256}"' in page

    def test_nobody_else_finds_it(self, round_: SigningRound, cast: Cast, as_: As) -> None:
        missing = as_(cast.member).get("/strandkopings-bra/moten/1999-01-01/justera/")
        for who in (cast.secretary, cast.member, cast.reader, cast.other_chair):
            for page in ("justera/", "justera/kvitto/"):
                answer = as_(who).get(url(round_.meeting, page))
                assert (answer.status_code, answer.templates[0].name) == (404, "404.html")
            for act in ("godkann", "lamna-tillbaka"):
                sent = as_(who).post(url(round_.meeting, f"justera/{act}/"), {"comment": "x"})
                assert sent.status_code == 404
        assert missing.status_code == 404
        assert SigningRound.objects.get().state == RoundState.OPEN

    def test_the_right_password_leads_to_a_receipt(
        self, round_: SigningRound, cast: Cast, as_: As
    ) -> None:
        client = as_(cast.chair)
        sent = post(client, round_.meeting, "godkann")
        assert sent.headers["Location"] == url(round_.meeting, "justera/kvitto/")
        receipt = text(client.get(url(round_.meeting, "justera/kvitto/")))
        assert "Digitalt godkännande med lösenord" in receipt
        assert "Nu väntar vi på Jörgen Almhöjd." in receipt
        assert client.get(url(round_.meeting)).headers["Location"].endswith("kvitto/")

    def test_the_last_one_is_told_so_and_gets_the_file(
        self, round_: SigningRound, cast: Cast, as_: As
    ) -> None:
        builders.approve(round_.signers.get(person=cast.chair))
        client = as_(cast.adjuster)
        post(client, round_.meeting, "godkann")
        receipt = text(client.get(url(round_.meeting, "justera/kvitto/")))
        assert "Du var den sista." in receipt
        assert url(round_.meeting, "protokoll.pdf") in receipt

    def test_a_second_click_comes_to_the_same_receipt(
        self, round_: SigningRound, cast: Cast, as_: As
    ) -> None:
        client = as_(cast.chair)
        sent = form(client, round_.meeting)
        for _ in range(2):
            answer = client.post(url(round_.meeting, "justera/godkann/"), sent, follow=True)
            assert "Du har justerat protokollet" in text(answer)
        assert Approval.objects.count() == 1

    def test_a_wrong_password_keeps_what_was_written(
        self, round_: SigningRound, cast: Cast, as_: As
    ) -> None:
        answer = post(as_(cast.chair), round_.meeting, "godkann", password="fel")
        assert "Lösenordet stämmer inte. Försök igen, ingenting är justerat än." in text(answer)
        assert PASSWORD not in text(answer)
        assert Approval.objects.count() == 0

    def test_a_written_remark_is_not_lost_by_pressing_justera(
        self, round_: SigningRound, cast: Cast, as_: As
    ) -> None:
        typed = "Fel <namn> i § 1."
        answer = post(as_(cast.chair), round_.meeting, "godkann", comment=typed)
        assert "Du har skrivit en synpunkt." in text(answer)
        assert escape(typed) in text(answer)
        assert Approval.objects.count() == 0

    def test_without_a_password_it_says_so(self, round_: SigningRound, cast: Cast, as_: As) -> None:
        assert "Skriv ditt lösenord." in text(
            post(as_(cast.chair), round_.meeting, "godkann", password="")
        )

    def test_returning_tells_what_happens_next(
        self, round_: SigningRound, cast: Cast, as_: As
    ) -> None:
        client = as_(cast.adjuster)
        sent = post(client, round_.meeting, "lamna-tillbaka", comment="Fel dag.")
        page = text(client.get(sent.headers["Location"]))
        assert "Du har lämnat tillbaka protokollet" in page
        assert "Fel dag." in page
        assert signing.remarks_of(Meeting.objects.get())[0].item is None

    def test_returning_without_a_word_asks_for_one(
        self, round_: SigningRound, cast: Cast, as_: As
    ) -> None:
        answer = post(as_(cast.chair), round_.meeting, "lamna-tillbaka", password="")
        assert "Skriv vad som behöver ändras." in text(answer)
        assert SigningRound.objects.get().state == RoundState.OPEN

    def test_acts_are_not_done_by_following_a_link(
        self, round_: SigningRound, cast: Cast, as_: As
    ) -> None:
        for act in ("godkann", "lamna-tillbaka"):
            answer = as_(cast.chair).get(url(round_.meeting, f"justera/{act}/"))
            assert answer.headers["Location"] == url(round_.meeting)


class TestAClosedRound:
    def test_the_others_see_who_returned_it_and_why(
        self, round_: SigningRound, cast: Cast, as_: As
    ) -> None:
        builders.approve(round_.signers.get(person=cast.chair))
        signer = round_.signers.get(person=cast.adjuster)
        signing.return_minutes(by=cast.adjuster, signer=signer, comment="Fel dag.")
        page = text(as_(cast.chair).get(url(round_.meeting, "justera/kvitto/"), follow=True))
        assert "Protokollet är återlämnat" in page
        assert "Jörgen Almhöjd lämnade tillbaka protokollet" in page
        assert "räknas inte längre" in page

    def test_what_one_wrote_meanwhile_is_shown_to_be_copied(
        self, round_: SigningRound, cast: Cast, as_: As
    ) -> None:
        client = as_(cast.chair)
        sent = form(client, round_.meeting, comment="Min långa synpunkt.")
        signer = round_.signers.get(person=cast.adjuster)
        signing.return_minutes(by=cast.adjuster, signer=signer, comment="Fel dag.")
        page = text(client.post(url(round_.meeting, "justera/lamna-tillbaka/"), sent))
        assert "Din synpunkt skickades inte" in page
        assert "Min långa synpunkt." in page

    def test_somebody_replaced_is_told_so_and_reads_the_draft_no_more(
        self, round_: SigningRound, cast: Cast, as_: As
    ) -> None:
        signer = round_.signers.get(person=cast.chair)
        signing.return_minutes(by=cast.chair, signer=signer, comment="Fel justerare.")
        meeting = Meeting.objects.get()
        election = meeting.items.standing().get(kind=ItemKind.ADJUSTER)
        minuting.elect_adjusters(by=cast.secretary, item=election, persons=[cast.member])
        signing.open_round(by=cast.secretary, meeting=meeting)
        client = as_(cast.adjuster)
        assert "Du justerar inte längre protokollet" in text(client.get(url(meeting)))
        assert "Fel justerare." not in text(client.get(url(meeting)))
        assert client.get(url(meeting, "protokoll/")).status_code == 404
        assert as_(cast.member).get(url(meeting, "protokoll/")).status_code == 200
