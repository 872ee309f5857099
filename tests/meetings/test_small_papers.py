"""The pages of omedelbar justering, rättelse, the paper path and of opening a text again."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from meetings import signing
from meetings.models import ItemKind, Meeting, RoundState, SealedFile, SigningRound, TextKind
from meetings.states import State
from members.models import Person
from tests import builders
from tests.builders import Cast

pytestmark = pytest.mark.django_db

As = Callable[[Person], Client]


def url(name: str, meeting: Meeting, *more: object) -> str:
    return reverse(name, args=[meeting.council.slug, meeting.key, *more])


def text(response: Any) -> str:
    """The words of a page, without marks and runs of space."""
    main = response.content.decode().split("<main", 1)[-1]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def start(client: Client) -> str:
    return text(client.get(reverse("start")))


def test_the_secretary_sends_an_item_and_the_chair_finds_reads_and_approves_it(
    cast: Cast, as_: As
) -> None:
    meeting = builders.written(cast)
    item = meeting.items.standing().get(kind=ItemKind.ROUND_TABLE)
    secretary, chair = as_(cast.secretary), as_(cast.chair)
    assert url("at_once", meeting) in secretary.get(url("meeting", meeting)).content.decode()
    answer = secretary.post(url("at_once", meeting), {"items": [item.pk]}, follow=True)
    assert "§ 4 är ute på omedelbar justering." in text(answer)
    assert "Justera § 4 från" in start(chair)
    assert "§ 4 väntar på att du justerar." in text(chair.get(url("meeting", meeting)))
    page = chair.get(url("sign", meeting))
    assert "Justera § 4" in text(page)
    assert "Jag har läst § 4 och intygar" in text(page)
    assert url("at_once_pdf", meeting, 1) in page.content.decode()
    round_ = SigningRound.every.get()
    builders.approve(round_.signers.get(person=cast.chair))
    assert "Omedelbar justering av § 4" in text(chair.get(url("receipt", meeting)))


def test_a_sealed_extract_is_read_by_the_members_and_its_draft_is_not(cast: Cast, as_: As) -> None:
    meeting = builders.written(cast)
    item = meeting.items.standing().get(kind=ItemKind.ROUND_TABLE)
    round_ = signing.open_at_once(by=cast.secretary, meeting=meeting, items=[item])
    where = url("at_once_pdf", meeting, 1)
    assert [as_(one).get(where).status_code for one in (cast.chair, cast.member)] == [200, 404]
    builders.approve_all(round_)
    response = as_(cast.member).get(where)
    assert response.content == bytes(SealedFile.objects.get().pdf)
    assert as_(cast.other_member).get(where).status_code == 404


def test_an_item_that_is_not_on_the_agenda_gets_a_sentence(cast: Cast, as_: As) -> None:
    meeting, other = builders.written(cast), builders.written(cast, builders.DAY.replace(month=6))
    foreign = other.items.standing()[0]
    for sent, said in (
        ([], "Välj minst en paragraf."),
        ([foreign.pk], "Paragrafen finns inte längre på dagordningen."),
        (["x"], "Paragrafen finns inte på dagordningen."),
    ):
        page = as_(cast.secretary).post(url("at_once", meeting), {"items": sent})
        assert said in text(page)
    assert SigningRound.every.count() == 0


def test_a_returned_extract_tells_the_secretary_why(cast: Cast, as_: As) -> None:
    meeting = builders.written(cast)
    item = meeting.items.standing().get(kind=ItemKind.ROUND_TABLE)
    round_ = signing.open_at_once(by=cast.secretary, meeting=meeting, items=[item])
    signer = round_.signers.get(person=cast.chair)
    signing.return_minutes(by=cast.chair, signer=signer, comment="Siffran är från i fjol.")
    page = as_(cast.secretary).get(url("at_once", meeting))
    assert "Återlämnad" in text(page)
    assert "Siffran är från i fjol." in text(page)


def test_a_correction_goes_from_the_reading_page_to_the_signers_and_is_shown_everywhere(
    cast: Cast, as_: As
) -> None:
    meeting = builders.sealed(cast)
    item = meeting.items.standing().get(kind=ItemKind.ROUND_TABLE)
    secretary, chair, member = as_(cast.secretary), as_(cast.chair), as_(cast.member)
    assert url("correct", meeting) in secretary.get(url("minutes", meeting)).content.decode()
    assert url("correct", meeting) not in member.get(url("minutes", meeting)).content.decode()
    said = {
        "item": item.pk, "old": "talar om aktuellt", "new": "talar om läget", "reason": "Skrivfel.",
    }  # fmt: skip
    answer = secretary.post(url("correct", meeting), said, follow=True)
    assert "Rättelsen är skickad till justering" in text(answer)
    assert "Justera rättelsen av § 4 Aktuellt från verksamheterna" in start(chair)
    assert url("stand_in", meeting) in secretary.get(url("correct", meeting)).content.decode()
    assert "Patrik Norrbäck" in text(secretary.get(url("stand_in", meeting)))
    round_ = SigningRound.every.get(kind=TextKind.CORRECTION)
    builders.approve_all(round_)
    assert secretary.get(url("stand_in", meeting)).status_code == 302
    where = url("correction_pdf", meeting, round_.number)
    for page in (
        member.get(url("meeting", meeting)),
        member.get(url("minutes", meeting)),
        secretary.get(url("correct", meeting)),
    ):
        assert "Så ska det stå talar om läget" in text(page)
        assert where in page.content.decode()
    assert "rättat" in text(member.get(reverse("archive")))
    assert "rättad" in text(member.get(reverse("search"), {"q": "aktuellt"}))
    assert member.get(where).content == bytes(SealedFile.objects.get().pdf)


def test_an_unclear_correction_keeps_what_was_typed(cast: Cast, as_: As) -> None:
    meeting = builders.sealed(cast)
    said = {
        "item": "utanfor",
        "old": "Ord som inte finns",
        "new": "Andra ord",
        "reason": "Skrivfel.",
    }
    page = as_(cast.secretary).post(url("correct", meeting), said)
    assert "De orden finns inte i texten." in text(page)
    for typed in ("Ord som inte finns", "Andra ord", "Skrivfel."):
        assert typed in text(page)


def test_the_secretary_opens_a_text_from_the_meetings_page(cast: Cast, as_: As) -> None:
    meeting = builders.in_signing(cast).meeting
    secretary = as_(cast.secretary)
    assert url("unlock", meeting) in secretary.get(url("meeting", meeting)).content.decode()
    page = secretary.post(url("unlock", meeting), {"reason": " "})
    assert "Skriv varför texten behöver öppnas." in text(page)
    answer = secretary.post(url("unlock", meeting), {"reason": "Bilagan saknas."}, follow=True)
    assert "Texten är öppen igen." in text(answer)
    assert Meeting.objects.get(pk=meeting.pk).state == State.MINUTING


def test_whoever_signs_is_asked_on_their_page_and_opens_it_with_one_press(
    cast: Cast, as_: As
) -> None:
    round_ = builders.in_signing(cast)
    meeting = round_.meeting
    builders.approve(round_.signers.get(person=cast.chair))
    secretary, chair, adjuster = as_(cast.secretary), as_(cast.chair), as_(cast.adjuster)
    answer = secretary.post(url("unlock", meeting), {"reason": "Bilagan saknas."}, follow=True)
    assert "Frågan är skickad." in text(answer)
    assert "vill öppna texten igen" in text(chair.get(url("receipt", meeting)))
    assert "vill öppna texten igen" in text(adjuster.get(url("sign", meeting)))
    assert "Bilagan saknas." in text(adjuster.get(url("unlock", meeting)))
    asked = "Får protokollet från 12 mars öppnas igen?"
    assert [asked in start(one) for one in (chair, adjuster, secretary)] == [True, True, False]
    secretary.post(url("agree_to_unlock", meeting))
    assert SigningRound.objects.get(pk=round_.pk).state == RoundState.OPEN
    adjuster.post(url("agree_to_unlock", meeting))
    assert SigningRound.objects.get(pk=round_.pk).state == RoundState.UNLOCKED
    assert "öppnade" in text(chair.get(url("sign", meeting)))


def test_the_scan_is_put_in_from_the_meetings_page_and_read_as_it_came(cast: Cast, as_: As) -> None:
    meeting = builders.in_signing(cast).meeting
    secretary, content = as_(cast.secretary), builders.scan()
    assert url("by_pen", meeting) in secretary.get(url("meeting", meeting)).content.decode()
    assert secretary.get(url("paper_to_sign", meeting)).content[:5] == b"%PDF-"
    said = {"signed_on": timezone.localdate().isoformat(), "seen": "on"}
    empty = secretary.post(url("by_pen", meeting), said)
    assert "Välj en fil." in text(empty)
    file = SimpleUploadedFile("skannat.pdf", content, "application/pdf")
    unseen = secretary.post(url("by_pen", meeting), {"signed_on": said["signed_on"], "file": file})
    assert "Kryssa i att du har sett namnteckningarna." in text(unseen)
    file = SimpleUploadedFile("skannat.pdf", content, "application/pdf")
    answer = secretary.post(url("by_pen", meeting), said | {"file": file}, follow=True)
    assert "Justerat med penna på papper." in text(answer)
    assert as_(cast.member).get(url("scan", meeting)).content == content
    assert as_(cast.other_member).get(url("scan", meeting)).status_code == 404
