"""How often one address may ask: counted in the cache that all web workers share."""

from __future__ import annotations

import time

from django.core.cache import cache

# What is asked: how many times within so many seconds.
MOST = {"hash": (60, 60), "file": (10, 60)}


def allow(what: str, address: str) -> bool:
    """Count one more, and say whether it may be answered."""
    most, seconds = MOST[what]
    key = f"verify:{what}:{address}:{int(time.time()) // seconds}"
    if cache.add(key, 1, timeout=2 * seconds):
        return True
    try:
        return bool(cache.incr(key) <= most)
    except ValueError:  # it ran out in between
        return True
