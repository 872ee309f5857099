"""Closed items: marked with a provision, frozen apart, approved with the rest, sealed apart."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.urls import reverse

from meetings import (
    archiving,
    followup,
    minuting,
    planning,
    sealing,
    secrecy,
    signing,
    snapshot,
    verifying,
)
from meetings.models import (
    AgendaItem,
    ClosedItem,
    FileKind,
    ItemKind,
    Meeting,
    SealedFile,
    SealedMinutes,
    SigningRound,
)
from meetings.sealing import locking
from meetings.states import State
from members import setting_up
from members.access import rights_in
from members.models import AuditEntry, Person
from members.roles import RIGHTS, Right, Role
from tests import builders, canaries
from tests.builders import Cast
from tests.canaries import bird, birds_in

pytestmark = pytest.mark.django_db
As = Callable[[Person], Client]
OSL = "OSL 35 kap. 1 §"


def written(cast: Cast) -> tuple[Meeting, AgendaItem]:
    """Minutes ready for justering, with a closed § of which every part has words."""
    meeting = builders.written(cast)
    item = builders.closed_item(cast, meeting)
    builders.write(cast.secretary, item, "<p>Pelle i port fyra.</p>")
    item.refresh_from_db()
    minuting.set_decisions(by=cast.secretary, item=item, points=["Porten stängs."])
    return meeting, item


def in_signing(cast: Cast) -> tuple[SigningRound, AgendaItem]:
    meeting, item = written(cast)
    return signing.open_round(by=cast.secretary, meeting=meeting), item


def sealed(cast: Cast) -> tuple[Meeting, AgendaItem]:
    round_, item = in_signing(cast)
    return builders.approve_all(round_), item


# --- Marking --------------------------------------------------------------------------------------


def test_an_item_is_closed_with_its_provision_and_opened_with_a_reason(cast: Cast) -> None:
    meeting = builders.planned(cast)
    item = planning.add_item(by=cast.secretary, meeting=meeting, heading="Läget i kvarteret")
    closed = secrecy.close_item(
        by=cast.secretary, item=item, secrecy=f" {OSL} ", public_heading="Personärende"
    )
    assert (closed.is_secret, closed.secrecy, str(closed)) == (True, OSL, "Personärende")
    opened = secrecy.open_item(by=cast.secretary, item=item, reason="Uppgifterna är kända.")
    assert (opened.is_secret, str(opened)) == (False, "Läget i kvarteret")
    told = AuditEntry.objects.filter(action__in=["item.closed", "item.opened"]).order_by("pk")
    assert [(one.subject_text, one.facts) for one in told] == [
        ("Personärende", {"secrecy": OSL}),
        ("Personärende", {"secrecy": OSL, "reason": "Uppgifterna är kända."}),
    ]


def test_without_a_heading_of_its_own_it_has_a_neutral_one(cast: Cast) -> None:
    item = builders.closed_item(cast, builders.planned(cast))
    assert item.public_name == "Ärende som omfattas av sekretess"


@pytest.mark.parametrize(
    ("secrecy_", "public_heading", "field"),
    [
        ("  ", "", "secrecy"),
        ("O" * 121, "", "secrecy"),
        (OSL, "P" * 121, "public_heading"),
        (OSL, "läget i KVARTERET", "public_heading"),
    ],
)
def test_what_an_item_cannot_be_closed_with(
    cast: Cast, secrecy_: str, public_heading: str, field: str
) -> None:
    item = planning.add_item(
        by=cast.secretary, meeting=builders.planned(cast), heading="Läget i kvarteret"
    )
    with pytest.raises(ValidationError) as refused:
        secrecy.close_item(
            by=cast.secretary, item=item, secrecy=secrecy_, public_heading=public_heading
        )
    assert list(refused.value.message_dict) == [field]
    item.refresh_from_db()
    assert item.is_secret is False


@pytest.mark.parametrize("kind", secrecy.ALWAYS_OPEN)
def test_what_the_public_minutes_need_is_always_open(cast: Cast, kind: ItemKind) -> None:
    item = builders.planned(cast).items.get(kind=kind)
    with pytest.raises(ValidationError, match="är alltid öppna"):
        secrecy.close_item(by=cast.secretary, item=item, secrecy=OSL)


def test_opening_needs_a_reason(cast: Cast) -> None:
    item = builders.closed_item(cast, builders.planned(cast))
    with pytest.raises(ValidationError, match="Skriv varför"):
        secrecy.open_item(by=cast.secretary, item=item, reason="  ")


def test_a_topic_of_a_closed_item_becomes_a_closed_item(cast: Cast) -> None:
    _, item = written(cast)
    followup.set_topics(by=cast.secretary, item=item, topics=[("Följ upp Pelle", "")])
    later = planning.plan_meeting(
        by=cast.secretary, council=cast.council, date=builders.DAY.replace(month=6)
    )
    became = later.items.get(heading="Följ upp Pelle")
    assert (became.secrecy, str(became)) == (OSL, "Ärende som omfattas av sekretess")


# --- Who reads them -------------------------------------------------------------------------------


def test_who_writes_or_reads_drafts_reads_what_is_closed() -> None:
    """The desk, the agenda page and drafts are theirs: so no such role may lack the right."""
    of_drafts = {role for role in Role if RIGHTS[role] & {Right.WRITE, Right.READ_DRAFT}}
    reads_closed = {role for role in Role if Right.READ_CLOSED in RIGHTS[role]}
    assert of_drafts == reads_closed == {Role.SECRETARY, Role.CHAIR, Role.VICE_CHAIR}


def seen_by(cast: Cast, item: AgendaItem) -> set[str]:
    return {
        name
        for name in (
            "secretary", "chair", "adjuster", "member", "substitute", "co_opted", "reader",
            "administrator", "other_secretary",
        )
        if AgendaItem.objects.filter(pk=item.pk).visible_to(getattr(cast, name)).exists()
    }  # fmt: skip


def test_members_and_substitutes_read_them_where_the_council_has_chosen_so(cast: Cast) -> None:
    item = builders.closed_item(cast, builders.planned(cast))
    assert seen_by(cast, item) == {"secretary", "chair"}
    setting_up.change_council(by=cast.secretary, council=cast.council, members_read_closed=True)
    assert seen_by(cast, item) == {"secretary", "chair", "adjuster", "member", "substitute"}
    cast.council.refresh_from_db()
    assert Right.READ_CLOSED in rights_in(cast.substitute, cast.council)
    assert Right.READ_CLOSED not in rights_in(cast.co_opted, cast.council)


def test_who_signs_reads_what_they_sign_and_no_longer_once_it_is_returned(cast: Cast) -> None:
    round_, item = in_signing(cast)
    assert "adjuster" in seen_by(cast, item)
    signer = round_.signers.get(person=cast.adjuster)
    signing.return_minutes(by=cast.adjuster, signer=signer, comment="Fel dag.")
    assert "adjuster" not in seen_by(cast, item)


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


def test_a_closed_item_is_not_corrected_in_a_paper_that_all_read(cast: Cast) -> None:
    meeting, item = sealed(cast)
    with pytest.raises(ValidationError, match="En rättelse läses av alla"):
        signing.open_correction(
            by=cast.secretary, meeting=meeting, item=item.pk, old="Ärende", new="Pelle",
            reason="Fel.",
        )  # fmt: skip


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


# --- Read, and noted as read ----------------------------------------------------------------------


def readings() -> list[tuple[str, str, list[int]]]:
    return [
        (entry.person_name, entry.facts["where"], entry.facts["items"])
        for entry in AuditEntry.objects.filter(action="closed.read").order_by("pk")
    ]


def test_every_reading_is_noted_once_a_request(cast: Cast, as_: As) -> None:
    meeting, item = sealed(cast)
    place = [cast.council.slug, meeting.key]
    for person in (cast.chair, cast.adjuster):
        page = as_(person).get(reverse("closed_part", args=place))
        assert "Pelle i port" in page.content.decode()
        assert page.headers["Cache-Control"] == "private, no-store"
    assert as_(cast.member).get(reverse("closed_part", args=place)).status_code == 404
    as_(cast.chair).get(reverse("closed_pdf", args=place))
    assert readings() == [
        ("Gunilla Strömvik", "closed_part", [item.pk]),
        ("Jörgen Almhöjd", "closed_part", [item.pk]),
        ("Gunilla Strömvik", "closed_pdf", [item.pk]),
    ]
    history = as_(cast.secretary).get(reverse("history", args=place)).content.decode()
    assert "Gunilla Strömvik läste §\N{NO-BREAK SPACE}6, som omfattas av sekretess" in history
    kept = as_(cast.administrator).get(reverse("history", args=place)).content.decode()
    assert "omfattas av sekretess" in kept
    assert " läste " not in kept


def test_the_file_is_what_was_sealed(cast: Cast, as_: As) -> None:
    meeting, _ = sealed(cast)
    answer = as_(cast.chair).get(reverse("closed_pdf", args=[cast.council.slug, meeting.key]))
    assert snapshot.sha256_of(answer.content) == SealedFile.objects.get().pdf_sha256
    name = "Protokoll Strandköpings BRÅ 2026-03-12, sekretess.pdf"
    assert archiving.closed_file_of(archiving.closed_part_of(meeting))[1] == name


# --- Where it must not stand ----------------------------------------------------------------------


def test_no_line_of_the_log_has_a_word_of_it(cast: Cast, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        canaries.written(cast, builders.DAY)
    ours = [one.getMessage() for one in caplog.records if not one.name.startswith("django.db")]
    assert [line for line in ours if birds_in(line.encode())] == []


def test_a_heading_that_stands_for_a_number_is_not_told_beside_a_name(cast: Cast) -> None:
    """Where items have no §, a person came "fr.o.m." a heading."""
    meeting = builders.notes_written(cast)
    first = meeting.items.standing()[1]
    first.heading = bird("rubrik")
    first.save()
    canaries.close(cast, first)
    minuting.set_details(
        by=cast.other_secretary, row=meeting.attendance.get(person=cast.other_member),
        from_item=first,
    )  # fmt: skip
    public = minuting.snapshot_of(meeting)
    assert birds_in(json.dumps(public, ensure_ascii=False).encode()) == set()
    assert [one["note"] for one in public["members"] if one["note"].startswith("fr.o.m.")] == [
        "fr.o.m. Ärende som omfattas av sekretess"
    ]
