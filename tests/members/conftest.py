"""A council and nothing more: what a trail begins with."""

from __future__ import annotations

import pytest

from members.models import Council
from tests import builders


@pytest.fixture
def council(db: None) -> Council:
    town = builders.municipality("Strandköpings kommun")
    return Council.objects.create(
        municipality=town, name="Strandköpings BRÅ", short_name="BRÅ", slug="strandkopings-bra"
    )
