"""Signing in, in a browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.conftest import DESK, PHONE, Watched
from tests.builders import PASSWORD, Cast


@pytest.mark.parametrize("width", [DESK, PHONE])
def test_one_signs_in_by_email_and_password_and_lands_on_ones_start_page(
    cast: Cast, sign_in: Callable[..., Watched], width: int
) -> None:
    watched = sign_in(None, width=width)
    page = watched.go("/")
    page.wait_for_url("**/konto/login/**")
    watched.look(where="login")
    page.get_by_label("E-post").fill("karin@kommun.example")
    page.get_by_label("Lösenord", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Logga in", exact=True).click()
    page.wait_for_url(watched.base + "/")
    assert watched.said == []
