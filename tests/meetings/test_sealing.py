"""Sealing: everyone approved the same text, the file is stored once, and nothing undoes it."""

from __future__ import annotations

from typing import Any

import pypdfium2
import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from meetings import (
    followup,
    minuting,
    pdf,
    planning,
    proving,
    sealing,
    searching,
    signing,
    snapshot,
    stamping,
)
from meetings.models import (
    ActionStatus,
    Approval,
    ArchivedItem,
    Meeting,
    Mode,
    RoundState,
    SealedMinutes,
    SigningRound,
)
from meetings.states import State
from members import audit
from members.models import AuditEntry
from tests import builders, standing
from tests.builders import Cast
from tests.meetings import paper

pytestmark = pytest.mark.django_db


@standing.fixture
def last(cast: Cast) -> SigningRound:
    """A round where only the adjuster is missing."""
    round_ = builders.in_signing(cast)
    builders.approve(round_.signers.get(person=cast.chair))
    return round_


def approve_last(round_: SigningRound) -> None:
    builders.approve(SigningRound.objects.get(pk=round_.pk).signers.get(approval__isnull=True))


def not_sealed(round_: SigningRound) -> None:
    """All have approved, nothing is half done, and the round stands in the line to be sealed."""
    assert SigningRound.objects.get(pk=round_.pk).state == RoundState.COMPLETED
    assert Meeting.objects.get(pk=round_.meeting_id).state == State.SIGNING
    assert (Approval.objects.count(), SealedMinutes.objects.count()) == (2, 0)
    assert ArchivedItem.objects.count() == 0
    assert list(sealing.pending()) == [round_]


def attached(content: bytes) -> dict[str, bytes]:
    with pypdfium2.PdfDocument(content) as document:
        files = [document.get_attachment(i) for i in range(document.count_attachments())]
        return {file.get_name(): bytes(file.get_data()) for file in files}


