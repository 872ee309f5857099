"""What a council is called beside others: short, and never like another one in the same list."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from members.models import Council


def names_of(councils: Iterable[Council]) -> dict[int, str]:
    """Short names by council pk; two that are alike get their municipality after them.

    Needs council.municipality loaded (members.access.visible_councils does).
    """
    councils = list(councils)
    alike = Counter(council.short_name for council in councils)
    return {
        council.pk: f"{council.short_name}, {council.municipality.name}"
        if alike[council.short_name] > 1
        else council.short_name
        for council in councils
    }
