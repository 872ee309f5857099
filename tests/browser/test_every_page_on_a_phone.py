"""Every page there is, on a phone (tests.browser.looking says what is looked for)."""

from __future__ import annotations

from collections.abc import Callable

from tests.browser import looking
from tests.browser.conftest import PHONE, Watched
from tests.builders import Cast


def test_every_page_one_can_reach(cast: Cast, sign_in: Callable[..., Watched]) -> None:
    assert looking.faults_of_all(cast, sign_in, PHONE) == []


def test_every_page_without_signing_in(cast: Cast, sign_in: Callable[..., Watched]) -> None:
    assert looking.faults_of_open(sign_in, PHONE) == []
