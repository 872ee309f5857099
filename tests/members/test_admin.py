"""The installation's own administration: what it can set up, and what it can only read."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from allauth.account.models import EmailAddress
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from members import mail
from members.models import Arms, AuditEntry, Council, Municipality, OutgoingMail, Person
from tests.builders import ARMS, PASSWORD, Cast

As = Callable[[Person], Client]


@pytest.fixture
def root(db: None) -> Person:
    return Person.objects.create_superuser("rut@drift.example", PASSWORD, name="Rut Rot")


def test_nobody_else_gets_in(cast: Cast, as_: As, client: Client) -> None:
    assert (
        client.get("/admin/", follow=True)
        .redirect_chain[-1][0]
        .startswith(reverse("account_login"))
    )
    for person in (cast.secretary, cast.administrator):
        assert as_(person).get("/admin/", follow=True).status_code == 403


def test_a_municipality_gets_its_arms_cleaned(root: Person, as_: As) -> None:
    client, address = as_(root), reverse("admin:members_municipality_add")
    upload = SimpleUploadedFile("vapen.svg", ARMS, "image/svg+xml")
    client.post(address, {"name": "Kust kommun", "code": "1234", "drawing": upload})
    made = Municipality.objects.get()
    assert made.name == "Kust kommun"
    assert b"<path" in (Arms.objects.drawing(made.arms_sha256) or b"")
    shown = client.get(reverse("admin:members_municipality_change", args=[made.pk]))
    assert reverse("arms", args=[made.pk, made.arms_sha256]) in shown.content.decode()
    bad = SimpleUploadedFile("v.svg", ARMS.replace(b"<path", b"<script/><path"), "image/svg+xml")
    page = client.post(address, {"name": "Annan kommun", "code": "", "drawing": bad})
    assert "som inte kan tas emot" in page.content.decode()
    assert Municipality.objects.count() == 1


def test_a_council_is_set_up_and_recorded(root: Person, as_: As) -> None:
    municipality = Municipality.objects.create(name="Kust kommun")
    fields = {
        "municipality": str(municipality.pk),
        "name": "Kust brottsförebyggande råd",
        "short_name": "Kust BRÅ",
        "slug": "kust",
        "minutes_style": "headings",
        "numbering": "none",
        "number_prefix": "",
        "signers": "chair-secretary",
        "legal_form": "advisory",
        "accent": "teal",
        "days_for_summons": "7",
        "days_for_signing": "14",
        "approval_levels": ["passkey", "password"],
        "decision_phrases": "Ja, så blir det.\nNej.",
    }
    client, address = as_(root), reverse("admin:members_council_add")
    taken = client.post(address, fields | {"slug": "admin"}).content.decode()
    assert "Adressen är upptagen av programmet självt." in taken
    client.post(address, fields)
    council = Council.objects.get()
    assert council.signers == ["chair", "secretary"]
    assert council.approval_levels == ["passkey", "password"]
    assert council.decision_phrases == ["Ja, så blir det.", "Nej."]
    entry = AuditEntry.objects.get()
    assert (entry.action, entry.person, entry.subject_text) == (
        "drift.saved", root, "Kust brottsförebyggande råd",
    )  # fmt: skip


def test_a_person_is_added_and_invited(root: Person, as_: As) -> None:
    client = as_(root)
    client.post(
        reverse("admin:members_person_add"),
        {"name": "Asta Ek", "email": "Asta@Kust.example", "is_active": "on"},
    )
    person = Person.objects.get(email="asta@kust.example")
    assert person.has_usable_password() is False
    client.post(
        reverse("admin:members_person_changelist"),
        {"action": "invite_chosen", "_selected_action": [str(person.pk)]},
    )
    letter = OutgoingMail.objects.get()
    assert letter.subject == "Inbjudan till BRÅ-programmet"
    assert "Rut Rot bjuder in dig till BRÅ-programmet" in letter.body


def test_an_account_moves_to_another_address(cast: Cast, root: Person, as_: As) -> None:
    as_(root).post(
        reverse("admin:members_person_change", args=[cast.member.pk]),
        {"name": "Patrik Norrbäck", "email": "ny@kommun.example", "is_active": "on"},
    )
    cast.member.refresh_from_db()
    assert cast.member.email == "ny@kommun.example"
    assert [address.email for address in EmailAddress.objects.filter(user=cast.member)] == [
        "ny@kommun.example"
    ]
    answer = Client().post(
        reverse("account_login"), {"login": "ny@kommun.example", "password": PASSWORD}
    )
    assert answer.status_code == 302


def test_a_mandate_that_overlaps_is_told_in_swedish(cast: Cast, root: Person, as_: As) -> None:
    page = as_(root).post(
        reverse("admin:members_mandate_add"),
        {
            "person": cast.member.pk, "council": cast.council.pk, "role": "member",
            "starts_on": "2026-01-01", "ends_on": "", "title": "",
        },
    )  # fmt: skip
    assert "Personen har redan den rollen i rådet under den tiden." in page.content.decode()


@pytest.mark.parametrize("model", ["auditentry", "outgoingmail"])
def test_the_trail_and_the_mails_are_only_read(
    cast: Cast, root: Person, as_: As, model: str
) -> None:
    mail.queue(to="a@kommun.example", subject="Hej", body="hemlig länk")
    client = as_(root)
    row = (AuditEntry if model == "auditentry" else OutgoingMail).objects.latest("pk")
    before = type(row).objects.values().get(pk=row.pk)
    assert client.get(reverse(f"admin:members_{model}_changelist")).status_code == 200
    page = client.get(reverse(f"admin:members_{model}_change", args=[row.pk]))
    assert page.status_code == 200
    assert "hemlig länk" not in page.content.decode()
    for name, args in (("add", []), ("change", [row.pk]), ("delete", [row.pk])):
        answer = client.post(reverse(f"admin:members_{model}_{name}", args=args), {"post": "yes"})
        assert answer.status_code == 403
    assert type(row).objects.values().get(pk=row.pk) == before


def test_a_mail_that_was_given_up_is_tried_again(cast: Cast, root: Person, as_: As) -> None:
    row = mail.queue(to="a@kommun.example", subject="Hej", body="x")
    OutgoingMail.objects.update(given_up_at=timezone.now(), attempts=6)
    as_(root).post(
        reverse("admin:members_outgoingmail_changelist"),
        {"action": "send_again", "_selected_action": [str(row.pk)]},
    )
    row.refresh_from_db()
    assert (row.given_up_at, row.attempts) == (None, 0)
    assert AuditEntry.objects.latest("pk").action == "mail.retried"


def test_every_register_opens(cast: Cast, root: Person, as_: As) -> None:
    client = as_(root)
    for model in ("municipality", "council", "organisation", "person", "mandate", "administrator"):
        for name in ("changelist", "add"):
            assert client.get(reverse(f"admin:members_{model}_{name}")).status_code == 200
