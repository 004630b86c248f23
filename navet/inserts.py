"""What people queue for is written in words that are kept, and all that belongs together in one statement (docs/adr/0008, 0011, 0014).

An `Insert` keeps a model's INSERT, an `InsertOf` that of some of its fields; `at_once` gathers them, and `held_back` lets a door add
its own last words. They go to PostgreSQL as the questions of `navet.queries` do.
"""

import itertools
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property
from operator import attrgetter, itemgetter
from typing import Any, Generic, TypeVar

from django.db import connection, models
from psycopg.sql import Literal

from navet.queries import Open, execute, rows

M = TypeVar("M", bound=models.Model)
Statement = tuple[str, list[Any]]
_gathered: ContextVar[list[Statement] | None] = ContextVar("gathered", default=None)
_held_back: ContextVar[list[Statement] | None] = ContextVar("held_back", default=None)


@contextmanager
def at_once() -> Iterator[None]:
    """What is inserted in this block goes to PostgreSQL as one statement at its end, or not at all after an exception.

    Its triggers fire when all rows are there. Nothing in the block may read what it inserts. Within `held_back` it goes later.
    """
    token = _gathered.set([])
    try:
        yield
        gathered = _gathered.get() or []
    finally:
        _gathered.reset(token)
    held = _held_back.get()
    if held is None:
        _send(gathered)
    else:
        held += gathered


@contextmanager
def held_back() -> Iterator[None]:
    """What is to go `at_once` in this block goes before anything else that is asked of the database, at the latest at its end; so
    a deed and what is kept of it are one statement. After an exception, and where all is to be undone, it does not go at all."""
    held: list[Statement] = []

    def before(execute: Callable[..., Any], *asked: Any) -> Any:
        _send(held)
        return execute(*asked)

    token = _held_back.set(held)
    try:
        with connection.execute_wrapper(before):
            yield
            if not connection.needs_rollback:
                _send(held)
    finally:
        _held_back.reset(token)


def last(sql: str, params: Sequence[Any]) -> None:
    """Run an INSERT that answers nothing: with what is `held_back`, or now."""
    held = _held_back.get()
    if held is None:
        execute(sql, params)
    else:
        held.append((sql, list(params)))


def _send(gathered: list[Statement]) -> None:
    """As one statement; the list is empty then."""
    if not gathered:
        return
    inserts = ", ".join(f"insert_{n} AS ({words})" for n, (words, _params) in enumerate(gathered))
    values = [value for _, params in gathered for value in params]
    gathered.clear()  # before it is told: whoever listens asks again whether something waits
    rows(Open(f"WITH {inserts} SELECT"), values)


class _Inserting(Generic[M]):
    """The words of an INSERT into a model's table, and their way to PostgreSQL. `otherwise` is its ON CONFLICT clause."""

    def __init__(self, model: type[M], otherwise: str) -> None:
        self._model = model
        self._otherwise = otherwise

    def _put(self, given: Sequence[Sequence[Any]]) -> list[tuple[Any, ...]]:
        """Insert rows of values, in one statement; returns their keys. Within `at_once` they are inserted at its end, and there are none."""
        head, values, returning = self._words
        words = f"{head} {', '.join([values] * len(given))} {self._otherwise}"
        params = list(itertools.chain.from_iterable(given))
        gathered = _gathered.get()
        if gathered is None:
            return rows(f"{words} {returning}", params)
        gathered.append((words, params))
        return []

    @cached_property
    def _words(self) -> tuple[str, str, str]:
        """What stands before the rows, each row, and after them."""
        quote = connection.ops.quote_name
        compiler = models.sql.InsertQuery(self._model).get_compiler(using="default")
        places = {
            field: field.get_placeholder(None, compiler, connection)
            if hasattr(field, "get_placeholder")
            else "%s"
            for field in self._fields
        } | self._said
        columns = ", ".join(quote(field.column) for field in places)
        head = f"INSERT INTO {quote(self._model._meta.db_table)} ({columns}) VALUES"
        return head, f"({', '.join(places.values())})", f"RETURNING {quote(str(self._model._meta.pk.column))}"

    @cached_property
    def _fields(self) -> list[Any]:
        """Those that a row has a value for, in its order."""
        raise NotImplementedError

    @property
    def _said(self) -> dict[Any, str]:
        """Other fields, and what the words themselves say of them."""
        return {}


