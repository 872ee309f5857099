"""Organisations: one of each, by any of its names, in each municipality."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from members import audit, organising
from members.models import Organisation, Person
from tests.builders import Cast

As = Callable[[Person], Client]


@pytest.mark.parametrize("name", ["Polisen", " polisen ", "KOMMUNPOLISEN", "Polisen."])
def test_an_organisation_is_found_by_any_of_its_names(cast: Cast, name: str) -> None:
    found = organising.organisation_named(cast.council.municipality, name)
    assert found == Organisation.objects.get(name="Polisen")


def test_a_hanging_hyphen_makes_no_difference(cast: Cast) -> None:
    added = add(cast, "Kultur- och fritidsnämnden")
    found = organising.organisation_named(cast.council.municipality, "kultur och fritidsnämnden")
    assert found == added


def test_a_municipality_does_not_know_the_organisations_of_another(cast: Cast) -> None:
    assert organising.organisation_named(cast.other_council.municipality, "Polisen") is None


@pytest.mark.parametrize("name", ["polisen", "Kommunpolisen"])
def test_a_name_is_taken_once(cast: Cast, name: str) -> None:
    with pytest.raises(ValidationError, match="är redan ett namn på Polisen"):
        add(cast, name)


def test_an_alias_is_taken_once(cast: Cast) -> None:
    office = Organisation.objects.get(name="Kommunledningskontoret")
    with pytest.raises(ValidationError) as refused:
        organising.change_organisation(
            by=cast.secretary,
            organisation=office,
            name=office.name,
            kind="office",
            aliases=["Polisen"],
        )
    assert list(refused.value.message_dict) == ["aliases"]


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("Socialnämnden", "board"),
        ("Kommunstyrelsen", "board"),
        ("tekniska förvaltningen", "administration"),
        ("Kommunledningskontoret", "office"),
        ("Kalmarsunds gymnasieförbund", "federation"),
        ("Polismyndigheten", "agency"),
        ("Länsstyrelsen", "agency"),
        ("Värends räddningstjänst", "rescue"),
        ("Brandkåren", "rescue"),
        ("Växjö Citysamverkan", "association"),
        ("Länsförsäkringar", "company"),
        ("Vidingehem", "municipal_company"),
        ("Vöfab", "other"),
    ],
)
def test_the_kind_is_guessed_from_the_name(name: str, kind: str) -> None:
    assert organising.likely_kind(name) == kind


def test_renaming_is_recorded_with_what_it_was(cast: Cast) -> None:
    police = Organisation.objects.get(name="Polisen")
    organising.change_organisation(
        by=cast.secretary, organisation=police, name="Polismyndigheten", kind="agency",
        aliases=["Polisen", "polisen", " "],
    )  # fmt: skip
    police.refresh_from_db()
    assert (police.name, police.aliases) == ("Polismyndigheten", ["Polisen"])
    assert audit.history_of(police)[0].facts["was"]["name"] == "Polisen"


def test_the_pages_add_and_change(cast: Cast, as_: As) -> None:
    client, slug = as_(cast.secretary), cast.council.slug
    client.post(
        reverse("add_organisation", args=[slug]),
        {
            "name": "Samhällsbyggnadskontoret",
            "kind": "office",
            "aliases": "SBK\nStadsbyggnad, plan",
        },
    )
    made = Organisation.objects.get(name="Samhällsbyggnadskontoret")
    assert made.aliases == ["SBK", "Stadsbyggnad, plan"]
    address = reverse("change_organisation", args=[slug, made.pk])
    assert "SBK\nStadsbyggnad, plan" in client.get(address).content.decode()
    client.post(address, {"name": "Samhällsbyggnad", "kind": "administration", "aliases": ""})
    made.refresh_from_db()
    assert (made.name, made.kind, made.aliases) == ("Samhällsbyggnad", "administration", [])


def test_an_organisation_elsewhere_is_not_there(cast: Cast, as_: As) -> None:
    foreign = Organisation.objects.get(municipality=cast.other_council.municipality)
    address = reverse("change_organisation", args=[cast.council.slug, foreign.pk])
    assert as_(cast.secretary).post(address, {"name": "Min"}).status_code == 404


def add(cast: Cast, name: str) -> Organisation:
    return organising.add_organisation(
        by=cast.secretary, municipality=cast.council.municipality, name=name
    )
