"""Questions asked on every page: built and made into SQL once a process, then only asked.

To build a query and turn it into SQL costs Django several times what asking it does; on the desk
it was half the page. The SQL here is the one Django makes of the very same queryset, so a rule of
who sees what stands where it stood; only the values in it differ from one time to the next.

    @prepared.question
    def seen(person: int, slug: str) -> QuerySet[Council]:
        return Council.objects.visible_to(Person(pk=person)).filter(slug=slug)

    seen(user.pk, slug)  # a list of councils
    prepared.together(seen.of(user.pk, slug), papers.of(meeting.pk))  # both answers in one trip
    with prepared.ahead(seen.of(user.pk, slug), …):  # the same, for a page made by many functions

The function must be given all that differs, as int, str or date. Anything else it is given (a
right, None) chooses between questions; the day does too, since mandates run from day to day.
"""

from __future__ import annotations

import datetime
import functools
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from enum import Enum
from typing import Any, Generic, NamedTuple, NoReturn, TypeVar, cast

from django.core.exceptions import EmptyResultSet
from django.db import connection, connections
from django.db.models import QuerySet
from django.db.models.query import FlatValuesListIterable, ValuesListIterable
from django.db.models.sql import Query
from django.utils import timezone

Row = TypeVar("Row", covariant=True)
Said = tuple[tuple[Any, ...], ...]  # the rows as the database gives them
MOST = 500  # questions kept; there are some dozens, made anew each day
# What stands for a value while the SQL is made: like nothing that is ever asked for.
MARKS: dict[type, Callable[[int], Any]] = {
    int: lambda place: 2_047_483_000 + place,
    str: lambda place: f"\ue000{place}\ue001",
    datetime.date: lambda place: datetime.date(9871, 3, 1) + datetime.timedelta(days=place),
}


def question(build: Callable[..., QuerySet[Any, Row]]) -> Question[Row]:
    """A queryset whose SQL is made once. See above for what `build` may be given."""
    return Question(build)


class Question(Generic[Row]):
    """Called, it answers with its rows; `of` only says what is asked, for `together`."""

    def __init__(self, build: Callable[..., QuerySet[Any, Row]]) -> None:
        self.build = build
        functools.update_wrapper(self, build)

    def __call__(self, *given: Any) -> list[Row]:
        (answer,) = together(self.of(*given))
        return answer.rows()

    def of(self, *given: Any) -> Asked[Row]:
        return Asked(self, given)


class Asked(NamedTuple, Generic[Row]):
    question: Question[Row]
    given: tuple[Any, ...]


class Answer(NamedTuple, Generic[Row]):
    """What the database said. Equal to another that says the same, so that what is made of answers
    and of nothing else can be kept under them."""

    known: Known | None  # None when no row can ever answer
    said: Said

    def rows(self) -> list[Row]:
        return self.known.read(self.said) if self.known else []


NOTHING: Answer[Any] = Answer(None, ())


def together(*asked: Asked[Any]) -> list[Answer[Any]]:
    """The answers in the same order, in one trip: it costs more than most of what is answered."""
    ready = READY.get()
    answers = {one: ready.pop(one) for one in asked if one in ready}
    if len(answers) < len(asked):
        answers |= from_database([one for one in asked if one not in answers])
    return [answers[one] for one in asked]


@contextmanager
def ahead(*asked: Asked[Any]) -> Iterator[None]:
    """Asks all in one trip, and has each answer ready for the first who asks for it in there.

    For a page that only reads, and is made by functions that ask for what each of them needs.
    """
    before = READY.set(from_database(asked))
    try:
        yield
    finally:
        READY.reset(before)


READY: ContextVar[dict[Asked[Any], Answer[Any]]] = ContextVar("READY", default={})  # noqa: B039 - see ahead


def from_database(asked: Sequence[Asked[Any]]) -> dict[Asked[Any], Answer[Any]]:
    today = timezone.localdate()
    wanted = [(one, made(one.question.build, today, tuple(map(kind, one.given)))) for one in asked]
    sql = ";\n".join(known.sql for _, known in wanted if known)
    if not sql:
        return dict.fromkeys(asked, NOTHING)
    values = [value for one, known in wanted if known for value in known.values_of(one.given)]
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return {one: Answer(known, heard(cursor) if known else ()) for one, known in wanted}


def heard(cursor: Any) -> Said:
    said = tuple(cursor.fetchall())
    cursor.nextset()
    return said


def kind(value: Any) -> Any:
    """A type, for what is put into the SQL; the value itself, for what chooses the SQL."""
    if type(value) in MARKS:
        return type(value)
    if value is None or isinstance(value, bool | Enum):
        return value
    raise TypeError(f"a prepared question is not asked with {type(value).__name__}")


PLAIN: dict[type, Callable[[Said], list[Any]]] = {
    ValuesListIterable: list,
    FlatValuesListIterable: lambda said: [value for (value,) in said],
}


class Known:
    """A queryset whose SQL is made, and which reads what is said to it."""

    def __init__(self, queryset: QuerySet[Any, Any], marks: dict[Any, int]) -> None:
        self.queryset = queryset
        made = queryset.query.get_compiler(queryset.db)
        self.sql, values = made.as_sql()
        columns = [one[0] for one in made.select[: made.col_count]]
        self.query = cast(Answered, queryset.query.chain(klass=Answered))
        self.query.made, self.query.converters = made, made.get_converters(columns)
        # What Django's own reading comes to where the rows are wanted as they are.
        self.plain = None if self.query.converters else PLAIN.get(queryset._iterable_class)
        # The place in what is given, or -1 and the value that is always the same.
        self.values = [
            (marks.get(value, -1) if isinstance(value, Hashable) else -1, value) for value in values
        ]
        if set(marks.values()) - {place for place, _ in self.values}:
            refuse(self.sql)

    def values_of(self, given: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(value if at < 0 else as_column(given[at], value) for at, value in self.values)

    def read(self, said: Said) -> list[Any]:
        made = self.query.made
        if made.has_extra_select:  # columns only to order by
            said = tuple(row[: made.col_count] for row in said)
        if self.plain:
            return self.plain(said)
        query = like(self.query, said=said)
        return list(like(self.queryset, _query=query, _result_cache=None))


class Answered(Query):
    """A query that has been answered: Django makes of the answer what the queryset is of."""

    made: Any  # Django's compiler, which knows what the columns are
    converters: Any  # of its columns
    said: Said

    def get_compiler(
        self, using: Any = None, connection: Any = None, elide_empty: bool = True
    ) -> Any:
        return like(
            self.made,
            connection=connection or connections[using],  # of this thread
            execute_sql=lambda *_, **__: [self.said],
            get_converters=lambda _: self.converters,
        )


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
    build: Callable[..., QuerySet[Any, Any]], day: datetime.date, kinds: tuple[Any, ...]
) -> Known | None:
    """None when no row can ever answer, as for a right that no role gives."""
    given = [MARKS[one](at) if one in MARKS else one for at, one in enumerate(kinds)]
    marks = {value: at for at, value in enumerate(given) if kinds[at] in MARKS}
    try:
        return Known(build(*given), marks)
    except EmptyResultSet:
        return None
