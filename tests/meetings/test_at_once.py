"""Omedelbar justering: chosen items are signed and sealed at the table, and stand word for word in
the full minutes."""

from __future__ import annotations

import json

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.test import Client
from django.urls import reverse

from meetings import archiving, followup, minuting, planning, signing
from meetings.models import (
    AgendaItem,
    Decision,
    FileKind,
    ItemKind,
    Meeting,
    RoundState,
    SealedFile,
    SigningRound,
    TextKind,
)
from meetings.states import State
from meetings.wording import NBSP
from members.models import Council, Numbering
from tests import builders
from tests.builders import Cast
from tests.meetings.paper import words

pytestmark = pytest.mark.django_db


def chosen(meeting: Meeting, kind: ItemKind = ItemKind.ROUND_TABLE) -> AgendaItem:
    return meeting.items.standing().get(kind=kind)


def sent(cast: Cast, *kinds: ItemKind) -> SigningRound:
    """A meeting whose items of these kinds are out for omedelbar justering."""
    meeting = builders.written(cast)
    items = [chosen(meeting, kind) for kind in kinds or (ItemKind.ROUND_TABLE,)]
    return signing.open_at_once(by=cast.secretary, meeting=meeting, items=items)


def lines(round_: SigningRound) -> list[dict[str, object]]:
    return list(json.loads(bytes(round_.version.canonical))["items"])


def test_the_chosen_items_are_sealed_as_a_file_of_their_own_while_the_rest_is_written(
    cast: Cast,
) -> None:
    round_ = sent(cast)
    meeting = builders.approve_all(round_)
    assert meeting.state == State.MINUTING
    file = SealedFile.objects.get()
    assert (file.kind, file.round) == (FileKind.EXTRACT, round_)
    printed = words(bytes(file.pdf))
    assert "Omedelbar justering av § 4, protokoll den 12 mars 2026" in printed
    assert "Rådet talar om aktuellt från verksamheterna." in printed
    assert "Rådet talar om inledning." not in printed


def test_the_full_minutes_say_so_and_repeat_it_word_for_word(cast: Cast) -> None:
    round_ = sent(cast)
    meeting = builders.approve_all(round_)
    full = builders.approve_all(signing.open_round(by=cast.secretary, meeting=meeting))
    whole = archiving.minutes_of(full)
    line = next(one for one in whole.content["items"] if one["number"] == 4)
    said = line.pop("at_once")
    assert line == lines(round_)[0]
    assert said.startswith("Omedelbart justerad den ")
    assert said.replace(NBSP, " ") in words(archiving.file_of(whole))


def test_the_words_are_the_extracts_even_when_a_name_in_them_has_changed(cast: Cast) -> None:
    meeting = builders.written(cast)
    item = chosen(meeting)
    followup.give_action(by=cast.secretary, item=item, text="Laga lampan.", persons=[cast.member])
    round_ = signing.open_at_once(by=cast.secretary, meeting=meeting, items=[item])
    builders.approve_all(round_)
    cast.member.name = "Patrik Norrbäck-Ek"
    cast.member.save(update_fields=["name"])
    drawn = minuting.snapshot_of(Meeting.objects.get(pk=meeting.pk))
    line = next(one for one in drawn["items"] if one["key"] == item.pk)
    assert [action["assignee"] for action in line["actions"]] == ["Patrik Norrbäck"]


@pytest.mark.parametrize("sealed", [False, True])
def test_nothing_in_a_chosen_item_can_be_changed(cast: Cast, sealed: bool) -> None:
    """While it is out, and for ever once it is sealed; the item beside it is free."""
    round_ = sent(cast)
    if sealed:
        builders.approve_all(round_)
    meeting = Meeting.objects.get(pk=round_.meeting_id)
    by, item, free = cast.secretary, chosen(meeting), chosen(meeting, ItemKind.OPENING)
    before = minuting.snapshot_of(meeting)["items"][3]
    assert builders.write(by, item, "<p>Annat.</p>").kind == "closed"
    for act in (
        lambda: minuting.set_decisions(by=by, item=item, points=["Nytt."]),
        lambda: minuting.add_report(by=by, item=item, label="Polisen"),
        lambda: followup.give_action(by=by, item=item, text="Nytt."),
        lambda: followup.set_topics(by=by, item=item, topics=[("Nytt", "")]),
        lambda: planning.change_item(by=by, item=item, heading="Annat"),
        lambda: planning.remove_item(by=by, item=item),
    ):
        with pytest.raises(ValidationError, match="omedelbart justerad"):
            act()
    assert minuting.snapshot_of(meeting)["items"][3] == before
    assert builders.write(by, free, "<p>Fritt.</p>").kind == "saved"
    assert minuting.set_decisions(by=by, item=free, points=["Nytt."])[0].text == "Nytt."


