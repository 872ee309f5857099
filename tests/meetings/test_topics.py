"""How an "ämne att ta upp" is written out."""

from __future__ import annotations

import pytest

from meetings.models import Topic


@pytest.mark.parametrize(
    ("text", "who", "printed"),
    [
        ("Belysningen vid stationen", "", "Belysningen vid stationen"),
        ("Belysningen vid stationen", "Jesper Kvist", "Belysningen vid stationen (Jesper Kvist)"),
        ("Organiserad brottslighet.", "Jesper Kvist", "Organiserad brottslighet (Jesper Kvist)."),
        ("Organiserad brottslighet.", "", "Organiserad brottslighet."),
        ("Statistik, m.m.", "Jesper Kvist", "Statistik, m.m. (Jesper Kvist)"),
        ("Vad är på gång..", "alla", "Vad är på gång.. (alla)"),
    ],
)
def test_a_full_stop_stands_after_the_bracket(text: str, who: str, printed: str) -> None:
    assert str(Topic(text=text, who=who)) == printed
