"""What people queue for is compiled once and prepared once: queries of a fixed shape (docs/adr/0008, 0009).

Django words a query anew each time it is asked, which costs more than PostgreSQL's answer to it. A `Query` keeps the
words; a `Search` keeps a `Query` for each shape that it is asked in; a `LockedQuery` locks and counts, and a `LockedPair`
reads one more row beside that. They speak through a cursor that binds on the server, so that PostgreSQL plans them once a
connection. For the few statements on the ways of searching, booking, checking in and recognising a caller; what these write
is in `navet.inserts`.
"""

import itertools
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from typing import Any, Generic, TypeVar

from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections, models
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.models import Expression, Func, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from psycopg import RawCursor

from navet.reading import Filled, filler, namer

M = TypeVar("M", bound=models.Model)
N = TypeVar("N", bound=models.Model)
T = TypeVar("T")
Params = Sequence[Any] | Mapping[str, Any]
PLACE = re.compile(r"%(?:%|s|\((\w+)\)s)")
Compiled = tuple[str, list[Any], SQLCompiler, Any, Filled]


class Param(Expression):
    """A place in a query for a value that is said when it is asked."""

    def __init__(self, name: str, output_field: models.Field | None = None) -> None:
        """`output_field` is asked for where a lookup casts what it compares with."""
        super().__init__(output_field)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> Any:
        return "%s", [self]

    def get_group_by_cols(self) -> list[Any]:
        """Nothing to group by, as with Django's own Value."""
        return []


class Beside(Expression):
    """A column of the row that a LockedPair reads beside what it locks."""

    def __init__(self, column: str, output_field: models.Field | None = None) -> None:
        """`output_field` is asked for where it stands as a condition."""
        super().__init__(output_field)
        self.column = column

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> Any:
        return f"beside.{connection.ops.quote_name(self.column)}", []

    def get_group_by_cols(self) -> list[Any]:
        """Nothing to group by: it is the same for every row."""
        return []


class AnyOf(Func):
    """The condition that a field is among a Param's list, however long that is: `filter(AnyOf("pk", Param("pks")))`."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY("
    output_field = models.BooleanField()


class Open(str):
    """A statement whose last word is SELECT: who listens to statements may have it say something of their own."""


def rows(sql: str, params: Params) -> list[tuple[Any, ...]]:
    """The rows of the statement's answer."""
    return _tell(sql, params, lambda told: told.fetchall())


def reread(sql: str, params: Params) -> list[tuple[Any, ...]]:
    """The rows of a question, which may be asked twice: so it is its own test of a connection that has been idle.

    Django sends `SELECT 1` ahead of whatever a request asks first. Here that is asked at once, and, where the server turns out to
    have been restarted, again on a new connection. Within a transaction nothing is: BEGIN was the test.
    """
    database: Any = connections[DEFAULT_DB_ALIAS]
    if database.connection is None or database.health_check_done or not database.health_check_enabled:
        return rows(sql, params)
    database.health_check_done = True
    try:
        return rows(sql, params)
    except (OperationalError, InterfaceError):
        if database.is_usable():
            raise
        database.close()
        return rows(sql, params)


def execute(sql: str, params: Sequence[Any]) -> None:
    """Run a statement that answers nothing."""
    _tell(sql, params, lambda told: None)


def _tell(sql: str, params: Params, read: Callable[[Any], T]) -> T:
    """Have PostgreSQL prepare and run the statement, and read the cursor.

    Django's own cursor is taken where statements are logged. Else its wrappings are left out, and the driver's reading of
    the words, which together cost as much as sending them; whoever listens to statements hears these too, and errors are Django's.
    """
    database: Any = connections[DEFAULT_DB_ALIAS]
    database.close_if_health_check_failed()  # as Django's cursor(): a server that was restarted costs nobody an error
    database.ensure_connection()
    if database.queries_logged:
        logged = ServerBindingCursor(database.connection)  # type: ignore[call-arg]  # psycopg's cursor is not seen through
        with database._prepare_cursor(logged) as told:  # what Django's cursor() itself does
            told.execute(sql, params)
            return read(told)
    bare = RawCursor(database.connection)
    execute: Callable[..., Any] = _execute
    for wrapper in reversed(database.execute_wrappers):
        execute = partial(wrapper, execute)
    execute(sql, params, False, {"connection": database, "cursor": bare})
    with database.wrap_database_errors:
        return read(bare)


