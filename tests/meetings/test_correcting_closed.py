"""Rättelse of a closed item: its words in a closed paper, and in the public one that it exists."""

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

from meetings import archiving, sealing, signing, snapshot, verifying
from meetings.models import (
    ClosedItem,
    FileKind,
    SealCertificate,
    SealedFile,
    SealedMinutes,
    SigningRound,
    TextKind,
)
from meetings.sealing import locking
from meetings.signing import papers
from tests import builders
from tests.builders import Cast
from tests.meetings import paper, secret
from tests.meetings.secret import OSL, corrected, files_of, sealed, sent

pytestmark = pytest.mark.django_db


# --- Two papers -----------------------------------------------------------------------------------


def test_the_words_stand_in_the_closed_paper_and_the_public_one_tells_that_it_exists(
    cast: Cast,
) -> None:
    meeting, _, round_ = corrected(cast)
    public, closed = files_of(round_)
    original = SealedMinutes.objects.get(meeting=meeting)
    part = SealedFile.objects.get(round=original.round, kind=FileKind.CLOSED)
    told = paper.words(bytes(public.pdf)).replace("\N{NO-BREAK SPACE}", " ")
    assert "Rättelse av § 6 Ärende som omfattas av sekretess" in told
    assert f"Rättelsen omfattas av sekretess ({OSL}) och finns i en särskild handling." in told
    assert original.pdf_sha256 in told.replace(" ", "")
    for word in ("Pelle", "Palle", "Hörfel", "kvarteret", "Så står det"):
        assert word not in told
        assert word.encode() not in bytes(round_.version.canonical)
    kept = paper.words(bytes(closed.pdf)).replace("\N{NO-BREAK SPACE}", " ")
    for said in (
        "Rättelse 1 av protokoll den 12 mars 2026, sekretessbelagd del",
        "Rättelse av § 6 Läget i kvarteret", f"Sekretess, {OSL}", "Så står det Pelle",
        "Så ska det stå Palle", "Varför Hörfel.", "Rättelsen är justerad",
        "Den sekretessbelagda delen av protokollet den 12 mars 2026 låstes",
    ):  # fmt: skip
        assert said in kept
    assert part.pdf_sha256 in kept.replace(" ", "")
    assert all("Omfattas av sekretess." in page for page in paper.page_texts(bytes(closed.pdf)))


def test_nothing_sealed_is_altered_and_the_minutes_own_closed_part_stays_the_one_that_is_read(
    cast: Cast,
) -> None:
    meeting, item = sealed(cast)
    before = {one.pdf_sha256: bytes(one.pdf) for one in SealedFile.objects.all()}
    before |= {one.pdf_sha256: bytes(one.pdf) for one in SealedMinutes.objects.all()}
    words = archiving.closed_file_of(archiving.closed_part_of(meeting))
    builders.approve_all(sent(cast, meeting, item))
    after = {one.pdf_sha256: bytes(one.pdf) for one in SealedFile.objects.all()}
    after |= {one.pdf_sha256: bytes(one.pdf) for one in SealedMinutes.objects.all()}
    assert {sha256: after[sha256] for sha256 in before} == before
    assert len(after) == len(before) + 2
    assert archiving.closed_file_of(archiving.closed_part_of(meeting)) == words


def test_the_same_people_sign_and_one_approval_seals_both_papers(cast: Cast) -> None:
    _, _, round_ = corrected(cast)
    assert [one.person for one in round_.signers.all()] == [cast.chair, cast.adjuster]
    public, closed = files_of(round_)
    assert closed.validation["attachments"].keys() == {
        "protokoll.json", "underskrifter.json", "sekretess.json",
    }  # fmt: skip
    assert public.validation["attachments"].keys() == {"protokoll.json", "underskrifter.json"}
    (line,) = sealing.read(round_.version)["items"]
    row = round_.version.closed_items.get()
    assert line["commitment"] == snapshot.sha256_of(
        b"par\0" + bytes(row.salt) + bytes(row.canonical)
    )
    assert json.loads(bytes(row.canonical))["corrects"]["old"] == "Pelle"


def test_minnesanteckningar_are_corrected_so_too_by_chair_and_secretary(cast: Cast) -> None:
    meeting, item = secret.notes_sealed(cast)
    by = cast.other_secretary
    round_ = signing.open_correction(
        by=by, meeting=meeting, item=item.pk, old="Pelle", new="Palle", reason="Hörfel."
    )
    assert {one.person for one in round_.signers.all()} == {cast.other_chair, by}
    builders.approve_all(round_)
    public, closed = files_of(round_)
    told, kept = (paper.words(bytes(one.pdf)) for one in (public, closed))
    assert "Rättelse av Ärende som omfattas av sekretess" in told
    assert "Palle" not in told
    assert "Så ska det stå Palle" in kept
    assert "Den sekretessbelagda delen av minnesanteckningarna" in kept


@pytest.mark.parametrize("profile", ["3a", "ua1"])
def test_both_papers_hold_for_the_archive_and_the_screen_reader(cast: Cast, profile: str) -> None:
    _, _, round_ = corrected(cast)
    for file in files_of(round_):
        assert paper.failures(bytes(file.pdf), profile) == []


# --- What may be corrected, and by whom -----------------------------------------------------------


