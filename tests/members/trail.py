"""Something in a trail."""

from __future__ import annotations

from members import audit
from members.models import AuditEntry, Council


def record(council: Council | None, n: int = 1) -> AuditEntry:
    return audit.record(by=None, action="drift.saved", council=council, text=f"sak {n}", n=n)
