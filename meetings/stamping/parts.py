"""Looking into pyHanko's dictionaries, whose own `get` does not follow a reference."""

from __future__ import annotations

from typing import Any


def part(of: Any, name: str, otherwise: Any = None) -> Any:
    return of[name] if name in of else otherwise  # noqa: SIM401 (its get is dict's own)