def test_only_who_may_read_the_item_corrects_it_and_only_its_own_words(cast: Cast) -> None:
    meeting, item = sealed(cast)
    with pytest.raises(ValidationError, match="Bara den som får läsa den kan rätta den"):
        sent(cast, meeting, item, by=cast.member)
    with pytest.raises(ValidationError, match="De orden finns inte i texten"):
        sent(cast, meeting, item, old="talar om inledning")  # of an open item
    assert sent(cast, meeting, item, old="Porten stängs.", new="Porten låses.").state == "open"


def test_no_word_of_a_closed_item_is_quoted_in_a_paper_that_all_read(cast: Cast) -> None:
    """Neither as a word of another item nor, as the title of an attachment, of the cover."""
    meeting, item = secret.written(cast)
    attached = builders.attach(cast, meeting, "porten.txt")
    attached.item = item
    attached.save()
    meeting = builders.approve_all(signing.open_round(by=cast.secretary, meeting=meeting))
    other = meeting.items.standing()[0]
    for where, words in ((other.pk, "Pelle"), (None, "Pelle"), (None, attached.title)):
        with pytest.raises(ValidationError, match="De orden finns inte i texten"):
            signing.open_correction(
                by=cast.secretary, meeting=meeting, item=where, old=words, new="x", reason="y"
            )
    assert sent(cast, meeting, item, old=attached.title).state == "open"


# --- In the database ------------------------------------------------------------------------------


def test_the_database_takes_no_correction_of_a_closed_item_in_a_public_paper(cast: Cast) -> None:
    meeting, item = sealed(cast)
    corrects = {"item": item.pk, "old": "Pelle"}
    version = papers.freeze(
        by=cast.secretary, meeting=meeting, kind=TextKind.CORRECTION,
        content={"items": [], "corrects": corrects},  # type: ignore[typeddict-item]
    )  # fmt: skip
    with pytest.raises(DatabaseError, match="corrected in a closed paper"), transaction.atomic():
        SigningRound.every.create(
            meeting=meeting, version=version, kind=TextKind.CORRECTION, number=1,
            due_on=builders.DAY,
        )  # fmt: skip


def test_the_database_keeps_no_open_item_apart_in_a_correction(cast: Cast) -> None:
    meeting, _, round_ = corrected(cast)
    row = round_.version.closed_items.get()
    other = meeting.items.standing()[0]
    drawn = sealing.read(round_.version)
    drawn["items"][0]["key"] = other.pk
    version = papers.freeze(
        by=cast.secretary, meeting=meeting, kind=TextKind.CORRECTION, content=drawn
    )
    with pytest.raises(DatabaseError, match="bra"), transaction.atomic():
        ClosedItem.objects.create(
            version=version, item=other, canonical=row.canonical, salt=row.salt,
            commitment=row.commitment,
        )  # fmt: skip
    with connection.cursor() as cursor, pytest.raises(DatabaseError, match="bra"):
        cursor.execute("DELETE FROM meetings_closeditem")


def test_it_is_not_sealed_without_its_closed_part(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    meeting, item = sealed(cast)
    round_ = sent(cast, meeting, item)
    monkeypatch.setattr(locking, "store_closed", lambda *args: None)
    builders.approve_all(round_)
    assert SealedFile.objects.filter(round=round_).count() == 0
    monkeypatch.undo()
    assert signing.seal_next() == round_
    assert {one.kind for one in SealedFile.objects.filter(round=round_)} == {"correction", "closed"}


# --- Anyone who has the file can check it ---------------------------------------------------------


def test_the_closed_file_proves_itself_and_the_register_does_not_tell_what_it_is(
    cast: Cast, tmp_path: Path
) -> None:
    _, _, round_ = corrected(cast)
    public, closed = files_of(round_)
    found = [verifying.find(one.pdf_sha256) for one in (public, closed)]
    assert [one.name for one in found if one] == ["Rättelse av protokollet", "Handling från mötet"]
    file, certificate = tmp_path / "rattelse.pdf", tmp_path / "kommun.pem"
    file.write_bytes(bytes(closed.pdf))
    known = x509.load_der_x509_certificate(bytes(SealCertificate.objects.get().der))
    certificate.write_bytes(known.public_bytes(Encoding.PEM))
    for given in ({"certificates": [certificate]}, {}):
        said = io.StringIO()
        call_command("verify_minutes", file, stdout=said, **given)
        assert "Exakt originalet" in said.getvalue()
        assert "hänvisar till" not in said.getvalue()
        assert "Pelle" not in said.getvalue()


def test_words_that_were_changed_after_the_freeze_are_not_approved(cast: Cast) -> None:
    meeting, item = sealed(cast)
    round_ = sent(cast, meeting, item)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE meetings_closeditem DISABLE TRIGGER bra_append_only")
        cursor.execute("ALTER TABLE meetings_closeditem DROP CONSTRAINT commitment_is_of_the_bytes")
        cursor.execute(
            "UPDATE meetings_closeditem SET canonical = 'x' WHERE version_id = %s",
            [round_.version_id],
        )
    with pytest.raises(ValidationError, match="stämmer inte med den låsta texten"):
        builders.approve(round_.signers.all()[0])
    assert round_.approvals.count() == 0
