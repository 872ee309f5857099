"""The installation's administrator looks at signed things and changes none of them."""

from __future__ import annotations

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse

from meetings.models import Approval, Meeting, MinutesVersion, SealedMinutes, SigningRound
from members.models import Person
from tests import builders
from tests.builders import Cast

pytestmark = pytest.mark.django_db
SIGNED = [Approval, Meeting, MinutesVersion, SealedMinutes, SigningRound]


@pytest.fixture
def installer(cast: Cast) -> Client:
    person = Person.objects.create_superuser(
        "drift@kommun.example", builders.PASSWORD, name="Drift"
    )
    client = Client()
    client.force_login(person)
    return client


@pytest.mark.parametrize("model", SIGNED, ids=lambda model: model.__name__)
def test_signed_things_are_shown_and_cannot_be_changed(
    cast: Cast, installer: Client, model: type
) -> None:
    builders.sealed(cast)
    row = model._default_manager.first()  # type: ignore[attr-defined]
    name = f"admin:meetings_{model.__name__.lower()}"
    assert installer.get(reverse(f"{name}_changelist")).status_code == 200
    page = reverse(f"{name}_change", args=[row.pk])
    assert installer.get(page).status_code == 200
    assert installer.post(page, {"state": "planned"}).status_code == 403
    assert (
        installer.post(reverse(f"{name}_delete", args=[row.pk]), {"post": "yes"}).status_code == 403
    )
    assert installer.get(reverse(f"{name}_add")).status_code == 403


def test_no_other_rows_of_meetings_can_be_edited_in_the_admin() -> None:
    registered = [m for m in admin.site._registry if m._meta.app_label == "meetings"]
    assert sorted(m.__name__ for m in registered) == sorted(m.__name__ for m in SIGNED)


def test_members_do_not_get_into_the_admin(cast: Cast) -> None:
    client = Client()
    client.force_login(cast.secretary)
    assert client.get(reverse("admin:index")).status_code == 302
