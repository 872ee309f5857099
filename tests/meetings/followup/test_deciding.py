"""A decision that gives an uppdrag and the uppdrag are one, as long as nobody rewrites it."""

from __future__ import annotations

import datetime
import uuid
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from meetings import followup, minuting
from meetings.followup import sentence
from meetings.models import ActionItem, AgendaItem, ItemKind
from members.models import Organisation, OrganisationKind, Person
from tests import builders
from tests.builders import Cast

pytestmark = pytest.mark.django_db
MAY = datetime.date(2026, 5, 15)
POLICE = "Rådet ger polisen i uppdrag att se över Lotsgatan senast den 15\xa0maj 2026."


@pytest.fixture
def item(cast: Cast) -> AgendaItem:
    return builders.minuting_open(cast).items.get(kind=ItemKind.AGENDA)


def police(cast: Cast) -> Organisation:
    return Organisation.objects.get(name="Polisen", municipality=cast.council.municipality)


def give(cast: Cast, item: AgendaItem, **fields: Any) -> ActionItem:
    wanted: dict[str, Any] = {
        "text": "Se över Lotsgatan.", "organisations": [police(cast)], "due_on": MAY,
        "as_decision": True,
    }  # fmt: skip
    return followup.give_action(by=cast.secretary, item=item, **(wanted | fields))


def change(cast: Cast, action: ActionItem, **fields: Any) -> ActionItem:
    return followup.change_action(by=cast.secretary, action=action, **fields)


def points(item: AgendaItem) -> list[str]:
    return [point.text for point in item.decisions.all()]


def named(*names: str) -> list[Person]:
    return [Person(name=name) for name in names]


def bodies(*kinds: tuple[str, OrganisationKind]) -> list[Organisation]:
    return [Organisation(name=name, kind=kind) for name, kind in kinds]


K = OrganisationKind


@pytest.mark.parametrize(
    ("persons", "organisations", "role", "said"),
    [
        (["Karin Ek"], [], "", "Karin Ek"),
        (["Karin Ek", "Bo Ö"], [("Polisen", K.AGENCY)], "", "Karin Ek, Bo Ö och polisen"),
        ([], [("Kultur- och fritidsnämnden", K.BOARD)], "", "kultur- och fritidsnämnden"),
        ([], [("SBK", K.OFFICE), ("Vöfab", K.MUNICIPAL_COMPANY)], "", "SBK och Vöfab"),
        ([], [("Värends räddningstjänst", K.RESCUE)], "", "Värends räddningstjänst"),
        ([], [("Köpmannaföreningen", K.ASSOCIATION)], "", "Köpmannaföreningen"),
        ([], [], "Säkerhetschefen", "säkerhetschefen"),
        ([], [], "", ""),
    ],
)
def test_who_is_said_as_inside_a_sentence(
    persons: list[str], organisations: list[tuple[str, OrganisationKind]], role: str, said: str
) -> None:
    assert sentence.whom(named(*persons), bodies(*organisations), role) == said


@pytest.mark.parametrize(
    ("text", "due_on", "to_next", "passive", "written"),
    [
        ("Se över Lotsgatan.", MAY, False, False, POLICE),
        ("se över Lotsgatan", None, True, False,
         "Rådet ger polisen i uppdrag att se över Lotsgatan till nästa möte."),
        ("att se över Lotsgatan", None, False, True,
         "Polisen får i uppdrag att se över Lotsgatan."),
        ("Polisen får i uppdrag att se över Lotsgatan senast 15 maj", MAY, False, False, POLICE),
        ("se över Lotsgatan senast 15 maj", None, False, False,
         "Rådet ger polisen i uppdrag att se över Lotsgatan senast 15 maj."),
        ("se över senast 15 maj och redovisa", MAY, False, False,
         "Rådet ger polisen i uppdrag att se över senast 15 maj och redovisa."),
        ("Se över. Berätta sedan.", MAY, False, False,
         "Rådet ger polisen i uppdrag att se över. Berätta sedan. "
         "Uppdraget ska vara klart senast den 15\xa0maj 2026."),
        ("SBK:s plan ses över", None, False, False,
         "Rådet ger polisen i uppdrag att SBK:s plan ses över."),
    ],
)  # fmt: skip
def test_the_sentence_is_swedish(
    text: str, due_on: datetime.date | None, to_next: bool, passive: bool, written: str
) -> None:
    assert written == sentence.written(
        council="Rådet", who="polisen", text=text, due_on=due_on, next_meeting=to_next,
        near=builders.DAY, passive=passive,
    )  # fmt: skip


def test_the_council_is_called_as_it_calls_itself(cast: Cast) -> None:
    assert sentence.itself(cast.council) == "Rådet"
    assert sentence.itself(cast.other_council) == "Rådet"  # its phrases say so
    cast.other_council.decision_phrases = ["Dagordningen fastställs."]
    assert sentence.itself(cast.other_council) == "BRÅ"
    cast.council.decision_phrases = ["BRÅ ställer sig bakom förslaget."]
    assert sentence.itself(cast.council) == "BRÅ"


