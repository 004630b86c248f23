"""From PostgreSQL's rows to models, dicts and moments, as Django and the driver do it, with less asking (docs/adr/0012).

Imported before the first connection is made, by `navet.queries`.
"""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.db import models
from django.db.backends.postgresql.psycopg_any import BaseTzLoader
from django.db.backends.signals import connection_created
from django.db.models.base import ModelState
from django.db.models.query import get_related_populators
from django.db.models.signals import post_init, pre_init
from django.db.models.sql.compiler import SQLCompiler
from django.dispatch import receiver

# From a row to what it says.
Filled = Callable[[Sequence[Any]], Any]


class UtcLoader(BaseTzLoader):
    """A timestamptz as Django's own loader gives it, read by Python's parser in C; what that cannot read, the driver's reads."""

    timezone = dt.UTC

    def load(self, data: Any) -> Any:
        try:
            moment = dt.datetime.fromisoformat(str(data, "ascii"))
        except ValueError:  # before our era, or infinite
            return super().load(data)
        return moment.astimezone(dt.UTC) if moment.tzinfo is not dt.UTC else moment


@receiver(connection_created)
def read_moments(connection: Any, **_: Any) -> None:
    """Has the connection read moments by UtcLoader, where it is set to read them in UTC."""
    if connection.timezone is dt.UTC:
        connection.connection.adapters.register_loader("timestamptz", UtcLoader)


def namer(names: list[str]) -> Filled:
    """What makes a dict of a row, as Django's own ValuesIterable does."""
    return lambda found: dict(zip(names, found, strict=True))


def filler(compiler: SQLCompiler) -> Filled:
    """What makes a model of a row, as Django's own ModelIterable does."""
    select, info, annotations = compiler.select, compiler.klass_info, compiler.annotation_col_map
    columns = info["select_fields"]
    start, end = columns[0], columns[-1] + 1
    names = [chosen[0].target.attname for chosen in select[start:end]]
    make = maker(info["model"])
    populators = get_related_populators(info, select, "default")  # type: ignore[call-arg]  # stubs of a newer Django
    _make_quickly(populators)

    def fill(found: Sequence[Any]) -> Any:
        made = make("default", names, found[start:end])
        for populator in populators:
            populator.populate(found, made)
        for name, position in annotations.items():
            setattr(made, name, found[position])
        return made

    return fill


def maker(model: type[models.Model]) -> Callable[..., Any]:
    """`model.from_db`, or what does the same where nothing of the model's listens or looks at what it is given."""
    return _Quick(model).from_db if _is_plain(model) else model.from_db


def _make_quickly(populators: list[Any]) -> None:
    """Have related models made the same way. A populator asks its class for no more than `from_db`."""
    for populator in populators:
        if _is_plain(populator.model_cls):
            populator.model_cls = _Quick(populator.model_cls)
        _make_quickly(populator.related_populators)


def _is_plain(model: type[models.Model]) -> bool:
    own = {"__init__", "from_db"}
    overridden = any(own & vars(base).keys() for base in model.__mro__ if base not in (models.Model, object))
    listened = pre_init.has_listeners(model) or post_init.has_listeners(model)
    return not overridden and not listened


class _Quick:
    """Makes models of what was read without setting one field at a time: a row holds what its fields hold."""

    def __init__(self, model: type[models.Model]) -> None:
        self._model = model

    def from_db(self, db: str, names: list[str], values: Sequence[Any]) -> Any:
        made = self._model.__new__(self._model)
        state = ModelState()
        state.adding, state.db = False, db
        made.__dict__ = {"_state": state, **dict(zip(names, values, strict=True))}
        return made