def _execute(sql: str, params: Params, _many: bool, context: Mapping[str, Any]) -> None:
    database = context["connection"]
    database.validate_no_broken_transaction()
    words, names = _numbered(sql)
    with database.wrap_database_errors:
        context["cursor"].execute(
            words, [params[name] for name in names] if isinstance(params, Mapping) else params
        )


@lru_cache(maxsize=1024)
def _numbered(sql: str) -> tuple[Any, tuple[str, ...]]:
    """The words with PostgreSQL's own `$1` for `%s` and `%(name)s`, as the driver would put it; and the names, in that order."""
    names: list[str] = []
    count = itertools.count(1)

    def place(found: re.Match[str]) -> str:
        if found[0] == "%%":
            return "%"
        if found[1] is None:
            return f"${next(count)}"
        if found[1] not in names:
            names.append(found[1])
        return f"${names.index(found[1]) + 1}"

    return PLACE.sub(place, sql), tuple(names)


def row(sql: str, params: Params) -> tuple[Any, ...] | None:
    """The first row of the statement's answer, or None."""
    return next(iter(rows(sql, params)), None)


class Query(Generic[M]):
    """A queryset of whole models or of `values`, with `Param("name")` where its values go; it is built and compiled when first asked.

    `select_related` and annotations come along; prefetching does not. Values are given as the database holds them. With
    `sliced` it asks for two more: `most` rows, `past` the first so many.
    """

    def __init__(self, build: Callable[[], QuerySet[M, Any]], *, sliced: bool = False) -> None:
        self._build = build
        self._slice = (" LIMIT %s OFFSET %s", [Param("most"), Param("past")]) if sliced else ("", [])
        self._compiled: Compiled | None = None

    def rows(self, **values: Any) -> list[M]:
        """The models, or a dict for each row of `values`; raises TypeError when a value is missing or has no place."""
        found, fill = self._ask(values)
        return [fill(found_row) for found_row in found]

    def first(self, **values: Any) -> M | None:
        """The first of the models, or None."""
        return next(iter(self.rows(**values)), None)

    def _ask(self, values: Mapping[str, Any]) -> tuple[Iterable[Sequence[Any]], Filled]:
        """The rows of the answer, and what makes of each what it says."""
        # Set when it is whole: who asks meanwhile, in another thread, compiles it as well.
        if self._compiled is None:
            self._compiled = self._compile()
        sql, params, compiler, converters, fill = self._compiled
        missing = {param.name for param in params if isinstance(param, Param)} ^ values.keys()
        if missing:
            raise TypeError(f"values and places differ: {', '.join(sorted(missing))}")
        found: Any = reread(sql, [values[p.name] if isinstance(p, Param) else p for p in params])
        return (compiler.apply_converters(found, converters) if converters else found), fill

    def _compile(self) -> Compiled:
        compiler = self._build().query.get_compiler(using="default")
        sql, params = compiler.as_sql()
        converters = compiler.get_converters([chosen[0] for chosen in compiler.select])
        selected = compiler.query.selected
        fill = filler(compiler) if selected is None else namer(list(selected))
        return sql + self._slice[0], [*params, *self._slice[1]], compiler, converters, fill