def test_one_form_makes_decision_and_uppdrag(cast: Cast, item: AgendaItem) -> None:
    minuting.set_decisions(by=cast.secretary, item=item, points=["Dagordningen fastställs."])
    action = give(cast, item)
    assert points(item) == ["Dagordningen fastställs.", POLICE]
    assert (followup.assignee(action), action.due_on) == ("Polisen", MAY)
    line = next(one for one in minuting.snapshot_of(item.meeting)["items"] if one["key"] == item.pk)
    assert line["actions"][0]["in_text"] is True  # said once, and listed at the end


def test_the_sentence_follows_when_the_uppdrag_is_changed(cast: Cast, item: AgendaItem) -> None:
    action = give(cast, item)
    change(cast, action, persons=[cast.member], due_on=None, due_next_meeting=True)
    assert points(item) == [
        "Rådet ger Patrik Norrbäck och polisen i uppdrag att se över Lotsgatan till nästa möte."
    ]
    change(cast, action, text="Laga lampan.", organisations=[])
    assert points(item) == ["Rådet ger Patrik Norrbäck i uppdrag att laga lampan till nästa möte."]


def test_what_is_rewritten_by_hand_is_never_touched(cast: Cast, item: AgendaItem) -> None:
    action = give(cast, item)
    minuting.set_decisions(by=cast.secretary, item=item, points=["Polisen ser över Lotsgatan."])
    change(cast, action, due_on=MAY + datetime.timedelta(days=1))
    assert points(item) == ["Polisen ser över Lotsgatan."]
    followup.remove_action(by=cast.secretary, action=action)
    followup.restore_action(by=cast.secretary, action=action)
    assert points(item) == ["Polisen ser över Lotsgatan."]
    change(cast, action, as_decision=True)
    assert points(item)[1:] == [POLICE.replace("15", "16")]


def test_a_sentence_written_by_hand_is_taken_up_as_it_is_meant(
    cast: Cast, item: AgendaItem
) -> None:
    said = "Polisen får i uppdrag att se över Lotsgatan senast 15 maj."
    minuting.set_decisions(by=cast.secretary, item=item, points=[said, "Annat."])
    give(cast, item, text=said, instead_of=said)
    assert points(item) == [
        "Polisen får i uppdrag att se över Lotsgatan senast den 15\xa0maj 2026.", "Annat."
    ]  # fmt: skip


def test_removed_and_taken_back_together(cast: Cast, item: AgendaItem) -> None:
    action = give(cast, item)
    minuting.set_decisions(by=cast.secretary, item=item, points=[POLICE, "Annat."])
    followup.remove_action(by=cast.secretary, action=action)
    assert points(item) == ["Annat."]
    followup.restore_action(by=cast.secretary, action=action)
    assert points(item) == ["Annat.", POLICE]
    change(cast, action, as_decision=False)
    assert points(item) == ["Annat."]


def test_nobody_to_do_it_is_a_proposal_and_no_decision(cast: Cast, item: AgendaItem) -> None:
    with pytest.raises(ValidationError, match="behöver någon som får uppdraget"):
        give(cast, item, organisations=[])
    assert (ActionItem.objects.count(), points(item)) == (0, [])
    action = give(cast, item)
    with pytest.raises(ValidationError, match="behöver någon som får uppdraget"):
        change(cast, action, organisations=[])
    assert points(item) == [POLICE]


def test_a_form_sent_twice_gives_one(cast: Cast, item: AgendaItem) -> None:
    key = uuid.uuid4()
    first = give(cast, item, asked_as=key)
    again = give(cast, item, asked_as=key, due_on=MAY + datetime.timedelta(days=1))
    assert again == first
    assert ActionItem.objects.get().due_on == MAY + datetime.timedelta(days=1)
    assert points(item) == [POLICE.replace("15", "16")]


def test_two_secretaries_who_note_the_same_give_one(cast: Cast, item: AgendaItem) -> None:
    first = give(cast, item)
    assert give(cast, item, text="se över  lotsgatan.") == first
    with pytest.raises(ValidationError, match="redan antecknat i paragrafen"):
        give(cast, item, due_on=None)
    assert give(cast, item, organisations=[], persons=[cast.member]) != first
    assert ActionItem.objects.count() == 2


@pytest.mark.parametrize(
    ("fields", "fault"),
    [
        ({"due_on": builders.DAY - datetime.timedelta(days=1)}, "mars 2026 är före mötet"),
        ({"due_next_meeting": True}, "antingen ett datum eller nästa möte"),
        ({"text": "x" * 10_000}, "högst 2 000 tecken"),
        ({"text": " \n "}, "Skriv vad uppdraget är"),
    ],
)
def test_what_cannot_be_is_said_and_nothing_is_written(
    cast: Cast, item: AgendaItem, fields: dict[str, Any], fault: str
) -> None:
    with pytest.raises(ValidationError, match=fault):
        give(cast, item, **fields)
    assert (ActionItem.objects.count(), points(item)) == (0, [])
