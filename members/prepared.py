"""Questions asked on every page: built and made into SQL once a process, then only asked.

To build a query and turn it into SQL costs Django several times what asking it does; on the desk
it was half the page. The SQL here is the one Django makes of the very same queryset, so a rule of
who sees what stands where it stood; only the values in it differ from one time to the next.

    @prepared.question
    def seen(person: int, slug: str) -> QuerySet[Council]:
        return Council.objects.visible_to(Person(pk=person)).filter(slug=slug)

    seen(user.pk, slug)  # a list of councils

The function must be given all that differs, as int, str or date. Anything else it is given (a
right, None) chooses between questions; the day does too, since mandates run from day to day.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Hashable
from enum import Enum
from typing import Any, NoReturn, TypeVar, cast

from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import Model, QuerySet
from django.db.models.sql import Query
from django.utils import timezone

Row = TypeVar("Row")
MOST = 500  # questions kept; there are some dozens, made anew each day
# What stands for a value while the SQL is made: like nothing that is ever asked for.
MARKS: dict[type, Callable[[int], Any]] = {
    int: lambda place: 2_047_483_000 + place,
    str: lambda place: f"\ue000{place}\ue001",
    datetime.date: lambda place: datetime.date(9871, 3, 1) + datetime.timedelta(days=place),
}


def question(build: Callable[..., QuerySet[Any, Row]]) -> Callable[..., list[Row]]:
    """The rows of a queryset whose SQL is made once. See above for what `build` may be given."""

    @functools.wraps(build)
    def ask(*given: Any) -> list[Row]:
        known = made(build, timezone.localdate(), tuple(map(kind, given)))
        return [] if known is None else known.rows(given)

    return ask


def kind(value: Any) -> Any:
    """A type, for what is put into the SQL; the value itself, for what chooses the SQL."""
    if type(value) in MARKS:
        return type(value)
    if value is None or isinstance(value, bool | Enum):
        return value
    raise TypeError(f"a prepared question is not asked with {type(value).__name__}")


class Known(Query):
    """A query whose SQL is made."""

    made: Any  # Django's compiler, which knows what the columns are
    sql: str
    converters: Any  # of its columns
    values: tuple[Any, ...]

    def get_compiler(
        self, using: Any = None, connection: Any = None, elide_empty: bool = True
    ) -> Any:
        return like(
            self.made,
            connection=connection or connections[using],  # of this thread
            as_sql=lambda *_, **__: (self.sql, self.values),
            get_converters=lambda _: self.converters,
        )


class Question:
    def __init__(self, queryset: QuerySet[Any, Any], marks: dict[Any, int]) -> None:
        self.queryset = queryset
        self.query = cast(Known, queryset.query.chain(klass=Known))
        self.query.made = queryset.query.get_compiler(queryset.db)
        self.query.sql, values = self.query.made.as_sql()
        made = self.query.made
        self.query.converters = made.get_converters(
            [one[0] for one in made.select[: made.col_count]]
        )
        # The place in what is given, or -1 and the value that is always the same.
        self.values = [
            (marks.get(value, -1) if isinstance(value, Hashable) else -1, value) for value in values
        ]
        if set(marks.values()) - {place for place, _ in self.values}:
            refuse(self.query.sql)

    def rows(self, given: tuple[Any, ...]) -> list[Any]:
        values = tuple(
            value if at < 0 else as_column(given[at], value) for at, value in self.values
        )
        query = like(self.query, values=values)
        return list(like(self.queryset, _query=query, _result_cache=None))


def like(thing: Any, **but: Any) -> Any:
    """The same object but for some attributes; Django's own ways of copying do much more."""
    other = object.__new__(type(thing))
    other.__dict__ = thing.__dict__ | but
    return other


def as_column(given: Any, mark: Any) -> Any:
    """In the type of the column, which the database's driver has for whole numbers of each size."""
    return given if type(mark) in MARKS else type(mark)(given)


def refuse(sql: str) -> NoReturn:
    raise LookupError(f"a value that a prepared question is given is not in its SQL: {sql}")


@functools.lru_cache(maxsize=MOST)
def made(
    build: Callable[..., QuerySet[Model]], day: datetime.date, kinds: tuple[Any, ...]
) -> Question | None:
    """None when no row can ever answer, as for a right that no role gives."""
    given = [MARKS[one](at) if one in MARKS else one for at, one in enumerate(kinds)]
    marks = {value: at for at, value in enumerate(given) if kinds[at] in MARKS}
    try:
        return Question(build(*given), marks)
    except EmptyResultSet:
        return None
