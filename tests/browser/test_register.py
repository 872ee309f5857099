"""The register, the pasted list, the invitation and the administration, in a browser."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from django.urls import reverse

from members import joining
from members.models import Mandate, Person
from tests import builders
from tests.browser.conftest import DESK, PHONE, Watched
from tests.builders import PASSWORD, Cast

SignIn = Callable[..., Watched]
LIST = "Asta Ek\tSocialnämnden\nBo Ny och Cia Al, tekniska förvaltningen\nSolo\n"


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_every_page_of_the_register_keeps_the_promise(
    cast: Cast, sign_in: SignIn, width: int
) -> None:
    window = sign_in(cast.secretary, width=width)
    slug = cast.council.slug
    seat = builders.mandate(cast.without_login, cast.council)
    addresses = [reverse(name, args=[slug]) for name in (
        "council", "register", "add_member", "paste_list", "organisations", "add_organisation",
        "council_settings",
    )]  # fmt: skip
    addresses += [reverse("change_member", args=[slug, seat.pk]), reverse("my_account")]
    addresses += [reverse("about"), reverse("accessibility")]
    for address in addresses:
        window.go(address)
        window.look(where=address)


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_a_list_is_pasted_looked_over_and_saved(cast: Cast, sign_in: SignIn, width: int) -> None:
    window = sign_in(cast.secretary, width=width)
    page = window.go(reverse("paste_list", args=[cast.council.slug]))
    page.get_by_label("Lista", exact=True).fill(LIST)
    page.get_by_role("button", name="Visa hur listan förstås").click()
    page.get_by_text("Saknas efternamnet?").wait_for()
    window.look(where="review")
    page.locator("[name=rad-3-email]").fill("fel")
    page.get_by_role("button", name="Spara alla i registret").click()
    page.get_by_text("Något behöver rättas.").wait_for()
    window.look(where="review with a fault")
    page.locator("[name=rad-3-included]").uncheck()
    page.locator("[name=rad-3-email]").fill("")
    page.get_by_role("button", name="Spara alla i registret").click()
    page.get_by_text("3 personer är tillagda.").wait_for()
    names = {"Asta Ek", "Bo Ny", "Cia Al", "Solo"}
    saved = Mandate.objects.filter(person__name__in=names)
    assert {seat.person.name for seat in saved.select_related("person")} == names - {"Solo"}


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_somebody_invited_comes_in(cast: Cast, sign_in: SignIn, width: int) -> None:
    person = joining.add_person(name="Asta Ek", email="asta@kommun.example")
    link = urlsplit(joining.invitation_link(person)).path
    window = sign_in(None, width=width)
    page = window.go(link)
    assert urlsplit(page.url).path == reverse("choose_password")
    window.look(where="choose a password")
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Spara och logga in").click()
    page.wait_for_url(f"{window.base}{reverse('start')}")
    person.refresh_from_db()
    assert person.check_password(PASSWORD)


def test_the_administration_breaks_no_promise_to_the_browser(cast: Cast, sign_in: SignIn) -> None:
    """Django's own pages under our Content-Security-Policy: nothing is refused."""
    root = Person.objects.create_superuser("rut@drift.example", PASSWORD, name="Rut Rot")
    window = sign_in(root)
    for model in ("municipality", "council", "organisation", "person", "mandate", "administrator"):
        for name in ("changelist", "add"):
            window.go(reverse(f"admin:members_{model}_{name}"))
    page = window.go(reverse("admin:members_mandate_add"))
    page.locator(".select2-selection").first.click()
    page.keyboard.type("Patr")
    page.get_by_role("option", name="Patrik Norrbäck").wait_for()
    # Django's pages name no icon, so the browser asks for /favicon.ico, which is not there.
    assert [said for said in window.said if "404 (Not Found)" not in said] == []
