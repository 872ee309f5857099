"""Closed items: marked with a provision, frozen apart, approved with the rest, sealed apart."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from meetings import (
    archiving,
    followup,
    minuting,
    planning,
    secrecy,
    signing,
    snapshot,
)
from meetings.models import (
    AgendaItem,
    ItemKind,
    SealedFile,
)
from meetings.models.agenda import ALWAYS_OPEN
from members import setting_up
from members.access import rights_in
from members.models import AuditEntry, Person
from members.roles import RIGHTS, Right, Role
from tests import builders, canaries
from tests.builders import Cast
from tests.canaries import bird, birds_in
from tests.meetings.secret import OSL, in_signing, sealed, written

pytestmark = pytest.mark.django_db
As = Callable[[Person], Client]


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


@pytest.mark.parametrize("kind", ALWAYS_OPEN)
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


def test_nobody_lets_others_read_what_they_may_not_read_themselves(cast: Cast) -> None:
    """The administrator has the council's settings, and never what is closed."""
    with pytest.raises(ValidationError, match="Bara den som själv läser"):
        setting_up.change_council(
            by=cast.administrator, council=cast.council, members_read_closed=True
        )
    cast.council.refresh_from_db()
    assert cast.council.members_read_closed is False


def test_who_signs_reads_what_they_sign_and_no_longer_once_it_is_returned(cast: Cast) -> None:
    round_, item = in_signing(cast)
    assert "adjuster" in seen_by(cast, item)
    signer = round_.signers.get(person=cast.adjuster)
    signing.return_minutes(by=cast.adjuster, signer=signer, comment="Fel dag.")
    assert "adjuster" not in seen_by(cast, item)


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
    """Where items have no §, a person was there at a heading."""
    meeting = builders.notes_written(cast)
    first = meeting.items.standing()[1]
    first.heading = bird("rubrik")
    first.save()
    canaries.close(cast, first)
    row = meeting.attendance.get(person=cast.other_member)
    minuting.come(by=cast.other_secretary, row=row, item=first)
    public = minuting.snapshot_of(meeting)
    assert birds_in(json.dumps(public, ensure_ascii=False).encode()) == set()
    assert [one["note"] for one in public["members"] if one["note"].startswith("punkten")] == [
        "punkten Ärende som omfattas av sekretess"
    ]