class LockedQuery(Query[M]):
    """A Query that locks what it finds and, in the same statement, calls a function of the database when it has the lock.

    `then` are the words of the call, with a place for each of `names`. The function has to be VOLATILE: what it counts is what was
    committed before it was called, which is after the lock. So two statements of the way through the door are one.
    """

    def __init__(self, build: Callable[[], QuerySet[M, Any]], then: str, *names: str) -> None:
        super().__init__(build)
        self._then, self._names = then, names

    def found(self, **values: Any) -> tuple[M, Any] | None:
        """The first of the models, locked, and what the function answered; or None."""
        found, fill = self._ask(values)
        return next(((fill(row), row[-1]) for row in found), None)

    def _compile(self) -> Compiled:
        sql, params, *read = super()._compile()
        # Around it, not in it: the columns of a SELECT ... FOR UPDATE itself are worked out before the lock is there.
        words = f"SELECT found.*, {self._then} FROM ({sql}) AS found"  # noqa: S608 - the house's own words
        return words, [*map(Param, self._names), *params], *read


class LockedPair(Query[M], Generic[M, N]):
    """As a LockedQuery, and in the same statement one more row is read: a school beside the session that it wants.

    What is locked may speak of that row by `Beside`, and is worked out when the lock is there; the row itself is as it was when
    it was asked for.
    """

    def __init__(
        self,
        build: Callable[[], QuerySet[M, Any]],
        beside: Callable[[], QuerySet[N, Any]],
        then: str,
        *names: str,
    ) -> None:
        super().__init__(build)
        self._beside: Query[N] = Query(beside)
        self._then, self._names = then, names

    def found(self, **values: Any) -> tuple[M, N, Any] | None:
        """The first of the models, locked; the one beside it; what the function answered. None where either is not there."""
        found, fill = self._ask(values)
        return next(((*fill(row), row[-1]) for row in found), None)

    def _compile(self) -> Compiled:
        sql, params, locked, converters, fill = super()._compile()
        beside_sql, beside_params, _, beside_converters, fill_beside = self._beside._compile()
        # One after the other: PostgreSQL locks nothing for a row that has nothing beside it.
        joined = f"({beside_sql}) AS beside, LATERAL ({sql}) AS found"
        words = f"SELECT found.*, beside.*, {self._then} FROM {joined}"  # noqa: S608 - the house's own words
        width = len(locked.select)
        both = converters | {width + column: convert for column, convert in beside_converters.items()}

        def fill_both(row: Sequence[Any]) -> tuple[Any, Any]:
            return fill(row), fill_beside(row[width:])

        return words, [*map(Param, self._names), *beside_params, *params], locked, both, fill_both


Words = Callable[[Mapping[str, Param]], QuerySet[Any, Any]]


@dataclass(frozen=True)
class Search:
    """What somebody looks for. `word` makes its queryset of a Param for each of `values`, which differ from search to search.

    A paginator takes it for a queryset: it may be ordered, narrowed and sliced. What of it takes a form of its own is
    compiled once for each form.
    """

    word: Words
    values: Mapping[str, Any]
    ordering: tuple[str, ...] = ()
    narrowed: Mapping[str, Any] = field(default_factory=dict)

    def order_by(self, *names: str) -> "Search":
        return replace(self, ordering=names)

    def filter(self, **lookups: Any) -> "Search":
        """Narrowed by lookups on the fields and annotations of the queryset."""
        return replace(self, narrowed={**self.narrowed, **lookups})

    def __iter__(self) -> Iterator[Any]:
        return iter(self._worded(sliced=False).rows(**self.values, **self.narrowed))

    def __getitem__(self, part: slice) -> list[Any]:
        of_part = {"most": part.stop - part.start, "past": part.start}
        return self._worded(sliced=True).rows(**self.values, **self.narrowed, **of_part)

    def _worded(self, *, sliced: bool) -> Query[Any]:
        return _worded(self.word, tuple(self.values), tuple(self.narrowed), self.ordering, sliced)


@lru_cache(maxsize=512)
def _worded(
    word: Words, values: tuple[str, ...], narrowed: tuple[str, ...], ordering: tuple[str, ...], sliced: bool
) -> Query[Any]:
    def build() -> QuerySet[Any, Any]:
        found = word({name: Param(name) for name in values})
        found = found.filter(**{lookup: Param(lookup) for lookup in narrowed}) if narrowed else found
        return found.order_by(*ordering) if ordering else found

    return Query(build, sliced=sliced)
