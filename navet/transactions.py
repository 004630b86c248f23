"""One deed, one transaction: the operation's own, or that of the door which calls it."""

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import ParamSpec, TypeVar

from django.db import transaction

from navet import inserts

P = ParamSpec("P")
T = TypeVar("T")
_at_the_door: ContextVar[bool] = ContextVar("at_the_door", default=False)


@contextmanager
def door() -> Iterator[None]:
    """The transaction of a door around one operation. Whatever leaves this block as an exception undoes all of it.

    What is written at once is held back until something else is asked: the door's own last words go with it.
    """
    token = _at_the_door.set(True)
    try:
        with transaction.atomic(), inserts.held_back():
            yield
    finally:
        _at_the_door.reset(token)


def operation(verb: Callable[P, T]) -> Callable[P, T]:
    """`transaction.atomic`, without a savepoint of its own where a `door` calls it: nobody goes on after a refusal there.

    For the operations people queue for; a savepoint and its release are two statements less to wait for.
    """

    @functools.wraps(verb)
    def in_a_transaction(*args: P.args, **kwargs: P.kwargs) -> T:
        is_called_by_door = _at_the_door.get()
        token = _at_the_door.set(False)
        try:
            with transaction.atomic(savepoint=not is_called_by_door):
                return verb(*args, **kwargs)
        finally:
            _at_the_door.reset(token)

    return in_a_transaction
