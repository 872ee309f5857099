"""Many who save one text at the same moment: every wording is kept, in one unbroken row."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from meetings import minuting
from meetings.models import AgendaItem, TextRevision
from tests import builders
from tests.builders import Cast

pytestmark = pytest.mark.django_db(transaction=True)

WRITERS, SAVES = 50, 20


def test_of_1000_concurrent_saves_of_one_text_none_is_lost(cast: Cast) -> None:
    meeting = builders.minuting_open(cast)
    first = meeting.items.standing()[0]

    def write(writer: int) -> list[str]:
        """Save again and again on what one saw last; the kinds of answer."""
        try:
            item = AgendaItem.objects.select_related("meeting").get(pk=first.pk)
            seen = 0
            kinds: list[str] = []
            for n in range(SAVES):
                outcome = minuting.save_text(
                    by=cast.secretary, target=item, html=f"<p>{writer}.{n}</p>", base_version=seen
                )
                seen = outcome.version
                kinds.append(outcome.kind)
            return kinds
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        kinds = [kind for answers in pool.map(write, range(WRITERS)) for kind in answers]
    rows = TextRevision.objects.filter(item=first)
    assert sorted(rows.values_list("text", flat=True)) == sorted(
        f"<p>{writer}.{n}</p>" for writer in range(WRITERS) for n in range(SAVES)
    )
    won = rows.filter(version__isnull=False).order_by("version")
    assert list(won.values_list("version", flat=True)) == list(range(1, kinds.count("saved") + 1))
    last = won.last()
    first.refresh_from_db()
    assert last is not None
    assert (first.text, first.text_version) == (last.text, last.version)
    assert kinds.count("saved") + kinds.count("conflict") == WRITERS * SAVES
