"""The link in an invitation: used once, used twice, too old, broken; and what a scanner may do."""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from members import joining
from members.models import AuditEntry, OutgoingMail, Person
from members.roles import Role
from tests import builders
from tests.builders import Cast

As = Callable[[Person], Client]
GOOD = "korrekt häst batteri"


@pytest.fixture
def invited(cast: Cast) -> Person:
    mandate = joining.add_member(
        by=cast.secretary,
        council=cast.council,
        name="Asta Ek",
        email="asta@kommun.example",
        invited=True,
    )
    return Person.objects.get(pk=mandate.person_id)


def test_the_mail_names_who_invites_to_what_and_holds_the_link(
    invited: Person, client: Client
) -> None:
    letter = OutgoingMail.objects.get()
    assert letter.subject == "Inbjudan till Strandköpings brottsförebyggande råd"
    assert "Hej Asta Ek!" in letter.body
    assert "Karin Tallhed bjuder in dig till Strandköpings brottsförebyggande råd" in letter.body
    (link,) = re.findall(r"/inbjudan/\S+/", letter.body)
    assert client.get(link)["Location"] == reverse("choose_password")


def test_the_secret_leaves_the_address_bar_at_once(invited: Person, client: Client) -> None:
    answer = client.get(path_of(invited))
    assert (answer.status_code, answer["Location"]) == (302, reverse("choose_password"))
    assert "no-store" in answer["Cache-Control"]


def test_opening_the_link_changes_nothing(invited: Person, client: Client) -> None:
    trail = AuditEntry.objects.count()
    for _ in range(3):
        client.get(path_of(invited), follow=True)
    client.head(path_of(invited))
    invited.refresh_from_db()
    assert invited.has_usable_password() is False
    assert AuditEntry.objects.count() == trail
    assert joining.invited_person(*tokens_of(invited)) == invited


def test_a_chosen_password_signs_in_and_lands_on_the_start_page(
    invited: Person, client: Client
) -> None:
    client.get(path_of(invited))
    answer = client.post(reverse("choose_password"), {"password": GOOD})
    assert (answer.status_code, answer["Location"]) == (302, reverse("start"))
    assert client.session["_auth_user_id"] == str(invited.pk)
    invited.refresh_from_db()
    assert invited.check_password(GOOD)
    address = EmailAddress.objects.get(user=invited)
    assert (address.email, address.verified) == ("asta@kommun.example", True)


@pytest.mark.parametrize(
    ("password", "sentence"),
    [
        ("kort", "Det måste innehålla minst 12 tecken"),
        ("asta@kommun.example", "för likt e-post"),
        ("q1w2e3r4t5y6", "för vanligt"),
        ("", "Fyll i det här."),
    ],
)
def test_a_poor_password_is_refused_in_swedish(
    invited: Person, client: Client, password: str, sentence: str
) -> None:
    client.get(path_of(invited))
    page = client.post(reverse("choose_password"), {"password": password}).content.decode()
    assert sentence in page
    invited.refresh_from_db()
    assert invited.has_usable_password() is False


def test_a_link_used_twice_tells_what_to_do(invited: Person, client: Client) -> None:
    link = path_of(invited)
    client.get(link)
    client.post(reverse("choose_password"), {"password": GOOD})
    second = Client()
    answer = second.get(link, follow=True)
    assert answer.status_code == 410
    assert "Länken fungerar inte längre" in answer.content.decode()
    refused = second.post(reverse("choose_password"), {"password": "ett annat långt ord"})
    assert refused.status_code == 410
    invited.refresh_from_db()
    assert invited.check_password(GOOD)


def test_of_two_presses_at_once_one_wins(invited: Person) -> None:
    joining.accept_invitation(person=invited, password=GOOD)
    with pytest.raises(ValidationError, match="redan använd"):
        joining.accept_invitation(person=invited, password="ett annat långt ord")
    invited.refresh_from_db()
    assert invited.check_password(GOOD)


def test_a_link_is_good_for_seven_days(invited: Person, settings: Settings) -> None:
    tokens = tokens_of(invited)
    settings.PASSWORD_RESET_TIMEOUT = -1
    assert joining.invited_person(*tokens) is None


@pytest.mark.parametrize("uid", ["", "!!", "OTk5OTk5OTk", "w6XDpMO2", "MQ", "A" * 5000])
def test_a_broken_link_is_a_page_and_no_fault(cast: Cast, client: Client, uid: str) -> None:
    answer = client.get(f"/inbjudan/{uid or 'x'}/c0ffee-0000/", follow=True)
    assert answer.status_code == 410


def test_without_a_link_there_is_nobody_to_be(client: Client, db: None) -> None:
    assert client.get(reverse("choose_password")).status_code == 410


def test_a_link_dies_when_the_address_is_corrected(cast: Cast, invited: Person) -> None:
    tokens = tokens_of(invited)
    joining.change_person(
        by=cast.secretary,
        council=cast.council,
        person=invited,
        name="Asta Ek",
        email="asta.ek@kommun.example",
    )
    assert joining.invited_person(*tokens) is None


def test_a_closed_account_cannot_be_entered(invited: Person) -> None:
    tokens = tokens_of(invited)
    Person.objects.filter(pk=invited.pk).update(is_active=False)
    assert joining.invited_person(*tokens) is None


def test_who_has_an_account_is_told_of_the_council_instead(cast: Cast) -> None:
    joining.invite(by=cast.secretary, council=cast.council, person=cast.member)
    letter = OutgoingMail.objects.get()
    assert letter.subject == "Strandköpings brottsförebyggande råd finns nu bland dina råd"
    assert "/inbjudan/" not in letter.body


def test_a_second_press_sends_no_second_mail(cast: Cast, invited: Person, as_: As) -> None:
    seat = builders.mandate(invited, cast.council)
    address = reverse("invite", args=[cast.council.slug, seat.pk])
    answer = as_(cast.secretary).post(address, follow=True)
    assert "skickades alldeles nyss" in answer.content.decode()
    assert OutgoingMail.objects.count() == 1


def test_inviting_all_takes_those_who_wait_and_nobody_twice(cast: Cast) -> None:
    for name in ("Bo Ny", "Cia Al"):
        joining.add_member(
            by=cast.secretary,
            council=cast.council,
            name=name,
            email=f"{name[:2].lower()}@kommun.example",
        )
    first = joining.invite_all(by=cast.secretary, council=cast.council)
    second = joining.invite_all(by=cast.secretary, council=cast.council)
    assert ([person.name for person in first], second) == (["Bo Ny", "Cia Al"], [])


def test_whose_seat_has_ended_does_not_wait_for_an_invitation(cast: Cast) -> None:
    person = joining.add_person(name="Har Gått", email="gatt@kommun.example")
    joining.give_mandate(
        by=cast.secretary,
        council=cast.council,
        person=person,
        role=Role.MEMBER,
        starts_on=builders.BEGAN,
        ends_on=timezone.localdate() - datetime.timedelta(days=1),
    )
    assert joining.waiting_for_invitation(cast.council) == []


def test_choosing_a_password_in_anothers_browser_changes_who_is_signed_in(
    cast: Cast, invited: Person, as_: As
) -> None:
    client = as_(cast.member)
    client.get(path_of(invited))
    client.post(reverse("choose_password"), {"password": GOOD})
    assert client.session["_auth_user_id"] == str(invited.pk)


def path_of(person: Person) -> str:
    return urlsplit(joining.invitation_link(person)).path


def tokens_of(person: Person) -> list[str]:
    return path_of(person).strip("/").split("/")[1:]
