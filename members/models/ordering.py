"""Swedish alphabetical order on any PostgreSQL, with or without ICU."""

from __future__ import annotations

from typing import Any

from django.db.models import Func, TextField


class SwedishOrder(Func):
    """Order by a name: `order_by(SwedishOrder("name"))`. Å, Ä, Ö come last, accents fold.

    Rejected: an ICU collation (the embedded servers have none) and the cluster's own locale
    (a fresh Debian has only C). The three characters after z in ASCII stand in for å, ä, ö.
    """

    function = "translate"
    template = "translate(lower(%(expressions)s), 'åäæöøéèüàá', '{||}}eeuaa') COLLATE \"C\""
    output_field = TextField()

    def __init__(self, expression: Any) -> None:
        super().__init__(expression)
