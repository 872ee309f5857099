"""People get into the register and out of it; who may correct whom."""

from __future__ import annotations

import datetime
import threading

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone

from members import audit, joining
from members.models import Council, Mandate, Organisation, OutgoingMail, Person
from members.roles import Role
from tests import builders
from tests.builders import Cast

TODAY = timezone.localdate
A_DAY = datetime.timedelta(days=1)


def test_a_person_without_an_address_can_be_a_member(cast: Cast) -> None:
    mandate = add(cast, name="  Asta   Ek ", organisation="Socialnämnden", title="utredare")
    assert (mandate.person.name, mandate.person.email) == ("Asta Ek", None)
    assert (mandate.role, mandate.title) == (Role.MEMBER, "utredare")
    assert mandate.organisation is not None
    assert (mandate.organisation.name, mandate.organisation.kind) == ("Socialnämnden", "board")
    assert mandate.person.can_sign_in is False


def test_an_organisation_is_found_by_its_other_name(cast: Cast) -> None:
    before = Organisation.objects.count()
    mandate = add(cast, name="Asta Ek", organisation=" kommunpolisen ")
    assert str(mandate.organisation) == "Polisen"
    assert Organisation.objects.count() == before


def test_the_same_address_in_capitals_is_the_same_person(cast: Cast) -> None:
    mandate = add(cast, name="Annat Namn", email="PATRIK@Kommun.example", role=Role.CO_OPTED)
    assert mandate.person == cast.member
    assert mandate.person.name == "Patrik Norrbäck"


def test_a_second_press_adds_nobody(cast: Cast) -> None:
    add(cast, name="Asta Ek", organisation="Socialnämnden")
    people, seats = Person.objects.count(), Mandate.objects.count()
    with pytest.raises(ValidationError, match="finns redan i registret"):
        add(cast, name="asta ek", organisation="Socialnämnden")
    assert (Person.objects.count(), Mandate.objects.count()) == (people, seats)


def test_when_the_seat_cannot_be_given_no_person_or_organisation_is_left(cast: Cast) -> None:
    people, organisations = Person.objects.count(), Organisation.objects.count()
    with pytest.raises(ValidationError, match="före första dagen"):
        add(cast, name="Asta Ek", organisation="Ny nämnd", ends_on=builders.BEGAN)
    assert (Person.objects.count(), Organisation.objects.count()) == (people, organisations)


def test_one_role_once_at_a_time(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="redan ledamot i rådet under den tiden"):
        give(cast, cast.member, Role.MEMBER)
    both = give(cast, cast.member, Role.SECRETARY)
    assert both.person == cast.member


def test_a_role_can_be_held_again_after_a_gap(cast: Cast) -> None:
    seat = builders.mandate(cast.member, cast.council)
    joining.end_mandate(by=cast.secretary, mandate=seat, last_day=TODAY() - A_DAY)
    again = give(cast, cast.member, Role.MEMBER)
    assert again.starts_on == TODAY()


def test_the_municipalitys_administrator_is_no_role_in_a_council(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="ges inte i ett råd"):
        give(cast, cast.member, Role.ADMINISTRATOR)


def test_a_mandate_ends_and_the_end_is_taken_back(cast: Cast) -> None:
    seat = builders.mandate(cast.member, cast.council)
    ended = joining.end_mandate(by=cast.secretary, mandate=seat, last_day=TODAY())
    assert ended.ends_on == TODAY()
    resumed = joining.change_mandate(by=cast.secretary, mandate=ended, ends_on=None)
    assert resumed.ends_on is None
    assert [entry.action for entry in audit.history_of(seat)] == [
        "mandate.changed", "mandate.ended", "mandate.given",
    ]  # fmt: skip


def test_the_last_secretary_cannot_leave_in_any_way(cast: Cast) -> None:
    seat = builders.mandate(cast.secretary, cast.council)
    with pytest.raises(ValidationError, match="utan sekreterare"):
        joining.end_mandate(by=cast.secretary, mandate=seat, last_day=TODAY())
    with pytest.raises(ValidationError, match="utan sekreterare"):
        joining.change_mandate(by=cast.secretary, mandate=seat, role=Role.MEMBER)
    with pytest.raises(ValidationError, match="utan sekreterare"):
        joining.change_mandate(by=cast.secretary, mandate=seat, ends_on=TODAY())
    seat.refresh_from_db()
    assert (seat.role, seat.ends_on) == (Role.SECRETARY, None)


def test_a_secretary_leaves_when_another_has_come(cast: Cast) -> None:
    give(cast, cast.member, Role.SECRETARY)
    seat = builders.mandate(cast.secretary, cast.council)
    joining.end_mandate(by=cast.secretary, mandate=seat, last_day=TODAY())
    seat.refresh_from_db()
    assert seat.ends_on == TODAY()


def test_nobody_is_their_own_substitute(cast: Cast) -> None:
    seat = builders.mandate(cast.member, cast.council)
    with pytest.raises(ValidationError, match="sin egen ersättare"):
        joining.change_mandate(by=cast.secretary, mandate=seat, personal_substitute=cast.member)


