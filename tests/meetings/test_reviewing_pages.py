"""The pages of marking and answering: in place for a script, page by page for a plain form."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from meetings import signing
from meetings.models import AgendaItem, ItemReview, Meeting, RoundState, SigningRound
from members.models import Person
from tests import builders, standing
from tests.builders import Cast
from tests.meetings import secret

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("quick_paper")]
As = Callable[[Person], Client]
FETCH = {"X-Requested-With": "fetch"}


def url(meeting: Meeting, page: str = "justera/") -> str:
    return f"/{meeting.council.slug}/moten/{meeting.key}/{page}"


def text(response: Any) -> str:
    return str(response.content.decode()).replace("\N{NO-BREAK SPACE}", " ")


@standing.fixture
def round_(cast: Cast) -> SigningRound:
    return builders.in_signing(cast)


@pytest.fixture
def item(round_: SigningRound) -> AgendaItem:
    return round_.meeting.items.standing()[3]


def returned(cast: Cast, round_: SigningRound, item: AgendaItem, words: str) -> signing.Remark:
    signer = round_.signers.get(person=cast.adjuster)
    signing.mark_item(
        by=cast.adjuster, signer=signer, item=item, verdict="change", typed={"text-0": words}
    )
    signing.return_minutes(by=cast.adjuster, signer=signer)
    (remark,) = signing.remarks_of(Meeting.objects.get(pk=round_.meeting_id))
    return remark


class TestMarking:
    def test_a_plain_form_comes_back_to_the_item(
        self, round_: SigningRound, item: AgendaItem, cast: Cast, as_: As
    ) -> None:
        client = as_(cast.adjuster)
        marks = url(round_.meeting, f"justera/punkter/{item.pk}/")
        assert client.post(marks).headers["Location"] == f"{url(round_.meeting)}#las-{item.pk}"
        page = text(client.get(url(round_.meeting)))
        assert f'id="none-{item.pk}" aria-pressed="true"' in page
        assert "Fyra paragrafer är inte markerade." in page

    def test_a_script_gets_the_parts_and_what_to_say(
        self, round_: SigningRound, item: AgendaItem, cast: Cast, as_: As
    ) -> None:
        client = as_(cast.adjuster)
        answer = client.post(
            url(round_.meeting, f"justera/punkter/{item.pk}/andra/"),
            {"text-0": "Annat.", "comment": "<script>alert(1)</script>"}, headers=FETCH,
        ).json()  # fmt: skip
        assert set(answer["parts"]) == {f"marks-{item.pk}", "slutet"}
        assert answer["proposals"] == 1
        assert answer["said"].endswith("förslaget är sparat. 4 kvar att markera.")
        assert "<script>" not in answer["parts"][f"marks-{item.pk}"]
        assert "&lt;script&gt;" in answer["parts"][f"marks-{item.pk}"]

    def test_with_a_proposal_the_page_ends_in_returning(
        self, round_: SigningRound, item: AgendaItem, cast: Cast, as_: As
    ) -> None:
        client = as_(cast.adjuster)
        assert '<div data-end="approve">' in text(client.get(url(round_.meeting)))
        client.post(url(round_.meeting, f"justera/punkter/{item.pk}/andra/"), {"comment": "Fel."})
        assert '<div data-end="approve" hidden>' in text(client.get(url(round_.meeting)))

    def test_what_is_typed_stays_when_it_is_refused(
        self, round_: SigningRound, item: AgendaItem, cast: Cast, as_: As
    ) -> None:
        client = as_(cast.adjuster)
        signing.return_minutes(
            by=cast.chair, signer=round_.signers.get(person=cast.chair), comment="Fel dag."
        )
        page = text(client.post(
            url(round_.meeting, f"justera/punkter/{item.pk}/andra/"), {"text-0": "Mina <ord>."}
        ))  # fmt: skip
        assert "Mina &lt;ord&gt;." in page
        assert "Skicka till sekreteraren ändå" in page
        assert ItemReview.objects.count() == 0

    def test_notes_speak_of_points(self, cast: Cast, as_: As) -> None:
        round_ = builders.notes_in_signing(cast)
        page = text(as_(cast.other_chair).get(url(round_.meeting)))
        assert "Du har inte markerat någon punkt än." in page
        assert "Justera minnesanteckningarna" in page
        assert "paragraf" not in page.split('id="slutet"')[1].split("</section>")[0]

    @pytest.mark.parametrize("who", ["secretary", "member", "reader", "other_chair"])
    def test_nobody_else_finds_the_marks(
        self, round_: SigningRound, item: AgendaItem, cast: Cast, as_: As, who: str
    ) -> None:
        client = as_(getattr(cast, who))
        for page in (f"punkter/{item.pk}/", f"punkter/{item.pk}/andra/", "resten/"):
            assert client.post(url(round_.meeting, f"justera/{page}")).status_code == 404
        assert ItemReview.objects.count() == 0

    def test_an_item_of_another_meeting_is_not_found(
        self, round_: SigningRound, cast: Cast, as_: As
    ) -> None:
        other = builders.notes_written(cast).items.standing()[0]
        for end in ("", "andra/"):
            page = url(round_.meeting, f"justera/punkter/{other.pk}/{end}")
            assert as_(cast.adjuster).post(page).status_code == 404


class TestAnswering:
    def test_one_press_takes_it_over_and_comes_back_to_the_desk(
        self, round_: SigningRound, item: AgendaItem, cast: Cast, as_: As
    ) -> None:
        remark = returned(cast, round_, item, "Rådet talar om cyklar.")
        client = as_(cast.secretary)
        sent = client.post(url(round_.meeting, f"synpunkter/{remark.comment.pk}/ta-over/"))
        assert sent.headers["Location"] == f"{url(round_.meeting, 'skriv/')}#item-{item.pk}"
        desk = text(client.get(url(round_.meeting, "skriv/")))
        assert "<p>Rådet talar om cyklar.</p>" in desk
        assert "Infört av Karin Tallhed" in desk

    def test_a_changed_item_shows_both_and_writes_neither(
        self, round_: SigningRound, item: AgendaItem, cast: Cast, as_: As
    ) -> None:
        remark = returned(cast, round_, item, "Rådet talar om cyklar.")
        builders.write(cast.secretary, item, "<p>Rådet talar om bilar.</p>")
        client = as_(cast.secretary)
        over = url(round_.meeting, f"synpunkter/{remark.comment.pk}/ta-over/")
        page = text(client.post(over))
        assert "Texten har ändrats sedan den lästes" in page
        assert "Rådet talar om bilar." in page
        item.refresh_from_db()
        assert item.text == "<p>Rådet talar om bilar.</p>"
        client.post(over, {"choice": "theirs"})
        item.refresh_from_db()
        assert item.text == "<p>Rådet talar om cyklar.</p>"

    @pytest.mark.parametrize("who", ["chair", "adjuster", "administrator", "other_secretary"])
    def test_it_is_the_secretarys(
        self, round_: SigningRound, item: AgendaItem, cast: Cast, as_: As, who: str
    ) -> None:
        remark = returned(cast, round_, item, "Annat.")
        client = as_(getattr(cast, who))
        for end in ("", "ta-over/"):
            page = url(round_.meeting, f"synpunkter/{remark.comment.pk}/{end}")
            assert client.post(page, {"text": "Nej."}).status_code == 404
        assert not hasattr(remark.comment, "answer")


def test_a_stand_in_is_appointed_on_a_page(round_: SigningRound, cast: Cast, as_: As) -> None:
    client = as_(cast.secretary)
    place = round_.signers.get(person=cast.adjuster)
    form = {"signer": place.pk, "person": cast.member.pk, "reason": ""}
    page = url(round_.meeting, "justera/ersattare/")
    assert "Skriv varför någon annan justerar." in text(client.post(page, form))
    client.post(page, form | {"reason": "sjuk"})
    assert "Patrik Norrbäck, justerare" in text(client.get(url(round_.meeting, "")))
    assert "Jörgen Almhöjd, justerare" not in text(client.get(url(round_.meeting, "")))
    told = text(as_(cast.adjuster).get(url(round_.meeting)))
    assert "Patrik Norrbäck justerar i stället för dig. Skäl: sjuk." in told
    assert "Läs och justera" in text(as_(cast.member).get(url(round_.meeting, "")))
    assert SigningRound.objects.get().state == RoundState.OPEN


def test_what_is_typed_in_a_closed_item_is_kept_when_somebody_else_returns(
    cast: Cast, as_: As
) -> None:
    """The text itself is shown no longer, but what one has written oneself is, and can be sent."""
    round_, item = secret.in_signing(cast)
    chair = round_.signers.get(person=cast.chair)
    signing.return_minutes(by=cast.chair, signer=chair, comment="Fel dag.")
    client, place = as_(cast.adjuster), [cast.council.slug, round_.meeting.key]
    typed = {"text-0": "Kalle i port fyra.", "decision-0": "Porten målas.", "comment": "Fel namn."}
    page = client.post(reverse("propose", args=[*place, item.pk]), typed).content.decode()
    for words in (*typed.values(), "Skicka till sekreteraren ändå"):
        assert words in page
    assert "Pelle" not in page
    assert "stängs" not in page
    late = client.post(reverse("send_late", args=place), {**typed, "item": item.pk})
    assert late.status_code == 302
    (remark,) = [one for one in signing.remarks_of(Meeting.objects.get(), closed=True) if one.item]
    wanted: Any = remark.wanted or {}
    assert wanted["text"] == "<p>Kalle i port fyra.</p>"
    assert (wanted["decisions"], remark.text) == (["Porten målas."], "Fel namn.")
