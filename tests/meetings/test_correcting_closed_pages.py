"""The pages of a correction of a closed item: who reads its words, and that it is noted."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from meetings import archiving, secrecy, signing
from meetings.models import Meeting, MinutesVersion, SigningRound, TextKind
from members.models import AuditEntry, OutgoingMail, Person
from tests import builders
from tests.builders import Cast
from tests.meetings import paper
from tests.meetings.secret import corrected, files_of, sealed, sent

pytestmark = pytest.mark.django_db
As = Callable[[Person], Client]
NAMELESS = "§\N{NO-BREAK SPACE}6 Ärende som omfattas av sekretess"


def url(name: str, meeting: Meeting, *more: object) -> str:
    return reverse(name, args=[meeting.council.slug, meeting.key, *more])


def text(response: Any) -> str:
    main = response.content.decode().split("<main", 1)[-1]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", main)).split())


def readings(person: Person) -> list[str]:
    entries = AuditEntry.objects.filter(action="closed.read", person=person).order_by("pk")
    return [entry.facts["where"] for entry in entries]


def test_the_secretary_corrects_it_the_signers_read_it_and_each_reading_is_noted(
    cast: Cast, as_: As
) -> None:
    meeting, item = sealed(cast)
    secretary, chair = as_(cast.secretary), as_(cast.chair)
    page = secretary.get(url("correct", meeting))
    assert "6 Läget i kvarteret (sekretess)" in text(page)
    assert "no-store" in page.headers["Cache-Control"]
    said = {"item": item.pk, "old": "Pelle", "new": "Palle", "reason": "Hörfel."}
    answer = secretary.post(url("correct", meeting), said, follow=True)
    assert "Rättelsen är skickad till justering" in text(answer)
    assert readings(cast.secretary) == ["correct", "correct"]
    (round_,) = SigningRound.every.filter(kind=TextKind.CORRECTION)
    where = url("closed_correction_pdf", meeting, round_.number)
    assert where in secretary.get(url("correct", meeting)).content.decode()
    page = chair.get(url("sign", meeting))
    assert "Så ska det stå Palle" in text(page)
    assert "Texten omfattas av sekretess" in text(page)
    assert where in page.content.decode()
    assert chair.get(where).content.startswith(b"%PDF")
    assert readings(cast.chair) == ["sign", "closed_correction_pdf"]
    builders.approve_all(round_)
    assert where in chair.get(url("receipt", meeting)).content.decode()
    page = chair.get(url("closed_part", meeting))
    assert "Så ska det stå Palle" in text(page)
    assert where in page.content.decode()
    file = chair.get(where)
    assert file.content == bytes(files_of(round_)[1].pdf)
    assert file.headers["Cache-Control"] == "private, no-store"
    assert readings(cast.chair)[2:] == ["closed_part", "closed_correction_pdf"]


def test_others_read_that_it_is_corrected_and_nothing_of_how(cast: Cast, as_: As) -> None:
    meeting, item, round_ = corrected(cast)
    member = as_(cast.member)
    page = text(member.get(url("minutes", meeting)))
    assert f"{NAMELESS} . Rättelse 1".replace("\N{NO-BREAK SPACE}", " ") in page
    assert "Rättelsen omfattas av sekretess och finns i en särskild handling." in page
    assert "Läs den i den sekretessbelagda delen" not in page
    public = member.get(url("correction_pdf", meeting, round_.number))
    assert public.content == bytes(files_of(round_)[0].pdf)
    assert member.get(url("closed_correction_pdf", meeting, round_.number)).status_code == 404
    extract = member.get(url("extract_pdf", meeting, item.pk)).content
    assert "omfattas av sekretess." in paper.words(extract)
    assert "Palle" not in paper.words(extract)
    assert "Läs den i den sekretessbelagda delen" in text(
        as_(cast.secretary).get(url("minutes", meeting))
    )
    assert readings(cast.member) == []


def test_an_open_correction_has_no_closed_paper_to_be_asked_for(cast: Cast, as_: As) -> None:
    meeting, _ = sealed(cast)
    round_ = builders.corrected(cast, meeting)
    where = url("closed_correction_pdf", meeting, round_.number)
    assert as_(cast.secretary).get(where).status_code == 404


def test_what_signers_say_of_it_goes_in_no_mail_and_is_read_where_it_is_noted(
    cast: Cast, as_: As
) -> None:
    meeting, item = sealed(cast)
    first = sent(cast, meeting, item)
    signer = first.signers.get(person=cast.chair)
    signing.return_minutes(by=cast.chair, signer=signer, comment="Nej, Polly.")
    second = sent(cast, meeting, item)
    builders.approve(second.signers.get(person=cast.chair))
    signing.unlock(by=cast.secretary, round_=second, reason="Det var Polly.")
    adjuster = as_(cast.adjuster)
    assert "Det var Polly." in text(adjuster.get(url("unlock", meeting)))
    assert readings(cast.adjuster) == ["unlock"]
    signing.agree(by=cast.adjuster, round_=second)
    page = text(as_(cast.secretary).get(url("correct", meeting)))
    assert ("Nej, Polly." in page, "Det var Polly." in page) == (True, True)
    assert readings(cast.secretary) == ["correct"]
    told = [f"{mail.subject} {mail.body}" for mail in OutgoingMail.objects.all()]
    told += [str(entry.facts) for entry in AuditEntry.objects.all()]
    told.append(text(adjuster.get(url("sign", meeting))))
    assert [one for one in told if "Polly" in one] == []
    assert any("Texten omfattas av sekretess, så skälet står inte här." in one for one in told)


def test_corrections_are_numbered_together_and_their_files_named_by_that(cast: Cast) -> None:
    meeting, item, round_ = corrected(cast)
    builders.corrected(cast, meeting)
    shown = signing.corrections_of(meeting)
    assert [(one.number, one.about, one.veiled, one.old) for one in shown] == [
        (1, NAMELESS, True, ""),
        (2, "uppgifterna utanför paragraferna", False, "Sessionssalen"),
    ]
    (own,) = signing.closed_corrections_of(meeting)
    assert (own.number, own.about, own.new) == (
        1,
        "§\N{NO-BREAK SPACE}6 Läget i kvarteret",
        "Palle",
    )
    assert archiving.paper_of(round_)[1] == "Rättelse 1 Strandköpings BRÅ 2026-03-12.pdf"
    assert archiving.closed_paper_of(round_)[1] == (
        "Rättelse 1 Strandköpings BRÅ 2026-03-12, sekretess.pdf"
    )
    assert secrecy.items_of(MinutesVersion.every.get(pk=round_.version_id)) == [item]