class TestTheLastApproval:
    def test_it_seals_the_text_that_was_approved(self, last: SigningRound) -> None:
        approve_last(last)
        sealed = SealedMinutes.objects.get()
        assert sealed.pdf_sha256 == snapshot.sha256_of(bytes(sealed.pdf))
        found = attached(bytes(sealed.pdf))
        assert set(found) == {"protokoll.json", "underskrifter.json"}
        assert found["protokoll.json"] == bytes(last.version.canonical)
        assert sealed.pages == len(paper.page_texts(bytes(sealed.pdf)))
        entry = AuditEntry.objects.get(action="minutes.sealed")
        hashes = {"pdf_sha256": sealed.pdf_sha256, "sha256": last.version.sha256}
        assert entry.facts | hashes == entry.facts

    def test_the_file_tells_truthfully_who_approved_and_how(self, last: SigningRound) -> None:
        approve_last(last)
        words = paper.page_texts(bytes(SealedMinutes.objects.get().pdf))[-1]
        assert words.count("Digitalt godkännande med lösenord") == 2
        assert "Gunilla Strömvik" in words
        assert "underskrivet" not in words.lower()
        assert "BankID" not in words

    @pytest.mark.parametrize(
        ("where", "name", "error"),
        [
            (pdf, "render_minutes", pdf.RenderingError("no paper")),
            (stamping, "stamp", ValueError("no file")),
            (stamping, "key_for", stamping.Unusable("Nyckeln finns inte.", code="missing")),
            (searching, "index", RuntimeError("power cut")),
            (audit, "head", OSError("disk full")),
        ],
    )
    def test_what_is_in_its_way_costs_nobody_an_approval(
        self, last: SigningRound, monkeypatch: pytest.MonkeyPatch, where: Any, name: str, error: Any
    ) -> None:
        def fail(*_: Any, **__: Any) -> None:
            raise error

        with monkeypatch.context() as broken:
            broken.setattr(where, name, fail)
            approve_last(last)
            not_sealed(last)
        assert signing.seal_next() == last
        assert SealedMinutes.objects.get().round == last
        assert signing.seal_next() is None

    def test_an_earlier_approval_whose_evidence_no_longer_holds_stops_it(
        self, last: SigningRound, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(proving.PasswordAgain, "verify", lambda self, approval: False)
        with pytest.raises(ValidationError, match="gäller inte den här texten"):
            approve_last(last)
        assert SigningRound.objects.get(pk=last.pk).state == RoundState.OPEN
        assert (Approval.objects.count(), SealedMinutes.objects.count()) == (1, 0)

    def test_a_person_renamed_meanwhile_is_printed_as_frozen(
        self, cast: Cast, last: SigningRound
    ) -> None:
        for person in (cast.chair, cast.secretary):
            person.name = f"{person.name} Nytt"
            person.save()
        standing = sealing.standing_of(SigningRound.objects.get(pk=last.pk))
        assert [line.name for line in standing.approvals] == ["Gunilla Strömvik"]
        assert standing.frozen_by == "Karin Tallhed"


class TestNothingUndoesIt:
    @pytest.fixture
    def meeting(self, cast: Cast) -> Meeting:
        return builders.sealed(cast)

    def test_no_activity_writes_into_sealed_minutes(self, cast: Cast, meeting: Meeting) -> None:
        by, item = cast.secretary, meeting.items.standing()[0]
        row = meeting.attendance.all()[0]
        acts = [
            lambda: minuting.set_decisions(by=by, item=item, points=["Nytt."]),
            lambda: minuting.mark(by=by, row=row, mode=Mode.ABSENT),
            lambda: minuting.add_guest(by=by, meeting=meeting, name="Gäst"),
            lambda: planning.add_item(by=by, meeting=meeting, heading="Ny"),
            lambda: planning.remove_item(by=by, item=item),
            lambda: planning.cancel_meeting(by=by, meeting=meeting),
            lambda: followup.give_action(by=by, item=item, text="Nytt."),
            lambda: builders.attach(cast, meeting),
            lambda: minuting.open_minutes(by=by, meeting=meeting),
            lambda: signing.open_round(by=by, meeting=meeting),
        ]
        for act in acts:
            with pytest.raises(ValidationError, match="justerat och kan inte ändras"):
                act()
        outcome = builders.write(by, item, "<p>Ny text.</p>")
        assert (outcome.kind, outcome.text) == ("closed", item.text)

    def test_reading_the_file_never_draws_it_again(
        self, meeting: Meeting, monkeypatch: pytest.MonkeyPatch, client: Any, cast: Cast
    ) -> None:
        monkeypatch.setattr(pdf, "render_minutes", None)
        client.force_login(cast.reader)
        answer = client.get(f"/{meeting.council.slug}/moten/{meeting.key}/protokoll.pdf")
        assert answer.content == bytes(meeting.sealed.pdf)

    def test_the_status_of_an_action_lives_on(self, cast: Cast) -> None:
        meeting = builders.written(cast)
        item = meeting.items.standing()[0]
        action = followup.give_action(
            by=cast.secretary, item=item, text="Mät trafiken.", persons=[cast.member]
        )
        builders.approve_all(signing.open_round(by=cast.secretary, meeting=meeting))
        followup.follow_up(by=cast.member, action=action, status=ActionStatus.DONE, note="Mätt.")
        action.refresh_from_db()
        assert action.status == ActionStatus.DONE
        with pytest.raises(DatabaseError, match="bra:"), transaction.atomic():
            type(action).objects.filter(pk=action.pk).update(text="Annat.")


# %s is the sealed meeting; {other} one still written.
ATTACKS = [
    "INSERT INTO meetings_agendaitem (meeting_id, position, kind, heading, presenters,"
    " registry_number, proposed_decision, dispatch, text, text_version)"
    " VALUES (%s, 9, 'other', 'x', '', '', '', '', '', 0)",
    "UPDATE meetings_agendaitem SET meeting_id = %s WHERE meeting_id = {other}",
    "UPDATE meetings_agendaitem SET meeting_id = {other} WHERE meeting_id = %s",
    "WITH gone AS (DELETE FROM meetings_attendance WHERE meeting_id = %s RETURNING 1)"
    " SELECT count(*) FROM gone",
    "INSERT INTO meetings_meeting SELECT * FROM meetings_meeting WHERE id = %s"
    " ON CONFLICT (id) DO UPDATE SET place = 'x'",
    "MERGE INTO meetings_meeting m USING (SELECT %s AS id) s ON m.id = s.id"
    " WHEN MATCHED THEN UPDATE SET state = 'signing'",
    "UPDATE meetings_meeting SET approved_at = now() WHERE id = %s",
    "UPDATE meetings_meeting SET council_id = (SELECT max(id) FROM members_council) WHERE id = %s",
    "DELETE FROM meetings_minutesversion WHERE meeting_id = %s",
    "UPDATE meetings_sealedminutes SET pdf_sha256 = repeat('0', 64) WHERE meeting_id = %s",
    "INSERT INTO meetings_sealedminutes (meeting_id, version_id, round_id, pdf, pdf_sha256, pages,"
    " sealed_at) SELECT {other}, version_id, round_id, pdf, pdf_sha256, pages, now()"
    " FROM meetings_sealedminutes WHERE meeting_id = %s",
    "DELETE FROM meetings_archiveditem WHERE meeting_id = %s",
    "UPDATE meetings_signer SET name = 'x' WHERE round_id IN"
    " (SELECT id FROM meetings_signinground WHERE meeting_id = %s)",
    "DELETE FROM meetings_approval WHERE round_id IN"
    " (SELECT id FROM meetings_signinground WHERE meeting_id = %s)",
    "INSERT INTO meetings_reviewcomment (round_id, person_id, text) SELECT s.id,"
    " (SELECT min(id) FROM members_person), 'x' FROM meetings_signinground s WHERE meeting_id = %s",
    "DELETE FROM meetings_textrevision WHERE item_id IN"
    " (SELECT id FROM meetings_agendaitem WHERE meeting_id = %s)",
    "TRUNCATE meetings_sealedminutes CASCADE -- %s",
    "TRUNCATE meetings_agendaitem CASCADE -- %s",
    "TRUNCATE meetings_meeting CASCADE -- %s",
]


@pytest.mark.parametrize("attack", ATTACKS)
def test_raw_sql_does_not_reach_sealed_minutes(cast: Cast, attack: str) -> None:
    meeting = builders.sealed(cast)
    other = builders.notes_written(cast)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        with pytest.raises(DatabaseError, match=r"bra:|duplicate key"), transaction.atomic():
            cursor.execute(attack.format(other=other.pk), [meeting.pk])
    kept = SealedMinutes.objects.get(meeting=meeting)
    assert kept.pdf_sha256 == snapshot.sha256_of(bytes(kept.pdf))
    assert Meeting.objects.get(pk=meeting.pk).state == State.APPROVED
    assert meeting.items.standing().count() == 5
