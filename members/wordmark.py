"""The municipality's name beside the wordmark, where the installation serves just one."""

from __future__ import annotations

import time

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from members.models import Municipality

KEPT = 300.0  # seconds: a new municipality is rare, and no page should pay a query for it


class Kept:
    """The last answer of this process, and when it was given."""

    name = ""
    at = float("-inf")


def wordmark(request: HttpRequest) -> dict[str, object]:
    """Context for every page: `sole_municipality`, a name, or "" where there are several."""
    return {"sole_municipality": SimpleLazyObject(sole_municipality)}


def sole_municipality() -> str:
    if time.monotonic() - Kept.at > KEPT:
        names = list(Municipality.objects.order_by("pk").values_list("name", flat=True)[:2])
        Kept.name, Kept.at = (names[0] if len(names) == 1 else ""), time.monotonic()
    return Kept.name
