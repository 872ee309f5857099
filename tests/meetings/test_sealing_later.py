"""When the seal cannot be set at once: nobody approves in vain, and nothing is forgotten."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from meetings import pdf, sealing, signing, snapshot, stamping
from meetings.models import (
    Approval,
    ItemKind,
    Meeting,
    Preflight,
    RoundState,
    SealCertificate,
    SealedMinutes,
    SigningRound,
)
from meetings.signing import completing
from meetings.states import State
from members import audit
from members.models import AuditEntry, OutgoingMail, Person
from tests import builders
from tests.builders import Cast

pytestmark = pytest.mark.django_db
As = Callable[[Person], Client]


@pytest.fixture
def folder(settings: Settings, tmp_path: Path) -> Path:
    """No key yet, and none is made by itself."""
    settings.SEALS, settings.SEALS_TEST = tmp_path, False
    return tmp_path


def put_key(folder: Path, **times: datetime.datetime) -> None:
    for path in folder.glob("strandkopings-kommun.*"):
        path.unlink()
    stamping.make_test_key(folder, "strandkopings-kommun", "Strandköpings kommun", **times)


def in_days(days: int) -> datetime.datetime:
    return timezone.now() + datetime.timedelta(days=days)


@pytest.fixture
def unsealed(cast: Cast, folder: Path) -> SigningRound:
    """Everyone has approved, but the key went away before the last one."""
    put_key(folder)
    round_ = builders.in_signing(cast)
    (folder / "strandkopings-kommun.p12").rename(folder / "elsewhere")
    builders.approve_all(round_)
    (folder / "elsewhere").rename(folder / "elsewhere.p12")
    round_.refresh_from_db()
    return round_


class TestBeforeTheRound:
    def test_without_a_key_nothing_is_sent_to_justering(self, cast: Cast, folder: Path) -> None:
        meeting = builders.written(cast)
        with pytest.raises(ValidationError, match="ingen stämpelnyckel för Strandköpings kommun"):
            signing.open_round(by=cast.secretary, meeting=meeting)
        assert Meeting.objects.get(pk=meeting.pk).state == State.MINUTING
        told = AuditEntry.objects.get(action="signing.not_opened")
        assert audit.sentence(told) == (
            "Karin Tallhed kunde inte skicka protokollet till justering: kommunens stämpelnyckel "
            "finns inte"
        )
        put_key(folder)
        assert signing.open_round(by=cast.secretary, meeting=meeting).state == RoundState.OPEN

    def test_nor_is_an_extract_or_a_correction(self, cast: Cast, folder: Path) -> None:
        put_key(folder)
        sealed = builders.sealed(cast)
        meeting = builders.written(cast, builders.DAY + datetime.timedelta(days=7))
        for path in folder.iterdir():
            path.unlink()
        item = meeting.items.standing().get(kind=ItemKind.ROUND_TABLE)
        with pytest.raises(ValidationError, match="ingen stämpelnyckel"):
            signing.open_at_once(by=cast.secretary, meeting=meeting, items=[item])
        with pytest.raises(ValidationError, match="ingen stämpelnyckel"):
            builders.corrected(cast, sealed)
        noted = AuditEntry.objects.filter(action="signing.not_opened").order_by("pk")
        assert [(one.subject_id, one.facts["why"]) for one in noted] == [
            (meeting.pk, "missing"), (sealed.pk, "missing"),
        ]  # fmt: skip
        assert SigningRound.every.exclude(kind="minutes").count() == 0

    @pytest.mark.parametrize(("days", "passes"), [(89, False), (92, True)])
    def test_a_key_that_soon_ends_begins_no_round(
        self, cast: Cast, folder: Path, days: int, passes: bool
    ) -> None:
        put_key(folder, ends=in_days(days))
        meeting = builders.written(cast)
        assert [problem.blocking for problem in sealing.problems(meeting)] == [not passes]

    def test_the_check_page_says_so_beforehand(self, cast: Cast, folder: Path, as_: As) -> None:
        meeting = builders.written(cast)
        page = f"/{meeting.council.slug}/moten/{meeting.key}/kontroll/"
        body = as_(cast.secretary).get(page).content.decode()
        assert "ingen stämpelnyckel för Strandköpings kommun" in body
        assert "Skicka till justering" not in body
        put_key(folder)
        body = as_(cast.secretary).get(page).content.decode()
        assert "bara en testnyckel" in body
        assert "Skicka till justering" in body

    def test_a_test_key_is_no_news_in_the_demo(self, cast: Cast) -> None:
        assert sealing.problems(builders.written(cast)) == []


class TestTheTrialBeforeTheFirstApproval:
    def test_it_is_made_when_the_round_opens_and_bound_to_every_approval(self, cast: Cast) -> None:
        round_ = builders.in_signing(cast)
        trial = Preflight.objects.get()
        standing = sealing.standing_of(round_)
        shown = snapshot.sha256_of(sealing.rendered(round_, standing))
        assert (trial.version, trial.preview_sha256) == (round_.version, shown)
        builders.approve_all(round_)
        assert {one.preview_sha256 for one in Approval.objects.all()} == {shown}
        assert SealCertificate.objects.get().sha256 == trial.certificate_sha256

    def test_a_paper_that_cannot_be_drawn_is_found_before_anybody_approves(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def fail(**_: Any) -> bytes:
            raise pdf.RenderingError("no paper")

        with monkeypatch.context() as broken:
            broken.setattr(pdf, "render_minutes", fail)
            round_ = builders.in_signing(cast)
            signer = round_.signers.get(person=cast.chair)
            with pytest.raises(ValidationError, match="Det går inte att godkänna just nu"):
                builders.approve(signer)
        assert (Approval.objects.count(), Preflight.objects.count()) == (0, 0)
        assert AuditEntry.objects.filter(action="signing.refused").count() == 1
        builders.approve(signer)
        assert (Approval.objects.count(), Preflight.objects.count()) == (1, 1)

    def test_it_is_made_once_for_a_text(self, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        round_ = builders.in_signing(cast)
        monkeypatch.setattr(pdf, "render_minutes", None)
        assert sealing.preflight(round_) == Preflight.objects.get()


class TestApprovedAndNotSealed:
    def test_the_approvals_stand_and_the_meeting_waits(self, unsealed: SigningRound) -> None:
        assert unsealed.state == RoundState.COMPLETED
        assert Approval.objects.count() == 2
        assert SealedMinutes.objects.count() == 0
        assert Meeting.objects.get(pk=unsealed.meeting_id).state == State.SIGNING
        assert list(sealing.pending()) == [unsealed]

    def test_nobody_can_take_it_back(self, cast: Cast, unsealed: SigningRound) -> None:
        with pytest.raises(ValidationError):
            signing.return_minutes(
                by=cast.chair, signer=unsealed.signers.get(person=cast.chair), comment="Nej."
            )

    def test_the_worker_seals_it_when_it_can_and_then_tells(
        self, unsealed: SigningRound, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        told = OutgoingMail.objects.count()
        assert signing.seal_next() is None
        put_key(folder)
        assert signing.seal_next() is None  # it rests a minute between tries
        monkeypatch.setattr(completing, "_tried", {})
        noted = AuditEntry.objects.get(action="minutes.not_sealed")  # once, not at every try
        assert audit.sentence(noted) == (
            "Programmet kunde inte låsa protokollet: kommunens stämpelnyckel finns inte"
        )
        assert signing.seal_next() == unsealed
        assert Meeting.objects.get(pk=unsealed.meeting_id).state == State.APPROVED
        assert OutgoingMail.objects.count() == told + 3
        assert signing.seal_at_once(unsealed) == SealedMinutes.objects.get()
        assert OutgoingMail.objects.count() == told + 3

    def test_one_that_cannot_be_sealed_does_not_stop_the_next(
        self, cast: Cast, unsealed: SigningRound, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(completing, "_tried", {})
        put_key(folder)
        other = builders.in_signing(cast, builders.DAY + datetime.timedelta(days=7))
        seal = sealing.seal

        def only_the_other(*, meeting: Meeting, round_: SigningRound) -> Any:
            if round_ == unsealed:
                raise sealing.NotSealed("Nej.")
            return seal(meeting=meeting, round_=round_)

        with monkeypatch.context() as broken:
            broken.setattr(completing, "seal_at_once", lambda round_: None)
            builders.approve_all(other)
        monkeypatch.setattr(sealing, "seal", only_the_other)
        assert signing.seal_next() == other
        assert list(sealing.pending()) == [unsealed]

    def test_a_clock_set_back_seals_nothing(
        self, cast: Cast, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        put_key(folder, starts=in_days(-9))
        builders.sealed(cast)
        later = builders.in_signing(cast, builders.DAY + datetime.timedelta(days=7))
        third = builders.written(cast, builders.DAY + datetime.timedelta(days=14))
        past = in_days(-3)
        with monkeypatch.context() as wrong:
            wrong.setattr(timezone, "now", lambda: past)
            builders.approve_all(later)
            with pytest.raises(ValidationError, match="klocka går fel"):
                signing.open_round(by=cast.secretary, meeting=third)
        assert (Approval.objects.filter(round=later).count(), SealedMinutes.objects.count()) == (
            2, 1,
        )  # fmt: skip
        noted = AuditEntry.objects.filter(action__in=["minutes.not_sealed", "signing.not_opened"])
        assert [(one.subject_id, one.facts["why"]) for one in noted.order_by("pk")] == [
            (later.meeting_id, "clock"), (third.pk, "clock"),
        ]  # fmt: skip
        monkeypatch.setattr(completing, "_tried", {})
        assert signing.seal_next() == later


class TestItsPages:
    def test_the_receipt_says_truthfully_that_the_lock_follows(
        self, cast: Cast, unsealed: SigningRound, as_: As
    ) -> None:
        meeting = unsealed.meeting
        page = f"/{meeting.council.slug}/moten/{meeting.key}/justera/kvitto/"
        body = as_(cast.adjuster).get(page).content.decode()
        assert "låses så snart kommunens stämpel kan sättas" in body
        assert "är nu <strong>" not in body

    @pytest.mark.parametrize("who", ["secretary", "chair", "adjuster", "member", "administrator"])
    def test_the_meeting_and_its_minutes_open_as_before(
        self, cast: Cast, unsealed: SigningRound, as_: As, who: str
    ) -> None:
        meeting = unsealed.meeting
        client = as_(getattr(cast, who))
        body = client.get(f"/{meeting.council.slug}/moten/{meeting.key}/").content.decode()
        assert "Alla har justerat. Protokollet låses så snart" in body
        assert client.get("/").status_code == 200
        drafts = who in ("secretary", "chair", "adjuster")
        for name in ("protokoll/", "protokoll.pdf"):
            answer = client.get(f"/{meeting.council.slug}/moten/{meeting.key}/{name}")
            assert answer.status_code == (200 if drafts else 404)

    def test_the_administrator_sees_the_list_and_what_is_in_the_way(
        self, cast: Cast, unsealed: SigningRound, folder: Path, as_: As
    ) -> None:
        client, page = as_(cast.administrator), f"/{cast.council.slug}/lasning/"
        body = client.get(page).content.decode()
        assert "Godkänt men inte låst" in body
        assert "Protokollet, torsdag 12 mars 2026" in " ".join(body.split())
        assert "ingen stämpelnyckel för Strandköpings kommun" in body
        answer = client.post(f"{page}nu/", follow=True)
        assert "Allt gick inte att låsa än" in answer.content.decode()
        put_key(folder)
        answer = client.post(f"{page}nu/", follow=True)
        assert "Allt som var godkänt är låst." in answer.content.decode()
        assert "Inget väntar" in answer.content.decode()
        assert Meeting.objects.get(pk=unsealed.meeting_id).state == State.APPROVED

    def test_another_municipality_sees_nothing_of_it(
        self, cast: Cast, unsealed: SigningRound, as_: As
    ) -> None:
        page = f"/{cast.other_council.slug}/lasning/"
        body = as_(cast.other_secretary).get(page).content.decode()
        assert "Inget väntar" in body
        assert "Strandköping" not in body