def test_a_change_that_changes_nothing_leaves_no_trace(cast: Cast) -> None:
    seat = builders.mandate(cast.member, cast.council)
    before = audit.history_of(seat).count()
    joining.change_mandate(by=cast.secretary, mandate=seat, title="kommunpolis", role=Role.MEMBER)
    assert audit.history_of(seat).count() == before


def test_the_secretary_corrects_somebody_who_has_not_signed_in(cast: Cast) -> None:
    person = add(cast, name="Asta Ekk", email="fel@kommun.example").person
    changed = correct(cast, person, name="Asta Ek", email="Asta@kommun.example")
    assert (changed.name, changed.email) == ("Asta Ek", "asta@kommun.example")


def test_whoever_has_an_account_is_not_renamed_by_others(cast: Cast) -> None:
    with pytest.raises(ValidationError, match="kan därför inte ändras här"):
        correct(cast, cast.member, name="Någon Annan", email="patrik@kommun.example")


def test_an_invitation_cannot_be_redirected_from_another_council(cast: Cast) -> None:
    """Else a secretary could enter a council elsewhere as somebody invited there."""
    invited = joining.add_person(name="Ny Sekreterare", email="ny@annan.example")
    other = cast.other_council
    joining.give_mandate(
        by=cast.other_secretary, council=other, person=invited, role=Role.SECRETARY
    )
    give(cast, invited, Role.MEMBER)
    with pytest.raises(ValidationError, match="kan därför inte ändras här"):
        correct(cast, invited, name="Ny Sekreterare", email="karin.igen@kommun.example")
    invited.refresh_from_db()
    assert invited.email == "ny@annan.example"


def test_an_administrator_to_be_is_not_corrected_by_a_secretary(cast: Cast) -> None:
    invited = joining.add_person(name="Ny Drift", email="drift@kommun.example")
    cast.administrator.administrator_of.get().__class__.objects.create(
        person=invited, municipality=cast.council.municipality, starts_on=TODAY()
    )
    give(cast, invited, Role.READER)
    assert joining.may_correct(by=cast.secretary, person=invited) is False


def test_an_address_left_behind_is_no_way_in(cast: Cast) -> None:
    person = add(cast, name="Asta Ek", email="gammal@kommun.example").person
    EmailAddress.objects.create(user=person, email="gammal@kommun.example", verified=True)
    correct(cast, person, name="Asta Ek", email="ny@kommun.example")
    assert list(EmailAddress.objects.filter(user=person)) == []


def test_two_people_do_not_share_an_address(cast: Cast) -> None:
    person = add(cast, name="Asta Ek").person
    with pytest.raises(ValidationError) as refused:
        correct(cast, person, name="Asta Ek", email="patrik@kommun.example")
    assert list(refused.value.message_dict) == ["email"]


def test_namesakes_are_looked_for_only_in_ones_own_registers(cast: Cast) -> None:
    assert list(joining.namesakes(by=cast.secretary, name="patrik NORRBÄCK")) == [cast.member]
    assert list(joining.namesakes(by=cast.other_secretary, name="Patrik Norrbäck")) == []


def test_one_changes_ones_own_name(cast: Cast) -> None:
    joining.change_own_name(by=cast.member, name=" Patrik  Norrbäck-Ek ")
    cast.member.refresh_from_db()
    assert cast.member.name == "Patrik Norrbäck-Ek"


def test_adding_and_inviting_is_one_act(cast: Cast) -> None:
    person = add(cast, name="Asta Ek", email="asta@kommun.example", invited=True).person
    assert [mail.to_email for mail in OutgoingMail.objects.all()] == ["asta@kommun.example"]
    person.refresh_from_db()
    assert person.invited_at is not None


def test_without_an_address_adding_and_inviting_does_neither(cast: Cast) -> None:
    before = Person.objects.count()
    with pytest.raises(ValidationError, match="Fyll i en e-postadress först"):
        add(cast, name="Asta Ek", invited=True)
    assert Person.objects.count() == before


def add(cast: Cast, **fields: object) -> Mandate:
    return joining.add_member(by=cast.secretary, council=cast.council, **fields)  # type: ignore[arg-type]


def give(cast: Cast, person: Person, role: Role, council: Council | None = None) -> Mandate:
    return joining.give_mandate(
        by=cast.secretary, council=council or cast.council, person=person, role=role
    )


def correct(cast: Cast, person: Person, *, name: str, email: str) -> Person:
    return joining.change_person(
        by=cast.secretary, council=cast.council, person=person, name=name, email=email
    )


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_add_one() -> None:
    cast, outcomes = builders.cast(), []
    start = threading.Barrier(2)

    def press() -> None:
        start.wait()
        try:
            outcomes.append(str(add(cast, name="Asta Ek", organisation="Ny nämnd").person))
        except ValidationError as refused:
            outcomes.append(refused.messages[0])
        finally:
            connection.close()

    presses = [threading.Thread(target=press) for _ in range(2)]
    for one in presses:
        one.start()
    for one in presses:
        one.join()
    assert sorted(outcomes) == [
        "Asta Ek", "Asta Ek finns redan i registret med samma roll. Inget lades till.",
    ]  # fmt: skip
    assert Organisation.objects.filter(name="Ny nämnd").count() == 1