def test_the_database_closes_the_rows_behind_a_chosen_item(cast: Cast) -> None:
    meeting = Meeting.objects.get(pk=sent(cast).meeting_id)
    item, free = chosen(meeting), chosen(meeting, ItemKind.OPENING)
    with pytest.raises(DatabaseError, match="adjusted at once"), transaction.atomic():
        AgendaItem.objects.filter(pk=item.pk).update(text="<p>Smuget.</p>")
    with pytest.raises(DatabaseError, match="adjusted at once"), transaction.atomic():
        Decision.objects.create(item=item, position=1, text="Smuget.")
    assert AgendaItem.objects.filter(pk=free.pk).update(text="<p>Fritt.</p>") == 1
    assert Decision.objects.create(item=free, position=1, text="Fritt.").pk > 0


def test_a_chosen_item_keeps_its_number(cast: Cast) -> None:
    meeting = builders.approve_all(sent(cast))
    first = chosen(meeting, ItemKind.OPENING)
    planning.move_item(by=cast.secretary, item=first, to=4)
    with pytest.raises(ValidationError, match="§ 4 är redan omedelbart justerad"):
        signing.open_round(by=cast.secretary, meeting=meeting)
    planning.move_item(by=cast.secretary, item=first, to=0)
    assert signing.open_round(by=cast.secretary, meeting=meeting).state == RoundState.OPEN


def test_numbers_of_a_year_are_counted_from_the_chosen_item(cast: Cast) -> None:
    Council.objects.filter(pk=cast.council.pk).update(numbering=Numbering.PER_YEAR)
    cast.council.refresh_from_db()
    builders.sealed(cast)  # §§ 1–5
    meeting = builders.written(cast, builders.DAY.replace(month=6))
    round_ = signing.open_at_once(by=cast.secretary, meeting=meeting, items=[chosen(meeting)])
    assert [line["number"] for line in lines(round_)] == [9]
    meeting = builders.approve_all(round_)
    drawn = minuting.snapshot_of(meeting)
    assert [line["number"] for line in drawn["items"]] == [6, 7, 8, 9, 10]
    assert builders.approve_all(signing.open_round(by=cast.secretary, meeting=meeting)).state == (
        State.APPROVED
    )


def test_a_returned_extract_is_open_for_writing_and_can_be_sent_again(cast: Cast) -> None:
    round_ = sent(cast)
    signer = round_.signers.all()[0]
    signing.return_minutes(by=signer.person, signer=signer, comment="Fel siffra.")
    meeting = Meeting.objects.get(pk=round_.meeting_id)
    assert meeting.state == State.MINUTING
    item = chosen(meeting)
    assert builders.write(cast.secretary, item, "<p>Rätt siffra.</p>").kind == "saved"
    again = signing.open_at_once(by=cast.secretary, meeting=meeting, items=[item])
    assert again.number == 2
    assert lines(again)[0]["text"] == "<p>Rätt siffra.</p>"


def test_the_whole_waits_for_an_extract_that_is_out(cast: Cast) -> None:
    meeting = Meeting.objects.get(pk=sent(cast).meeting_id)
    with pytest.raises(ValidationError, match="redan ute på justering"):
        signing.open_round(by=cast.secretary, meeting=meeting)
    with pytest.raises(ValidationError, match="redan ute på justering"):
        signing.open_at_once(
            by=cast.secretary, meeting=meeting, items=[chosen(meeting, ItemKind.OPENING)]
        )
    assert SigningRound.every.filter(meeting=meeting).count() == 1


def test_what_is_empty_removed_or_signed_already_is_refused(cast: Cast) -> None:
    meeting = builders.approve_all(sent(cast))
    by = cast.secretary
    empty = planning.add_item(by=by, meeting=meeting, heading="Övrigt")
    gone = builders.removed_item(cast, meeting)
    for items, said in (
        ([], "minst en"),
        ([gone], "minst en"),
        ([empty], "är tom"),
        ([chosen(meeting)], "är redan omedelbart justerad"),
    ):
        with pytest.raises(ValidationError, match=said):
            signing.open_at_once(by=by, meeting=meeting, items=items)
    assert SigningRound.every.filter(meeting=meeting, kind=TextKind.EXTRACT).count() == 1


def test_notes_without_numbers_are_approved_at_once_too(cast: Cast) -> None:
    meeting = builders.notes_written(cast)
    item = meeting.items.standing()[0]
    round_ = signing.open_at_once(by=cast.other_secretary, meeting=meeting, items=[item])
    assert signing.what_of(round_) == "”Läget i centrum”"
    builders.approve_all(round_)
    assert "Omedelbar justering av ”Läget i centrum”" in words(bytes(SealedFile.objects.get().pdf))


def test_the_page_says_who_will_be_asked_or_who_is_not_chosen_yet(
    cast: Cast, client: Client
) -> None:
    client.force_login(cast.secretary)
    for meeting, said in (
        (builders.minuting_open(cast), "Justerare är inte vald än."),
        (builders.written(cast, builders.DAY.replace(day=13)), "Jörgen Almhöjd (justerare) får"),
    ):
        page = client.get(reverse("at_once", args=[cast.council.slug, meeting.key]))
        assert said in page.content.decode()
        assert ("får ett mejl" in page.content.decode()) == (said.endswith("får"))
