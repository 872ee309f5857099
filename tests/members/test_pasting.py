"""A pasted list: what is read out of its many shapes, what is understood, and what is saved."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members import pasting
from members.models import Council, Mandate, Organisation, Person
from members.pasting import OrganisationIs
from members.roles import Role
from tests.builders import Cast

As = Callable[[Person], Client]


def parts(text: str) -> list[tuple[str, str, str, str, str]]:
    return [
        (line.name, line.organisation, line.title, line.email, line.role.value)
        for line in pasting.read(text)
    ]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("Asta Ek\tSocialnämnden", [("Asta Ek", "Socialnämnden", "", "", "member")]),
        ("Asta Ek   Socialnämnden", [("Asta Ek", "Socialnämnden", "", "", "member")]),
        ("Asta Ek, Socialnämnden", [("Asta Ek", "Socialnämnden", "", "", "member")]),
        ("Ordförande: Asta Ek, Kommunstyrelsen", [("Asta Ek", "Kommunstyrelsen", "", "", "chair")]),
        ("vice ordförande Asta Ek (S)", [("Asta Ek", "", "S", "", "vice_chair")]),
        ("Asta Ek; Socialnämnden;", [("Asta Ek", "Socialnämnden", "", "", "member")]),
        (
            "Asta Ek och Bo Ny, tekniska förvaltningen",
            [
                ("Asta Ek", "tekniska förvaltningen", "", "", "member"),
                ("Bo Ny", "tekniska förvaltningen", "", "", "member"),
            ],
        ),
        (
            "Asta Ek, Bo Ny & Cia von Al, Vöfab",
            [(name, "Vöfab", "", "", "member") for name in ("Asta Ek", "Bo Ny", "Cia von Al")],
        ),
        (
            "Asta Ek, kultur- och fritidsförvaltningen",
            [("Asta Ek", "kultur- och fritidsförvaltningen", "", "", "member")],
        ),
        (
            "Asta Ek\tKultur och fritidsförvaltningen",
            [("Asta Ek", "Kultur och fritidsförvaltningen", "", "", "member")],
        ),
        (
            "Asta Ek, Polisen, kommunpolis, Asta@Polisen.example",
            [("Asta Ek", "Polisen", "kommunpolis", "asta@polisen.example", "member")],
        ),
        (
            "Asta Ek <asta@polisen.example>\tPolisen",
            [("Asta Ek", "Polisen", "", "asta@polisen.example", "member")],
        ),
        (
            "- Asta Ek (ordförande), Kommunstyrelsen",
            [("Asta Ek", "Kommunstyrelsen", "", "", "chair")],
        ),
        (
            "12. Asta Ek\tKommunstyrelsen\tVice ordförande",
            [("Asta Ek", "Kommunstyrelsen", "", "", "vice_chair")],
        ),
        (
            "Ersättare:\nAsta Ek, Polisen\nÖvriga närvarande\nBo Ny, Länsstyrelsen",
            [
                ("Asta Ek", "Polisen", "", "", "substitute"),
                ("Bo Ny", "Länsstyrelsen", "", "", "co_opted"),
            ],
        ),
        ("Solo", [("Solo", "", "", "", "member")]),
        ("\n \t\n", []),
    ],
)
def test_what_is_read_out_of_a_line(text: str, read: list[tuple[str, str, str, str, str]]) -> None:
    assert parts(text) == read


def test_lines_keep_their_numbers(db: None) -> None:
    assert [line.number for line in pasting.read("Asta Ek, A\n\nBo Ny och Cia Al, B")] == [1, 3, 3]


def test_a_line_of_a_hundred_thousand_signs_is_read_at_once() -> None:
    for text in ("a@" * 50_000, "a.b-" * 25_000, "x," * 50_000, "(" * 100_000):
        (line,) = pasting.read(text)
        assert line.name == text


def test_known_organisations_are_recognised_by_any_name(cast: Cast) -> None:
    text = "Asta Ek, polisen\nBo Ny, KOMMUNPOLISEN\nCia Al, Vöfab\nDan Ros"
    found = understand(cast.council, text)
    assert [one.organisation_is for one in found] == [
        OrganisationIs.KNOWN, OrganisationIs.ALIAS, OrganisationIs.NEW, OrganisationIs.NONE,
    ]  # fmt: skip
    assert str(found[1].organisation) == "Polisen"


def test_a_known_organisation_is_split_off_a_line_without_marks(cast: Cast) -> None:
    (found,) = understand(cast.council, "Melker Ask Kommunpolisen")
    assert (found.line.name, found.line.organisation) == ("Melker Ask", "Kommunpolisen")


def test_a_title_before_a_known_organisation_changes_place(cast: Cast) -> None:
    (found,) = understand(cast.council, "Asta Ek, närpolischef, Polisen")
    assert (found.line.organisation, found.line.title) == ("Polisen", "närpolischef")


def test_people_of_the_council_are_recognised_and_those_of_others_are_not(cast: Cast) -> None:
    found = understand(cast.council, "patrik norrbäck, Polisen\nNiklas Törngren, Kommunstyrelsen")
    assert [one.candidates for one in found] == [(cast.member,), ()]
    assert [one.seated for one in found] == [True, False]


def test_a_list_without_roles_gives_nobody_a_second_seat(cast: Cast) -> None:
    [plain, said] = understand(
        cast.council, f"{cast.chair.name}, Polisen\n{cast.chair.name}, Polisen, ledamot"
    )
    assert [plain.seated, said.seated] == [True, False]


def test_doubts_are_told_in_words(cast: Cast) -> None:
    found = understand(
        cast.council, "Asta\nBo Ny, Polisen\nBo Ny, Vöfab\nCia Al, Vöfab, cia@@vofab"
    )
    assert [one.problems for one in found] == [
        ("Bara ett ord i namnet. Saknas efternamnet?", "Ser ingen organisation."),
        (),
        ("Samma namn som på rad 2.",),
        ("E-postadressen ser inte rätt ut.",),
    ]


def test_a_list_is_saved_and_saving_it_again_adds_nobody(cast: Cast) -> None:
    text = "Asta Ek\tSocialnämnden\nBo Ny, Polisen, kommunpolis, bo@polisen.example"
    first, second = save(cast, text), save(cast, text)
    assert [seat.person.name for seat in first.given] == ["Asta Ek", "Bo Ny"]
    assert (second.given, len(second.passed_over)) == ([], 2)
    assert Person.objects.filter(name__in=["Asta Ek", "Bo Ny"]).count() == 2


def test_a_list_with_addresses_fills_them_in(cast: Cast, as_: As) -> None:
    line = pasting.read("Leif Kvarnbo, Kommunstyrelsen, leif@kommun.example")[0]
    saved = pasting.save_list(
        by=cast.secretary,
        council=cast.council,
        lines=[(line, cast.without_login)],
        starts_on=timezone.localdate(),
    )
    cast.without_login.refresh_from_db()
    assert (saved.given, cast.without_login.email) == ([], "leif@kommun.example")


def test_nothing_is_saved_when_one_line_is_wrong(cast: Cast) -> None:
    before = (Person.objects.count(), Organisation.objects.count(), Mandate.objects.count())
    with pytest.raises(ValidationError) as refused:
        save(cast, f"Asta Ek, Ny nämnd\n{'B' * 201} Ny, Polisen\nCia Al, {'x' * 201}")
    assert [message.split(":")[0] for message in refused.value.messages] == ["Rad 2", "Rad 3"]
    after = (Person.objects.count(), Organisation.objects.count(), Mandate.objects.count())
    assert after == before


def test_two_names_and_one_new_organisation_make_one_organisation(cast: Cast) -> None:
    save(cast, "Asta Ek och Bo Ny, Tekniska förvaltningen\nCia Al, tekniska förvaltningen")
    made = Organisation.objects.get(name__iexact="tekniska förvaltningen")
    assert (made.kind, made.mandates.count()) == ("administration", 3)


def test_the_two_steps_in_the_browser(cast: Cast, as_: As) -> None:
    client, slug = as_(cast.secretary), cast.council.slug
    text = "Asta Ek, Socialnämnden\nPatrik Norrbäck, Polisen\n"
    review = client.post(
        reverse("paste_list", args=[slug]), {"text": text, "starts_on": "2026-01-01"}
    )
    assert Person.objects.filter(name="Asta Ek").count() == 0
    fields = fields_of(review.content.decode())
    assert "rad-1-included" not in fields  # who sits there already is not ticked
    answer = client.post(reverse("save_pasted", args=[slug]), fields, follow=True)
    assert "En person är tillagd." in answer.content.decode()
    seat = Mandate.objects.get(person__name="Asta Ek")
    assert (str(seat.starts_on), str(seat.organisation)) == ("2026-01-01", "Socialnämnden")


def test_a_corrected_name_that_turns_out_to_be_known_asks_again(cast: Cast, as_: As) -> None:
    client, slug = as_(cast.secretary), cast.council.slug
    review = client.post(
        reverse("paste_list", args=[slug]),
        {"text": "Patrik Norback, Vöfab", "starts_on": "2026-01-01"},
    )
    fields = fields_of(review.content.decode()) | {"rad-0-name": "Patrik Norrbäck"}
    again = client.post(reverse("save_pasted", args=[slug]), fields)
    assert "Välj vem du menar" in again.content.decode()
    assert Person.objects.filter(name="Patrik Norrbäck").count() == 1
    chosen = fields_of(again.content.decode()) | {
        "rad-0-person": str(cast.member.pk), "rad-0-role": "secretary",
    }  # fmt: skip
    client.post(reverse("save_pasted", args=[slug]), chosen)
    assert cast.member.mandates.filter(role=Role.SECRETARY).count() == 1


def test_what_was_corrected_stays_when_it_does_not_pass(cast: Cast, as_: As) -> None:
    client, slug = as_(cast.secretary), cast.council.slug
    fields = {
        "rad-TOTAL_FORMS": "1", "rad-INITIAL_FORMS": "1", "rad-0-number": "1",
        "rad-0-included": "on", "rad-0-name": "Asta Ek", "rad-0-organisation": "Påhittade nämnden",
        "rad-0-title": "utredare", "rad-0-email": "fel@", "rad-0-role": "member",
        "rad-0-person": "new", "starts_on": "2026-02-30",
    }  # fmt: skip
    page = client.post(reverse("save_pasted", args=[slug]), fields).content.decode()
    for typed in ("Asta Ek", "Påhittade nämnden", "utredare", "fel@", "2026-02-30"):
        assert f'value="{typed}"' in page
    assert "Februari 2026 har 28 dagar." in page
    assert Person.objects.filter(name="Asta Ek").count() == 0


def test_people_elsewhere_cannot_be_chosen_by_their_number(cast: Cast, as_: As) -> None:
    fields = {
        "rad-TOTAL_FORMS": "1", "rad-INITIAL_FORMS": "1", "rad-0-number": "1",
        "rad-0-included": "on", "rad-0-name": "Niklas Törngren", "rad-0-role": "member",
        "rad-0-person": str(cast.other_secretary.pk), "starts_on": "2026-01-01",
    }  # fmt: skip
    as_(cast.secretary).post(reverse("save_pasted", args=[cast.council.slug]), fields)
    assert cast.other_secretary.mandates.count() == 1
    assert Person.objects.filter(name="Niklas Törngren").count() == 2


def understand(council: Council, text: str) -> list[pasting.Understood]:
    return pasting.understand(council, pasting.read(text), day=timezone.localdate())


def save(cast: Cast, text: str) -> pasting.Saved:
    return pasting.save_list(
        by=cast.secretary,
        council=cast.council,
        lines=[(line, None) for line in pasting.read(text)],
        starts_on=timezone.localdate(),
    )


def fields_of(page: str) -> dict[str, str]:
    """What a browser would send of the page's form, without pressing "Kontrollera igen"."""
    fields = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = attribute(tag, "name"), attribute(tag, "value")
        if name and ('type="checkbox"' not in tag or " checked" in tag):
            fields[name] = value or ("on" if 'type="checkbox"' in tag else "")
    for name, options in re.findall(r'<select name="([^"]*)".*?>(.*?)</select>', page, re.DOTALL):
        chosen = re.findall(r'<option value="([^"]*)"( selected)?', options)
        fields[name] = next((value for value, mark in chosen if mark), chosen[0][0])
    return fields


def attribute(tag: str, name: str) -> str:
    found = re.search(rf'\b{name}="([^"]*)"', tag)
    return found.group(1) if found else ""
