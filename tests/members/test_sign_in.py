"""Signing in through allauth as we have set it, and what happens when a session has ended."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from django.urls import reverse

from members import joining
from members.forms.inviting import HOW_TO_CHOOSE
from members.models import Organisation, OutgoingMail, Person
from tests.builders import PASSWORD, Cast

As = Callable[[Person], Client]
LOGIN = reverse("account_login")


@pytest.fixture(autouse=True)
def fresh_limits(db: None) -> None:
    """Sign-in limits count in the cache, and must not count from one test to the next."""
    cache.clear()


def sign_in(client: Client, email: str, password: str = PASSWORD, query: str = "") -> str:
    """Where one lands: an address, or "" when the page comes back."""
    answer = client.post(LOGIN + query, {"login": email, "password": password})
    return str(answer.headers.get("Location", ""))


def test_one_signs_in_with_address_and_password(cast: Cast, client: Client) -> None:
    assert sign_in(client, "Patrik@KOMMUN.example") == reverse("start")
    assert client.session["_auth_user_id"] == str(cast.member.pk)


def test_one_comes_back_to_the_page_one_asked_for(cast: Cast, client: Client) -> None:
    wanted = reverse("council", args=[cast.council.slug])
    sent = client.get(wanted)["Location"]
    assert sent == f"{LOGIN}?next={wanted}"
    assert sign_in(client, "patrik@kommun.example", query=f"?next={wanted}") == wanted


def test_one_is_never_sent_to_another_site(cast: Cast, client: Client) -> None:
    landed = sign_in(client, "patrik@kommun.example", query="?next=https://annan.example/")
    assert landed == reverse("start")


def test_wrong_password_and_unknown_address_read_alike(cast: Cast, client: Client) -> None:
    pages = [
        client.post(LOGIN, {"login": email, "password": "helt fel lösenord"}).content.decode()
        for email in ("patrik@kommun.example", "ingen@kommun.example")
    ]
    errors = [
        re.findall(r'class="field-error".*?<span>(.*?)</span>|<li>(.*?)</li>', page)
        for page in pages
    ]
    assert errors[0] == errors[1]
    assert "E-postadressen eller lösenordet stämmer inte." in pages[0]


def test_a_refused_sign_in_is_told_in_our_words(cast: Cast, client: Client) -> None:
    page = client.post(LOGIN, {"login": "patrik@kommun.example", "password": "fel"})
    words = " ".join(re.sub(r"<[^>]+>", " ", page.content.decode()).split())
    assert words.count("E-postadressen eller lösenordet stämmer inte.") == 1
    assert words.count("Det du skrev finns kvar") == 0  # the password is not sent back


def test_a_new_password_is_asked_for_in_the_same_words_everywhere(
    cast: Cast, as_: As, client: Client
) -> None:
    change = as_(cast.member).get(reverse("account_change_password")).content.decode()
    assert change.count(HOW_TO_CHOOSE) == 1
    assert change.count("personliga information") == 0
    client.post(reverse("account_reset_password"), {"email": "patrik@kommun.example"})
    link = re.search(r"https?://[^/]+(/konto/\S+)", OutgoingMail.objects.get().body)
    assert link is not None
    reset = client.get(link[1], follow=True).content.decode()
    assert reset.count(HOW_TO_CHOOSE) == 1


def test_somebody_invited_cannot_sign_in_before_choosing_a_password(
    cast: Cast, client: Client
) -> None:
    joining.add_person(name="Asta Ek", email="asta@kommun.example")
    assert sign_in(client, "asta@kommun.example", "") == ""
    assert "_auth_user_id" not in client.session


def test_a_closed_account_cannot_sign_in(cast: Cast, client: Client) -> None:
    Person.objects.filter(pk=cast.member.pk).update(is_active=False)
    sign_in(client, "patrik@kommun.example")
    assert "_auth_user_id" not in client.session


def test_after_five_wrong_passwords_the_account_rests(cast: Cast, client: Client) -> None:
    for _ in range(5):
        sign_in(client, "patrik@kommun.example", "helt fel lösenord")
    sign_in(client, "patrik@kommun.example")
    assert "_auth_user_id" not in client.session


def test_nobody_signs_up(db: None, client: Client) -> None:
    client.post(
        reverse("account_signup"),
        {"email": "ny@kommun.example", "password1": PASSWORD, "password2": PASSWORD},
    )
    assert Person.objects.count() == 0


def test_a_forgotten_password_is_replaced_through_a_mail(cast: Cast, client: Client) -> None:
    client.post(reverse("account_reset_password"), {"email": "patrik@kommun.example"})
    letter = OutgoingMail.objects.get()
    assert (letter.to_email, letter.subject) == ("patrik@kommun.example", "Välj ett nytt lösenord")
    assert "Hej Patrik Norrbäck!" in letter.body
    choose(client, letter)
    assert sign_in(Client(), "patrik@kommun.example", "ett alldeles nytt ord") == reverse("start")


def test_asking_for_a_new_password_does_not_tell_who_has_an_account(
    cast: Cast, client: Client
) -> None:
    answers = [
        client.post(reverse("account_reset_password"), {"email": email})
        for email in ("patrik@kommun.example", "ingen@kommun.example")
    ]
    assert [answer.headers["Location"] for answer in answers] == [
        reverse("account_reset_password_done")
    ] * 2
    assert [letter.to_email for letter in OutgoingMail.objects.all()] == ["patrik@kommun.example"]


def test_somebody_whose_invitation_grew_old_gets_in_by_a_new_password(
    cast: Cast, client: Client
) -> None:
    person = joining.add_person(name="Asta Ek", email="asta@kommun.example")
    client.post(reverse("account_reset_password"), {"email": "asta@kommun.example"})
    choose(client, OutgoingMail.objects.get())
    sign_in(Client(), "asta@kommun.example", "ett alldeles nytt ord")
    fresh = Client()
    landed = sign_in(fresh, "asta@kommun.example", "ett alldeles nytt ord")
    assert landed == reverse("start")
    assert EmailAddress.objects.get(user=person).verified is True


def test_a_signed_in_person_is_asked_for_the_password_again(cast: Cast, client: Client) -> None:
    sign_in(client, "patrik@kommun.example")
    address = reverse("account_reauthenticate")
    wrong = client.post(address, {"password": "helt fel lösenord"})
    right = client.post(address + "?next=/om/", {"password": PASSWORD})
    assert (wrong.status_code, right.headers.get("Location")) == (200, "/om/")


def test_a_superuser_made_at_the_terminal_can_sign_in(
    db: None, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DJANGO_SUPERUSER_PASSWORD", PASSWORD)
    call_command(
        "createsuperuser", email="Rot@drift.example", name="Rut Rot", interactive=False, verbosity=0
    )
    assert sign_in(client, "rot@drift.example", query="?next=/admin/") == "/admin/"
    assert client.get("/admin/").status_code == 200


def test_install_makes_a_municipality_and_a_way_in(
    db: None, client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    said = []
    for _ in range(2):
        call_command(
            "install",
            municipality="Kust kommun",
            code="1234",
            name="Rut Rot",
            email="rut@kust.example",
        )
        said.append(capsys.readouterr().out)
    person = Person.objects.get()
    assert person.administrator_of.get().municipality.name == "Kust kommun"
    link = re.search(r"(/inbjudan/\S+)", said[1])
    assert link is not None
    client.get(link.group(1))
    client.post(reverse("choose_password"), {"password": PASSWORD})
    assert client.session["_auth_user_id"] == str(person.pk)


def test_what_was_typed_comes_back_when_the_session_has_ended(cast: Cast, client: Client) -> None:
    page = reverse("add_organisation", args=[cast.council.slug])
    answer = client.post(
        page,
        {"name": "En <b>lång</b> & krånglig nämnd", "aliases": "ELK\nLång nämnd", "kind": "board"},
        headers={"Referer": f"http://testserver{page}?x=1"},
    )
    text = answer.content.decode()
    assert answer.status_code == 401
    assert "Du har blivit utloggad" in text
    assert "En &lt;b&gt;lång&lt;/b&gt; &amp; krånglig nämnd" in text
    assert "ELK\nLång nämnd" in text
    assert "next=%2Frad%2Fstrandkopings-bra%2Forganisationer%2Flagg-till%2F%3Fx%3D1" in text
    assert Organisation.objects.filter(name__startswith="En").count() == 0


def test_a_password_is_never_shown_again(cast: Cast, client: Client) -> None:
    answer = client.post(
        reverse("my_account"),
        {"name": "Patrik", "password": "hemligt långt ord", "next": "/om/x y"},
    )
    assert "hemligt" not in answer.content.decode()


def test_the_way_back_after_signing_out_is_never_another_site(cast: Cast, client: Client) -> None:
    answer = client.post(
        reverse("my_account"), {"name": "x"}, headers={"Referer": "https://annan.example/fiske"}
    )
    assert "next=%2Fmitt%2Fkonto%2F" in answer.content.decode()


@pytest.mark.parametrize("header", [{"X-Requested-With": "fetch"}, {"HX-Request": "true"}])
def test_a_script_is_told_that_the_session_has_ended(
    cast: Cast, client: Client, header: dict[str, str]
) -> None:
    answer = client.post(reverse("my_account"), {"name": "x"}, headers=header)
    assert answer.status_code == 401
    assert answer.json() == {
        "error": "signed_out",
        "message": "Du har blivit utloggad. Logga in i en annan flik och försök igen.",
    }


def choose(client: Client, letter: OutgoingMail) -> None:
    """Follow the link in a letter and choose a new password."""
    link = re.search(r"https?://[^/]+(/\S+)", letter.body)
    assert link is not None
    form = client.get(link.group(1), follow=True)
    address = form.redirect_chain[-1][0]
    answer = client.post(
        address, {"password1": "ett alldeles nytt ord", "password2": "ett alldeles nytt ord"}
    )
    assert answer.status_code == 302


def test_a_browser_keeps_no_page_to_show_as_it_was_at_back(cast: Cast, as_: As) -> None:
    client = as_(cast.secretary)
    paths = [reverse("start"), reverse("my_account"), "/finns-inte/"]
    kept = [client.get(path).headers["Cache-Control"] for path in paths]
    assert kept == ["private, no-store"] * 3


def test_an_answer_to_an_ended_session_takes_no_cookie_from_one_who_has_signed_in_since(
    cast: Cast, as_: As
) -> None:
    """It may come late: then it would sign out whoever had just signed in, in the same browser."""
    client = as_(cast.secretary)
    gone = client.post(reverse("account_logout"))
    assert gone.cookies[settings.SESSION_COOKIE_NAME].value == ""
    client = as_(cast.secretary)
    Session.objects.all().delete()
    for ask in (client.get, client.post):
        late = ask(reverse("my_account"), headers={"X-Requested-With": "fetch"})
        assert settings.SESSION_COOKIE_NAME not in late.cookies
