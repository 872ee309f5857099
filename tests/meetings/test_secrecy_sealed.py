"""Two papers of one text: what is closed is frozen apart, approved with the rest, sealed apart."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from meetings import minuting, sealing, secrecy, signing, snapshot, stamping, verifying
from meetings.models import (
    ClosedItem,
    FileKind,
    Meeting,
    SealCertificate,
    SealedFile,
    SealedMinutes,
    SigningRound,
)
from meetings.sealing import drawing, finishing, locking, signatures
from meetings.states import State
from meetings.verifying import judging
from members import audit
from tests import builders
from tests.builders import Cast
from tests.meetings import paper, snapshots
from tests.meetings.secret import OSL, in_signing, sealed, written

pytestmark = pytest.mark.django_db


# --- Two papers -----------------------------------------------------------------------------------


def test_the_public_minutes_commit_to_the_closed_item_and_say_nothing_of_it(cast: Cast) -> None:
    round_, item = in_signing(cast)
    public = sealing.read(round_.version)
    row = round_.version.closed_items.get()
    (line,) = [one for one in public["items"] if one["key"] == item.pk]
    assert line == {
        "key": item.pk, "number": 6, "label": "§\N{NO-BREAK SPACE}6", "kind": "other",
        "heading": "Ärende som omfattas av sekretess", "withheld": OSL,
        "registry_number": "", "presenters": "", "text": "", "reports": [], "next_meeting": "",
        "topics": [], "decisions": [], "actions": [], "dispatch": "",
        "commitment": snapshot.sha256_of(b"par\0" + bytes(row.salt) + bytes(row.canonical)),
    }  # fmt: skip
    closed = json.loads(bytes(row.canonical))
    assert (closed["item"]["heading"], closed["item"]["text"], closed["item"]["decisions"]) == (
        "Läget i kvarteret", "<p>Pelle i port fyra.</p>", ["Porten stängs."],
    )  # fmt: skip
    assert b"Pelle" not in bytes(round_.version.canonical)
    assert "Pelle" in json.dumps(secrecy.whole(round_.version), ensure_ascii=False)


def test_two_frozen_alike_have_different_commitments(cast: Cast) -> None:
    meeting, _ = written(cast)
    public, parts = minuting.drawn_of(meeting)
    first, second = (secrecy.committed(public, parts)[1][0] for _ in range(2))
    assert bytes(first.canonical) == bytes(second.canonical)
    assert first.commitment != second.commitment


def test_minutes_without_closed_items_have_the_bytes_they_always_had(cast: Cast) -> None:
    meeting = builders.written(cast)
    words = snapshot.canonical(minuting.snapshot_of(meeting))
    assert minuting.whole_of(meeting) == minuting.snapshot_of(meeting)
    assert not any(word in words for word in (b"secrecy", b"withheld", b"commitment", b"closed"))


def test_one_approval_seals_both_papers(cast: Cast) -> None:
    meeting, _ = sealed(cast)
    assert meeting.state == State.APPROVED
    public, closed = SealedMinutes.objects.get(), SealedFile.objects.get()
    assert (closed.kind, closed.round_id) == (FileKind.CLOSED, public.round_id)
    assert verifying.judge_hash(closed.pdf_sha256).is_original
    assert closed.validation["attachments"].keys() == {
        "protokoll.json", "underskrifter.json", "sekretess.json",
    }  # fmt: skip


def test_the_closed_paper_is_for_archives_and_screen_readers_and_says_what_it_is(
    cast: Cast,
) -> None:
    sealed(cast)
    content = bytes(SealedFile.objects.get().pdf)
    assert [paper.failures(content, profile) for profile in ("3a", "ua1")] == [[], []]
    for page in paper.page_texts(content):
        assert "Sekretessbelagd del" in page
        assert "Omfattas av sekretess." in page


@pytest.mark.parametrize("style", ["paragraphs", "headings"])
def test_the_public_paper_says_that_and_why_it_is_kept_apart(style: str) -> None:
    whole = snapshots.paragraphs() if style == "paragraphs" else snapshots.headings()
    line = whole["items"][1]
    line["secrecy"] = OSL
    whole["items"][1] = snapshot.public_line(line, "Personärende")
    words = paper.words(paper.minutes(whole)).replace("\N{NO-BREAK SPACE}", " ")
    what = "Paragrafen" if style == "paragraphs" else "Punkten"
    said = f"{what} omfattas av sekretess (OSL 35 kap. 1 §) och finns i en särskild handling."
    assert f"Personärende {said}" in words


def test_the_check_page_does_not_tell_what_the_closed_file_is(cast: Cast) -> None:
    sealed(cast)
    found = verifying.find(SealedFile.objects.get().pdf_sha256)
    assert found is not None
    assert (found.name, found.council) == ("Handling från mötet", cast.council.name)


def test_a_closed_item_that_was_changed_is_neither_approved_nor_sealed(cast: Cast) -> None:
    round_, _ = in_signing(cast)
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("ALTER TABLE meetings_closeditem DISABLE TRIGGER bra_append_only")
    run("ALTER TABLE meetings_closeditem DROP CONSTRAINT commitment_is_of_the_bytes")
    run("UPDATE meetings_closeditem SET canonical = 'x'")
    with pytest.raises(ValidationError, match="stämmer inte med den låsta texten"):
        builders.approve(round_.signers.all()[0])
    assert round_.approvals.count() == 0


def test_it_is_not_adjusted_at_once_and_not_signed_on_paper(cast: Cast) -> None:
    meeting, item = written(cast)
    with pytest.raises(ValidationError, match="omfattas av sekretess och justeras tillsammans"):
        signing.open_at_once(by=cast.secretary, meeting=meeting, items=[item])
    round_ = signing.open_round(by=cast.secretary, meeting=meeting)
    with pytest.raises(ValidationError, match="kan därför inte justeras på papper"):
        builders.keep_scan(cast, round_, builders.scan())


def test_after_a_return_a_closed_item_that_is_the_same_is_not_asked_about_again(
    cast: Cast,
) -> None:
    """Its commitment is another, because of its salt; its words are not."""
    round_, item = in_signing(cast)
    signer = round_.signers.get(person=cast.adjuster)
    signing.mark_rest(by=cast.adjuster, signer=signer)
    signing.return_minutes(by=cast.adjuster, signer=signer, comment="Fel dag.")
    again = signing.open_round(by=cast.secretary, meeting=Meeting.objects.get())
    reading = signing.reading_of(again.signers.get(person=cast.adjuster))
    assert {entry.key: entry.state for entry in reading.entries}[item.pk] == "same"


# --- In the database ------------------------------------------------------------------------------

FREEZE = (
    "INSERT INTO meetings_closeditem (version_id, item_id, canonical, salt, commitment)"
    " SELECT version_id, item_id, 'x', salt, encode(sha256(decode('70617200', 'hex') || salt"
    " || 'x'), 'hex') FROM meetings_closeditem"
)


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE meetings_closeditem SET canonical = 'x'",
        "UPDATE meetings_closeditem SET salt = canonical",
        "DELETE FROM meetings_closeditem",
        "TRUNCATE meetings_closeditem CASCADE",
        FREEZE,
        "UPDATE meetings_agendaitem SET secrecy = '' WHERE secrecy <> ''",
    ],
)
def test_what_is_frozen_apart_stays_as_it_is(cast: Cast, sql: str) -> None:
    in_signing(cast)
    run("SET CONSTRAINTS ALL IMMEDIATE")
    with pytest.raises(DatabaseError, match="bra"), transaction.atomic():
        run(sql)
    assert ClosedItem.objects.count() == 1


def test_no_round_opens_without_the_closed_items_its_text_commits_to(cast: Cast) -> None:
    meeting, _ = written(cast)
    version = minuting.freeze(by=cast.secretary, meeting=meeting)
    run("SET CONSTRAINTS ALL IMMEDIATE")
    run("ALTER TABLE meetings_closeditem DISABLE TRIGGER bra_append_only")
    run("DELETE FROM meetings_closeditem")
    facts = {"meeting": meeting, "version": version, "number": 1, "due_on": builders.DAY}
    with pytest.raises(DatabaseError, match="a closed item that the text commits to is missing"):
        SigningRound.objects.create(**facts)


def test_minutes_are_not_sealed_without_their_closed_part(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    round_, _ = in_signing(cast)
    monkeypatch.setattr(locking, "store_closed", lambda *args: None)
    meeting = builders.approve_all(round_)
    assert meeting.state == State.SIGNING
    assert SealedMinutes.objects.count() == 0
    monkeypatch.undo()
    signing.seal_at_once(SigningRound.objects.get())
    assert Meeting.objects.get().state == State.APPROVED


def run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


# --- Anyone who has the file can check it ---------------------------------------------------------


def test_the_closed_file_proves_itself_without_a_database(cast: Cast, tmp_path: Path) -> None:
    sealed(cast)
    file, certificate = tmp_path / "sekretess.pdf", tmp_path / "kommun.pem"
    file.write_bytes(bytes(SealedFile.objects.get().pdf))
    known = x509.load_der_x509_certificate(bytes(SealCertificate.objects.get().der))
    certificate.write_bytes(known.public_bytes(Encoding.PEM))
    said = io.StringIO()
    call_command("verify_minutes", file, certificates=[certificate], stdout=said)
    assert "Exakt originalet" in said.getvalue()
    assert "Pelle" not in said.getvalue()


def test_with_other_words_than_were_approved_it_does_not(cast: Cast, tmp_path: Path) -> None:
    """Stamped by the same key: the commitment in the approved text is what tells."""
    round_, _ = in_signing(cast)
    builders.approve_all(round_)
    round_ = SigningRound.objects.select_related("version__meeting").get()
    now = timezone.now()
    trail = audit.head(cast.council)
    *rest, closed = signatures.closed_enclosures_of(round_, sealed_at=now, trail=trail)
    other = stamping.Enclosure(
        closed.name, closed.content.replace(b"Pelle", b"Kalle"), closed.description,
        closed.relationship,
    )  # fmt: skip
    assert other.content != closed.content
    made = finishing.stamped(
        drawing.rendered_closed(round_, drawing.standing_of(round_, sealed_at=now)),
        meeting=round_.meeting, at=now, attachments=[*rest, other],
    )  # fmt: skip
    file = tmp_path / "annan.pdf"
    file.write_bytes(made.pdf)
    with file.open("rb") as content:
        answer, findings = judging.judge_alone(
            content, certificates=[bytes(SealCertificate.objects.get().der)]
        )
    assert answer.verdict == verifying.Verdict.GENUINE
    assert verifying.contents.flaws_in(findings) == [
        "Den sekretessbelagda delen är inte den som den godkända texten hänvisar till."
    ]
