"""The meeting most tests of meetings begin with; a file that begins elsewhere has its own."""

from __future__ import annotations

import pytest

from meetings.models import AgendaItem, Meeting
from tests import builders
from tests.builders import Cast


@pytest.fixture
def meeting(cast: Cast) -> Meeting:
    """Its minutes are open, and nothing is written yet."""
    return builders.minuting_open(cast)


@pytest.fixture
def first(meeting: Meeting) -> AgendaItem:
    return meeting.items.standing()[0]