class Insert(_Inserting[M]):
    """The INSERT of whole models; a model that `otherwise` left out keeps no id. The models of one that is `keyed` bring theirs."""

    def __init__(self, model: type[M], otherwise: str = "", *, keyed: bool = False) -> None:
        super().__init__(model, otherwise)
        self._keyed = keyed

    def __call__(self, made: Iterable[M]) -> list[M]:
        """Insert them in one statement; returns those that were inserted, with their ids where the database gave them.

        With `otherwise` the ids come back only for a single model, because a row left out cannot be told apart. Within
        `at_once` they are inserted at its end, and none comes back.
        """
        several = list(made)
        keys = self._put([self._values(one) for one in several]) if several else []
        if len(keys) != len(several):
            return []
        for one, (key,) in zip(several, keys, strict=True):
            one.pk, one._state.adding, one._state.db = key, False, "default"
        return several

    def _values(self, one: M) -> list[Any]:
        """What the driver is given of a model, in the order of the fields."""
        read, ready = self._readers
        values = list(read(one))
        for position, prepare in ready.items():
            values[position] = prepare(one, values[position])
        return values

    @cached_property
    def _readers(self) -> tuple[Callable[[M], Sequence[Any]], dict[int, Callable[[M, Any], Any]]]:
        """Reads all columns of a model at once; and what is to be done to those that the driver does not take as they are."""
        prepared = {n: _preparing(field) for n, field in enumerate(self._fields)}
        read = attrgetter(*(field.attname for field in self._fields))
        return read, {n: prepare for n, prepare in prepared.items() if prepare}

    @cached_property
    def _fields(self) -> list[Any]:
        given = self._model._meta.local_concrete_fields
        numbered = models.AutoField | models.BigAutoField
        return [field for field in given if self._keyed or not isinstance(field, numbered)]


class InsertOf(_Inserting[M]):
    """The INSERT of what `names` a model's fields; the others have their defaults, which stand in the words.

    So no model is made, and nothing read and sent that is the same each time. A default is one that does not change; a field that
    notes its own moment is named, and given.
    """

    def __init__(self, model: type[M], names: Sequence[str], otherwise: str = "") -> None:
        super().__init__(model, otherwise)
        self._names = names

    def __call__(self, given: Iterable[Mapping[str, Any]]) -> None:
        """Insert a row for each, of the named values as the database takes them, in one statement or within `at_once`."""
        several = [self._read(one) for one in given]
        if several:
            self._put(several)

    @cached_property
    def _read(self) -> Callable[[Mapping[str, Any]], Sequence[Any]]:
        return itemgetter(*self._names)

    @cached_property
    def _fields(self) -> list[Any]:
        return [self._model._meta.get_field(name) for name in self._names]

    @property
    def _said(self) -> dict[Any, str]:
        given = {*self._fields, self._model._meta.pk}
        others = [field for field in self._model._meta.local_concrete_fields if field not in given]
        return {field: _literal(field.get_db_prep_save(field.get_default(), connection)) for field in others}


def _literal(value: Any) -> str:
    """In SQL's words, for a statement that has places of its own."""
    return Literal(value).as_string().replace("%", "%%")


# What the driver takes as the model has it. Django's own preparation has nothing to do for these, and takes its time.
AS_THEY_ARE = (
    models.BooleanField,
    models.CharField,
    models.DateField,
    models.ForeignKey,
    models.IntegerField,
    models.TextField,
    models.TimeField,
)


def _preparing(field: Any) -> Callable[[Any, Any], Any] | None:
    """From a model and its value to what the driver takes; None where nothing is to be done."""
    sets_itself = getattr(field, "auto_now", False) or getattr(field, "auto_now_add", False)
    if isinstance(field, AS_THEY_ARE) and not sets_itself:
        return None
    return lambda one, _value: field.get_db_prep_save(field.pre_save(one, True), connection)
